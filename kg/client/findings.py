"""What is found by looking at the whole graph, as frozen values: places in a network, and contradictions."""

from __future__ import annotations

from dataclasses import dataclass

from kg.client.things import Evidence, Number, Reference


@dataclass(frozen=True, slots=True)
class Central:
    """A thing's place in a network: its ``rank`` (1 is the most central) by the ``value`` of a measure."""

    iri: str
    kind: str
    slug: str
    label: str
    rank: int
    value: Number
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One side of a conflict, with the places that state it."""

    iri: str
    kind: str
    label: str
    evidence: tuple[Evidence, ...]
    about: Reference | None = None
    value_text: str | None = None
    year: int | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements that contradict each other; ``prevails`` is the IRI of the later document's one, where one does."""

    iri: str
    kind: str
    label: str
    reason: str
    prevails: str | None
    between: tuple[Statement, ...]
