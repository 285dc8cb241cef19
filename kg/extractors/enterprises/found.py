"""The short names of companies that a sentence shows to be such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from kg.extractors.enterprises.forms import known, may_be_name, says_which
from kg.extractors.enterprises.lists import OPENS, Found, Lists
from kg.extractors.enterprises.shapes import COMMON, shapes_of
from kg.grammar.words import any_of, load_words
from kg.places import place_names

_WORDS = load_words(Path(__file__).parent)
_STATUS = any_of(_WORDS["statuses"])
# The one company that an industry is built on (以…为龙头).
_HEADED = re.compile(rf"以(?P<name>[\u4e00-\u9fff]{{2,6}}?)(?:{any_of(_WORDS['heads_of'])}|(?P<one>为代表的?))")
_HAN = "(?:(?!等)[\u4e00-\u9fff])"
_GROUP_HAN = "(?:(?![等和与及区市县省])[\u4e00-\u9fff])"
# Words without which a pattern need not be tried.
_OFFICERS, _STATUSES = re.compile(any_of(_WORDS["officers"])), re.compile(_STATUS)
_EARNED = any_of(_WORDS["earned"])
_EARNS = re.compile(_EARNED)
_COMPANY, _GROUP = re.compile("公司"), re.compile("集团")
_CUE = re.compile(
    any_of((*_WORDS["officers"], *_WORDS["statuses"], *_WORDS["earned"], _COMPANY.pattern, _GROUP.pattern))
)


class Finder:
    """Finds names by what stands around them; ``places`` matches the city and its districts."""

    def __init__(self, places: re.Pattern[str], fields: frozenset[str]) -> None:
        """``fields``: the words for industries, of which no company's name is made alone."""
        self._shapes = shapes_of(fields)
        self._lists = Lists(places, self._shapes)
        edge = rf"(?:^|[，。；、：“”‘’）—]|{any_of(_WORDS['before'])}|{places.pattern})"
        somewhere = rf"(?:{edge}|{any_of(place_names())})"
        name = rf"(?P<name>{_HAN}{{2,6}}?)"
        self._officer = re.compile(f"{edge}{name}(?={any_of(_WORDS['officers'])})")
        self._company = re.compile(f"{places.pattern}{name}(?=公司(?![章法]))")
        self._own_group = re.compile(
            f"{somewhere}(?P<name>{_GROUP_HAN}{{2,4}}?(?:{any_of(_WORDS['kinds'])}){{0,2}}集团)(?![化军式公有股控的内])"
        )
        self._group = re.compile(f"(?P<name>{any_of(_WORDS['lands'])}{_HAN}{{2,6}}?集团)(?![化军式])")
        trade = any_of((*_WORDS["kinds"], *_WORDS["general"]))
        self._local_group = re.compile(
            f"(?P<name>{any_of(place_names())}(?:{trade}){{1,3}}集团)(?![化军式公有股控的内])"
        )
        plant = rf"(?:[A-Z0-9]+{any_of(_WORDS['numbered'])}|第[一二三四]代|{any_of(_WORDS['plants'])})"
        self._plant = re.compile(
            f"(?:^|[，。；、：])(?P<name>(?![一二三四五六]期){_HAN}{{2,4}}?)(?={plant}[^，。；、]{{0,12}}?等?(?:项目)?[^，。；、]{{0,4}}?{_STATUS})"
        )

        own = rf"(?P<head>(?!{COMMON.pattern}){_HAN}{{2,3}}?)(?:{any_of((*_WORDS['listed'], *_WORDS['makers']))})"
        self._earner = re.compile(
            rf"(?:^|[，。；：])(?P<name>{own})(?=(?:20\d\d年|全年|年度?|累计)?(?:实现|完成)?{_EARNED})"
        )

    def names(self, text: str, gathered: Iterable[str] = ()) -> Iterator[Found]:
        """All names of a passage, in no order; ``gathered`` are those that the document is known to name."""
        yield from self._lists.names(text, gathered)
        for match in _HEADED.finditer(text):
            sure = not match["one"] or self._shapes.is_like_company(match["name"]) or match["name"] in known()
            if sure and self._shapes.is_short(match["name"]) and says_which(match["name"]):
                yield Found(match.start("name"), match.end("name"), "head")
        if not _CUE.search(text):
            return
        for pattern, rule, sure, cue in (
            (self._officer, "officer", False, _OFFICERS),
            (self._company, "company", False, _COMPANY),
            (self._group, "group", True, _GROUP),
            (self._local_group, "group", True, _GROUP),
            (self._plant, "plant", True, _STATUSES),
            (self._earner, "earner", True, _EARNS),
        ):
            for match in pattern.finditer(text) if cue.search(text) else ():
                if may_be_name(match["name"]) and not _is_known_group(match["name"]):
                    certain = sure or self._shapes.is_like_company(match["name"])
                    yield Found(match.start("name"), match.end("name"), rule, certain)
        yield from self._groups(text)

    def _groups(self, text: str) -> Iterator[Found]:
        """Names that end in 集团 after a mark, or after a word that ends before a name."""
        for match in self._own_group.finditer(text) if "集团" in text else ():
            lead = OPENS.match(match["name"])
            start = lead.end() if lead else 0
            if self._shapes.heads(match["name"][start:].removesuffix("集团")):
                yield Found(match.start("name") + start, match.end("name"), "group")


def _is_known_group(name: str) -> bool:
    """Whether a name is that of a well-known company with 集团 after it (中国联通集团)."""
    return name.endswith("集团") and name.removesuffix("集团") in known()


@lru_cache(maxsize=4)
def finder_of(places: re.Pattern[str], fields: frozenset[str]) -> Finder:
    """The finder of a vocabulary's places and fields, made ready once."""
    return Finder(places, fields)
