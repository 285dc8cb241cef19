"""The command ``kg serve``: the service on a port of this machine."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import threading
from pathlib import Path

from flask import Flask
from gunicorn.arbiter import Arbiter
from gunicorn.config import Config

from kg.errors import KgError
from kg.generations import current_folder
from kg.store import Store
from server import SITE, create_app
from server.site import Site

_THREADS = 8
# The longest request line: what is longer comes by POST.
_LONGEST_LINE = 8190


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``serve`` to the commands of ``kg``."""
    parser = subparsers.add_parser("serve", help="serve the graph by HTTP: pages, REST, SPARQL, linked data")
    parser.add_argument("--store", type=Path, default=Path("store"), help="the folder of the graph (default: store)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen at (default: 8000)")
    parser.set_defaults(run=serve)


def serve(args: argparse.Namespace) -> int:
    """Serve until told to stop.

    Raises KgError with one sentence where that can't begin: no store, a port in use.
    """
    # The graph itself is opened by the worker alone: its engine has threads, which do not survive a fork.
    current_folder(args.store)
    _check_port(args.host, args.port)
    process = os.getpid()
    try:
        Arbiter(_Service(args.store, args.host, args.port)).run()
    except SystemExit as stop:
        if os.getpid() != process:
            raise  # A worker's exit status tells gunicorn whether to start another.
        return 1 if stop.code else 0
    return 0


def _check_port(host: str, port: int) -> None:
    """Fail at once where nobody can listen: the server itself would try again for seconds.

    Raises KgError.
    """
    if not 0 < port < 65536:
        raise KgError(f"There is no port {port}: use 1 to 65535.")
    try:
        family, kind, proto, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except socket.gaierror as error:
        raise KgError(f"There is no address {host}: {error.strerror}.") from error
    except OSError as error:
        raise KgError(f"Can't listen at {host}:{port}: {error.strerror}. Try another --port.") from error


class _Service:
    """What gunicorn asks of an application: its settings, and the WSGI callable made in the worker after the fork."""

    def __init__(self, store: Path, host: str, port: int) -> None:
        self._store = store
        self._app: Flask | None = None
        place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self.cfg = Config()
        self.cfg.set("bind", place)
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("threads", _THREADS)
        self.cfg.set("limit_request_line", _LONGEST_LINE)
        self.cfg.set("graceful_timeout", 5)
        self.cfg.set("loglevel", "warning")
        self.cfg.set("control_socket_disable", True)
        # gunicorn numbers its workers from 1; one that replaces another needs no second announcement.
        self.cfg.set("post_worker_init", lambda worker: worker.age == 1 and print(f"http://{place}/", flush=True))

    def wsgi(self) -> Flask:
        """The application; the store is opened by the process that serves it."""
        if self._app is None:
            try:
                self._app = create_app(Store.open(self._store))
            except KgError as error:
                print(f"kg: {error}", file=sys.stderr)
                raise SystemExit(Arbiter.APP_LOAD_ERROR) from error
            # The lists are made while nobody asks yet, so that the first visitor need not wait for them.
            site: Site = self._app.extensions[SITE]
            threading.Thread(target=site.catalogue.mentions, args=("",), daemon=True).start()
        return self._app

    def reload(self) -> None:
        """Called by gunicorn on SIGHUP before it starts new workers, which open the current generation."""
        self._app = None
