"""What the end of a list says of its items: A、B等重大项目 names them, A、B等公共服务平台 gives kinds of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from kg.extractors.platforms.names import closings, nouns
from kg.grammar.enumerations import items
from kg.grammar.words import any_of, load_words
from kg.text import Span

Closing = Literal["named", "counted", "loose", "kinds", "built", "shared", "events"]

_WORDS = load_words(Path(__file__).parent, "lists")
# A list that holds a company's full name is one of companies, whatever closes it.
_COMPANY = "公司"
_LONGEST_ITEM, _SHORTEST_ITEM = 24, 4
_WORLD = re.compile(any_of(_WORDS["worlds"]) + "(?!级|一流|领先|知名)")
_COUNTED = re.compile(r"等[\d一二三四五六七八九十]+[个家]")
_PHASE = re.compile("[ⅠⅡⅢⅣⅤ]$|[一二三四五]期$")
_TYPES = {
    "设施": "ScienceFacility",
    "片区": "IndustrialPark",
    "产业空间": "IndustrialPark",
}


@dataclass(frozen=True, slots=True)
class ClosedList:
    """A list that ends in 等 and what follows; positions are those of the passage, ``end`` is before 等.

    ``closing``: named (particular things), counted (so many things), loose (named where one of them is), kinds (kinds
    of things), built (things that are being built), shared (things that share the noun ``noun``), events (fairs and
    meetings). ``type`` is the class that the end says.
    """

    start: int
    end: int
    verb: str
    closing: Closing
    noun: str
    type: str

    def names_bare_items(self, passage: str, has_names: bool, has_place: Callable[[str], bool]) -> bool:
        """Whether items that are no names by their form are names here: the others are, or a phase is numbered."""
        if self.closing in ("built", "shared"):
            return True
        text = passage[self.start : self.end]
        if self.closing == "events":
            return self.verb in _WORDS["holdings"] and (has_names or has_place(text) or bool(_WORLD.search(text)))
        if _COMPANY in text:
            return False
        if any(_PHASE.search(text[item.start : item.end]) for item in items(text)):
            return True
        particular = self.closing == "named" or (self.closing == "loose" and self.type == "IndustrialPark")
        return particular and self.verb in _WORDS["verbs"] and (has_names or has_place(text))

    def bare_items(self, passage: str) -> Iterator[Span]:
        """The items that do not end in a carrier's noun, which only their list can show to be names."""
        for item in items(passage[self.start : self.end]):
            text = passage[self.start + item.start : self.start + item.end]
            told = self.closing != "events" and text.endswith(tuple(nouns()))
            if _SHORTEST_ITEM <= len(text) <= _LONGEST_ITEM and not told:
                yield Span(self.start + item.start, self.start + item.end)


@cache
def _pattern() -> re.Pattern[str]:
    degree, noun = any_of(_WORDS["degrees"]), any_of(_WORDS["hypernyms"])
    status, brought, rank, event = (any_of(_WORDS[name]) for name in ("statuses", "brought", "ranks", "events"))
    return re.compile(
        f"(?P<counted>[二两三四五六七八九十][大个][^，。；、]{{0,4}}{any_of(_WORDS['parks'])})"
        r"|等(?:[\d一二三四五六七八九十]+[个项家])?(?:"
        f"(?P<shared>(?:{degree})?{any_of(_WORDS['shared'])})"
        f"|(?P<built>(?:一大?批)?(?:重[大点])?(?:项目)?[也均已]?(?:陆续|纷纷|相继|先后|加快推进|加快建设|正式|顺利)?(?:{status}|{brought})|项目加快推进)"
        f"|(?P<events>[^，。；、]{{0,8}}?{rank}[^，。；、]{{0,8}}?{event})"
        f"|(?P<kinds>[^，。；、]{{0,8}}?{any_of(_WORDS['kinds'])})"
        f"|(?P<named>[^，。；、和]{{0,6}}?{degree}[^，。；、]{{0,4}}?{noun})"
        f"|(?P<loose>[^，。；、]{{0,6}}?{noun}|(?=[，。；]|等?建设)))"
    )


def closed_lists(passage: str) -> Iterator[ClosedList]:
    """The lists of a passage that end in 等."""
    for start, verb, match in closings(passage, _pattern()):
        closing = _closing(match.lastgroup)
        ending = match[0]
        if closing == "counted" and "、" not in passage[start : match.start()]:
            continue
        # A number counts the things of the list, so that it names each (A、B等3个公共服务平台).
        closing = "counted" if closing in ("kinds", "loose") and _COUNTED.match(ending) else closing
        # What a place has are things too, whatever they are called (拥有A、B等创新平台).
        closing = "counted" if closing in ("kinds", "loose") and verb in _WORDS["havings"] else closing
        # Projects that are under way are such things too (推进A、B等产业项目).
        closing = "counted" if closing == "loose" and verb in _WORDS["goings"] and ending.endswith("项目") else closing
        # What is going to be built already is a thing, not a kind (推进A、B等公共服务平台建设).
        going = verb in _WORDS["goings"] and passage.startswith("建设", match.end())
        closing = "named" if closing == "kinds" and going and "平台" in ending else closing
        kind = next((t for word, t in _TYPES.items() if word in ending), "MajorProject")
        kind = "Exhibition" if closing == "events" else kind
        noun = ending[1:] if closing == "shared" else ""
        yield ClosedList(start, match.start(), verb, closing, noun, kind)


def _closing(group: str | None) -> Closing:
    match group:
        case "named" | "counted" | "kinds" | "built" | "shared" | "events":
            return group
        case _:
            return "loose"
