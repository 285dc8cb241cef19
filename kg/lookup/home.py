"""The graph's own cities: any other place is elsewhere. The name of its only one tells nothing in a question; where
there are several, it tells whose documents are asked about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kg.kinds import official
from kg.lookup.frames import any_of, frames
from kg.lookup.normal import fold_width, words
from kg.lookup.things import Record
from kg.places import english_name, most_named, parse, place_at, short_name

_CITY = "市"
_OPENING = '《“"「『【'
# How the names of public bodies end: others (书院, 研究会) issue papers about places that are not their own.
_PUBLIC = ("政府", "局", "厅", "委员会", "委", "管委会", "办公室")


@dataclass(frozen=True, slots=True)
class Home:
    """The names of the cities that the graph is about, with and without 市, and their English words.

    ``places`` are the places of its documents by these names and words.
    """

    names: frozenset[str]
    english: frozenset[str]
    places: Mapping[str, frozenset[str]]

    def within(self, text: str) -> frozenset[str]:
        """Those of several own places that a folded text names; none where it names all or none of them."""
        told = [*re.findall(any_of(self.names), text), *self.english.intersection(words(text))] if self.names else []
        found = frozenset[str]().union(*(self.places.get(name, ()) for name in told))
        return found if found != frozenset[str]().union(*self.places.values()) else frozenset()

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the own cities stand in a folded text."""
        return [m.span() for m in re.finditer(any_of(self.names), text)] if self.names else []

    def others(self, text: str) -> tuple[str, ...]:
        """The other places that a folded text in Chinese names."""
        return tuple(place for place in frames().places.findall(text) if place not in self.names)

    def others_in_english(self, tokens: Iterable[str]) -> tuple[str, ...]:
        """Those of these English words that are other places."""
        places = frames().english_places - self.english
        return tuple(token for token in tokens if token in places)


def cities(districts: Iterable[Record]) -> tuple[Record, ...]:
    """Those of the districts that are cities."""
    return tuple(district for district in districts if district.label.endswith(_CITY))


def home_of(districts: Iterable[Record], seats: Collection[str] = ()) -> Home:
    """The home of a graph: the places that its documents are of, else the cities among its districts."""
    called: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    if seats:
        called = {place: ((place, short_name(place)), (english_name(place),)) for place in seats}
    else:
        own = cities(districts)
        called = {c.label: ((c.label, c.label.removesuffix(_CITY), *c.names), (c.label_en, *c.names_en)) for c in own}
    places = defaultdict[str, set[str]](set)
    names = {place: {fold_width(name) for name in said if name} for place, (said, _) in called.items()}
    english = {place: {w for name in said for w in words(fold_width(name))} for place, (_, said) in called.items()}
    for place in called:
        for form in (*names[place], *english[place]):
            places[form].add(place)
    return Home(
        frozenset[str]().union(*names.values()),
        frozenset[str]().union(*english.values()),
        {form: frozenset(found) for form, found in places.items()},
    )


def seat_of(issuers: Iterable[str], title: str) -> str:
    """The city or province that a document is of: that of the first public body that issues it, else the one that its
    title begins with or names; empty where neither tells."""
    return next(filter(None, map(_seat, issuers)), "") or _city(place_at(title.lstrip(_OPENING)) or most_named(title))


def _seat(body: str) -> str:
    """The city of a public body, or the province whose body it is; empty for others that issue papers (书院)."""
    known = official(body, place_at(body))
    return _city(known.place if known else place_at(body) if body.endswith(_PUBLIC) else "")


def _city(name: str) -> str:
    place = parse(name)
    return place.city or place.province
