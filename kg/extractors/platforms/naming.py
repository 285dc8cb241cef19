"""One name for a carrier that a document mentions in several forms."""

from __future__ import annotations

import re
from collections.abc import Iterable

_STATE = "国家"
_ASIDE = re.compile("[（(][^（）()]+[）)]$")
_YEAR = re.compile(r"20\d\d(?!年)")
_QUOTED = re.compile("“(?P<name>[^”]+)”.+")


class Naming:
    """From a name as it stands to the one that the document's fullest proper mention gives it."""

    def __init__(self, names: Iterable[tuple[str, bool]], cities: tuple[str, ...]) -> None:
        """``names``: each with whether it is a proper name by itself."""
        self._proper: dict[str, bool] = {}
        for name, proper in names:
            self._proper[name] = self._proper.get(name, False) or proper
        self._cities = cities
        self._by_length = sorted(self._proper, key=lambda n: (len(n), n))

    def whole(self, name: str) -> str:
        """The name that stands for this one: itself, where the document knows no better."""
        plain = _YEAR.sub("", name, count=1) if _YEAR.match(name) else name
        if quoted := _QUOTED.fullmatch(plain):
            plain = quoted["name"] if quoted["name"] in self._proper else plain
        plain = _ASIDE.sub("", plain) if _ASIDE.sub("", plain) in self._proper else plain
        if plain not in self._proper:
            plain = name
        for city in self._cities:
            if plain.startswith(city) and self._proper.get(plain.removeprefix(city)):
                return plain.removeprefix(city)
        longer = (n for n in self._by_length if n.endswith(plain) and n != plain)
        if self._proper.get(plain):
            longer = (n for n in longer if n.startswith(_STATE) and not plain.startswith(_STATE))
        return next(longer, plain)
