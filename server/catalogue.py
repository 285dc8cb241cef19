"""All things of the graph by kind, as plain JSON, each fact with its evidence.

A generation of the graph never changes, so each kind is asked for once (one query a kind, ``queries/*.rq``), and lists,
filters and pages are made of the result. A query answers rows of item, key, value and perhaps the value's rank; a row
of an item alone lists it. A key that ends in ``[]`` holds a list, every other the one value (the first in order where
the graph has more). Every item of a kind has the keys that ``fields.toml`` gives it, in that order.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from typing import Any, TypeVar, cast

import pyoxigraph as ox

from kg.store import Row, Store, Term
from server.errors import Problem
from server.fields import KIND_FIELDS
from server.labels import Labels
from server.naming import Json, name_of
from server.rows import TOO_LARGE, Rows, said
from server.urls import ONTOLOGY, address, local_name, source_path

Made = TypeVar("Made")
# A value and its place among those of the same key.
Ranked = tuple[int, Any]
# The kind of a thing's address, and the query that lists its kind.
KIND_QUERIES = {
    "cluster": "clusters",
    "category": "categories",
    "subsector": "subsectors",
    "district": "districts",
    "agency": "agencies",
    "enterprise": "enterprises",
    "platform": "platforms",
    "document": "documents",
    "measure": "measures",
    "assignment": "assignments",
    "target": "targets",
    "observation": "observations",
    "role": "roles",
    "issuance": "issuances",
}
_ROLES = {"Lead", "Joint", "Responsible", "Participant"}
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = {_XSD + "integer", _XSD + "gYear", _XSD + "int", _XSD + "nonNegativeInteger", _XSD + "positiveInteger"}


def number(text: str) -> int | float:
    """A decimal as a JSON number: whole ones without a point."""
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


class Catalogue:
    """The lists of a store, made when first asked for and kept."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.rows = Rows(store)
        self._labels = Labels(self.rows)
        self._lock = threading.RLock()
        self._kinds: dict[str, list[Json]] = {}
        self._items: dict[str, dict[str, Json]] = {}
        self._making = threading.RLock()
        self._derived: dict[Callable[[Catalogue], Any], Any] = {}
        self._evidence: dict[str, list[Json]] | None = None
        self._stated: dict[str, list[tuple[str, Json]]] = {}
        self._mentions: dict[str, dict[tuple[str, str], list[Json]]] | None = None
        self._parts: dict[tuple[str, str], dict[str, list[Json]]] = {}

    def items(self, kind: str) -> list[Json]:
        """All things of a kind in a fixed order: curated order, then place in the text, then name.

        Raises Problem 413 where they are too many to be listed.
        """
        with self._lock:
            if kind not in self._kinds:
                self._kinds[kind] = self._load(kind)
            return self._kinds[kind]

    def can_list(self, kind: str) -> bool:
        """Whether the things of a kind, with their evidence, are few enough to be listed."""
        try:
            self.items(kind)
        except Problem as problem:
            if problem.status != TOO_LARGE:
                raise
            return False
        return True

    def is_whole(self) -> bool:
        """Whether all kinds can be listed, so that what points to a thing can be told."""
        return all(self.can_list(kind) for kind in KIND_QUERIES)

    def item(self, iri: str) -> Json | None:
        """The thing with this IRI; None where it is in no list."""
        place = address(iri)
        if place is None or place.kind not in KIND_QUERIES:
            return None
        items = self.items(place.kind)
        with self._lock:
            if place.kind not in self._items:
                self._items[place.kind] = {item["iri"]: item for item in items}
            return self._items[place.kind].get(iri)

    def names(self) -> dict[str, Json]:
        """What everything is called: label, labelEn and altLabels by IRI."""
        return self._labels.held()

    def named(self, kind: str, name: str) -> list[str]:
        """The IRIs of the things of a kind that have exactly this name in either tongue, whatever its letter case."""
        return self._labels.named(kind, name)

    def reference(self, iri: str) -> Json:
        """How an item points to another thing: its IRI, kind, slug and label."""
        place = address(iri)
        label = self.names().get(iri, {}).get("label")
        kind, slug = place or ("", local_name(iri))
        return {"iri": iri, "kind": kind, "slug": slug, "label": label or slug}

    def evidence(self, iri: str) -> list[Json]:
        """Where the text states this fact or thing, in the order of the text."""
        with self._lock:
            if self._evidence is None:
                self._evidence = self._load_evidence()
            found = self._evidence.get(iri)
        return found or []

    def stated_in(self, document: str) -> list[tuple[str, Json]]:
        """What the text of a document states: the IRI of each fact and the evidence for it, in the text's order."""
        self.evidence("")
        with self._lock:
            if not self._stated:
                for iri, found in (self._evidence or {}).items():
                    for place in found:
                        self._stated.setdefault(place["document"]["iri"], []).append((iri, place))
            return sorted(self._stated.get(document, []), key=lambda pair: (_place(pair[1]), pair[0]))

    def mentions(self, iri: str) -> dict[tuple[str, str], list[Json]]:
        """The items that point to this thing, by their kind and the key that points."""
        with self._lock:
            if self._mentions is None:
                self._mentions = self._load_mentions()
            return self._mentions.get(iri, {})

    def parts(self, kind: str, key: str) -> dict[str, list[Json]]:
        """The items of a kind by the IRI that their key points to, each list in printed order."""
        with self._lock:
            if (kind, key) not in self._parts:
                found: dict[str, list[Json]] = defaultdict(list)
                for item in self.items(kind):
                    for iri in references(item[key]):
                        found[iri].append(item)
                for own in found.values():
                    own.sort(key=lambda item: (item.get("position") or 0, item["iri"]))
                self._parts[kind, key] = dict(found)
            return self._parts[kind, key]

    def derived(self, make: Callable[[Catalogue], Made]) -> Made:
        """What this makes of the catalogue, made once and kept as long as the catalogue is."""
        with self._making:
            if make not in self._derived:
                self._derived[make] = make(self)
            return cast(Made, self._derived[make])

    def _load(self, kind: str) -> list[Json]:
        # First, since no item is shown without it.
        self.evidence("")
        rows = self.rows.of(KIND_QUERIES[kind])
        values: dict[str, dict[str, list[Ranked]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            held = values[said(row["item"])]
            if "key" not in row or "value" not in row:
                continue
            ranked = (int(said(row["rank"])) if "rank" in row else 0, self._value(row["value"]))
            if ranked not in held[said(row["key"])]:
                held[said(row["key"])].append(ranked)
        items = [self._item(iri, held, kind) for iri, held in values.items() if address(iri)]
        return sorted(items, key=_order)

    def _item(self, iri: str, held: dict[str, list[Ranked]], kind: str) -> Json:
        item: Json = self.reference(iri)
        names = self.names().get(iri, {"altLabels": []})
        item["labelEn"], item["altLabels"] = names.get("labelEn"), names["altLabels"]
        for field in KIND_FIELDS[kind]:
            ranked = held.get(f"{field.name}[]" if field.many else field.name, [])
            found = [value for _, value in sorted(ranked, key=_sort_key)]
            nothing = False if field.type == "boolean" else None
            item[field.name] = found if field.many else next(iter(found), nothing)
        if "label" not in names:
            item["label"] = name_of(item)
        item["evidence"] = self.evidence(iri)
        return item

    def _value(self, term: Term) -> Any:
        if isinstance(term, ox.NamedNode):
            return _word(term.value) if term.value.startswith(ONTOLOGY) else self.reference(term.value)
        if not isinstance(term, ox.Literal):
            return None
        datatype = term.datatype.value
        if datatype == _XSD + "decimal" or datatype in _INTEGERS:
            return number(term.value)
        return term.value == "true" if datatype == _XSD + "boolean" else term.value

    def _load_evidence(self) -> dict[str, list[Json]]:
        found: dict[str, dict[str, Json]] = defaultdict(dict)
        for row in self.rows.of("evidence"):
            found[said(row["item"])][said(row["evidence"])] = self._evidence_item(row)
        return {iri: sorted(held.values(), key=_place) for iri, held in found.items()}

    def _evidence_item(self, row: Row) -> Json:
        document = self.reference(said(row["document"]))
        document["title"] = said(row["title"]) if "title" in row else document["label"]
        start, end = int(said(row["start"])), int(said(row["end"]))
        return {
            "iri": said(row["evidence"]),
            "quote": said(row["quote"]),
            "document": document,
            "heading": said(row["heading"]).split(" > ") if "heading" in row else [],
            "measure": self.reference(said(row["measure"])) if "measure" in row else None,
            "start": start,
            "end": end,
            "url": source_path(document["slug"], start, end),
        }

    def _load_mentions(self) -> dict[str, dict[tuple[str, str], list[Json]]]:
        mentions: dict[str, dict[tuple[str, str], list[Json]]] = defaultdict(lambda: defaultdict(list))
        for kind in KIND_QUERIES:
            for item in self.items(kind):
                for key, value in item.items():
                    for iri in references(value):
                        mentions[iri][kind, key].append(item)
                for iri in sorted({e["measure"]["iri"] for e in item["evidence"] if e["measure"]}):
                    mentions[iri][kind, "stated"].append(item)
        return {iri: dict(held) for iri, held in mentions.items()}


def kept(make: Callable[[Catalogue], Made]) -> Callable[[Catalogue], Made]:
    """A function of a catalogue whose result never changes: made once for each, and gone with it."""

    @wraps(make)
    def found(catalogue: Catalogue) -> Made:
        return catalogue.derived(make)

    return found


def references(value: Any) -> list[str]:
    """The IRIs that the value of an item's key points to."""
    values = value if isinstance(value, list) else [value]
    return [v["iri"] for v in values if isinstance(v, dict) and "iri" in v]


def _word(iri: str) -> str:
    """A term of the ontology in the words of the interface: classes and kinds as they are, roles in lower case."""
    name = local_name(iri)
    return name.lower() if name in _ROLES else name


def _sort_key(ranked: Ranked) -> tuple[int, str, str]:
    rank, value = ranked
    return (rank, value["label"], value["iri"]) if isinstance(value, dict) else (rank, str(value), "")


def _place(evidence: Json) -> tuple[str, int, int, str]:
    return evidence["document"]["iri"], evidence["start"], evidence["end"], evidence["quote"]


def _order(item: Json) -> tuple[str, int, int, str, str]:
    """Measures and issuances by document, facts by their place in the text, things by curated order and name."""
    document = item.get("document") or {}
    own = item.get("order") or item.get("position") or 0
    first = item["evidence"][0] if item["evidence"] and document else None
    start = first["start"] if first else own
    return document.get("iri", ""), start, own, item["label"], item["iri"]
