"""The command ``kg serve``: the service on a port of this machine, with its own processes for queries."""

from __future__ import annotations

import argparse
import gc
import os
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from werkzeug.middleware.proxy_fix import ProxyFix

from kg.errors import KgError
from kg.generations import current_folder, current_generation
from server import CACHE, SITE, TRAFFIC, create_app
from server.access import Access, Token, read_tokens, token_of
from server.copying import backup, restore
from server.errors import Problem
from server.federating import Federation, endpoint_of
from server.front.express import Express
from server.front.worker import Front
from server.journal import Journal
from server.live import follow
from server.pool.limits import Limits
from server.pool.pool import Pool
from server.pool.remote import PooledStore
from server.pool.writer import create

# Each thread holds one request; those beyond what can run wait in the pool, which refuses them when there are too many.
_THREADS = 96
_CONNECTIONS = 8000
_RANGES = (
    ("timeout", 0.1, 86400),
    ("workers", 1, 64),
    ("memory", 16, 1 << 20),
    ("rate", 0, 1e6),
    ("proxies", 0, 10),
)
_ATTEMPTS, _PAUSE = 4, 0.5
_TURN_SECONDS = 0.0005
_TOKEN = "KG_UPDATE_TOKEN"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a service is started with."""

    store: Path
    host: str
    port: int
    limits: Limits
    tokens: tuple[Token, ...]
    rate: float
    proxies: int
    log: bool
    services: tuple[str, ...]


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``serve``, ``backup`` and ``restore`` to the commands of ``kg``."""
    parser = subparsers.add_parser("serve", help="serve the graph by HTTP: pages, REST, SPARQL, linked data")
    parser.add_argument("--store", type=Path, default=Path("store"), help="the folder of the graph (default: store)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen at (default: 8000)")
    own = Limits()
    parser.add_argument("--timeout", type=float, default=own.timeout, help="seconds that a query may take (30)")
    cores = max(2, os.cpu_count() or 2)
    parser.add_argument("--workers", type=int, default=cores, help="queries that run side by side (one a processor)")
    parser.add_argument("--memory", type=int, default=own.memory, help="MiB that a query may use (1024)")
    parser.add_argument(
        "--update-token",
        default=os.environ.get(_TOKEN),
        help=f"let those with this token change the graph (default: the environment's {_TOKEN})",
    )
    parser.add_argument("--update-token-file", type=Path, help="the same, for the tokens in a file, one a line")
    parser.add_argument(
        "--service",
        action="append",
        default=[],
        metavar="IRI",
        help="let queries ask this endpoint by SERVICE; may be repeated (none)",
    )
    parser.add_argument("--rate", type=float, default=0.0, help="requests a second for one client (0: any number)")
    parser.add_argument("--proxies", type=int, default=0, help="reverse proxies in front that tell the client (0)")
    parser.add_argument("--quiet", action="store_true", help="write no line on standard error for each request")
    parser.add_argument("--create", action="store_true", help="begin with an empty graph if there is none")
    parser.set_defaults(run=serve)
    parser = subparsers.add_parser("backup", help="keep the graph as it is now in another folder, in no time")
    parser.add_argument("target", type=Path, help="a new folder")
    parser.add_argument("--store", type=Path, default=Path("store"), help="the folder of the graph (default: store)")
    parser.set_defaults(run=_backup)
    parser = subparsers.add_parser("restore", help="take back the graph of a backup")
    parser.add_argument("source", type=Path, help="the folder of the backup")
    parser.add_argument("--store", type=Path, default=Path("store"), help="the folder of the graph (default: store)")
    parser.set_defaults(run=_restore)


def _backup(args: argparse.Namespace) -> int:
    print(f"generation {backup(args.store, args.target)} kept in {args.target}")
    return 0


def _restore(args: argparse.Namespace) -> int:
    print(f"generation {restore(args.store, args.source)} is current in {args.store}")
    return 0


