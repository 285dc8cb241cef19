"""The companies of lists: what closes a list, opens it or stands in it shows its items to be companies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.extractors.enterprises.forms import known, may_be_name
from kg.extractors.enterprises.shapes import Shapes
from kg.grammar.enumerations import items
from kg.grammar.words import any_of, begins_with, load_words
from kg.places import leading_place

_WORDS = load_words(Path(__file__).parent)
_NOUN, _MANNER = any_of(_WORDS["nouns"]), any_of(_WORDS["manner"])
_STATUS = any_of(_WORDS["statuses"])
# A list, in which a place can stand in brackets (卡特彼勒（徐州）有限公司).
_LISTED = r"(?:[^，。；：！？（）等]|等离|（[^（），。；：]{1,8}）)"
# Without an 等 in the clause none need be looked for.
_UP_TO_THE_END = "(?=[^，。；：等]*+等)"
_LIST = re.compile(
    rf"{_UP_TO_THE_END}(?P<items>{_LISTED}{{2,60}})等(?P<count>\d+[个家户])?"
    rf"(?:(?P<manner>[^，。；：！？、（）]{{0,16}}?)(?P<noun>{_NOUN})(?![家化])(?P<after>\d+家)?"
    rf"|(?P<stand>为(?:代表|龙头|骨干|引领)(?!的))|(?:{_MANNER})*)"
)
# Lists that no 等 ends: of those that stand for others, and of those that a noun for companies opens.
_STANDS = re.compile("为(?:代表|龙头|骨干|引领|主)的")
_STAND_FOR = re.compile(
    rf"(?P<items>[^，。；：！？（）等]{{2,60}}?、[^，。；：！？（）等]{{2,20}}?)(?P<manner>{_STANDS.pattern}[^，。；、]{{0,12}}?)(?P<noun>{_NOUN})"
)
_MANY = re.compile(r"[二两三四五六七八九十]大|(?:[两三四五六七八九十]|\d+)家[^，。；、]{0,8}?")
_NUMBERED = re.compile(
    rf"(?P<items>[^，。；：！？（）、等]{{2,24}}(?:、[^，。；：！？（）、等]{{2,12}})*?、[^，。；：！？（）、等\d]{{2,12}}?)(?P<manner>{_MANY.pattern})(?P<noun>{_NOUN})"
)
_OPENED = re.compile(
    rf"(?P<manner>{any_of((*_WORDS['praise'], *_WORDS['manner']))})(?P<noun>{_NOUN})(?:主要)?{any_of(_WORDS['are'])}"
    rf"(?P<items>[^，。；！？（）、等]{{2,16}}(?:、[^，。；！？（）、等]{{2,16}})+)(?=[，。；等]|$)"
)
_PROJECTS = re.compile(
    rf"(?P<items>[^，。；：！？（）]{{2,40}})等\d+个[^，。；、]{{0,8}}项目(?:实现|陆续|相继|顺利|全面)?(?:{_STATUS}|竣工|动工)"
)
# Companies that a place has brought in, called projects.
_BROUGHT = re.compile(
    rf"(?:(?P<verb>{any_of(_WORDS['brought'])})了?)?(?P<items>[^，。；：！？（）等]{{2,60}})等[^，。；、]{{0,8}}?项目"
)
# Two or more names that nothing but 、 keeps apart, up to the next mark.
_RUN = re.compile(r"[^，。；：！？、]{2,40}+(?:、[^，。；：！？、]{2,40}+)+")
_PRAISED = re.compile(any_of(_WORDS["praised"]))
_LISTED_NAME = re.compile(
    rf"[“‘]?(?P<name>(?P<head>[\u4e00-\u9fff]{{2,3}}?)(?:{any_of(_WORDS['listed'])}))(?![业性化型类式])(?![^在等与和及为]{{0,4}}[园城谷港岛湾院所校馆街镇])"
)
# The same behind a place, where nothing of a longer name follows.
_PLACED_NAME = re.compile(_LISTED_NAME.pattern + "(?=$|[等与和及为在])")
_PRAISE = re.compile(any_of(_WORDS["praise"]))
# What is said of a list that only companies do, and of one that holds others, or fields of them.
_DONE = re.compile(f"(?:项目)?(?:陆续|相继|先后)?{any_of(_WORDS['done'])}")
_MIXED = re.compile(any_of(_WORDS["mixed"]))
# A short item of a list, up to what its list is followed by.
_SHORT_ITEM = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,4}?)(?=$|[等与和及为]|龙头|带动|引领|项目)")
_LEGAL = tuple(_WORDS["legal"])
_ENDS = re.compile(any_of(_LEGAL))
_LEAD = re.compile(rf".*{any_of(_WORDS['leads'])}[了出着]?(?:一批)?|.{{0,8}}?(?:新|扩|改|续|新[(（]扩[)）])建")
# 和 between two names of a list (a name that holds one is shorter on one side: 新和成).
_JOINED = re.compile("(?<=[^、和]{3})和(?=[^、和]{3})")
# What ends before the first name of a list.
OPENS = re.compile(rf"(?:.*{any_of((*_WORDS['before'], *_WORDS['leads']))}|{any_of(_WORDS['opening'])})?")
_QUOTES = "“”‘’"
# Words without which a pattern need not be tried.
_COMPANIES, _COUNTED = re.compile(_NOUN), re.compile(r"等\d")
_MOST_OF_PROJECT = _SHORT = 4
_LONG = 6


@cache
def _known() -> re.Pattern[str]:
    return re.compile(begins_with(known(), depth=2) + any_of(known()))


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a passage (positions of the passage); ``sure`` unless it must stand elsewhere too."""

    start: int
    end: int
    rule: str
    sure: bool = True


