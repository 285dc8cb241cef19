"""One name for a carrier that a document, or several, mention in several forms."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
        by_length = sorted(self._proper, key=lambda n: (len(n), n))
        self._longer = _by_ending(by_length)
        self._of_state = _by_ending(n for n in by_length if n.startswith(_STATE))

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
        if not self._proper.get(plain):
            return self._longer.get(plain, plain)
        return plain if plain.startswith(_STATE) else self._of_state.get(plain, plain)

    def _of_city(self, name: str) -> str:
        """The city's carrier that a district's name stands before only to say where it is (南山区仪器共享平台)."""
        if not name.startswith(self._areas):
            return name
        rest = next(name.removeprefix(area) for area in self._areas if name.startswith(area))
        return next((city + rest for city in self._cities if rest and self._proper.get(city + rest)), name)


def _by_ending(names: Iterable[str]) -> dict[str, str]:
    """From every ending of these names to the first name that is longer."""
    found: dict[str, str] = {}
    for name in names:
        for at in range(1, len(name)):
            found.setdefault(name[at:], name)
    return found