def serve(args: argparse.Namespace) -> int:
    """Serve until told to stop.

    Raises KgError with one sentence where that can't begin: no store, a port in use, a setting out of range.
    """
    settings = _settings(args)
    if args.create and current_generation(args.store) is None:
        _apart(create, args.store)
    current_folder(args.store)
    _check_port(args.host, args.port)
    process = os.getpid()
    try:
        Arbiter(_Service(settings)).run()
    except SystemExit as stop:
        if os.getpid() != process:
            raise  # A worker's exit status tells gunicorn whether to start another.
        return 1 if stop.code else 0
    return 0


def _apart(work: Callable[[Path], None], folder: Path) -> None:
    """Do work that opens the engine in a process of its own: its threads would not survive the forks to come.

    Raises KgError where it fails.
    """
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work(folder)
            status = 0
        except KgError as error:
            print(f"kg: {error}", file=sys.stderr)
        finally:
            os._exit(status)
    if os.waitpid(child, 0)[1]:
        raise KgError(f"The store {folder} can't be made.")


def _settings(args: argparse.Namespace) -> Settings:
    for name, least, most in _RANGES:
        if not least <= getattr(args, name) <= most:
            raise KgError(f"--{name} is a number from {least:g} to {most:g}.")
    tokens = read_tokens(args.update_token_file) if args.update_token_file else []
    if args.update_token:
        tokens.append(token_of(args.update_token, "admin"))
    services = tuple(endpoint_of(text) for text in args.service)
    limits = Limits(timeout=args.timeout, memory=args.memory, fast=max(2, args.workers), long=args.workers)
    place = (args.store.resolve(), args.host, args.port)
    return Settings(*place, limits, tuple(tokens), args.rate, args.proxies, not args.quiet, services)


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


class _Service(BaseApplication):
    """What gunicorn asks of an application: its settings, and the WSGI callable made in the worker after the fork."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Set what is not as gunicorn has it."""
        host, port = self._settings.host, self._settings.port
        place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        # gunicorn numbers its workers from 1; one that replaces another needs no second announcement.
        settings: dict[str, Any] = {
            "bind": place,
            "worker_class": Front,
            "threads": _THREADS,
            "worker_connections": _CONNECTIONS,
            # The front limits the head as a whole.
            "limit_request_line": 0,
            "graceful_timeout": 5,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": lambda worker: worker.age == 1 and print(f"http://{place}/", flush=True),
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The application, in the process that serves it: it opens no store, and asks workers of its own.

        ``express`` is then the short way beside it.
        """
        settings = self._settings
        # The event loop answers most requests: it must not wait long for a thread that has Python.
        sys.setswitchinterval(_TURN_SECONDS)
        pool = Pool(settings.store, settings.limits)
        store = PooledStore(settings.store, pool)
        app = self._made(store, pool)
        follow(app.extensions[SITE])
        self.express = Express(store, pool.relay, app.extensions[CACHE], app.extensions[TRAFFIC], settings.proxies)
        # What has been made now stays, and need not be gone through while clients wait.
        gc.freeze()
        if settings.proxies:
            return ProxyFix(app, settings.proxies, settings.proxies)
        return app

    def _made(self, store: PooledStore, pool: Pool) -> Flask:
        """The application; tried again where a worker was killed meanwhile, since gunicorn ends if this fails."""
        access = Access(self._settings.tokens)
        federation = Federation(self._settings.services, self._settings.limits.timeout)
        journal = Journal(FileIO(sys.stderr.fileno(), "w", closefd=False)) if self._settings.log else None
        for attempt in range(_ATTEMPTS):
            try:
                pool.wait()
                return create_app(
                    store, access=access, rate=self._settings.rate, journal=journal, federation=federation
                )
            except (KgError, Problem) as error:
                if attempt == _ATTEMPTS - 1:
                    print(f"kg: {error}", file=sys.stderr)
                    raise SystemExit(Arbiter.APP_LOAD_ERROR) from error
                time.sleep(_PAUSE)
        raise AssertionError
