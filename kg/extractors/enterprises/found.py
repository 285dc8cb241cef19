"""The short names of companies that a sentence shows to be such."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from kg.extractors.enterprises.forms import known, may_be_name, says_which
from kg.grammar.enumerations import items
from kg.grammar.words import any_of, load_words

_WORDS = load_words(Path(__file__).parent)
_NOUN, _MANNER = any_of(_WORDS["nouns"]), any_of(_WORDS["manner"])
_STATUS = any_of(_WORDS["statuses"])
_LIST = re.compile(
    rf"(?P<items>[^，。；：！？（）]{{2,60}})等(?P<count>\d+[个家])?(?P<manner>(?:多家|{_MANNER}|深圳|“[^”]+”)*)(?P<noun>{_NOUN})?"
)
_PROJECTS = re.compile(
    rf"(?P<items>[^，。；：！？（）]{{2,40}})等\d+个[^，。；、]{{0,8}}项目(?:实现|陆续|相继|顺利|全面)?(?:{_STATUS}|竣工|动工)"
)
# Companies that a place has brought in, called projects.
_BROUGHT = re.compile(rf"{any_of(_WORDS['brought'])}了?(?P<items>[^，。；：！？（）]{{2,60}})等[^，。；、]{{0,8}}?项目")
# Two or more names that nothing but 、 keeps apart, up to the next mark.
_RUN = re.compile(r"[^，。；：！？、]{2,40}+(?:、[^，。；：！？、]{2,40}+)+")
_PRAISED = re.compile(any_of(_WORDS["praised"]))
_OPENS = re.compile(rf"(?:.*{any_of((*_WORDS['before'], *_WORDS['leads']))}|{any_of(_WORDS['opening'])})?")
_LISTED_NAME = re.compile(
    rf"[“‘]?(?P<name>(?P<head>[\u4e00-\u9fff]{{2,3}}?)(?:{any_of(_WORDS['listed'])}))(?![业性化型类式])"
)
_PRAISE = re.compile(any_of(_WORDS["praise"]))
_TRADES = tuple(_WORDS["trades_end"])
_LEGAL = tuple(_WORDS["legal"])
_ENDS = re.compile(any_of(_LEGAL))
_LEAD = re.compile(f".*{any_of(_WORDS['leads'])}")
_LIKE_COMPANY = re.compile(rf"(?P<head>[\u4e00-\u9fff]{{2}}){any_of(_WORDS['endings'])}")
# Words of trades and of praise, with which no company's own name begins.
_COMMON = re.compile(any_of(_WORDS["general"]))
_HAN = "(?:(?!等)[\u4e00-\u9fff])"
_QUOTES = "“”‘’"
# Words without which a pattern need not be tried.
_OFFICERS, _STATUSES = re.compile(any_of(_WORDS["officers"])), re.compile(_STATUS)
_COMPANY, _GROUP = re.compile("公司"), re.compile("集团")
_MOST_OF_PROJECT = 4


@cache
def _known() -> re.Pattern[str]:
    return re.compile(any_of(known()))


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
        self._own_group = re.compile(f"{edge}(?P<name>{_HAN}{{2,4}}?集团)(?![化军式公有股控的内])")
        self._group = re.compile(f"(?P<name>{any_of(_WORDS['lands'])}{_HAN}{{2,6}}?集团)(?![化军式])")
        plant = rf"(?:[A-Z0-9]+{any_of(_WORDS['numbered'])}|第[一二三四]代|{any_of(_WORDS['plants'])})"
        self._plant = re.compile(
            f"(?:^|[，。；、：])(?P<name>{_HAN}{{2,4}}?)(?={plant}[^，。；、]{{0,12}}?等?(?:项目)?[^，。；、]{{0,4}}?{_STATUS})"
        )

    def names(self, text: str, gathered: Iterable[str] = ()) -> Iterator[Found]:
        """All names of a passage, in no order; ``gathered`` are those that the document is known to name."""
        yield from self._listed(text)
        yield from self._beside(text, gathered)
        for pattern, rule, sure, cue in (
            (self._officer, "officer", False, _OFFICERS),
            (self._company, "company", False, _COMPANY),
            (self._group, "group", True, _GROUP),
            (self._plant, "plant", True, _STATUSES),
        ):
            for match in pattern.finditer(text) if cue.search(text) else ():
                if may_be_name(match["name"]) and not _is_known_group(match["name"]):
                    certain = sure or self._is_like_company(match["name"])
                    yield Found(match.start("name"), match.end("name"), rule, certain)
        yield from self._groups(text)

    def _groups(self, text: str) -> Iterator[Found]:
        """Names that end in 集团 after a mark, or after a word that ends before a name."""
        for match in self._own_group.finditer(text) if "集团" in text else ():
            lead = _OPENS.match(match["name"])
            start = lead.end() if lead else 0
            if self._heads_name(match["name"][start:].removesuffix("集团")):
                yield Found(match.start("name") + start, match.end("name"), "group")

    def _listed(self, text: str) -> Iterator[Found]:
        """The items of lists that a noun for companies closes, and of lists of projects that go by their company."""
        if "等" not in text:
            return
        for match in _LIST.finditer(text):
            counted = match["count"] is not None and bool(match["noun"] or match["manner"])
            if not counted and not match["noun"]:
                continue
            found = tuple(self._items(text, match))
            named = [text[one.start : one.end] for one in found]
            plain = _PRAISE.search(match["manner"]) and all(self._is_plain(name) for name in named)
            if counted or plain or any(name in known() or self._is_like_company(name) for name in named):
                yield from found
        for match in _BROUGHT.finditer(text):
            found = tuple(self._items(text, match))
            if any((name := text[one.start : one.end]) in known() or self._is_like_company(name) for one in found):
                yield from found
        for match in _PROJECTS.finditer(text):
            for one in self._items(text, match):
                if one.end - one.start <= _MOST_OF_PROJECT or text[: one.end].endswith("集团"):
                    yield one

    def _beside(self, text: str, gathered: Iterable[str]) -> Iterator[Found]:
        """Items ending as companies' names do, in a list with one that is known to be a company, or that is praised."""
        if "、" not in text:
            return
        surely = tuple(gathered)
        for run in _RUN.finditer(text):
            first = _OPENS.match(run[0].partition("、")[0])
            start = run.start() + (first.end() if first else 0)
            names = text[start : run.end()].split("、")
            told = any(_known().match(item) or item.startswith(surely) or _ENDS.search(item) for item in names)
            if not told and not _PRAISED.search(run[0]):
                continue
            for item in names:
                name = _LISTED_NAME.match(item)
                if name and not item.endswith(_LEGAL) and self._heads_name(name["head"]):
                    yield Found(start + name.start("name"), start + name.end("name"), "beside")
                start += len(item) + 1

    def _is_plain(self, name: str) -> bool:
        """Whether a name holds no word for a trade, so that praise of it is praise of a company."""
        return self._heads_name(name) and not name.endswith(_TRADES) and not any(f in name for f in self._fields)

    def _heads_name(self, head: str) -> bool:
        return head not in self._fields and says_which(head) and not _COMMON.match(head)

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


def _is_known_group(name: str) -> bool:
    """Whether a name is that of a well-known company with 集团 after it (中国联通集团)."""
    return name.endswith("集团") and name.removesuffix("集团") in known()


@lru_cache(maxsize=4)
def finder_of(places: re.Pattern[str], fields: frozenset[str]) -> Finder:
    """The finder of a vocabulary's places and fields, made ready once."""
    return Finder(places, fields)
