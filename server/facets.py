"""Filters of the lists: every value that a list has under a heading, with its count, as a link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from server.catalogue import Catalogue, kept
from server.naming import Json, name_of
from server.openings import listed

# The filters of each kind's list: the parameter, and the key of the items that it looks at.
FACETS: dict[str, tuple[tuple[str, str], ...]] = {
    "cluster": (("category", "category"), ("agency", "leadAgencies"), ("district", "districts")),
    "category": (),
    "subsector": (("cluster", "clusters"),),
    "district": (("cluster", "clusters"),),
    "agency": (("cluster", "leadsClusters"),),
    "enterprise": (("cluster", "clusters"), ("district", "districts")),
    "platform": (("type", "type"), ("cluster", "clusters"), ("district", "districts"), ("agency", "leadAgencies")),
    "document": (("type", "type"), ("agency", "issuedBy")),
    "measure": (("type", "measureKind"), ("cluster", "clusters"), ("document", "document")),
    "assignment": (("role", "role"), ("agency", "agency"), ("cluster", "clusters"), ("document", "document")),
    "target": (("cluster", "clusters"), ("metric", "metric"), ("year", "year"), ("unit", "unit")),
    "observation": (("cluster", "clusters"), ("metric", "metric"), ("year", "period"), ("unit", "unit")),
    "role": (("district", "district"), ("cluster", "cluster"), ("document", "documents")),
    "issuance": (("agency", "agency"), ("document", "document")),
}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: what the address says for it, the thing or the word, how many items have it."""

    key: str
    item: Any
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A heading to filter by: its parameter, its values (most frequent first), and the one chosen or none."""

    name: str
    values: tuple[Value, ...]
    chosen: Value | None


@dataclass(frozen=True)
class Index:
    """A list of things by what it can be filtered by: for each facet and each of its values, which places hold it."""

    items: Sequence[Json]
    places: Mapping[str, Mapping[str, frozenset[int]]]
    values: Mapping[tuple[str, str], Any]

    @classmethod
    def of(cls, kind: str, items: Sequence[Json]) -> Index:
        """The index of a list of things of this kind."""
        places: dict[str, dict[str, list[int]]] = {name: {} for name, _ in FACETS[kind]}
        values: dict[tuple[str, str], Any] = {}
        for name, key in FACETS[kind]:
            for place, item in enumerate(items):
                for value in _each(item.get(key)):
                    slug = _slug(value)
                    places[name].setdefault(slug, []).append(place)
                    values.setdefault((name, slug), value)
        return cls(items, {n: {s: frozenset(p) for s, p in found.items()} for n, found in places.items()}, values)

    @cached_property
    def _texts(self) -> list[str]:
        return ["\n".join(map(str, _texts_of(item))).lower() for item in self.items]

    def with_words(self, words: str) -> frozenset[int]:
        """The places of the items in whose names or sentences these words, each, stand."""
        wanted = words.lower().split()
        return frozenset(i for i, text in enumerate(self._texts) if all(word in text for word in wanted))

    def narrowed(self, wanted: Mapping[str, str], within: frozenset[int] | None = None) -> list[Json]:
        """The items, of those within if given, that have every value wanted; what is no facet narrows nothing."""
        found = self._left(wanted, within)
        return list(self.items) if found is None else [self.items[place] for place in sorted(found)]

    def facets(self, wanted: Mapping[str, str], within: frozenset[int] | None = None) -> tuple[Facet, ...]:
        """The facets of the list: each counts what is left when all the others hold."""
        found = []
        for name in self.places:
            values = self._counted(name, self._left({n: v for n, v in wanted.items() if n != name}, within))
            chosen = next((v for v in values if v.key == wanted.get(name)), None)
            if len(values) > 1 or chosen:
                found.append(Facet(name, tuple(values), chosen))
        return tuple(found)

    def _left(self, wanted: Mapping[str, str], within: frozenset[int] | None) -> frozenset[int] | None:
        """The places that have every value wanted; None stands for all."""
        left = within
        for name, value in wanted.items():
            if name in self.places and value:
                own = self.places[name].get(value, frozenset())
                left = own if left is None else left & own
        return left

    def _counted(self, name: str, left: frozenset[int] | None) -> list[Value]:
        counts = ((s, len(own if left is None else own & left)) for s, own in self.places[name].items())
        ordered = sorted(((slug, n) for slug, n in counts if n), key=lambda pair: (-pair[1], pair[0]))
        return [Value(slug, self.values[name, slug], n) for slug, n in ordered]


@kept
def indexes(catalogue: Catalogue) -> Callable[[str, bool], Index]:
    """Gives the index of the things of a kind that documents name, or of all, made when first asked for."""
    return cache(lambda kind, every: Index.of(kind, catalogue.items(kind) if every else listed(catalogue, kind)))


def _texts_of(item: Json) -> list[Any]:
    return [name_of(item), item.get("labelEn") or "", *item["altLabels"], *(e["quote"] for e in item["evidence"])]


def _each(value: Any) -> list[Any]:
    return [v for v in (value if isinstance(value, list) else [value]) if v not in (None, "")]


def _slug(value: Any) -> str:
    return str(value["slug"]) if isinstance(value, dict) else str(value)
