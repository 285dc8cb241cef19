"""Rows of facts for pages: the telling columns of each kind of thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from server.naming import Json, amount, name_of
from server.urls import lit_source_path, path_of
from server.words import KINDS, PROPERTIES, term

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


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text in a table, with the address that it leads to or none."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its cells by column, and the evidence of what it says."""

    cells: tuple[tuple[Cell, ...], ...]
    evidence: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Facts of one kind about a thing; ``total`` counts also those that are not shown."""

    key: str
    title: tuple[str, str]
    columns: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    total: int


def table(kind: str, items: Sequence[Json], key: str = "", without: Sequence[str] = (), most: int = 0) -> Table:
    """A table of these items, at most so many (0: all), without the columns that the page says already."""
    shown = items[:most] if most else items
    names = [c for c in COLUMNS[kind] if c not in without and any(cells(item, c) for item in shown)]
    lines = tuple(Line(tuple(cells(item, name) for name in names), evidence(item)) for item in shown)
    columns = tuple(PROPERTIES[name] for name in names)
    return Table(f"{kind}-{key}".rstrip("-"), KINDS[kind], columns, lines, len(items))


def evidence(item: Json) -> tuple[Json, ...]:
    """The evidence of an item with addresses that work without scripts."""
    return tuple({**e, "href": lit_source_path(e["document"]["slug"], e["start"], e["end"])} for e in item["evidence"])


def cells(item: Json, column: str) -> tuple[Cell, ...]:
    """What an item has to say in a column."""
    if column == "name":
        return (Cell(name_of(item), path_of(item["iri"])),)
    if column == "amount":
        return (Cell(amount(item), path_of(item["iri"])),)
    value = item.get(column)
    values = value if isinstance(value, list) else [value]
    return tuple(_cell(v) for v in values if v not in (None, ""))


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        return Cell(value.get("title") or value["label"], path_of(value["iri"]))
    return Cell(term(str(value)))
