"""The lines of a plain text that hold something: without page numbers, and without the spaces that only set them."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.text import keep_space

_LINE = re.compile("[^\n\r\x85\u2028\u2029]+")
_WORD = re.compile(r"\S+")
_WIDE = re.compile("[\u2000-\U0010ffff]+")
# PDF fonts set digits and Latin letters at about this share of a Chinese character's width.
_LATIN_WIDTH = 0.55
_DASH = r"[-－—–―－·•~\s]{0,4}"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}\d{{1,3}}{_DASH}|第\s*\d{{1,3}}\s*页(?:[\s，,/]*共\s*\d{{1,4}}\s*页)?|\d{{1,3}}\s*/\s*\d{{1,3}}"
)
_LONGEST_PAGE_NUMBER = 16
# A line this long with several headings in it is a text that lost its line breaks.
_LOST_BREAKS = 400
_FEWEST_HEADINGS = 3
_CHINESE = "[一二三四五六七八九十]{1,3}"
_MARKER = rf"(?:{_CHINESE}、|[（(]{_CHINESE}[）)]|第{_CHINESE}[章节]|\d{{1,2}}[.．、](?!\d))"
# The first item below a heading follows it without a stop.
_FIRST = r"(?<=[\u4e00-\u9fff])(?:[（(]一[）)]|1[.．、](?!\d))(?=[^，。；]{2,30}。)"
_HEADING = re.compile(rf"(?<=[。；！？）)\s]){_MARKER}|{_FIRST}")
# A page number that stands before the first word of its page: 12委、市财政局. What counts things is none.
_GLUED = re.compile(
    r"\d{1,3}(?=[\u4e00-\u9fff（“])(?![年月日个家项条万亿千百十倍大种类次届期第所座名人米吨岁号度米元])"
)
_OPEN_END = re.compile(r"[^。！？；：…”）)\]］】〕\d]$")
_FEWEST_PAGES = 2


# Not frozen: thousands of them are made, and that takes a frozen one three times as long.
@dataclass(slots=True)
class Line:
    """A line: the range of the source that it is, its characters and their offsets, and how wide it is set.

    ``width`` counts Chinese characters; ``opens_page`` is true where white space (a page break) begins the line.
    """

    start: int
    end: int
    chars: str
    offsets: array[int]
    width: float
    opens_page: bool
    trailing_space: bool


def lines_of(raw: str) -> list[Line]:
    """The lines of a text that hold something, in order."""
    found = [line for start, end in _ranges(raw) if (line := line_at(raw, start, end))]
    return _without_page_numbers(raw, found)


def _ranges(raw: str) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(raw):
        start, end = match.span()
        stripped = match[0].strip()
        if len(stripped) <= _LONGEST_PAGE_NUMBER and _PAGE_NUMBER.fullmatch(stripped):
            continue
        if end - start > _LOST_BREAKS:
            yield from _cut(raw, start, end)
        else:
            yield start, end


def _cut(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A line that lost its breaks, before each heading that stands in it."""
    cuts = [match.start() for match in _HEADING.finditer(raw, start, end)]
    edges = [start, *cuts, end] if len(cuts) >= _FEWEST_HEADINGS else [start, end]
    yield from pairwise(edges)


def line_at(raw: str, start: int, end: int) -> Line | None:
    """The line of this range of the source; None where it holds nothing but space."""
    line = raw[start:end]
    words = line.split(maxsplit=1)
    if not words:
        return None
    first = start + len(line) - len(line.lstrip())
    if len(words) > 1:
        text, offsets = without_spaces(line.strip(), first)
    else:
        text, offsets = words[0], array("I", range(first, first + len(words[0])))
    latin = len(_WIDE.sub("", text))
    width = len(text) - latin * (1 - _LATIN_WIDTH)
    return Line(first, end, text, offsets, width, line[0].isspace(), line[-1].isspace())


def without_spaces(text: str, first: int) -> tuple[str, array[int]]:
    """The characters of a text that begins at an offset, less the spaces that only set it, and their offsets."""
    pieces: list[str] = []
    offsets: array[int] = array("I")
    end = 0
    for match in _WORD.finditer(text):
        if pieces and keep_space(pieces[-1][-1], match[0][0]):
            pieces.append(" ")
            offsets.append(first + end)
        pieces.append(match[0])
        end = match.end()
        offsets.extend(range(first + match.start(), first + end))
    return "".join(pieces), offsets


def _without_page_numbers(raw: str, lines: list[Line]) -> list[Line]:
    """Lines without the page numbers glued to them: those that count up, each in the middle of a sentence."""
    found: dict[int, int] = {}
    number = 0
    for index in range(1, len(lines)):
        line = lines[index]
        match = _GLUED.match(line.chars)
        match = match if match and _OPEN_END.search(lines[index - 1].chars) else None
        apart = match is not None and line.offsets[match.end()] != line.offsets[0] + match.end()
        if match and not apart and (not found or int(match[0]) == number + 1):
            found[index], number = match.end(), int(match[0])
    if len(found) < _FEWEST_PAGES:
        return lines
    return [
        (line_at(raw, line.offsets[found[index]], line.end) or line) if index in found else line
        for index, line in enumerate(lines)
    ]
