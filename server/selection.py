"""Which items of a list a request asks for, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.rdf.terms import BASE
from server.catalogue import Catalogue, references
from server.errors import BadParameter
from server.fields import sortable
from server.listing import STATED, Listing
from server.naming import Json
from server.urls import thing_iri
from server.words import ROLES, TERMS

_INDUSTRY_SUFFIXES = ("产业集群", "集群", "产业")
_SAID_ALREADY = {"measure", "document", "documents", "clusters", "labelEn", "altLabels"}
_DATES = {"period": ("period", "periodStart", "periodEnd"), "date": ("date",)}
# Parameters that name a thing whose kind is another word.
_KINDS = {"about": ("cluster", "category", "district", "agency", "enterprise", "platform", "subsector")}


def select(catalogue: Catalogue, listing: Listing, wanted: Mapping[str, str], words: str) -> list[Json]:
    """The items of a list for which every filter holds and that hold these words, in the list's order.

    Raises BadParameter where a filter names nothing, or is no word or year that the list could hold.
    """
    tests = {name: _wanted(catalogue, listing, name, value) for name, value in wanted.items()}
    own = {_key(listing, name): test for name, test in tests.items() if name not in listing.part_filters}
    nested = {name: test for name, test in tests.items() if name in listing.part_filters}
    parts = catalogue.parts(listing.parts, listing.part_key) if nested else {}
    terms = words.lower().split()
    return [
        item
        for item in catalogue.items(listing.kind)
        if all(_holds(item, key, test) for key, test in own.items())
        and (not nested or _part_holds(item, parts.get(item["iri"], []), listing, nested))
        and _has_words(item, terms)
    ]


def ordered(items: Sequence[Json], listing: Listing, sort: str) -> list[Json]:
    """The items sorted by these keys (``-year,label``: the latest year first); what is not known comes last.

    Raises BadParameter for a key by which the list can't be sorted.
    """
    keys = [key.strip() for key in sort.split(",")] if sort else []
    known = sortable(listing.kind)
    found = list(items)
    for key in reversed(keys):
        name = key.removeprefix("-")
        if name not in known:
            raise BadParameter("sort", f"不能按 {name[:40]!r} 排序。Sort by any of: {', '.join(known)}.")
        have = [item for item in found if item[name] is not None]
        have.sort(key=lambda item: _sort_value(item[name]), reverse=key.startswith("-"))
        found = have + [item for item in found if item[name] is None]
    return found


def with_parts(catalogue: Catalogue, listing: Listing, item: Json) -> Json:
    """An item with the parts that its list shows, without what the item says itself."""
    if not listing.shown_as:
        return item
    own = catalogue.parts(listing.parts, listing.part_key).get(item["iri"], [])
    return {**item, listing.shown_as: [{k: v for k, v in part.items() if k not in _SAID_ALREADY} for part in own]}


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
        return _choice(name, value, {role: (zh,) for role, zh in ROLES.items()})
    if name in listing.choices:
        return _choice(name, value, {choice: TERMS.get(choice, ()) for choice in listing.choices[name]})
    if name == "year" and not (value.isascii() and value.isdigit() and len(value) == 4):
        raise BadParameter(name, "year 应为四位年份。year is a year of four digits.")
    return {value.lower()}


def _choice(name: str, value: str, choices: Mapping[str, Sequence[str]]) -> set[str]:
    """The choice that a value means, by its own name or by what it is called in Chinese or English."""
    said = value.lower()
    found = {choice.lower() for choice, other in choices.items() if said in {choice.lower(), *other}}
    if not found:
        raise BadParameter(name, f"{name} 应为 {', '.join(choices)} 之一。{name} is one of these {len(choices)}.")
    return found


def _key(listing: Listing, name: str) -> str:
    return listing.things.get(name) or listing.words.get(name) or name


def _holds(item: Json, key: str, wanted: set[str]) -> bool:
    value = item.get(key)
    if key == "iri":
        return value in wanted
    if key in _DATES:
        return any(str(item[name])[:4] in wanted for name in _DATES[key])
    if key == STATED:
        return any(evidence["document"]["iri"] in wanted for evidence in item[STATED])
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


def _has_words(item: Json, terms: Sequence[str]) -> bool:
    """Whether these words stand in the item's names, its own words or its quotes."""
    if not terms:
        return True
    texts: list[Any] = [v for v in item.values() if isinstance(v, str)]
    texts += [*item["altLabels"], *(e["quote"] for e in item["evidence"])]
    texts += [v["label"] for v in item.values() if isinstance(v, dict) and "label" in v]
    text = "\n".join(texts).lower()
    return all(term in text for term in terms)


def _sort_value(value: Any) -> Any:
    """What a value is sorted by: a thing by its label."""
    return (value["label"], value["iri"]) if isinstance(value, dict) else value
