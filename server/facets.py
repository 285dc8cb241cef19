"""Filters of the lists: every value that a list has under a heading, with its count, as a link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.naming import Json

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


def narrowed(kind: str, items: Iterable[Json], wanted: Mapping[str, str]) -> list[Json]:
    """The items that have every value wanted; a parameter that the list doesn't know narrows nothing."""
    keys = dict(FACETS[kind])
    tests = [(keys[name], value) for name, value in wanted.items() if name in keys and value]
    return [item for item in items if all(value in _keys(item.get(key)) for key, value in tests)]


def facets_of(kind: str, items: Sequence[Json], wanted: Mapping[str, str]) -> tuple[Facet, ...]:
    """The facets of a list: each counts what is left when all the others hold."""
    found = []
    for name, key in FACETS[kind]:
        others = {n: v for n, v in wanted.items() if n != name}
        values = _values(narrowed(kind, items, others), key)
        chosen = next((v for v in values if v.key == wanted.get(name)), None)
        if len(values) > 1 or chosen:
            found.append(Facet(name, tuple(values), chosen))
    return tuple(found)


def _values(items: Iterable[Json], key: str) -> list[Value]:
    counts: Counter[str] = Counter()
    held: dict[str, Any] = {}
    for item in items:
        for value in _each(item.get(key)):
            slug = _slug(value)
            counts[slug] += 1
            held.setdefault(slug, value)
    return [Value(slug, held[slug], n) for slug, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


def _each(value: Any) -> list[Any]:
    return [v for v in (value if isinstance(value, list) else [value]) if v not in (None, "")]


def _slug(value: Any) -> str:
    return str(value["slug"]) if isinstance(value, dict) else str(value)


def _keys(value: Any) -> set[str]:
    return {_slug(v) for v in _each(value)}
