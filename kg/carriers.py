"""One thing for a carrier (park, platform, base) that documents name with and without the place where it is.

国际低碳城 in a plan of 深圳 is the 深圳国际低碳城 of another; the 国际会展中心 of two cities are two. A name that says
no place belongs to the place of its document, and names are joined only where one is the other with a place of that
document before it: likeness joins nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.places import parse, place_names, short_name
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier: its fullest name, the others, and the place that it belongs to where its name says none."""

    name: str
    alt: tuple[str, ...]
    home: str


def carriers(found: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> dict[tuple[str, str], Carrier]:
    """From each place of a document and name in it to the carrier that is meant."""
    mentions = sorted(set(found))
    fuller: dict[tuple[str, str], set[str]] = defaultdict(set)
    rests = {place: _Placed(place, vocabulary).rests({name for _, name in mentions}) for place, _ in mentions}
    for place, name in mentions:
        fuller[place, name] |= rests[place].get(name, set())
    meant = {key: _whole(key[1], key[0], fuller) for key in mentions}
    says = re.compile("|".join(map(re.escape, sorted(_districts(vocabulary) | place_names(), key=len, reverse=True))))
    homes = {(place, name): "" if says.search(meant[place, name]) else place for place, name in mentions}
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, whole in meant.items():
        names[homes[key], whole].add(key[1])
    return {
        key: Carrier(whole, tuple(sorted(names[homes[key], whole] - {whole})), homes[key])
        for key, whole in meant.items()
    }


def _whole(name: str, place: str, fuller: Mapping[tuple[str, str], set[str]]) -> str:
    """The fullest name; where two places make one, it is neither's."""
    while len(found := fuller.get((place, name), set())) == 1:
        name = next(iter(found))
    return name


def _districts(vocabulary: Vocabulary) -> set[str]:
    return {name for name, _ in vocabulary.names("district")}


class _Placed:
    """Names that begin with a place in which the documents of one place may leave it out."""

    def __init__(self, place: str, vocabulary: Vocabulary) -> None:
        where = parse(place)
        own = {name for at in (where.province, where.city, where.county) if at for name in (at, short_name(at))}
        if where.city and where.city == vocabulary.home:
            own |= _districts(vocabulary)
        words = "|".join(map(re.escape, sorted(own, key=lambda name: (-len(name), name))))
        self._begins = re.compile(f"(?:{words})+(?P<rest>.+)") if words else None

    def rests(self, names: set[str]) -> dict[str, set[str]]:
        """From what follows the place to the whole names, where it stands among the names itself."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in names:
            match = self._begins.fullmatch(name) if self._begins else None
            if match and match["rest"] in names:
                found[match["rest"]].add(name)
        return found
