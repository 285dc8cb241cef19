"""How fast the lookup answers, and how soon it is ready: on the graph of the seeds, and on one of 100,000 passages.

    python bench/ask.py [--store DIR] [--large DIR] [--documents N] [--each N] [--format table|json|csv]

One client asks real and made questions of all forms, each once, first of the lookup in its own process, then by HTTP
over one connection that is kept. A fresh process does so for each graph. ``cpu`` is what the processor was at it, which
the other work of a machine does not add to. Graphs are made where no folders are named; ``--documents 0`` leaves the
large one out.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from asked import questions, typed
from generating import generate

from kg.build import build
from kg.commands.tables import add_format, print_rows
from kg.lookup import Lookup
from kg.lookup.keeping import keep
from kg.store import Store

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
COMMAND = [sys.executable, "-c", "import sys; from kg.cli import main; sys.exit(main())"]
ROUTES = ("leads", "ask", "search", "suggest")
# p50 and p99 in milliseconds at most, one client.
LIMITS = {"seeds": "3 / 15", "large": "20 / 60"}
_PASSAGES = 100
_READY_SECONDS = 600

Row = dict[str, object]


def in_process(store: Path, asked: dict[str, list[str]], began: float) -> list[Row]:
    """Each question once in this process, which began at this time of day."""
    lookup = Lookup(Store.open(store))
    lookup.leads("智能传感器")
    ready = time.time() - began, time.process_time()
    rows = [_timed(f"lookup.{name}", getattr(lookup, name), asked[name]) for name in ROUTES]
    note = f"{_megabytes('VmHWM')} MB at most, {_megabytes('RssFile')} of them of files"
    return [{"what": "process to first answer", **_spent(*ready), "questions": 1, "note": note}, *rows]


def _megabytes(name: str) -> int:
    """What this process has in memory; the system counts what it was started from in what Python tells."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) // 1024 if found else 0


def _spent(wall: float, cpu: float) -> Row:
    return {"p50 ms": round(wall * 1000), "p99 ms": "", "cpu p50": round(cpu * 1000), "cpu p99": ""}


def _timed(what: str, ask: Callable[[str], object], asked: list[str]) -> Row:
    wall, cpu = [], []
    for question in asked:
        start, spent = time.perf_counter(), time.process_time()
        ask(question)
        wall.append(time.perf_counter() - start)
        cpu.append(time.process_time() - spent)
    parts = {"p50 ms": (wall, 0.5), "p99 ms": (wall, 0.99), "cpu p50": (cpu, 0.5), "cpu p99": (cpu, 0.99)}
    return {"what": what, **{name: _share(*part) for name, part in parts.items()}, "questions": len(asked), "note": ""}


def _share(seconds: list[float], share: float) -> float:
    """So many milliseconds this share of the questions takes at most."""
    return round(sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))] * 1000, 2)


def by_http(store: Path, asked: dict[str, list[str]]) -> Iterator[Row]:
    """Each question once of a service of its own, over one connection."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with _serving(store, port) as (connection, ready):
        yield {"what": "service to first answer", **_spent(ready, 0.0), "cpu p50": "", "questions": 1, "note": ""}
        for name in ROUTES:
            row = _timed(f"/api/v1/{name}", partial(_get, connection, f"/api/v1/{name}"), asked[name])
            yield {**row, "cpu p50": "", "cpu p99": ""}


@contextmanager
def _serving(store: Path, port: int) -> Iterator[tuple[http.client.HTTPConnection, float]]:
    command = [*COMMAND, "serve", "--store", str(store), "--port", str(port), "--quiet"]
    process, began = subprocess.Popen(command, stdout=subprocess.DEVNULL), time.perf_counter()
    try:
        while time.perf_counter() - began < _READY_SECONDS:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.01)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_READY_SECONDS)
        _get(connection, "/api/v1/leads", "智能传感器")
        yield connection, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait()


def _get(connection: http.client.HTTPConnection, path: str, question: str) -> None:
    connection.request("GET", f"{path}?q={quote(question[:200])}")
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} {question!r}: {answer.status} {body[:200]!r}")


def measured(name: str, store: Path, each: int) -> Iterator[Row]:
    """All rows of one graph."""
    opened = Store.open(store)
    asked = {route: questions(opened, each) for route in ROUTES} | {"suggest": typed(opened, each)}
    order = [sys.executable, __file__, "--fresh", "--store", str(store)]
    child = subprocess.run(order, input=json.dumps([time.time(), asked]), capture_output=True, text=True, check=True)
    found: list[Row] = json.loads(child.stdout)
    for row in (*found, *by_http(store, asked)):
        ready = str(row["what"]).startswith("process")
        limit = "1000" if ready else LIMITS[name] if str(row["what"]).startswith("lookup") else ""
        yield {"graph": name, **row, "at most": limit}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--store", type=Path, help="a store with the graph of the seeds (else it is built)")
    parser.add_argument("--large", type=Path, help="a store with a large graph (else it is made)")
    parser.add_argument("--documents", type=int, default=1000, help=f"plans of {_PASSAGES} passages (1000)")
    parser.add_argument("--each", type=int, default=60, help="questions of each made form (60)")
    parser.add_argument("--fresh", action="store_true", help=argparse.SUPPRESS)
    add_format(parser)
    args = parser.parse_args()
    if args.fresh:
        began, asked = json.load(sys.stdin)
        print(json.dumps(in_process(args.store, asked, began)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        rows = list(_both(args, Path(folder)))
    print_rows(rows, args.format)
    return 0


def _both(args: Any, folder: Path) -> Iterator[Row]:
    store = args.store or folder / "store"
    if not args.store:
        build([SEEDS], store)
    keep(Store.open(store))
    yield from measured("seeds", store, args.each)
    if not args.large and args.documents:
        args.large, began = folder / "large", time.perf_counter()
        count = generate(Store.open(store), args.large, args.documents, _PASSAGES)
        print(f"{count} statements made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    if args.large:
        began = time.process_time()
        keep(Store.open(args.large))
        print(f"their shelf made in {time.process_time() - began:.0f} s of the processor", file=sys.stderr)
        yield from measured("large", args.large, args.each)


if __name__ == "__main__":
    sys.exit(main())
