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

Closing = Literal["named", "loose", "kinds", "built", "shared", "events"]

_WORDS = load_words(Path(__file__).parent, "lists")
# A list that holds a company's full name is one of companies, whatever closes it.
_COMPANY = "公司"
_LONGEST_ITEM, _SHORTEST_ITEM = 24, 4
_WORLD = re.compile(any_of(_WORDS["worlds"]) + "(?!级|一流|领先|知名)")
_PHASE = re.compile("[ⅠⅡⅢⅣⅤ]$|[一二三四五]期$")
_TYPES = {
    "设施": "ScienceFacility",
    "片区": "IndustrialPark",
    "产业空间": "IndustrialPark",
}


@dataclass(frozen=True, slots=True)
class ClosedList:
    """A list that ends in 等 and what follows; positions are those of the passage, ``end`` is before 等.

    ``closing``: named (particular things), loose (named where one of them is), kinds (kinds of things), built (things
    that are being built), shared (things that share the noun ``noun``), events (fairs and meetings). ``type`` is the
    class that the end says.
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
    status, rank, event = (any_of(_WORDS[name]) for name in ("statuses", "ranks", "events"))
    return re.compile(
        r"等(?:[\d一二三四五六七八九十]+[个项])?(?:"
        f"(?P<shared>(?:{degree})?{any_of(_WORDS['shared'])})"
        f"|(?P<built>(?:项目)?(?:陆续|加快推进|加快建设|正式)?(?:{status})|项目加快推进)"
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
        kind = next((t for word, t in _TYPES.items() if word in ending), "MajorProject")
        kind = "Exhibition" if closing == "events" else kind
        noun = ending[1:] if closing == "shared" else ""
        yield ClosedList(start, match.start(), verb, closing, noun, kind)


def _closing(group: str | None) -> Closing:
    match group:
        case "named" | "kinds" | "built" | "shared" | "events":
            return group
        case _:
            return "loose"
