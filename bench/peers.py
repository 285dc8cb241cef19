"""The servers that are measured: each is started on a port of its own, and held to so much memory."""

from __future__ import annotations

import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from kg.generations import GRAPH, current_folder
from server.copying import copy_generation

OURS, OXIGRAPH, RDFLIB, EMPTY = "ours", "oxigraph serve", "rdflib-endpoint", "empty Flask route"
KG = "import sys; from kg.cli import main; sys.exit(main(sys.argv[1:]))"
FLASK = """
from flask import Flask
app = Flask("empty")
app.add_url_rule("/", "empty", lambda: "ok")
"""
SEARCH = """PREFIX search: <https://w3id.org/cluster-kg/search#>
SELECT ?thing { SERVICE <https://w3id.org/cluster-kg/search> { ?thing search:query "产业" } } LIMIT 1"""
# A peer may not take the machine with it: it ends when it wants more.
_MOST_BYTES = 8 * 2**30
_START_SECONDS = 240
# What a start leaves to be done in the first moments is not measured.
_SETTLE_SECONDS = 3
_IDLE_SECONDS = 10
TIMEOUT = 2


@dataclass(frozen=True, slots=True)
class Graph:
    """What is served: a store folder, the same as N-Triples, and the things to look up."""

    name: str
    store: Path
    lines: Path
    things: list[str]


class Server:
    """A server on a port of its own; ``address`` is where queries go."""

    def __init__(self, name: str, graph: Graph, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        self.name = name
        self._port = port
        self._folder = folder
        self._command, path = _command(name, graph, folder, port)
        self._process: subprocess.Popen[bytes] | None = None
        self.address = f"http://127.0.0.1:{port}{path}"

    def start(self) -> bool:
        """Whether it is installed and answers."""
        if self._command is None:
            return False
        hold = None if self.name in {OURS, EMPTY} else _hold
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(self._command, stdout=quiet, stderr=quiet, cwd=self._folder, preexec_fn=hold)
        return _answers(self.name, self._port, self._process)

    def stop(self) -> None:
        """End it."""
        process, self._process = self._process, None
        if process is not None:
            process.kill() if self.name in {OXIGRAPH, RDFLIB} else process.terminate()
            process.wait()

    def rest(self) -> None:
        """Let others have the machine: what it still works at for clients that have gone would slow them."""
        if self._process is not None and self.name in {OXIGRAPH, RDFLIB}:
            self._process.send_signal(signal.SIGSTOP)

    def wake(self) -> None:
        """Go on; it is started anew where it does not come to an end with what it was asked before."""
        if self._process is not None and self.name in {OXIGRAPH, RDFLIB}:
            self._process.send_signal(signal.SIGCONT)
            if not self._idle():
                self.stop()
                self.start()

    def _idle(self) -> bool:
        assert self._process is not None
        spent = -1.0
        until = time.monotonic() + _IDLE_SECONDS
        while time.monotonic() < until:
            before, spent = spent, _processor_seconds(self._process.pid)
            if spent - before < 0.02:
                return True
            time.sleep(0.3)
        return False

    def megabytes(self) -> int:
        """The memory of all its processes, what they share counted once."""
        if self._process is None:
            return 0
        found = [self._process.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                with suppress(OSError):
                    found += [int(child) for child in task.read_text().split()]
        return sum(map(_kilobytes, found)) // 1024


@contextmanager
def running(names: Sequence[str], graph: Graph, folder: Path) -> Iterator[list[Server]]:
    """The servers of these names over a graph, without those that are not installed or do not start."""
    servers = [Server(name, graph, folder) for name in names]
    try:
        found = [server for server in servers if server.start()]
        for server in found:
            server.rest()
        yield found
    finally:
        for server in servers:
            server.stop()


def _processor_seconds(pid: int) -> float:
    """The time of the processor that a process has used, by the clock that Linux gives each."""
    try:
        return time.clock_gettime(~pid << 3 | 2)
    except OSError:
        return 0.0


def _kilobytes(pid: int) -> int:
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return 0


def _hold() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))


def _command(name: str, graph: Graph, folder: Path, port: int) -> tuple[list[str] | None, str]:
    if name == OURS:
        place = ["--store", str(graph.store.resolve()), "--port", str(port), "--timeout", str(TIMEOUT), "--quiet"]
        return [sys.executable, "-c", KG, "serve", *place], "/sparql"
    if name == EMPTY:
        (folder / "empty.py").write_text(FLASK, encoding="ascii")
        gunicorn = ["-m", "gunicorn", "--worker-class", "gthread", "--threads", "96", "--log-level", "error"]
        return [sys.executable, *gunicorn, "--bind", f"127.0.0.1:{port}", "empty:app"], "/"
    program = shutil.which(name.split()[0], path=str(Path(sys.executable).parent)) or shutil.which(name.split()[0])
    if program is None:
        return None, ""
    if name == OXIGRAPH:
        own = folder / f"oxigraph-{graph.name}"
        if not own.exists():
            own.mkdir()
            copy_generation(current_folder(graph.store), own)
        # Its --timeout-s is left out: it makes a thread a query that sleeps so long, and point lookups then end it.
        place = ["--location", str(own / GRAPH), "--bind", f"127.0.0.1:{port}"]
        return [program, "serve-read-only", *place], "/query"
    return [program, "serve", "--host", "127.0.0.1", "--port", str(port), str(graph.lines)], "/"


def _answers(name: str, port: int, process: subprocess.Popen[bytes]) -> bool:
    """Whether a server answers in time; ours when its lists and its search are made, so that queries alone are
    measured."""
    address = f"http://127.0.0.1:{port}/"
    steps = [f"{address}readyz", f"{address}sparql?query={quote(SEARCH)}"] if name == OURS else [address]
    until = time.monotonic() + _START_SECONDS
    while steps and time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(steps[0], timeout=120).read()
            steps.pop(0)
        except urllib.error.HTTPError:
            if name != OURS:
                return True
            time.sleep(0.5)
        except OSError:
            time.sleep(0.1)
    time.sleep(_SETTLE_SECONDS)
    return not steps
