"""The facts behind a projection, one tie each, and what they would be if bodies were merged or documents missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import pyoxigraph as ox

from kg.store import Row, Term

QUERIES = Path(__file__).parent / "queries"


class Asked(Protocol):
    """What answers the queries of a projection; a Store is one."""

    def rows(self, sparql: str) -> list[Row]:
        """The solutions of a SELECT query, unbound variables left out."""


class Tie(NamedTuple):
    """One fact that ties two things: the clause or fact that says it, the document it stands in ("" for none).

    ``points`` is what the fact gives to the tie before the clause's length is taken into account; ``relation`` names
    what the fact says, where a projection holds more than one relation.
    """

    left: str
    right: str
    clause: str
    document: str
    points: float = 1.0
    relation: str = ""


def load_ties(store: Asked, projection: str) -> list[Tie]:
    """The ties of a projection, sorted, each once."""
    rows = store.rows((QUERIES / f"{projection}.rq").read_text(encoding="utf-8"))
    return sorted({_tie(row) for row in rows})


def _tie(row: Row) -> Tie:
    return Tie(
        left=text(row["left"]),
        right=text(row["right"]),
        clause=text(row["clause"]),
        document=text(row["document"]) if "document" in row else "",
        points=float(text(row["points"])) if "points" in row else 1.0,
        relation=text(row["relation"]) if "relation" in row else "",
    )


def text(term: Term) -> str:
    """What a term says: the IRI of a node, the characters of a literal."""
    return str(term) if isinstance(term, ox.Triple) else term.value


def merged(ties: Iterable[Tie], kept: str, absorbed: str) -> list[Tie]:
    """The ties as if one thing had been part of another: a clause that names both names one, with the higher points."""
    best: dict[Tie, Tie] = {}
    for tie in ties:
        left, right = (kept if end == absorbed else end for end in (tie.left, tie.right))
        moved = tie._replace(left=left, right=right)
        key = moved._replace(points=0.0)
        if left != right and (key not in best or best[key].points < moved.points):
            best[key] = moved
    return sorted(best.values())


def removed(ties: Iterable[Tie], thing: str) -> list[Tie]:
    """The ties as if nobody had named a thing: those that share its clauses take over its part."""
    return [tie for tie in ties if thing not in (tie.left, tie.right)]


def without_document(ties: Iterable[Tie], document: str) -> list[Tie]:
    """The ties that the other documents state."""
    return [tie for tie in ties if tie.document != document]


def drawn(ties: Sequence[Tie], unit: str, chosen: Sequence[str]) -> list[Tie]:
    """The ties of a sample of clauses or documents (``unit``) drawn with replacement.

    A clause that was drawn again counts as one more clause that says the same.
    """
    held: dict[str, list[Tie]] = {}
    for tie in ties:
        held.setdefault(getattr(tie, unit), []).append(tie)
    times: dict[str, int] = {}
    sample: list[Tie] = []
    for name in chosen:
        times[name] = times.get(name, 0) + 1
        sample.extend(_copy(tie, times[name]) for tie in held.get(name, ()))
    return sample


def _copy(tie: Tie, time: int) -> Tie:
    """A tie as its clause says it the n-th time; a thing that stands for the clause itself is a thing of its own."""
    if time == 1:
        return tie
    again = f"{tie.clause}#{time}"
    return tie._replace(clause=again, left=again if tie.left == tie.clause else tie.left)
