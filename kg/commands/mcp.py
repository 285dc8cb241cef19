"""``kg mcp``: the graph for language models, by the Model Context Protocol."""

from __future__ import annotations

import argparse
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
    place = arguments.store
    server = service.make_server(Graph(place if "://" in place else Path(place)))
    if not arguments.http:
        server.run("stdio")
    elif not 0 < arguments.port < 65536:
        raise KgError(f"There is no port {arguments.port}: use 1 to 65535.")
    else:
        server.run("streamable-http", host=arguments.host, port=arguments.port)
    return 0
