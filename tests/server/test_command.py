"""``kg serve`` on a real port."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import generations
from tests.server import graph

SERVE = "import argparse, sys; from server.command import register; from kg.errors import KgError\n" + (
    "p = argparse.ArgumentParser(); register(p.add_subparsers()); a = p.parse_args(sys.argv[1:])\n"
    "try: sys.exit(a.run(a))\nexcept KgError as e: sys.exit(str(e))"
)


def start(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SERVE, "serve", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "store"
    with generations.writing(folder) as scratch:
        filled = ox.Store(str(scratch / generations.GRAPH))
        filled.bulk_extend(graph.store().quads())
        filled.flush()
        del filled
        generations.publish(folder, scratch, "g1")
    return folder


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = start("--store", str(folder), "--port", str(free_port()))
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    yield process, address
    process.kill()
    process.communicate()


def test_the_service_tells_its_address_answers_and_stops(
    served: tuple[subprocess.Popen[str], str], folder: Path
) -> None:
    process, address = served
    with urllib.request.urlopen(f"{address}readyz", timeout=60) as answer:
        assert answer.status == 200 and b'"g1"' in answer.read()
    again = start("--store", str(folder), "--port", address.rstrip("/").rsplit(":", 1)[1])
    out, said = again.communicate(timeout=60)
    assert (again.returncode, out) == (1, "") and "--port" in said and len(said.strip().splitlines()) == 1
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [["--store", "nowhere"], ["--port", "99999"], ["--host", "no.such.host.invalid"]],
)
def test_what_can_not_begin_says_so_in_one_sentence(arguments: list[str], folder: Path) -> None:
    process = start(*(["--store", str(folder)] if "--store" not in arguments else []), *arguments)
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "") and len(said.strip().splitlines()) == 1


def test_a_broken_graph_stops_the_service(tmp_path: Path) -> None:
    (tmp_path / "generations" / "g" / generations.GRAPH).mkdir(parents=True)
    (tmp_path / "CURRENT").write_text("g")
    process = start("--store", str(tmp_path), "--port", str(free_port()))
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "") and "build it again" in said
