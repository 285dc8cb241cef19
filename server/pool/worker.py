"""A process that answers one query at a time from the current generation, until it is told to stop or is killed."""

from __future__ import annotations

import os
import shutil
import socket
import time
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import KgError, QueryError, StoreError
from kg.generations import GRAPH, TEXTS, current_folder, current_generation
from kg.lookup.keeping import keep
from kg.rdf import fulltext
from kg.rdf.fulltext import Hit
from kg.store import Store
from server.copying import copy_generation
from server.execution import Question, serialize
from server.pool import frames
from server.pool.frames import Frame
from server.pool.limits import cap, step_aside
from server.pool.packing import unpacked
from server.searching import Find, answered

# A result is held back until it is finished, has this many bytes, or is this many seconds old: an error before that
# still gets its status.
_HELD_BYTES = frames.PART_SIZE
_HELD_SECONDS = 0.1
_ATTEMPTS = 5
# What is made beside the queries gives way to them, and still gets its turn.
_ASIDE = 5


class Outlet:
    """What the engine writes a result into: it goes to the front in parts."""

    def __init__(self, end: socket.socket, generation: str) -> None:
        self._end = end
        self._generation = generation
        self._held = bytearray()
        self._since = time.monotonic()
        self._begun = False

    def write(self, data: bytes) -> int:
        """Take a piece; sends what is held where it is enough."""
        self._held += data
        if len(self._held) >= _HELD_BYTES or time.monotonic() - self._since > _HELD_SECONDS:
            self._send()
        return len(data)

    def flush(self) -> None:
        """Nothing: parts are sent by size and age."""

    def finish(self, rows: int | None) -> None:
        """Send the rest and the end; a result that is finished before its first part goes in one packet."""
        if not self._begun and len(self._held) <= _HELD_BYTES:
            frames.send(self._end, frames.WHOLE, _whole_head(self._generation, rows), self._held)
            return
        self._send()
        frames.send(self._end, frames.END, {"rows": rows})

    def _send(self) -> None:
        if not self._begun:
            frames.send(self._end, frames.START, {"generation": self._generation})
            self._begun = True
        whole = memoryview(bytes(self._held))
        for at in range(0, len(whole), frames.PART_SIZE):
            frames.send(self._end, frames.PART, None, whole[at : at + frames.PART_SIZE])
        self._held.clear()
        self._since = time.monotonic()


@lru_cache(1024)
def _whole_head(generation: str, rows: int | None) -> bytes:
    return frames.written({"generation": generation, "rows": rows})


class Current:
    """The current generation of a store folder, opened again when another takes its place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store: Store | None = None

    def find(self, wanted: str, limit: int) -> list[Hit]:
        """Search the generation that was opened last. Raises StoreError while its index is being made."""
        name = self._store.generation if self._store else ""
        try:
            return fulltext.find(self._folder / "generations" / name, wanted, limit)
        except FileNotFoundError:
            raise StoreError("The search index of this graph is being made: try again in a moment.") from None

    def store(self, told: str = "") -> Store:
        """The store to ask now; the pointer is looked at where another generation is ``told`` than was opened last.

        Raises StoreError where there is none.
        """
        if self._store is None or (told != self._store.generation and self._is_past()):
            before, self._store = self._store, None
            self._store = open_current(self._folder)
            if before is not None:
                shutil.rmtree(lease_of(self._folder, os.getpid()) / before.generation, ignore_errors=True)
        return self._store

    def _is_past(self) -> bool:
        return self._store is None or current_generation(self._folder) != self._store.generation


def index(end: socket.socket, folder: Path, memory: int) -> None:
    """Make what searches the current generation, where it has not been made, and tell when it is there."""
    os.nice(_ASIDE)
    with suppress(KgError, OSError):
        keep(Store.open(folder))
        generation = current_folder(folder)
        if not (generation / fulltext.INDEX).is_file():
            fulltext.build(ox.Store.read_only(str(generation / GRAPH)), generation)
    frames.send(end, frames.READY)


def _searched(question: Question, find: Find) -> Question:
    """The question with its searches done; where a question has none, it stays as it is."""
    return replace(question, text=answered(question.text, find)) if "SERVICE" in question.text.upper() else question


def open_current(folder: Path) -> Store:
    """Open the current generation by links of this process's own, so that it lasts as long as it is read, whatever
    takes its place meanwhile. Raises StoreError where there is none."""
    for attempt in range(_ATTEMPTS):
        generation = current_folder(folder)
        lease = lease_of(folder, os.getpid()) / generation.name
        try:
            lease.mkdir(parents=True, exist_ok=True)
            copy_generation(generation / GRAPH, lease)
            return Store(ox.Store.read_only(str(lease)), generation.name, generation / TEXTS)
        except (OSError, RuntimeError) as error:
            shutil.rmtree(lease, ignore_errors=True)
            if attempt == _ATTEMPTS - 1:
                raise StoreError(f"The graph in {folder} can't be opened ({error}): build it again.") from error
            time.sleep(0.02)
    raise AssertionError


def lease_of(folder: Path, process: int) -> Path:
    """Where a process keeps its links to the generations that it reads."""
    return folder / "leases" / str(process)


def end_leases(folder: Path) -> None:
    """Remove the links of processes that are no more."""
    for lease in folder.glob("leases/*"):
        if not Path(f"/proc/{lease.name}").exists():
            shutil.rmtree(lease, ignore_errors=True)


def work(end: socket.socket, folder: Path, memory: int) -> None:
    """Answer queries until the front hangs up, with so many MiB for them."""
    current = Current(folder)
    try:
        opened = current.store().generation
    except KgError as error:
        frames.send(end, frames.FAILED, {"kind": "store", "detail": str(error), "line": None, "column": None})
        return
    cap(memory)
    step_aside()
    frames.send(end, frames.READY, {"generation": opened})
    while (frame := frames.receive(end)) is not None:
        _answer(end, current, frame)


def _answer(end: socket.socket, current: Current, frame: Frame) -> None:
    try:
        question, told = unpacked(frame)
        store = current.store(told)
        outlet = Outlet(end, store.generation)
        rows = serialize(store, _searched(question, current.find), cast(IO[bytes], outlet))
        outlet.finish(rows)
    except MemoryError:
        raise SystemExit(1) from None
    except KgError as error:
        place = {"line": getattr(error, "line", None), "column": getattr(error, "column", None)}
        kind = "query" if isinstance(error, QueryError) else "store"
        frames.send(end, frames.FAILED, {"kind": kind, "detail": str(error)[:4000], **place})
