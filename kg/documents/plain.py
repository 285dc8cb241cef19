"""Plain text as it comes out of a PDF: lines broken by column ends, page numbers, headings one character a line."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from kg.documents.grids import Grid, grid_at, may_hold_grid
from kg.documents.lines import Line, lines_of
from kg.documents.source import Block, Table
from kg.grammar.markers import is_addressee, stands_apart, starts_heading
from kg.grammar.roles.reading import OPENING, is_labelled
from kg.text import Text, keep_space

# A bracket that is still open at the line's end: what it holds goes on.
_OPEN_BRACKET = re.compile(r"[（(\[［【〔](?:(?<=[（(])[^）)]*|(?<![（(])[^\]］】〕]*)$")
_STOP = re.compile("[，。；]")
_SENTENCE_END = ("。", "！", "？", "；", "：", "…", "。”", "！”", "）", ")", "]", "］", "】", "〕")
# A line that ends this many Chinese characters before its column does is the last of its paragraph.
_SLACK = 3
# The first line of a paragraph is indented by two characters, which the extracted text no longer shows.
_INDENT = 2
# A longer line that ends without punctuation is a broken sentence, whatever the column's width.
_LONG_LINE = 26
# No page is this wide: the line is a whole paragraph.
_WIDER_THAN_PAGES = 80
# The share of a text in such lines from which on its lines are paragraphs, and what is at most as wide as a heading.
_MOSTLY_WIDE, _LONGEST_HEADING = 0.5, 40
# A title has no stop; the first paragraph below it says what for, or on what ground.
_TITLE_END = re.compile(
    "(?:计划|方案|意见|措施|办法|规划|要点|通知|举措|纲要|规定|分解表|分工表|清单|报告|公报|细则|政策)(?:（[^）]*）)?$"
)
_PREAMBLE = re.compile("为(?!了?中心)|根据|按照|依据|近年来|各|一、|第一章")
# The body that a paper is of, on a line of its own.
_BODIES = ("人民政府", "委员会", "办公室", "办公厅", "局", "厅")
_SIGNER = re.compile("[^，。；：、（）]{4,30}(?:人民政府|委员会|办公室|办公厅|[\u4e00-\u9fff]局|[\u4e00-\u9fff]厅)")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
_PAGE_END = re.compile(r"[\f\d]")
# The share of lines before an empty one, and that of those among them that end no sentence.
_MOST_SPACED, _MOST_BROKEN = 0.6, 0.25
# Fewer lines do not show how a text is set.
_FEWEST_LINES = 8
_WINDOW = 2
_VERTICAL_RUN = 3

_Kind = Literal["paragraph", "vertical", "cell"]


def unwrap(raw: str, alone: frozenset[int] = frozenset()) -> tuple[Text, tuple[Block, ...], tuple[Table, ...]]:
    """Join broken lines into blocks. Nothing but white space and page numbers is left out.

    ``alone`` are offsets at which a block begins whatever stands before (a Markdown heading, a list's item).
    """
    lines = lines_of(raw)
    alone |= _set_apart(raw, lines) | _whole_paragraphs(lines)
    builder = _Builder()
    for group in _groups(raw, lines, alone):
        if isinstance(group, Grid):
            builder.add_grid(group)
        else:
            builder.add(*group)
    return Text("".join(builder.chars), builder.offsets), tuple(builder.blocks), tuple(builder.tables)


def _set_apart(raw: str, lines: list[Line]) -> frozenset[int]:
    """The lines that an empty line sets apart, in a text where that ends a paragraph.

    It does where most lines follow one another without, or nearly all that stand before one end a sentence; else the
    whole text is set with empty lines between, as programs write what they take out of a PDF. Where a page ends in
    the middle of a sentence it does not.
    """
    pairs = enumerate(pairwise(lines))
    spaced = [index for index, (line, after) in pairs if _EMPTY_LINE.search(raw, line.end, after.start)]
    broken = sum(not lines[index].chars.endswith(_SENTENCE_END) for index in spaced)
    set_wide = len(spaced) > _MOST_SPACED * len(lines) and broken > _MOST_BROKEN * len(spaced)
    if set_wide or len(lines) < _FEWEST_LINES:
        return frozenset()
    return frozenset(
        lines[index + 1].start
        for index in spaced
        if not _OPEN_BRACKET.search(lines[index].chars)
        and (
            lines[index].chars.endswith(_SENTENCE_END)
            or not _PAGE_END.search(raw, lines[index].end, lines[index + 1].start)
        )
    )


def _whole_paragraphs(lines: list[Line]) -> frozenset[int]:
    """Where a paragraph begins below a heading, in a text most of which stands in lines that no page is wide."""
    wide = sum(line.width for line in lines if line.width > _WIDER_THAN_PAGES)
    if wide < _MOSTLY_WIDE * sum(line.width for line in lines):
        return frozenset()
    return frozenset(
        after.start
        for line, after in pairwise(lines)
        if line.width <= _LONGEST_HEADING < _WIDER_THAN_PAGES < after.width
        and not line.chars.endswith(("，", "、"))
        and not _OPEN_BRACKET.search(line.chars)
    )


class _Builder:
    """The text while it is put together."""

    def __init__(self) -> None:
        self.chars: list[str] = []
        self.offsets: array[int] = array("I")
        self.blocks: list[Block] = []
        self.tables: list[Table] = []

    def add(self, lines: Sequence[Line], kind: _Kind) -> Block:
        """One block of these lines; a space between Latin words at a line's end is kept."""
        start = len(self.offsets)
        for line in lines:
            if len(self.offsets) > start and keep_space(self.chars[-1][-1], line.chars[0]):
                self.chars.append(" ")
                self.offsets.append(line.start - 1)
            self.chars.append(line.chars)
            self.offsets.extend(line.offsets)
        self.blocks.append(Block(start, len(self.offsets), kind))
        return self.blocks[-1]

    def add_grid(self, grid: Grid) -> None:
        """One block a cell."""
        rows: list[tuple[Block | None, ...]] = []
        torn: list[Block] = []
        for row in grid.rows:
            rows.append(tuple(None if cell is None else self.add([cell], "cell") for cell in row))
            torn.extend(self.add([line], "cell") for above, line in grid.torn if above == len(rows))
        self.tables.append(Table(tuple(rows), tuple(torn)))


def _groups(raw: str, lines: list[Line], alone: frozenset[int]) -> Iterator[tuple[list[Line], _Kind] | Grid]:
    """Lines that belong together, and what they are."""
    grids, columns = may_hold_grid(raw, lines), _column_widths(lines)
    position = 0
    while position < len(lines):
        grid = grid_at(raw, lines, position) if grids else None
        run = grid.lines if grid else _vertical_run(lines, position)
        if run:
            yield grid or (lines[position : position + run], "vertical")
            position += run
            continue
        end = position + 1
        while end < len(lines) and not _vertical_run(lines, end):
            if _breaks(lines, end - 1, position, alone, columns[end - 1]):
                break
            if grids and grid_at(raw, lines, end):
                break
            end += 1
        yield lines[position:end], "paragraph"
        position = end


def _vertical_run(lines: list[Line], position: int) -> int:
    """How many lines from here on are a heading set one character a line; 0 where there is none."""
    end = position
    while end < len(lines) and (len(lines[end].chars) <= 2 or (end > position and len(lines[end].chars) <= 6)):
        if lines[end].chars[-1] in "。，；" or (len(lines[end].chars) > 2 and not lines[end].chars.isascii()):
            break
        end += 1
    return end - position if end - position >= _VERTICAL_RUN else 0


def _breaks(lines: list[Line], index: int, first: int, alone: frozenset[int], column: float) -> bool:
    """Whether a new block begins after this line, as wide as its ``column``, of the block that line ``first`` opens."""
    line, following = lines[index], lines[index + 1]
    if following.start in alone or (line.width > _WIDER_THAN_PAGES and not _OPEN_BRACKET.search(line.chars)):
        return True
    ended = line.chars.endswith(_SENTENCE_END)
    indented = index == first or lines[index - 1].chars.endswith(_SENTENCE_END)
    full = line.width + (_INDENT if indented else 0) >= column - _SLACK
    if starts_heading(following.chars) and (ended or not full or _stands_alone(line, index == first)):
        return True
    if _OPEN_BRACKET.search(line.chars):
        return False
    if ended and (line.trailing_space or following.opens_page):
        return True
    if not full and (ended or len(line.chars) < _LONG_LINE):
        return True
    return _is_apart(line.chars, following.chars)


def _is_signer(line: str) -> bool:
    """Whether a line is the name of a body, and nothing more."""
    return line.endswith(_BODIES) and _SIGNER.fullmatch(line) is not None


def _is_apart(line: str, following: str) -> bool:
    """Whether two lines next to each other are of different paragraphs by what they say."""
    if stands_apart(line) or stands_apart(following):
        return True
    titled = bool(_TITLE_END.search(line))
    if titled and (_PREAMBLE.match(following) or _is_signer(following)):
        return True
    if (titled or _is_signer(line)) and starts_heading(following):
        return True
    return is_labelled(following) or (is_addressee(following) and not line.endswith(("、", "，")))


def _stands_alone(line: Line, opens: bool) -> bool:
    """Whether a line as wide as its column is whole all the same: a heading, or a line of those responsible."""
    heading = opens and starts_heading(line.chars) and not _STOP.search(line.chars)
    return heading or bool(OPENING.search(line.chars))


def _column_widths(lines: Sequence[Line]) -> list[float]:
    """For each line the width of the column that it stands in: the widest line near it on its page."""
    edges = [0, *(index for index, line in enumerate(lines) if index and line.opens_page), len(lines)]
    found: list[float] = []
    for first, last in pairwise(edges):
        widths = [line.width for line in lines[first:last]]
        found.extend(max(widths[max(0, at - _WINDOW) : at + _WINDOW + 1]) for at in range(len(widths)))
    return found
