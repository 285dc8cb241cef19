"""Runs one query and writes its result: here, or in a process of a pool where the store is one of a pool's."""

from __future__ import annotations

import socket
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, Any, cast

import pyoxigraph as ox

from kg.errors import QueryError
from kg.rdf.terms import PREFIXES
from kg.store import Result, Store, Term
from server.errors import Problem
from server.negotiate import Format
from server.tallying import Counted, Tally
from server.weighing import Weight

# Whatever comes of a query, in a form that is read again.
PLAIN = Format(("plain",), ("",), ox.QueryResultsFormat.JSON, ox.RdfFormat.N_TRIPLES)
_MERGE = ox.NamedNode("urn:x-merge")
# What a page or an answer made here may hold; what goes to a client as it is written has no such limit.
MAX_RESULT_BYTES = 64 * 1024 * 1024
# How the engine says that an IRI is relative.
_RELATIVE = ("No scheme found", "IRI parsing failed")


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query sees; where neither is given, the merge of all and every named graph."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


@dataclass(frozen=True, slots=True)
class Question:
    """A query that has been examined, and how its result is wanted.

    ``timeout`` is in seconds, 0 for the service's own; ``base`` makes relative IRIs absolute; ``ours`` says that the
    service itself asks, for its pages; ``weight`` is what to expect of its cost; where the ``client`` hangs up, nobody
    needs the answer any more.
    """

    text: str
    written: Format
    dataset: Dataset = field(default_factory=Dataset)
    base: str = ""
    timeout: float = 0.0
    bindings: Mapping[str, Term] = field(default_factory=dict)
    ours: bool = False
    weight: Weight = Weight.UNKNOWN
    client: socket.socket | None = None


class Rest(Iterator[bytes]):
    """What follows of a result, part by part; ``rows`` of the whole are known when its end is reached."""

    rows: int | None = None

    @abstractmethod
    def close(self) -> None:
        """Give up what has not been taken."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A result, or its beginning and the rest as it comes; ``rest`` raises where the whole can't be had.

    ``rows`` are the solutions or triples in it, None for neither and where the rest will tell.
    """

    generation: str
    body: bytes
    rest: Rest | None = None
    rows: int | None = None

    def whole(self) -> bytes:
        """All of it; raises Problem 413 where it is too large for that."""
        if self.rest is None:
            return self.body
        parts, size = [self.body], len(self.body)
        try:
            for part in self.rest:
                parts.append(part)
                size += len(part)
                if size > MAX_RESULT_BYTES:
                    raise too_large()
        finally:
            self.rest.close()
        return b"".join(parts)


class Remote(Store):
    """A store whose queries run elsewhere, and which can be changed there. ``largest_change`` is in bytes."""

    largest_change: int

    @abstractmethod
    def run(self, question: Question) -> Answer:
        """The result of a query; raises QueryError and Problem like ``run`` below."""

    @abstractmethod
    def change(self, head: dict[str, Any], bodies: list[bytes]) -> dict[str, Any]:
        """Make a change, and tell the generation that has come of it.

        Raises QueryError where it can't be read or done, Problem where it may not be done or takes too long.
        """

    @abstractmethod
    def index(self) -> None:
        """Make the search index of what is served now, if it has none."""

    @abstractmethod
    def figures(self) -> dict[str, int]:
        """How many queries run and wait now (``running_LANE``, ``waiting_LANE``), and how many were ended
        (``killed_REASON``)."""

    @abstractmethod
    def current(self) -> str:
        """The name of the generation that is asked now."""


class _Bounded(BytesIO):
    """A buffer that stops the engine when a result grows beyond all use."""

    def write(self, data: object) -> int:
        if self.tell() > MAX_RESULT_BYTES:
            raise _TooLargeError
        return super().write(cast(bytes, data))


class _TooLargeError(Exception):
    """Raised through the engine to stop it."""


def too_large() -> Problem:
    """What is said of a result that can't be held."""
    limit = f"{MAX_RESULT_BYTES // 2**20} MiB"
    return Problem(f"结果太大，请加 LIMIT。The result has more than {limit}: add a LIMIT.", 413)


def generation_of(store: Store) -> str:
    """The name of the generation that a query would be answered from now."""
    return store.current() if isinstance(store, Remote) else store.generation


def run(store: Store, question: Question) -> Answer:
    """The result of a query.

    Raises QueryError where it can't be answered, and Problem: 413 where its result is too large; of a pool also 503
    where it is busy or its memory not enough, 504 where the deadline has passed.
    """
    if isinstance(store, Remote):
        return store.run(question)
    buffer = _Bounded()
    try:
        rows = serialize(store, question, cast(IO[bytes], buffer))
    except _TooLargeError:
        raise too_large() from None
    return Answer(store.generation, buffer.getvalue(), rows=rows)


def execute(store: Store, query: str, dataset: Dataset, written: Format) -> bytes:
    """The whole result of a query in this format; raises like ``run``."""
    return run(store, Question(query, written, dataset)).whole()


def serialize(store: Store, question: Question, out: IO[bytes]) -> int | None:
    """Write the result of a query, and tell its rows: solutions or triples, None where it is a yes or no.

    It never leaves the thread that made it: the engine forbids that.

    Raises QueryError where it can't be answered, and whatever ``out`` raises.
    """
    try:
        result = _evaluate(store, question)
        if isinstance(result, ox.QueryTriples):
            counted = Counted(result)
            ox.serialize(counted, out, question.written.graph, prefixes=PREFIXES)
            return counted.number()
        if isinstance(result, ox.QueryBoolean):
            result.serialize(out, question.written.rows)
            return None
        tally = Tally(out, question.written.rows or ox.QueryResultsFormat.JSON)
        result.serialize(cast(IO[bytes], tally), question.written.rows)
        return tally.rows
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(str(error)) from error


def write(triples: Iterable[ox.Triple], written: Format, **prefixes: str) -> bytes:
    """These triples in a format, with the usual prefixes and these."""
    buffer = BytesIO()
    ox.serialize(triples, buffer, written.graph, prefixes={**PREFIXES, **prefixes})
    return buffer.getvalue()


def _evaluate(store: Store, question: Question) -> Result:
    """The result, with relative IRIs made absolute only where there are any, so that errors tell the true place."""
    try:
        return _ask(store, question, question.text)
    except QueryError as error:
        if not question.base or not any(words in str(error) for words in _RELATIVE):
            raise
    return _ask(store, question, f"BASE <{question.base}> {question.text}")


def _ask(store: Store, question: Question, text: str) -> Result:
    if not question.dataset:
        return store.query(text, bindings=question.bindings)
    default, named = _nodes(question.dataset.default), _nodes(question.dataset.named)
    if len(default) < 2:
        return store.query(text, default_graphs=default, named_graphs=named, bindings=question.bindings)
    merged = _merged(store, default, named)
    return merged.query(text, default_graphs=[_MERGE], named_graphs=named, bindings=question.bindings)


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
