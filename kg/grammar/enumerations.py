"""Lists in running text: the items of A、B和C等, and runs of known names such as 南山、宝安等区及前海."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.grammar.words import any_of
from kg.text import Span

_OPEN, _CLOSE = "（(“‘「『《[【〔", "）)”’」』》]】〕"
_JOINT = "(?:以及|及|和|与)"
_BETWEEN = rf"(?:[、/]|[，,]?{_JOINT}|[-—–－～]+)"
_ASIDE = r"(?:[（(][^（）()]{1,12}[）)])?"
_ALWAYS_JOINT = re.compile("，?以及")
_AND = "和"
# What begins with these is named together with what stands before it (互联网和相关服务).
_DEPENDENT = ("相关", "其他", "配套", "附属")


@dataclass(frozen=True, slots=True)
class Run:
    """One name or several in a row; ``names_end`` is where the last name ends, ``end`` where 等6个区 does."""

    start: int
    names_end: int
    end: int
    keys: tuple[str, ...]


class NameRuns:
    """Finds runs of known names; ``tails`` are the nouns that a run can close with (南山、宝安等区)."""

    def __init__(self, names: Iterable[tuple[str, str]], tails: Iterable[str] = ()) -> None:
        self._keys = dict(names)
        name, nouns = any_of(self._keys), any_of(tails)
        tail = rf"(?:等?(?:\d+|[一二三四五六七八九十两]+)?个?{nouns}|等)"
        self._name = re.compile(name)
        self._run = re.compile(rf"(?P<names>{name}{_ASIDE}(?:{tail}?{_BETWEEN}{name}{_ASIDE})*){tail}?")

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Run]:
        """The runs between two positions, in order; each name counts once a run."""
        for match in self._run.finditer(text, start, len(text) if end is None else end):
            found = self._name.finditer(text, match.start("names"), match.end("names"))
            keys = tuple(dict.fromkeys(self._keys[m[0]] for m in found))
            yield Run(match.start(), match.end("names"), match.end(), keys)


def depths(text: str) -> list[int]:
    """For every character, how many brackets and quotation marks are open around it; a stray closer counts none."""
    level, found = 0, []
    for char in text:
        if char in _CLOSE:
            level = max(0, level - 1)
        found.append(level)
        if char in _OPEN:
            level += 1
    return found


def pieces(text: str, marks: str) -> Iterator[Span]:
    """The parts of a text between these marks, none of them empty.

    Marks inside brackets and quotes do not part, nor do those that 以及 follows: there a list goes on.
    """
    begin = level = 0
    for found in _marks_and_brackets(marks).finditer(text):
        index = found.start()
        if found[0] in _CLOSE:
            level = max(0, level - 1)
        elif found[0] in _OPEN:
            level += 1
        elif not level and not text.startswith("以及", index + 1):
            if index > begin:
                yield Span(begin, index)
            begin = index + 1
    if len(text) > begin:
        yield Span(begin, len(text))


@cache
def _marks_and_brackets(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(marks + _OPEN + _CLOSE)}]")


def items(text: str) -> tuple[Span, ...]:
    """The items of a list that is written A、B和C.

    、 and 以及 always part. 和 also joins words within one name (工程和装备业), so it parts only before the last item,
    and elsewhere where what stands before it ends as the item before does (太阳能、氢能和核能技术).
    """
    parts = [span for piece in pieces(text, "、") for span in _joint(text, piece)]
    found: list[Span] = []
    for position, part in enumerate(parts):
        before = text[parts[position - 1].start : parts[position - 1].end] if position else ""
        found.extend(_and(text, part, before, position == len(parts) - 1))
    return tuple(found)


def _joint(text: str, part: Span) -> Iterator[Span]:
    begin = part.start
    for match in _ALWAYS_JOINT.finditer(text, part.start, part.end):
        if match.start() > begin:
            yield Span(begin, match.start())
        begin = match.end()
    if part.end > begin:
        yield Span(begin, part.end)


def _and(text: str, part: Span, before: str, last: bool) -> tuple[Span, ...]:
    cut = text.rfind(_AND, part.start + 1, part.end - 1)
    if cut < 0 or not _parts_at(text[part.start : cut], text[cut + 1 : part.end], before, last):
        return (part,)
    return (Span(part.start, cut), Span(cut + 1, part.end))


def _parts_at(left: str, right: str, before: str, last: bool) -> bool:
    """Whether 和 between these two parts a list rather than joining the words of one name."""
    if right.startswith(_DEPENDENT):
        return False
    if not before:
        return last and len(left) >= 4 and left[-2:] == right[-2:]
    shared_head = right[-1] == before[-1] != left[-1]
    if last:
        return len(left) > 2 and not shared_head
    return left[-1] == before[-1] != right[-1]
