"""The process that changes the graph: each change makes a copy of the current generation, and then takes its place.

Nothing is changed where it is read. A copy is hard links, so it costs milliseconds; what dies half way leaves a folder
that the next writer removes. A change is told as done only when its generation is the current one.
"""

from __future__ import annotations

import hashlib
import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError, QueryError, StoreError
from kg.generations import GRAPH, MANIFEST, current_generation, publish, writing
from kg.rdf.terms import PREFIXES
from server.copying import copy_generation
from server.errors import Problem
from server.pool import frames
from server.pool.limits import cap
from server.pool.using import Dataset, prepared

_EMPTY = "empty"
# How the files begin that search a generation, and say nothing of the next.
_SEARCH = "search."
_PATIENCE = 20.0
_PAUSE = 0.02
_NAME = 16
_SMALL = 4 * 1024 * 1024
_PLACE = re.compile(r"error at (\d+):(\d+)")
_DECLARING = {ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG}


def create(folder: Path) -> None:
    """Begin a store folder with a graph that says nothing."""
    with _alone(folder) as scratch:
        if current_generation(folder) is None:
            ox.Store(str(scratch / GRAPH)).flush()
            (scratch / MANIFEST).write_text('{"sources": [], "facts": {}}\n', encoding="ascii")
            publish(folder, scratch, _EMPTY)


def work(end: socket.socket, folder: Path, memory: int) -> None:
    """Make one change after another until the front hangs up, with so many MiB for them."""
    cap(memory)
    while (frame := frames.receive(end)) is not None:
        bodies = []
        for _ in range(frame.head["bodies"]):
            body = frames.receive_parts(end)
            if body is None:
                return
            bodies.append(body)
        _answer(end, folder, frame.head, bodies)


def _answer(end: socket.socket, folder: Path, head: dict[str, Any], bodies: list[bytes]) -> None:
    try:
        generation, existed = change(folder, head, bodies)
        frames.send(end, frames.WHOLE, {"generation": generation, "existed": existed})
    except Problem as problem:
        frames.send(end, frames.FAILED, {"kind": "problem", "detail": problem.detail, "status": problem.status})
    except KgError as error:
        place = {"line": getattr(error, "line", None), "column": getattr(error, "column", None)}
        kind = "query" if isinstance(error, QueryError) else "store"
        frames.send(end, frames.FAILED, {"kind": kind, "detail": str(error)[:4000], **place})


def change(folder: Path, head: dict[str, Any], bodies: list[bytes]) -> tuple[str, bool]:
    """Make a change: returns the new generation, and whether the graph that is written was there before.

    Raises QueryError where the change can't be read or done, StoreError where the store can't be written.
    """
    with _alone(folder) as scratch:
        previous = current_generation(folder)
        if previous is None:
            raise StoreError("There is no graph to change.")
        copy_generation(folder / "generations" / previous, scratch, but=_SEARCH)
        graph = ox.Store(str(scratch / GRAPH))
        existed = _written(graph, head, bodies)
        graph.flush()
        del graph
        name = _name(previous, head, bodies)
        publish(folder, scratch, name)
    return name, existed


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """The scratch folder of the next generation, once no other process writes."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            held = writing(folder)
            scratch = held.__enter__()
            break
        except StoreError:
            if time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
    try:
        yield scratch
    finally:
        held.__exit__(None, None, None)


def _name(previous: str, head: dict[str, Any], bodies: list[bytes]) -> str:
    """A name for what a change makes of a generation: of both, since to read it all again would take too long."""
    found = hashlib.sha256(f"{previous}\n{json.dumps(head, sort_keys=True)}".encode("utf-8", "surrogatepass"))
    for body in bodies:
        found.update(hashlib.sha256(body).digest())
    return found.hexdigest()[:_NAME]


def _written(graph: ox.Store, head: dict[str, Any], bodies: list[bytes]) -> bool:
    try:
        if head["op"] == "update":
            dataset = Dataset(tuple(head["using"]), tuple(head["using_named"]))
            graph.update(prepared(bodies[0].decode("utf-8"), dataset), base_iri=head["base"])
            return True
        return _replaced(graph, head, bodies)
    except SyntaxError as error:
        place = _PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place else (error.lineno, error.offset)
        raise QueryError(str(error), line, column) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(str(error)) from error


def _replaced(graph: ox.Store, head: dict[str, Any], bodies: list[bytes]) -> bool:
    """A write of the Graph Store Protocol: ``put`` replaces a graph, ``post`` adds to it, ``delete`` removes it."""
    target = ox.NamedNode(head["graph"]) if head["graph"] else ox.DefaultGraph()
    existed = isinstance(target, ox.DefaultGraph) or graph.contains_named_graph(target)
    if head["op"] in {"put", "delete"}:
        graph.remove_graph(target)
    if head["op"] == "delete":
        return existed
    if isinstance(target, ox.NamedNode):
        graph.add_graph(target)
    for media, body in zip(head["media"], bodies, strict=True):
        form = ox.RdfFormat.from_media_type(media)
        assert form is not None
        data = _declared(body) if form in _DECLARING else body
        load = graph.load if len(data) < _SMALL else graph.bulk_load
        load(data, format=form, base_iri=head["base"], to_graph=target)
    return existed


def _declared(body: bytes) -> bytes:
    """Turtle with the usual prefixes declared, for parts that leave this to others; on its first line, so that errors
    tell the true line."""
    usual = " ".join(f"@prefix {name}: <{space}> ." for name, space in sorted({**_USUAL, **PREFIXES}.items()))
    return usual.encode("ascii") + b" " + body.removeprefix(b"\xef\xbb\xbf")


_USUAL = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
