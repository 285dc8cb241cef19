"""Places in and before a carrier's name: its district, and what of a place is no part of the name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

from kg.grammar.words import any_of, load_words
from kg.text import Span
from kg.vocabulary import Vocabulary

_ORDINAL = re.compile(r"(?:第|前)[一二三四五六七八九十百\d]+[届次期批]")
_LANDMARK = any_of(load_words(Path(__file__).parent, "judging")["landmarks"])
# A facility that the name of the place where it stands is put before (光明科学城合成生物研究大科学装置).
_FACILITY_IN = re.compile(f"(?P<place>.*?{_LANDMARK})(?P<facility>.{{4,}}(?:科学装置|科技基础设施))")
_PART_OF = re.compile(f"(?P<place>.*?{_LANDMARK})(?:核心)?启动区")
_SHORT_NAME = 3
_LED_BY = r"(?:^|[，：。；])(?:其中[，：]?|支持|鼓励|推动|在)?"
_FULL_NAME = re.compile("[区]$")


class Places:
    """The districts and the city of a vocabulary, as names of carriers hold them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        entries = dict(vocabulary.names("district"))
        self._slugs = {name: entry.slug for name, entry in entries.items() if "City" not in entry.types}
        self.cities = tuple(sorted(name for name, entry in entries.items() if "City" in entry.types))
        self.areas = tuple(sorted(name for name in self._slugs if _FULL_NAME.search(name)))
        city, district = any_of(self.cities), any_of(self._slugs)
        short = any_of(name for name in self._slugs if len(name) <= _SHORT_NAME)
        self._before_city = re.compile(f"{short}(?={city}.{{3,}})")
        self._inside = re.compile(f"(?:{city})?(?P<name>{district})")
        # A district that begins a list (以前海合作区、光明科学城为核心) is no place of what stands after it.
        self._subject = re.compile(f"{_LED_BY}(?P<name>{district})(?!、)")
        self._numbered = re.compile(f"(?P<head>.{{3,}}?)(?P<own>(?:{district})(?P<noun>园区|片区))")
        self._own = re.compile(f"(?:{district})(?:园区|片区)")

    def trimmed(self, name: str) -> Iterator[Span]:
        """The parts of a stretch that are names: without 第二十届, without a district that stands before the city."""
        start = match.end() if (match := _ORDINAL.match(name)) else 0
        if match := self._before_city.match(name, start):
            start = match.end()
        if match := _FACILITY_IN.fullmatch(name, start):
            yield Span(start, match.end("place"))
            yield Span(match.start("facility"), len(name))
        elif match := _PART_OF.fullmatch(name, start):
            yield Span(start, match.end("place"))
        else:
            yield Span(start, len(name))

    def head(self, name: str) -> str:
        """What the parts of one carrier share: 深圳国家高新区 of 深圳国家高新区南山园区; empty for other names."""
        match = self._numbered.fullmatch(name)
        return match["head"] if match else ""

    def is_part(self, name: str) -> bool:
        """Whether a name says only which part it is (坪山园区)."""
        return bool(self._own.fullmatch(name))

    def leading(self, passage: str) -> tuple[tuple[int, str], ...]:
        """The districts that the clauses of a passage begin with, each with where its name ends."""
        found = self._subject.finditer(passage)
        return tuple((m.end(), self._slugs[m["name"]]) for m in found if _FULL_NAME.search(m["name"]))

    def district(self, name: str, start: int, leading: tuple[tuple[int, str], ...]) -> str | None:
        """The district of a carrier: the one in its name, else the one that its clause or those before begin with.

        ``start`` is where the name begins in a passage, and ``leading`` the districts that lead the clauses of it.
        """
        if match := self._inside.search(name):
            return self._slugs[match["name"]]
        before = bisect_right(leading, start, key=itemgetter(0))
        return leading[before - 1][1] if before else None


@lru_cache(maxsize=4)
def places(vocabulary: Vocabulary) -> Places:
    """The places of a vocabulary, made ready once."""
    return Places(vocabulary)
