"""The graph's own cities: their names tell nothing in a question, and any other place is elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.lookup.frames import any_of, frames
from kg.lookup.normal import fold_width, words
from kg.lookup.things import Record

_CITY = "市"


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


def home_of(districts: Iterable[Record]) -> Home:
    """The home of a graph with these districts, cities among them."""
    own = cities(districts)
    names = {fold_width(name) for city in own for name in (city.label, city.label.removesuffix(_CITY), *city.names)}
    english = {word for city in own for name in (city.label_en, *city.names_en) for word in words(fold_width(name))}
    return Home(frozenset(name for name in names if name), frozenset(english))
