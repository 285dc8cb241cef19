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
class Figure:
    """A goal or a statement about the past that an answer is reckoned from."""

    iri: str
    kind: str
    label: str
    metric: str
    unit: str
    value_text: str
    value: Number | None = None
    min_value: Number | None = None
    max_value: Number | None = None
    comparator: str | None = None
    year: int | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told of each of the things compared; ``growth`` is in per cent a year, the last three are counts."""

    lead_agencies: tuple[Named, ...]
    districts: tuple[Named, ...]
    clusters: tuple[Named, ...]
    last_figure: Figure | None
    target: Figure | None
    growth: Number | None
    platforms: int | None
    enterprises: int | None
    subsectors: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: a thing, a quantity (``value``, ``unit``), who leads (``agency``, ``basis``), a thing compared.

    ``basis`` of a thing in a list is policy where a policy document says so, and report where only an article does; of
    a rate of growth ``last_figure`` and ``target`` are the ends.
    """

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
    last_figure: Figure | None = None
    target: Figure | None = None
    facts: Facts | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The answers to a question in words, how it was read, and the query that gives the same answer.

    ``also`` is what only articles and briefings add to a list, ``shared`` what the things compared have in common;
    ``message`` says in both languages (zh, en) why there is no answer, ``examples`` what can be asked.
    """

    query: str
    intent: str | None
    matched: Named | None
    answers: tuple[Answer, ...]
    sparql: str | None
    suggestions: tuple[Found, ...]
    also: tuple[Answer, ...] = ()
    shared: tuple[Named, ...] = ()
    message: Mapping[str, str] | None = None
    examples: Mapping[str, tuple[str, ...]] | None = None

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
