"""The short names of companies that a sentence shows to be such."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.extractors.enterprises.forms import known, may_be_name, says_which
from kg.grammar.enumerations import items
from kg.grammar.words import any_of, load_words

_WORDS = load_words(Path(__file__).parent)
_NOUN, _MANNER = any_of(_WORDS["nouns"]), any_of(_WORDS["manner"])
_STATUS = any_of(_WORDS["statuses"])
_LIST = re.compile(
    rf"(?P<items>[^，。；：！？（）]{{2,60}})等(?P<count>\d+[个家])?(?P<manner>(?:{_MANNER}|深圳|“[^”]+”)*)(?P<noun>{_NOUN})?"
)
_PROJECTS = re.compile(rf"(?P<items>[^，。；：！？（）]{{2,40}})等\d+个[^，。；、]{{0,8}}项目(?:{_STATUS}|竣工|动工)")
_LEAD = re.compile(f".*{any_of(_WORDS['leads'])}")
_LIKE_COMPANY = re.compile(rf"(?P<head>[\u4e00-\u9fff]{{2}}){any_of(_WORDS['endings'])}")
_HAN = "(?:(?!等)[\u4e00-\u9fff])"
_QUOTES = "“”‘’"
_MOST_OF_PROJECT = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a passage (positions of the passage); ``sure`` unless it must stand elsewhere too."""

    start: int
    end: int
    rule: str
    sure: bool = True


class Finder:
    """Finds names by what stands around them; ``places`` matches the city and its districts."""

    def __init__(self, places: re.Pattern[str], fields: frozenset[str]) -> None:
        """``fields``: the words for industries, of which no company's name is made alone."""
        self._places = places
        self._fields = fields
        edge = rf"(?:^|[，。；、：“”‘’）—]|{any_of(_WORDS['before'])}|{places.pattern})"
        name = rf"(?P<name>{_HAN}{{2,6}}?)"
        self._officer = re.compile(f"{edge}{name}(?={any_of(_WORDS['officers'])})")
        self._company = re.compile(f"{places.pattern}{name}(?=公司(?![章法]))")
        self._group = re.compile(f"(?P<name>{any_of(_WORDS['lands'])}{_HAN}{{2,6}}?集团)(?![化军式])")
        plant = rf"(?:[A-Z0-9]+{any_of(_WORDS['numbered'])}|第[一二三四]代|{any_of(_WORDS['plants'])})"
        self._plant = re.compile(
            f"(?:^|[，。；、：])(?P<name>{_HAN}{{2,4}}?)(?={plant}[^，。；、]{{0,12}}?等?(?:项目)?[^，。；、]{{0,4}}?{_STATUS})"
        )

    def names(self, text: str) -> Iterator[Found]:
        """All names of a passage, in no order."""
        yield from self._listed(text)
        for pattern, rule, sure, words in (
            (self._officer, "officer", False, _WORDS["officers"]),
            (self._company, "company", False, ("公司",)),
            (self._group, "group", True, ("集团",)),
            (self._plant, "plant", True, _WORDS["statuses"]),
        ):
            if not any(word in text for word in words):
                continue
            for match in pattern.finditer(text):
                if may_be_name(match["name"]):
                    certain = sure or self._is_like_company(match["name"])
                    yield Found(match.start("name"), match.end("name"), rule, certain)

    def _listed(self, text: str) -> Iterator[Found]:
        """The items of lists that a noun for companies closes, and of lists of projects that go by their company."""
        if "等" not in text:
            return
        for match in _LIST.finditer(text):
            counted = match["count"] is not None and bool(match["noun"] or match["manner"])
            if not counted and not match["noun"]:
                continue
            found = tuple(self._items(text, match))
            named = (text[one.start : one.end] for one in found)
            if counted or any(name in known() or self._is_like_company(name) for name in named):
                yield from found
        for match in _PROJECTS.finditer(text):
            for one in self._items(text, match):
                if one.end - one.start <= _MOST_OF_PROJECT or text[: one.end].endswith("集团"):
                    yield one

    def _is_like_company(self, name: str) -> bool:
        """Whether a name ends as companies' do, after a head that is no word for a trade or an industry."""
        match = _LIKE_COMPANY.fullmatch(name)
        return (
            match is not None
            and name not in self._fields
            and match["head"] not in self._fields
            and says_which(match["head"])
        )

    def _items(self, text: str, match: re.Match[str]) -> Iterator[Found]:
        for position, item in enumerate(items(match["items"])):
            start, end = match.start("items") + item.start, match.start("items") + item.end
            if position == 0 and (lead := _LEAD.match(text, start, end)):
                start = lead.end()
            while start < end and text[start] in _QUOTES:
                start += 1
            while start < end and text[end - 1] in _QUOTES:
                end -= 1
            # What a company has in a place (国家管网深圳LNG) goes by the company.
            place = self._places.search(text, start, end)
            end = place.start() if place and place.start() > start + 1 else end
            if may_be_name(text[start:end]):
                yield Found(start, end, "list")
