"""Plain text as it comes out of a PDF: lines broken by column ends, page numbers, headings one character a line."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from kg.documents.source import Block
from kg.grammar.markers import is_addressee, starts_heading
from kg.text import Text, keep_space

_LINE = re.compile(r"[^\n]*")
_LATIN = re.compile("[\x00-\u1fff]")
# A bracket that is still open at the line's end: what it holds goes on.
_OPEN_BRACKET = re.compile("[（(][^）)]*$")
_PAGE_NUMBER = re.compile(r"\d{1,3}")
_SENTENCE_END = ("。", "！", "？", "；", "：", "…", "。”", "！”", "）", ")")
# A line that ends this many Chinese characters before its column does is the last of its paragraph.
_SLACK = 3
# PDF fonts set digits and Latin letters at about this share of a Chinese character's width.
_LATIN_WIDTH = 0.55
# The first line of a paragraph is indented by two characters, which the extracted text no longer shows.
_INDENT = 2
# A longer line that ends without punctuation is a broken sentence, whatever the column's width.
_LONG_LINE = 26
_WINDOW = 2
_VERTICAL_RUN = 3


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    chars: str
    offsets: array[int]
    width: float
    opens_page: bool
    trailing_space: bool


def unwrap(raw: str) -> tuple[Text, tuple[Block, ...]]:
    """Join broken lines into blocks. Nothing but white space and page numbers is left out."""
    lines = list(_lines(raw))
    chars: list[str] = []
    offsets: list[int] = []
    blocks: list[Block] = []
    length = 0
    for group, vertical in _groups(lines):
        start = length
        for line in group:
            if length > start and keep_space(chars[-1][-1], line.chars[0]):
                chars.append(" ")
                offsets.append(line.start - 1)
                length += 1
            chars.append(line.chars)
            offsets.extend(line.offsets)
            length += len(line.chars)
        blocks.append(Block(start, length, "vertical" if vertical else "paragraph"))
    return Text("".join(chars), offsets), tuple(blocks)


def _lines(raw: str) -> Iterator[_Line]:
    """The lines that hold text, without the spaces that only set it."""
    for match in _LINE.finditer(raw):
        line = match[0]
        stripped = line.strip()
        if not stripped or _PAGE_NUMBER.fullmatch(stripped):
            continue
        chars: list[str] = []
        offsets: array[int] = array("I")
        for index, char in enumerate(line):
            if not char.isspace():
                chars.append(char)
            elif chars and chars[-1] != " " and keep_space(chars[-1], line[index + 1 :].lstrip()[:1]):
                chars.append(" ")
            else:
                continue
            offsets.append(match.start() + index)
        text = "".join(chars)
        width = len(text) - len(_LATIN.findall(text)) * (1 - _LATIN_WIDTH)
        yield _Line(offsets[0], text, offsets, width, line[0].isspace(), line.rstrip("\r")[-1].isspace())


def _groups(lines: list[_Line]) -> Iterator[tuple[list[_Line], bool]]:
    """Lines that belong together, and whether they are a vertical heading."""
    position = 0
    while position < len(lines):
        run = _vertical_run(lines, position)
        if run:
            yield lines[position : position + run], True
            position += run
            continue
        end = position + 1
        while end < len(lines) and not _vertical_run(lines, end) and not _breaks(lines, end - 1, first=position):
            end += 1
        yield lines[position:end], False
        position = end


def _vertical_run(lines: list[_Line], position: int) -> int:
    """How many lines from here on are a heading set one character a line; 0 where there is none."""
    end = position
    while end < len(lines) and (len(lines[end].chars) <= 2 or (end > position and len(lines[end].chars) <= 6)):
        if lines[end].chars[-1] in "。，；" or (len(lines[end].chars) > 2 and not lines[end].chars.isascii()):
            break
        end += 1
    return end - position if end - position >= _VERTICAL_RUN else 0


def _breaks(lines: list[_Line], index: int, first: int) -> bool:
    """Whether a new block begins after this line of the block that opens with the line ``first``."""
    line, following = lines[index], lines[index + 1]
    ended = line.chars.endswith(_SENTENCE_END)
    indented = index == first or lines[index - 1].chars.endswith(_SENTENCE_END)
    full = line.width + (_INDENT if indented else 0) >= _column_width(lines, index) - _SLACK
    if starts_heading(following.chars) and (ended or not full):
        return True
    if _OPEN_BRACKET.search(line.chars):
        return False
    if is_addressee(following.chars) and not line.chars.endswith(("、", "，")):
        return True
    if ended and (line.trailing_space or following.opens_page):
        return True
    return not full and (ended or len(line.chars) < _LONG_LINE)


def _column_width(lines: list[_Line], index: int) -> float:
    """Width of the column that a line stands in: the widest line near it on its page."""
    first = index
    while first > max(0, index - _WINDOW) and not lines[first].opens_page:
        first -= 1
    last = index + 1
    while last < min(len(lines), index + _WINDOW + 1) and not lines[last].opens_page:
        last += 1
    return max(line.width for line in lines[first:last])
