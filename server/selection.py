"""Which items of a list a request asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.rdf.terms import BASE
from server.catalogue import Catalogue, references
from server.errors import BadParameter
from server.listing import Listing
from server.naming import Json
from server.urls import thing_iri
from server.words import ROLES

_INDUSTRY_SUFFIXES = ("产业集群", "集群", "产业")
_SAID_ALREADY = {"measure", "document", "documents", "clusters", "labelEn", "altLabels"}
# Parameters that name a thing whose kind is another word.
_KINDS = {"about": ("cluster", "category", "district", "agency", "enterprise", "platform", "subsector")}


def select(catalogue: Catalogue, listing: Listing, wanted: Mapping[str, str], words: str) -> list[Json]:
    """The items of a list for which every filter holds and that hold these words, in the list's order.

    Raises BadParameter where a filter names nothing, or is no word or year that the list could hold.
    """
    tests = {name: _wanted(catalogue, listing, name, value) for name, value in wanted.items()}
    parts = _parts(catalogue, listing)
    chosen = []
    for item in catalogue.items(listing.kind):
        own = {n: t for n, t in tests.items() if n not in listing.part_filters}
        nested = {n: t for n, t in tests.items() if n in listing.part_filters}
        if not all(_holds(item, _key(listing, name), test) for name, test in own.items()):
            continue
        if nested and not _part_holds(item, parts.get(item["iri"], []), listing, nested):
            continue
        if words and not _has_words(item, words):
            continue
        chosen.append({**item, listing.shown_as: _shown(parts, item)} if listing.shown_as else item)
    return chosen


def resolve(catalogue: Catalogue, name: str, value: str) -> set[str]:
    """The IRIs of the things that a parameter's value means: an IRI, a slug, or a name in Chinese or English.

    Raises BadParameter where it means none.
    """
    kinds = _KINDS.get(name, (name,))
    found = {value} if value.startswith(BASE) else {iri for kind in kinds if (iri := thing_iri(kind, value))}
    known = {iri for iri in found if iri in catalogue.names() or catalogue.item(iri)}
    stems = [value, *(value.removesuffix(s) for s in _INDUSTRY_SUFFIXES if name in {"cluster", "about"})]
    for stem in stems:
        known = known or {iri for kind in kinds for iri in catalogue.named(kind, stem)}
    if not known:
        raise BadParameter(name, f"没有叫 {value[:60]!r} 的事物。No {name} has this IRI, slug or name.")
    return known


def _wanted(catalogue: Catalogue, listing: Listing, name: str, value: str) -> set[str]:
    """The values that pass a filter: IRIs of a thing, or words in small letters."""
    if name in listing.things or name in {"cluster", "agency"}:
        return resolve(catalogue, name, value)
    if name == "role":
        roles = {role for role, zh in ROLES.items() if value.lower() == role or value == zh}
        if not roles:
            raise BadParameter(name, f"role 应为 {', '.join(ROLES)} 之一。role is one of these four.")
        return roles
    if name == "year" and not (value.isascii() and value.isdigit() and len(value) == 4):
        raise BadParameter(name, "year 应为四位年份。year is a year of four digits.")
    return {value.lower()}


def _key(listing: Listing, name: str) -> str:
    return listing.things.get(name) or listing.words.get(name) or name


def _holds(item: Json, key: str, wanted: set[str]) -> bool:
    value = item.get(key)
    if key == "iri":
        return value in wanted
    if key == "period":
        return bool({str(value)[:4], str(item.get("periodStart"))[:4], str(item.get("periodEnd"))[:4]} & wanted)
    return any(iri in wanted for iri in references(value)) or str(value).lower() in wanted


def _part_holds(item: Json, parts: list[Json], listing: Listing, tests: Mapping[str, set[str]]) -> bool:
    """Whether one part passes all filters, or the item leads the cluster by itself and that is what is asked."""
    keys = {"cluster": "clusters"}
    if any(all(_holds(part, keys.get(name, name), test) for name, test in tests.items()) for part in parts):
        return True
    leading = "lead" in tests.get("role", {"lead"}) and bool(listing.leads)
    return leading and bool(item.get(listing.leads)) and _holds(item, listing.leads, tests.get("cluster", _ANY))


class _Any(set[str]):
    """A set that holds everything."""

    def __contains__(self, _: object) -> bool:
        return True


_ANY = _Any()


def _parts(catalogue: Catalogue, listing: Listing) -> dict[str, list[Json]]:
    """The parts of each item, by the item's IRI."""
    parts: dict[str, list[Json]] = {}
    for part in catalogue.items(listing.parts) if listing.parts else ():
        for iri in references(part.get(listing.part_key)):
            parts.setdefault(iri, []).append(part)
    return parts


def _shown(parts: Mapping[str, list[Json]], item: Json) -> list[Json]:
    """The parts of an item in their order, without what the item says itself."""
    own = sorted(parts.get(item["iri"], []), key=lambda part: (part.get("position") or 0, part["iri"]))
    return [{k: v for k, v in part.items() if k not in _SAID_ALREADY} for part in own]


def _has_words(item: Json, words: str) -> bool:
    """Whether these words stand in the item's names, its own words or its quotes."""
    return all(word in _text(item) for word in words.lower().split())


def _text(item: Json) -> str:
    texts: list[Any] = [v for v in item.values() if isinstance(v, str)]
    texts += [*item.get("altLabels", []), *(e["quote"] for e in item["evidence"])]
    texts += [v["label"] for v in item.values() if isinstance(v, dict) and "label" in v]
    return "\n".join(texts).lower()
