"""``kg serve`` on a port of its own, as a process that a test starts, asks over HTTP and stops."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlencode

import pyoxigraph as ox

from kg import generations
from tests.server import graph
from tests.server.test_command import free_port

TOKEN = "a-token-for-tests"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    def count(self) -> int:
        """The one number of a result in JSON."""
        return int(next(iter(self.json()["results"]["bindings"][0].values()))["value"])


class Service:
    """A running service."""

    def __init__(self, store: Path, *arguments: str, log: IO[bytes] | int = subprocess.DEVNULL) -> None:
        self.store = store
        self.port = free_port()
        command = [sys.executable, "-m", "kg.cli", "serve", "--store", str(store), "--port", str(self.port), *arguments]
        code = "import sys; from kg.cli import main; sys.exit(main(sys.argv[1:]))"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, *command[3:]], stdout=subprocess.PIPE, stderr=log, text=True
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().startswith("http://"), "the service did not start"

    def __enter__(self) -> Service:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()

    def connection(self, timeout: float = 30) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def ask(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Reply:
        """One request on a connection of its own."""
        connection = self.connection()
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def query(self, text: str, accept: str = "application/sparql-results+json", **parameters: str) -> Reply:
        """A query by GET."""
        return self.ask("GET", "/sparql?" + urlencode({"query": text, **parameters}), None, {"Accept": accept})

    def update(self, text: str, **parameters: str) -> Reply:
        """An update by POST, with the token."""
        headers = {**BEARER, "Content-Type": "application/sparql-update"}
        return self.ask("POST", "/update?" + urlencode(parameters), text.encode(), headers)

    def tree(self) -> list[int]:
        """The processes of the service, the first one first."""
        found = [self.process.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                with suppress(OSError):
                    found += [int(child) for child in task.read_text().split()]
        return found

    def stop(self) -> int:
        """Stop it as an administrator would; returns its exit status."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
        return self.process.returncode

    def kill(self) -> None:
        """End it as a failing machine would."""
        self.process.kill()
        self.process.communicate()


def small_store(folder: Path) -> Path:
    """A store folder with the small graph of the tests."""
    with generations.writing(folder) as scratch:
        filled = ox.Store(str(scratch / generations.GRAPH))
        filled.bulk_extend(graph.store().quads())
        filled.flush()
        del filled
        generations.publish(folder, scratch, "g1")
    return folder


def wait_until(condition: Any, seconds: float = 30.0) -> bool:
    """Whether a condition comes true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False
