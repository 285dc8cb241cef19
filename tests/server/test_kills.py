"""Any process may be killed at any moment: the next start serves a whole graph, and every acknowledged change is there.

A build begins from its sources and replaces changes made before it; that is what it is for. So what is there of the
changes that were acknowledged is all of them, or all since a build.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import pytest

from kg.store import Store
from tests.server.graph import SOURCE
from tests.server.service import TOKEN, Service, small_store

KILLS, ROUNDS = 100, 2
# The seconds to wait for a change between two kills, and how often one hits those that take longest to come back.
_PATIENCE, _DEEP = 5.0, 0.06
MARKED = "SELECT ?n { ?s <urn:test:number> ?n }"
OTHERS = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?p != <urn:test:number>) }"
BUILD = "import sys; from kg.cli import main; sys.exit(main(sys.argv[1:]))"


def numbers(store: Store) -> set[int]:
    """The changes that are there."""
    return {int(row["n"].value) for row in store.rows(MARKED) if hasattr(row["n"], "value")}


def others(store: Store) -> int:
    """How much else is there."""
    return int(next(iter(store.rows(OTHERS)[0].values())).value)


def building(source: Path, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", BUILD, "build", str(source), "--store", str(folder)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Builds:
    """One build after the other, each killed at some moment, perhaps after its end."""

    def __init__(self, source: Path, seconds: float, folder: Path, chance: random.Random) -> None:
        self._source, self._seconds, self._folder, self._chance = source, seconds, folder, chance
        self._begin()

    def _begin(self) -> None:
        self._running = building(self._source, self._folder)
        self._until = time.monotonic() + self._chance.uniform(0.3, 1.2) * self._seconds

    def look(self) -> int:
        """Kill the one that runs when its moment is there, and begin the next; how many were killed."""
        if time.monotonic() < self._until:
            return 0
        killed = self.end()
        self._begin()
        return killed

    def end(self) -> int:
        """Kill the one that runs."""
        running = self._running.poll() is None
        self._running.kill()
        self._running.wait()
        return int(running)


class Killer(threading.Thread):
    """Kills processes of a service, and builds beside it, and at last the service itself."""

    def __init__(self, service: Service, chance: random.Random, kills: int, builds: Builds | None) -> None:
        super().__init__()
        self.done = 0
        self.changed = threading.Event()
        self._service, self._chance, self._kills, self._builds = service, chance, kills, builds

    def run(self) -> None:
        while self.done < self._kills - 1 and self._service.process.poll() is None:
            # Soon after something was changed, or without it: what was killed may need longer to come back.
            self.changed.wait(_PATIENCE)
            self.changed.clear()
            time.sleep(self._chance.random() * 0.04)
            if self._builds is not None:
                self.done += self._builds.look()
            found = self._service.tree()[1:]
            # First come the front and the process that makes the others.
            among = found[:2] if self._chance.random() < _DEEP else found[2:]
            with suppress(ProcessLookupError):
                if among:
                    os.kill(self._chance.choice(among), signal.SIGKILL)
                    self.done += 1
        if self._builds is not None:
            self._builds.end()
        self._service.kill()
        self.done += 1


def changed_until_dead(service: Service, killer: Killer, first: int) -> list[int]:
    """Change and ask until all is dead; returns the changes that were acknowledged, in their order."""
    acknowledged: list[int] = []
    number = first
    killer.start()
    while killer.is_alive():
        number += 1
        try:
            if service.update(f"INSERT DATA {{ <urn:test:{number}> <urn:test:number> {number} }}").status == 204:
                acknowledged.append(number)
                killer.changed.set()
            service.query(OTHERS)
        except (OSError, HTTPException):
            time.sleep(0.01)
    killer.join()
    return acknowledged


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float, int]:
    """A source, the seconds that its build takes, and how much it makes."""
    folder = tmp_path_factory.mktemp("built")
    source = folder / "plan.txt"
    source.write_text(SOURCE, encoding="utf-8")
    began = time.monotonic()
    assert building(source, folder / "store").wait() == 0
    return source, time.monotonic() - began, others(Store.open(folder / "store"))


def test_a_hundred_kills_lose_nothing_that_was_acknowledged(tmp_path: Path, build: tuple[Path, float, int]) -> None:
    source, seconds, built = build
    chance = random.Random(7)
    folder = small_store(tmp_path / "store")
    wholes = {others(Store.open(folder)), built}
    kills = changes = 0
    for number in range(ROUNDS):
        before = numbers(Store.open(folder))
        builds = Builds(source, seconds, folder, chance) if number % 2 else None
        with Service(folder, "--update-token", TOKEN) as service:
            assert service.query(OTHERS).count() in wholes
            killer = Killer(service, chance, KILLS // ROUNDS, builds)
            acknowledged = changed_until_dead(service, killer, 1_000_000 * (number + 1))
        store = Store.open(folder)
        there = numbers(store)
        assert others(store) in wholes
        left = [n for n in acknowledged if n in there]
        assert left == acknowledged[len(acknowledged) - len(left) :], "one between others is lost"
        assert builds is not None or {*before, *acknowledged} <= there
        kills, changes = kills + killer.done, changes + len(acknowledged)
    assert kills >= KILLS and changes > ROUNDS, (kills, changes)
