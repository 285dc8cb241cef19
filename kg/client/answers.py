"""Answers to questions, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.client.rows import Rows, frame
from kg.client.things import Evidence, Found, Lead, Named, Number


@dataclass(frozen=True, slots=True)
class Leads:
    """Who leads what was asked for, best first; nothing found leaves ``answers`` empty and gives suggestions."""

    query: str
    matched: Named | None
    answers: tuple[Lead, ...]
    suggestions: tuple[Found, ...]

    def frame(self) -> Any:
        """The answers as a pandas.DataFrame; raises KgError where pandas is not installed."""
        return frame(self.answers)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question: a thing, a quantity (``value``, ``unit``), or who leads (``agency``, ``basis``)."""

    evidence: tuple[Evidence, ...]
    iri: str | None = None
    kind: str | None = None
    label: str | None = None
    cluster: str | None = None
    role: str | None = None
    agency: Named | None = None
    basis: str | None = None
    about: Named | None = None
    metric: str | None = None
    comparator: str | None = None
    value: Number | None = None
    min_value: Number | None = None
    max_value: Number | None = None
    unit: str | None = None
    year: int | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers to a question in words, how it was read, and the query that gives the same answer."""

    query: str
    intent: str | None
    matched: Named | None
    answers: tuple[Answer, ...]
    sparql: str | None
    suggestions: tuple[Found, ...]

    def frame(self) -> Any:
        """The answers as a pandas.DataFrame; raises KgError where pandas is not installed."""
        return frame(self.answers)


@dataclass(frozen=True, slots=True)
class Solutions(Rows[Mapping[str, Any]]):
    """The rows of a SELECT query by variable: numbers as numbers, IRIs and other literals as text."""

    columns: tuple[str, ...] = ()

    def frame(self) -> Any:
        """The rows as a pandas.DataFrame; raises KgError where pandas is not installed."""
        return frame({name: row.get(name) for name in self.columns} for row in self.items)


@dataclass(frozen=True, slots=True)
class Said:
    """One statement about a thing: the property, the other end as text, its label where it is a thing, its language."""

    property: str
    value: str
    label: str | None = None
    tongue: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """What the graph says of a thing, what points to it, and the sentences that state it."""

    iri: str
    label: str
    says: tuple[Said, ...]
    pointed_to_by: tuple[Said, ...]
    quotes: tuple[str, ...]
