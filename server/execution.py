"""Runs one query on the store and writes its result: the one function that a pool of processes can replace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import QueryError
from kg.rdf.terms import PREFIXES
from kg.store import Store
from server.errors import Problem
from server.negotiate import Format

_MERGE = ox.NamedNode("urn:x-merge")
MAX_RESULT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query sees; where neither is given, the merge of all and every named graph."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


class _Bounded(BytesIO):
    """A buffer that stops the engine when a result grows beyond all use."""

    def write(self, data: object) -> int:
        if self.tell() > MAX_RESULT_BYTES:
            raise _TooLargeError
        return super().write(cast(bytes, data))


class _TooLargeError(Exception):
    """Raised through the engine to stop it."""


def execute(store: Store, query: str, dataset: Dataset, written: Format) -> bytes:
    """The result of a query in this format. Results never leave the thread that made them: the engine forbids it.

    Raises QueryError where the query can't be answered, and Problem 413 where its result is too large.
    """
    buffer = _Bounded()
    try:
        result = _evaluate(store, query, dataset)
        if isinstance(result, ox.QueryTriples):
            ox.serialize(result, cast(IO[bytes], buffer), written.graph, prefixes=PREFIXES)
        else:
            result.serialize(cast(IO[bytes], buffer), written.rows)
    except _TooLargeError:
        limit = f"{MAX_RESULT_BYTES // 2**20} MiB"
        raise Problem(f"结果太大，请加 LIMIT。The result has more than {limit}: add a LIMIT.", 413) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(str(error)) from error
    return buffer.getvalue()


def write(triples: Iterable[ox.Triple], written: Format, **prefixes: str) -> bytes:
    """These triples in a format, with the usual prefixes and these."""
    buffer = BytesIO()
    ox.serialize(triples, buffer, written.graph, prefixes={**PREFIXES, **prefixes})
    return buffer.getvalue()


def _evaluate(store: Store, query: str, dataset: Dataset) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    if not dataset:
        return store.query(query)
    default, named = _nodes(dataset.default), _nodes(dataset.named)
    if len(default) < 2:
        return store.query(query, default_graphs=default, named_graphs=named)
    return _merged(store, default, named).query(query, default_graphs=[_MERGE], named_graphs=named)


def _nodes(iris: tuple[str, ...]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(iri) for iri in dict.fromkeys(iris)]
    except ValueError as error:
        raise QueryError(f"A graph is named by an absolute IRI: {error}.") from error


def _merged(store: Store, default: list[ox.NamedNode], named: list[ox.NamedNode]) -> Store:
    """A store with the merge of several graphs as one: the engine's own union counts a triple once a graph."""
    quads: list[ox.Quad] = []
    for target, source in [(_MERGE, g) for g in default] + [(g, g) for g in named]:
        triples = store.query("CONSTRUCT WHERE { ?s ?p ?o }", default_graphs=[source])
        if isinstance(triples, ox.QueryTriples):
            quads.extend(ox.Quad(t.subject, t.predicate, t.object, target) for t in triples)
    return Store.in_memory(quads, store.generation)
