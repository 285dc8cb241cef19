"""The graph's own cities: their names tell nothing in a question, and any other place is elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.kinds import official
from kg.lookup.frames import any_of, frames
from kg.lookup.normal import fold_width, words
from kg.lookup.things import Record
from kg.places import english_name, parse, place_at, short_name

_CITY = "市"
# How the names of public bodies end: others (书院, 研究会) issue papers about places that are not their own.
_PUBLIC = ("政府", "局", "厅", "委员会", "委", "管委会", "办公室")


@dataclass(frozen=True, slots=True)
class Home:
    """The names of the cities that the graph is about, with and without 市, and their English words."""

    names: frozenset[str]
    english: frozenset[str]

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


def home_of(districts: Iterable[Record], issuers: Iterable[Record] = ()) -> Home:
    """The home of a graph: the places whose bodies issue its documents, else the cities among its districts."""
    places = {name for issuer in issuers if (name := _seat(issuer.label))}
    if places:
        named = {form for place in places for form in (place, short_name(place))}
        said = [english_name(place) for place in places]
    else:
        own = cities(districts)
        named = {name for city in own for name in (city.label, city.label.removesuffix(_CITY), *city.names)}
        said = [name for city in own for name in (city.label_en, *city.names_en)]
    english = {word for name in said for word in words(fold_width(name))}
    return Home(frozenset(fold_width(name) for name in named if name), frozenset(english))


def _seat(body: str) -> str:
    """The city of a public body, or the province whose body it is; empty for others that issue papers (书院)."""
    known = official(body, place_at(body))
    place = parse(known.place if known else place_at(body) if body.endswith(_PUBLIC) else "")
    return place.city or place.province
