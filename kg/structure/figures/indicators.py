"""Tables of indicators (指标 | 单位 | 2020年 | 2025年 | 属性): every cell under a year states a figure of its row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kg.documents.source import Block, Table
from kg.grammar.numerals import fold
from kg.grammar.periods import Time, find_times
from kg.grammar.quantities import Found, find_quantities, kind_of
from kg.grammar.words import any_of, load_words
from kg.structure.figures.figure import Figure
from kg.structure.figures.subjects import Named, Subjects
from kg.structure.outline import Outline
from kg.text import Span

# Heads stand in one of the first rows: a title may stand above them.
_LAST_HEAD_ROW = 3
_LONGEST_HEAD = 30
_ASIDE = re.compile(r"[（(](?P<unit>[^（）()]+)[）)]$")
# The number of a note, and what stands before an item of a list (1. ①, 其中：).
_LEADING = re.compile(r"^(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳]|#|其中[:：]?|[—-]+)+|\[\d\]$")
# A cumulated value stands in square brackets.
_MARKS = re.compile(r"[\[\]［］〔〕]")
_SIGNS = {"≥": "不低于", ">": "超过", "＞": "超过", "≤": "不超过", "<": "不足", "＜": "不足"}


@dataclass(frozen=True, slots=True)
class _Heads:
    """The head row of a table of indicators: the columns of names, of units, and of times."""

    row: int
    name: int
    unit: int | None
    times: dict[int, Time]
    goals: frozenset[int]


def indicator_cells(outline: Outline, published: str, subjects: Subjects) -> dict[int, Figure | None]:
    """The cells of all tables of indicators, by where they begin: the figure that each states (None: it states none).

    ``published`` (ISO, from the year on; empty where it is not known) tells goals from what was reached.
    """
    found: dict[int, Figure | None] = {}
    for table in outline.tables:
        heads = _heads(table, outline, published)
        if heads is None:
            continue
        found.update((cell.start, None) for row in table.rows for cell in row if cell)
        for row in table.rows[heads.row + 1 :]:
            found.update(_row(row, heads, outline, subjects))
    return found


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return load_words(Path(__file__).parent, "indicators")


def _heads(table: Table, outline: Outline, published: str) -> _Heads | None:
    """The heads of a table of indicators; None where it is none."""
    for index, row in enumerate(table.rows[:_LAST_HEAD_ROW]):
        if any(cell.end - cell.start > _LONGEST_HEAD for cell in row if cell):
            # A row of a table of tasks, one of whose cells has a year.
            continue
        said = {column: outline.slice(cell.start, cell.end) for column, cell in enumerate(row) if cell}
        times = {column: time for column, head in said.items() if (time := _time(head, published)) is not None}
        names = (column for word in _words()["name"] for column, head in said.items() if word in head)
        name = next((column for column in names if column not in times), None)
        if name is None or not times:
            continue
        unit = next((column for column, head in said.items() if head in _words()["unit"]), None)
        return _Heads(index, name, unit, times, _goals(said, times, published))
    return None


def _time(head: str, published: str) -> Time | None:
    """The year that heads a column; None where it heads something else (年均增长, 2021年排名)."""
    if re.search(any_of(_words()["no_level"]), head):
        return None
    return next((time for time in find_times(head + "年" * head[-1:].isdigit(), published) if time.year), None)


def _goals(said: dict[int, str], times: dict[int, Time], published: str) -> frozenset[int]:
    """The columns of goals: those that say so, and those of years to come; where no day is known, the last one."""
    year = int(published[:4]) if published[:4].isdigit() else max(time.year or 0 for time in times.values())
    told = (column for column in times if re.search(any_of(_words()["goal"]), said[column]))
    ahead = (column for column, time in times.items() if (time.year or 0) >= year)
    plain = {column for column in times if re.search(any_of(_words()["reached"]), said[column])}
    return frozenset({*told, *ahead} - plain)


def _row(
    row: tuple[Block | None, ...], heads: _Heads, outline: Outline, subjects: Subjects
) -> Iterator[tuple[int, Figure]]:
    name = row[heads.name]
    if name is None:
        return
    printed = _LEADING.sub("", outline.slice(name.start, name.end))
    aside = _ASIDE.search(printed)
    given = row[heads.unit] if heads.unit is not None else None
    unit = (
        outline.slice(given.start, given.end) if given else aside["unit"] if aside and _is_unit(aside["unit"]) else ""
    )
    measured = printed[: aside.start()] if aside and _is_unit(aside["unit"]) else printed
    for column, time in heads.times.items():
        cell = row[column]
        found = _value(outline.slice(cell.start, cell.end), unit) if cell else None
        if cell and found:
            whole = Span(min(name.start, cell.start), cell.end)
            yield (
                cell.start,
                _figure(whole, time, column in heads.goals, found, subjects.of_measure(measured, found.kind)),
            )


def _is_unit(printed: str) -> bool:
    return bool(kind_of(printed))


def _value(cell: str, unit: str) -> Found | None:
    """The quantity of a cell with the unit of its row, where it prints none of its own; None where it holds none."""
    text = _MARKS.sub("", fold(cell)).strip()
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    number = re.search(r"\d(?:[\d.,]*\d)?(?:[-—~至]\d[\d.]*)?", text)
    if number is None:
        return None
    own = find_quantities(text)
    found = own or find_quantities(text[: number.end()] + unit + text[number.end() :])
    return replace(found[0], start=0) if len(found) == 1 else None


def _figure(span: Span, time: Time, goal: bool, found: Found, named: Named) -> Figure:
    return Figure(
        start=span.start,
        end=span.end,
        passage=-1,
        goal=goal,
        time=time,
        about=named.about,
        subject=named.subject,
        metric=named.metric,
        comparator=found.comparator,
        quantity=found.quantity,
    )
