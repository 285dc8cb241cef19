"""One name for a carrier that a document, or several, mention in several forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from kg.grammar.words import any_of, load_words
from kg.vocabulary import Vocabulary

_PROVINCES = load_words(Path(__file__).parent, "judging")["proper"]
_STATE = "国家"
_ASIDE = re.compile("[（(][^（）()]+[）)]$")
_YEAR = re.compile(r"20\d\d(?!年)")
_QUOTED = re.compile("“(?P<name>[^”]+)”.+")


class Naming:
    """From a name as it stands to the one that the document's fullest proper mention gives it."""

    def __init__(self, names: Iterable[tuple[str, bool]], cities: tuple[str, ...], areas: tuple[str, ...] = ()) -> None:
        """``names``: each with whether it is a proper name by itself; ``areas``: full names of the city's districts."""
        self._proper: dict[str, bool] = {}
        for name, proper in names:
            self._proper[name] = self._proper.get(name, False) or proper
        self._cities = cities
        self._areas = areas
        self._by_length = sorted(self._proper, key=lambda n: (len(n), n))

    def whole(self, name: str) -> str:
        """The name that stands for this one: itself, where the document knows no better."""
        plain = _YEAR.sub("", name, count=1) if _YEAR.match(name) else name
        if quoted := _QUOTED.fullmatch(plain):
            plain = quoted["name"] if quoted["name"] in self._proper else plain
        plain = _ASIDE.sub("", plain) if _ASIDE.sub("", plain) in self._proper else plain
        if plain not in self._proper:
            plain = name
        plain = self._of_city(plain)
        for city in self._cities:
            if plain.startswith(city) and self._proper.get(plain.removeprefix(city)):
                return plain.removeprefix(city)
        longer = (n for n in self._by_length if n.endswith(plain) and n != plain)
        if self._proper.get(plain):
            longer = (n for n in longer if n.startswith(_STATE) and not plain.startswith(_STATE))
        return next(longer, plain)

    def _of_city(self, name: str) -> str:
        """The city's carrier that a district's name stands before only to say where it is (南山区仪器共享平台)."""
        rest = next((name.removeprefix(area) for area in self._areas if name.startswith(area)), "")
        return next((city + rest for city in self._cities if rest and self._proper.get(city + rest)), name)


def same_carriers(names: Iterable[str], vocabulary: Vocabulary) -> dict[str, str]:
    """From a name to the fuller one that only puts a place before it: 国际低碳城 to 深圳国际低碳城.

    Places are the provinces and those of the vocabulary. Where two places make a fuller name, it is neither's.
    """
    found = frozenset(names)
    places = any_of({*_PROVINCES, *(name for name, _ in vocabulary.names("district"))})
    placed = re.compile(f"(?:{places}[省市]?)+?(?P<rest>.+)")
    fuller: dict[str, list[str]] = {}
    for name in sorted(found):
        match = placed.fullmatch(name)
        if match and match["rest"] in found:
            fuller.setdefault(match["rest"], []).append(name)
    return {name: whole[0] for name, whole in fuller.items() if len(whole) == 1}