class Lists:
    """Finds companies by their lists; ``places`` matches the city and its districts."""

    def __init__(self, places: re.Pattern[str], shapes: Shapes) -> None:
        self._places = places
        self._shapes = shapes

    def names(self, text: str, gathered: Iterable[str] = ()) -> Iterator[Found]:
        """All names of the lists of a passage; ``gathered`` are those that the document is known to name."""
        yield from self._listed(text)
        if "、" in text and _COMPANIES.search(text):
            yield from self._unclosed(text)
        yield from self._beside(text, gathered)

    def _listed(self, text: str) -> Iterator[Found]:
        """The items of lists that a noun for companies closes, and of lists of projects that go by their company."""
        if "等" not in text:
            return
        for match in _LIST.finditer(text):
            counted = match["count"] is not None or bool(match["after"])
            if match["stand"] or (match["noun"] and (counted or not _MIXED.search(match["manner"]))):
                yield from self._told(text, match, counted)
        for match in _BROUGHT.finditer(text) if "项目" in text else ():
            found = tuple(self._items(text, match))
            names = [text[one.start : one.end] for one in found]
            like = any(name in known() or self._shapes.is_like_company(name) for name in names)
            if like and (match["verb"] or all(self._shapes.is_plain(name) and len(name) <= _LONG for name in names)):
                yield from found
        for match in _PROJECTS.finditer(text) if _COUNTED.search(text) else ():
            for one in self._items(text, match):
                if one.end - one.start <= _MOST_OF_PROJECT or text[: one.end].endswith("集团"):
                    yield one

    def _told(self, text: str, match: re.Match[str], counted: bool = False) -> Iterator[Found]:
        """The items of a list that is counted, that only companies can be praised in, or that holds a company."""
        found = tuple(self._items(text, match))
        named = [text[one.start : one.end] for one in found]
        like = any(name in known() or self._shapes.is_like_company(name) for name in named)
        told = counted or like or _ENDS.search(match["items"])
        if told or (match["noun"] and self._only_companies(text, match, named)):
            yield from found

    def _only_companies(self, text: str, match: re.Match[str], names: list[str]) -> bool:
        """Whether a list is praised, or does, as only companies can; or holds several that a place is put before."""
        if not all(self._shapes.heads(name) for name in names):
            return False
        plain = [self._shapes.is_plain(name) for name in names]
        if _PRAISE.search(match["manner"] + match["noun"]):
            return any(plain)
        if sum(0 < leading_place(name)[1] < len(name) - 1 for name in names) > 1:
            return True
        said = _DONE.match(text, match.end()) or match["manner"] == "一批" or _MANY.match(match["manner"])
        return (
            bool(said)
            and all(plain)
            and len(names) > 1
            and max(map(len, names)) <= _SHORT + ("一批" in match["manner"])
        )

    def _unclosed(self, text: str) -> Iterator[Found]:
        """The items of lists that no 等 ends (A、B为代表的制造企业; 龙头企业为A、B)."""
        for pattern, cue in ((_STAND_FOR, _STANDS), (_NUMBERED, _MANY), (_OPENED, _COMPANIES)):
            for match in pattern.finditer(text) if cue.search(text) else ():
                yield from self._told(text, match)

    def _beside(self, text: str, gathered: Iterable[str]) -> Iterator[Found]:
        """Items ending as companies' names do, in a list with one that is known to be a company, or that is praised."""
        if "、" not in text:
            return
        surely = tuple(gathered)
        for run in _RUN.finditer(text):
            first = OPENS.match(run[0].partition("、")[0])
            start = run.start() + (first.end() if first else 0)
            names = text[start : run.end()].split("、")
            told = any(_known().match(item) or item.startswith(surely) or _ENDS.search(item) for item in names)
            if not told and not _PRAISED.search(run[0]):
                continue
            well_told = any((short := _SHORT_ITEM.match(item)) and short["name"] in known() for item in names)
            for item in names:
                name = _LISTED_NAME.match(item) or _PLACED_NAME.match(item, leading_place(item)[1])
                if name and not item.endswith(_LEGAL) and self._shapes.heads(name["head"]):
                    yield Found(start + item.startswith(tuple(_QUOTES)), start + name.end("name"), "beside")
                elif well_told and (short := _SHORT_ITEM.match(item)) and self._shapes.is_short(short["name"]):
                    yield Found(start, start + short.end("name"), "beside")
                start += len(item) + 1

    def _items(self, text: str, match: re.Match[str]) -> Iterator[Found]:
        # Quoted names can follow each other with nothing between them.
        listed = _JOINED.sub("、", match["items"].replace("”“", "”、"))
        for position, item in enumerate(items(listed)):
            start, end = match.start("items") + item.start, match.start("items") + item.end
            if position == 0 and (lead := _LEAD.match(text, start, end)):
                start = lead.end()
            while start < end and text[start] in _QUOTES:
                start += 1
            while start < end and text[end - 1] in _QUOTES:
                end -= 1
            if text.endswith("项目", start, end) and (name := _known().match(text, start, end)):
                end = name.end()
            # What a company has in a place (国家管网深圳LNG) goes by the company.
            place = self._places.search(text, start, end)
            end = place.start() if place and start + 1 < place.start() and place.end() < end else end
            if may_be_name(text[start:end]):
                yield Found(start, end, "list")
