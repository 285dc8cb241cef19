"""Tables in plain text and Markdown: rows of cells that bars, tabs or spaces keep apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.documents.lines import Line, line_at
from kg.grammar.markers import starts_heading
from kg.grammar.roles.reading import column_role

_BAR = re.compile(r"\|")
_TAB = re.compile(r"\t+")
_WIDE = re.compile(r"(?:[ \u00a0]{2,}|\u3000+)")
_SPACE = re.compile(r"[ \u00a0\u3000]+")
_RULE = re.compile(r"[\s|:\-+=—]+")
_LONGEST_HEAD, _LONGEST_ROW, _FEWEST_HEADS = 20, 80, 2
# A row is torn over so many lines at most, in a table of so many columns at least.
_MOST_TORN, _FEWEST_COLUMNS = 3, 3
_INDICATOR = "指标"
_YEAR = re.compile(r"(?:19|20)\d\d年?")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of lines: the number of lines that it takes, and its cells by row (None: empty).

    ``torn`` are lines that only go on with cells of the row before them, by the number of rows above them.
    """

    lines: int
    rows: tuple[tuple[Line | None, ...], ...]
    torn: tuple[tuple[int, Line], ...] = ()


def grid_at(raw: str, lines: list[Line], position: int) -> Grid | None:
    """The table that begins with this line, if one does.

    Bars make one of any two rows with a rule between them; tabs and spaces only below a row of heads that names who
    is responsible, or indicators and years, because they also set what is no table.
    """
    for separator in (_BAR, _TAB, _WIDE, _SPACE):
        head = _cells(raw, lines[position], separator)
        if len(head) < 2 or not _is_head(head, separator, lines, position):
            continue
        rows, end = [head], position + 1
        torn: list[tuple[int, Line]] = []
        while end < len(lines):
            if separator is _BAR and _RULE.fullmatch(lines[end].chars):
                end += 1
                continue
            row = _cells(raw, lines[end], separator)
            if len(row) != len(head):
                going_on = _going_on(raw, lines, end, separator, len(head))
                if not going_on:
                    break
                torn.extend((len(rows), line) for line in lines[end : end + going_on])
                end += going_on
                continue
            rows.append(row)
            end += 1
        if len(rows) > 1:
            return Grid(end - position, tuple(rows), tuple(torn))
    return None


def _going_on(raw: str, lines: list[Line], position: int, separator: re.Pattern[str], width: int) -> int:
    """How many lines from here on only go on with the row above: a whole row follows them; 0 where none does."""
    if width < _FEWEST_COLUMNS:
        return 0
    for count in range(1, _MOST_TORN + 1):
        if position + count >= len(lines) or starts_heading(lines[position + count - 1].chars):
            return 0
        if len(_cells(raw, lines[position + count], separator)) == width:
            return count
    return 0


def may_hold_grid(raw: str, lines: list[Line]) -> bool:
    """Whether a text can hold a table at all; most hold none."""
    spaced = (one for one in lines if len(one.chars) < min(_LONGEST_ROW, one.end - one.start))
    return "|" in raw or any(_tells(raw[line.start : line.end].split()) for line in spaced)


def _is_head(head: tuple[Line | None, ...], separator: re.Pattern[str], lines: list[Line], position: int) -> bool:
    if separator is _BAR:
        return position + 1 < len(lines) and bool(_RULE.fullmatch(lines[position + 1].chars))
    words = [cell.chars for cell in head if cell is not None]
    return all(len(word) <= _LONGEST_HEAD for word in words) and _tells(words)


def _tells(words: list[str]) -> bool:
    """Whether words head a table: of those responsible, or of indicators and their years."""
    if len(words) < _FEWEST_HEADS:
        return False
    dated = any(_YEAR.match(word) for word in words) and any(_INDICATOR in word for word in words)
    return dated or any(column_role(word) for word in words)


def _cells(raw: str, line: Line, separator: re.Pattern[str]) -> tuple[Line | None, ...]:
    """The cells of a line; outer bars make none."""
    start, end = line.start, line.end
    if separator is _BAR:
        start += raw[start] == "|"
        end = start + len(raw[start:end].rstrip().removesuffix("|"))
    edges = [start]
    for match in separator.finditer(raw, start, end):
        edges.extend(match.span())
    edges.append(end)
    return tuple(line_at(raw, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))
