"""A question as it goes to a worker: the text of the query as the body of a packet, all else in its head."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from kg.store import Term
from server.execution import PLAIN, Dataset, Question
from server.negotiate import GRAPHS, ROWS, Format, named
from server.pool import frames
from server.pool.frames import Frame

# Most questions differ in their text alone.
_HEADS = 256
_WHOLE = Dataset()


def packed(question: Question, generation: str) -> tuple[bytes, bytes]:
    """The head and the body of its packet; ``generation`` is the one that was current when it was asked."""
    if question.dataset or question.bindings:
        head = frames.written({**_manner(question.written, question.base, generation), **_own(question)})
    else:
        head = _plain_head(question.written, question.base, generation)
    return head, question.text.encode("utf-8", "surrogatepass")


def unpacked(frame: Frame) -> tuple[Question, str]:
    """The question in a packet, and the generation that was current when it was asked."""
    head = frame.head
    dataset = Dataset(tuple(head["default"]), tuple(head["named"])) if "named" in head else _WHOLE
    bindings = {name: read_term(term) for name, term in head.get("bindings", {}).items()}
    text, written = frame.body.decode("utf-8", "surrogatepass"), _format(head["format"], head["rows"])
    return Question(text, written, dataset, head["base"], bindings=bindings), head["generation"]


def plain_term(term: Term) -> str:
    """A term as a line that ``read_term`` reads."""
    return f"<urn:x> <urn:x> {term} ."


def read_term(line: str) -> Term:
    """The term that ``plain_term`` wrote."""
    term: Term = next(iter(ox.parse(line, format=ox.RdfFormat.N_TRIPLES))).object
    return term


def _manner(written: Format, base: str, generation: str) -> dict[str, Any]:
    return {"format": written.names[0], "rows": written.rows is not None, "base": base, "generation": generation}


@lru_cache(_HEADS)
def _plain_head(written: Format, base: str, generation: str) -> bytes:
    return frames.written(_manner(written, base, generation))


def _own(question: Question) -> dict[str, Any]:
    """What the head of an ordinary question does not say."""
    terms = {name: plain_term(term) for name, term in question.bindings.items()}
    return {"default": question.dataset.default, "named": question.dataset.named, "bindings": terms}


@lru_cache(_HEADS)
def _format(name: str, rows: bool) -> Format:
    found = named(name, (PLAIN, *(ROWS if rows else GRAPHS)))
    assert found is not None
    return found
