"""What the page of a thing says: what matters in one sentence, what is known of it, and what points to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.catalogue import Catalogue
from server.naming import Json
from server.portraits import Portrait, portrait_of
from server.sentences import sentence_of
from server.tables import Cell, Table, cells, table
from server.tongue import called
from server.words import KINDS, PROPERTIES

SHOWN = 20
# Keys of an item that are no rows of its factsheet.
_APART = {
    "iri",
    "kind",
    "slug",
    "label",
    "evidence",
    "order",
    "text",
    "heading",
    "number",
    "title",
    "start",
    "end",
    "issued",
    "valueText",
    "value",
    "unit",
}
# Columns that a page of a kind says for all its rows.
_SAID_BY = {"measure": ("document",), "document": ("documents",)}
STATED = ("target", "observation", "role", "platform", "enterprise", "subsector")
# Which kinds of facts a page shows, and by which keys they point to the thing.
_RELATIONS = (
    ("issuance", "agency"),
    ("issuance", "document"),
    ("role", "cluster"),
    ("role", "district"),
    ("role", "documents"),
    ("target", "clusters"),
    ("target", "about"),
    ("target", "documents"),
    ("observation", "clusters"),
    ("observation", "about"),
    ("observation", "documents"),
    ("platform", "clusters"),
    ("platform", "districts"),
    ("platform", "leadAgencies"),
    ("enterprise", "clusters"),
    ("enterprise", "districts"),
    ("subsector", "clusters"),
    ("cluster", "category"),
    ("cluster", "districts"),
    ("document", "clusters"),
    ("assignment", "measure"),
    ("assignment", "agency"),
    ("measure", "partOf"),
    ("measure", "document"),
    *((kind, "stated") for kind in STATED),
    *((kind, "evidence") for kind in (*STATED, "assignment", "issuance", "measure")),
)
# What a page with a tree of tasks shows there.
_IN_TREE = {"measure", "assignment", "issuance"}


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of a thing's page in the order that they are read."""

    item: Json
    name: str
    kind: tuple[str, str]
    sentence: str
    facts: tuple[tuple[tuple[str, str], tuple[Cell, ...]], ...]
    tables: tuple[Table, ...]
    portrait: Portrait


def page_of(catalogue: Catalogue, item: Json, *, full: bool = False, agency: str = "") -> Page:
    """The page of a thing; tables hold 20 rows unless ``full``, its tasks are those of one agency (slug) if given."""
    portrait = portrait_of(catalogue, item, agency)
    tables = tables_of(catalogue, item, SHOWN if not full else 0)
    if portrait.tasks or agency:
        tables = {kind: t for kind, t in tables.items() if kind not in _IN_TREE}
    sentence = sentence_of(catalogue, item, {kind: t.total for kind, t in tables.items()})
    facts = tuple(_facts(item))
    return Page(item, called(item), KINDS[item["kind"]], sentence, facts, tuple(tables.values()), portrait)


def tables_of(catalogue: Catalogue, item: Json, most: int = 0) -> dict[str, Table]:
    """The facts that point to a thing, a table a kind, with at most so many rows each (0: all)."""
    mentions = catalogue.mentions(item["iri"])
    tables: dict[str, Table] = {}
    for kind, key in _RELATIONS:
        found = mentions.get((kind, key), [])
        if found and kind not in tables:
            said = (key, *_SAID_BY.get(item["kind"], ()), *(["about"] if _only_of(item, found) else []))
            tables[kind] = table(kind, found, key, said, most)
    return tables


def _only_of(item: Json, facts: Sequence[Json]) -> bool:
    """Whether all these facts are about the thing itself."""
    return all((fact.get("about") or {}).get("iri") == item["iri"] for fact in facts)


def _facts(item: Json) -> list[tuple[tuple[str, str], tuple[Cell, ...]]]:
    quantity = {"amount"} if "valueText" in item else set()
    keys = [k for k in PROPERTIES if k in quantity or (k in item and k not in _APART)]
    return [(PROPERTIES[k], found) for k in keys if (found := cells(item, k))]
