"""``kg mcp``: the graph for language models, by the Model Context Protocol."""

from __future__ import annotations

import argparse
import socket
from importlib import import_module
from pathlib import Path

from kg.client import Graph
from kg.commands.options import DEFAULT_STORE
from kg.errors import KgError


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("mcp", help="serve the graph to language models (Model Context Protocol)")
    parser.add_argument(
        "--store", default=str(DEFAULT_STORE), help="folder of the graph, or the address of a service (store)"
    )
    parser.add_argument("--http", action="store_true", help="streamable HTTP at /mcp; without it standard in and out")
    parser.add_argument("--host", default="127.0.0.1", help="with --http: the address to listen at (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8001, help="with --http: the port to listen at (8001)")
    parser.set_defaults(run=_mcp)


def _mcp(arguments: argparse.Namespace) -> int:
    try:
        service = import_module("kg.mcp.service")
    except ImportError as error:
        raise KgError("The protocol needs its SDK: run 'pip install cluster-kg[mcp]'.") from error
    if arguments.http:
        _check_place(arguments.host, arguments.port)
    place = arguments.store
    server = service.make_server(Graph(place if "://" in place else Path(place)))
    if arguments.http:
        server.run("streamable-http", host=arguments.host, port=arguments.port)
    else:
        server.run("stdio")
    return 0


def _check_place(host: str, port: int) -> None:
    """Fail in one sentence where nobody can listen."""
    if not 0 < port < 65536:
        raise KgError(f"There is no port {port}: use 1 to 65535.")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        raise KgError(f"Can't listen at {host}:{port}: {error.strerror}. Try another --port.") from error
