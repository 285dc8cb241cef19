"""Rows of facts for pages: the telling columns of each kind of thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from server.naming import Json
from server.tongue import called, quantity, word
from server.urls import path_of
from server.words import KINDS, PROPERTIES

# The columns of each kind, in order; "name" is the thing itself, "amount" a quantity as read.
COLUMNS: dict[str, tuple[str, ...]] = {
    "cluster": ("name", "category", "leadAgencies", "districts"),
    "category": ("name", "clusters"),
    "subsector": ("name", "clusters"),
    "district": ("name", "clusters"),
    "agency": ("name", "leadsClusters"),
    "enterprise": ("name", "clusters", "districts"),
    "platform": ("name", "type", "clusters", "districts"),
    "document": ("name", "type", "issuedBy"),
    "measure": ("name", "measureKind", "document"),
    "assignment": ("measure", "agency", "role", "document"),
    "target": ("about", "subjectText", "metric", "amount", "year"),
    "observation": ("about", "subjectText", "metric", "amount", "period"),
    "role": ("cluster", "district", "roleText", "functions"),
    "issuance": ("document", "agency", "position"),
}
_NUMBERS = {"amount", "position"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text in a table, with the address that it leads to or none."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key of what it shows, and what it is called in Chinese and English."""

    key: str
    names: tuple[str, str]

    @property
    def number(self) -> bool:
        """Whether it holds numbers, which are set to the right."""
        return self.key in _NUMBERS


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the thing that it shows, and its cells by column."""

    item: Json
    cells: tuple[tuple[Cell, ...], ...]

    @property
    def evidence(self) -> Sequence[Json]:
        """Where the text states what it says."""
        return tuple(self.item["evidence"])


@dataclass(frozen=True, slots=True)
class Table:
    """Facts of one kind about a thing; ``total`` counts also those that are not shown."""

    key: str
    title: tuple[str, str]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: int

    @property
    def shared(self) -> Sequence[Json]:
        """The places that state every one of several rows alike, to be shown once; nothing where rows differ."""
        stated = [[e["iri"] for e in line.evidence] for line in self.lines]
        return self.lines[0].evidence if len(stated) > 1 and all(s == stated[0] for s in stated) else ()


def table(kind: str, items: Sequence[Json], key: str = "", without: Sequence[str] = (), most: int = 0) -> Table:
    """A table of these items, at most so many (0: all), without the columns that the page says already."""
    shown = items[:most] if most else items
    names = [c for c in COLUMNS[kind] if c not in without and any(cells(item, c) for item in shown)]
    lines = tuple(Line(item, tuple(cells(item, name) for name in names)) for item in shown)
    columns = tuple(Column(name, PROPERTIES[name]) for name in names)
    return Table(f"{kind}-{key}".rstrip("-"), KINDS[kind], columns, lines, len(items))


def cells(item: Json, column: str) -> tuple[Cell, ...]:
    """What an item has to say in a column."""
    if column == "name":
        return (Cell(called(item), path_of(item["iri"])),)
    if column == "amount":
        return (Cell(quantity(item), path_of(item["iri"])),)
    value = item.get(column)
    values = value if isinstance(value, list) else [value]
    return tuple(_cell(v) for v in values if v not in (None, ""))


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        return Cell(called(value), path_of(value["iri"]))
    return Cell(word(str(value)))
