"""How far the words of a document reach: when it was written, when its plan ends, what is due when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.grammar.numerals import read_number
from kg.grammar.periods import Time, find_times
from kg.grammar.words import any_of, load_words
from kg.structure.outline import Outline
from kg.structure.tasks import tasks

_WORDS = load_words(Path(__file__).parent, "horizons")
_TITLE_YEARS = re.compile(r"(?P<since>(?:19|20)\d\d)年?[-—–~至]+(?P<until>(?:19|20)\d\d)年?")
_COUNT = r"(?P<years>\d|[一二两三四五六七八九十])"
_TITLE_LENGTH = re.compile(rf"(?<!\d){_COUNT}年{any_of(_WORDS['plans'])}")
_LENGTH = re.compile(rf"(?<![\d一二三四五六七八九十第—至到、-]){_COUNT}年(?:时间|之?内|左右)")
# A plan that says itself from when on it takes how many years (2012年起5年内).
_DATED = re.compile(rf"(?P<from>20\d\d)年(?:\d{{1,2}}月)?[起开][^。；\d]{{0,8}}?{_COUNT}年(?:时间|之?内|左右)")
# Figures of a part of a year, or of a year's end, are told soon after it.
_TOLD = re.compile(
    rf"(?:截[至止]到?)?(?P<year>20\d\d)年(?:{any_of(_WORDS['parts'])}|\d{{1,2}}[-—–~至]\d{{1,2}}月|1月至\d{{1,2}}月)"
)
_SAMPLE = 5_000
_AHEAD = _WORDS["ahead"]
# A plan that is published as late in a year begins with the next one.
_LATE = 10


class Horizon:
    """``published`` is the day (ISO, from the year on; empty where nothing tells), ``until`` a plan's last year."""

    def __init__(self, outline: Outline) -> None:
        title = outline.document.title
        years = _TITLE_YEARS.search(title)
        self.published = outline.document.date or (years["since"] if years else "") or _told(outline)
        self._length = int(years["until"]) - int(years["since"]) + 1 if years else _count(_TITLE_LENGTH.search(title))
        self.until = int(years["until"]) if years else self._end()
        self._bounded = years is not None
        self._due = dict(_due(outline, self.published))

    def _end(self) -> int | None:
        """The last year of a plan whose title says only how many years it takes (三年行动方案)."""
        if not self._length or not self.published[:4].isdigit():
            return None
        late = self.published[5:7].isdigit() and int(self.published[5:7]) >= _LATE
        return int(self.published[:4]) + self._length - (not late)

    def due(self, start: int) -> Time | None:
        """When the task of a table is due whose heading begins here; None where its row names no time."""
        return self._due.get(start)

    def times(self, text: str, told: int | None) -> tuple[Time, ...]:
        """The times that a text names, as many years as the plan takes (用三年时间) among them."""
        found = tuple(t for t in find_times(text, self.published, told) if not self._is_beyond(text, t))
        dated = _DATED.search(text) if not self._length else None
        if dated is not None:
            self._length = _count(dated)
            self.until = int(dated["from"]) + self._length - 1
        if not self._length or self.until is None or "年" not in text:
            return found
        own = [Time(*m.span(), self.until, str(self.until), by=True) for m in self._lengths(text)]
        kept = [time for time in own if not any(t.start < time.end and time.start < t.end for t in found)]
        return tuple(sorted((*found, *kept), key=lambda time: time.start)) if kept else found

    def _is_beyond(self, text: str, time: Time) -> bool:
        """Whether 未来五年 would go beyond a plan whose title gives its years: then it only says 未来."""
        return self._bounded and text.startswith(_AHEAD, time.start) and (time.year or 0) > (self.until or 0)

    def _lengths(self, text: str) -> Iterator[re.Match[str]]:
        return (match for match in _LENGTH.finditer(text) if _count(match) == self._length)


def _count(match: re.Match[str] | None) -> int:
    """The number of years that a match gives; 0 for none."""
    return int(read_number(match["years"]) or 0) if match else 0


def _told(outline: Outline) -> str:
    """The last year of which an undated document tells how a part of it went."""
    first = outline.blocks[0].start if outline.blocks else 0
    return max((match["year"] for match in _TOLD.finditer(outline.slice(first, first + _SAMPLE))), default="")


def _due(outline: Outline, published: str) -> Iterator[tuple[int, Time]]:
    """Where the tasks of tables begin, with the times that their rows give them."""
    for table in outline.tables:
        for task in tasks(table, outline.text):
            said = outline.slice(task.deadline.start, task.deadline.end) if task.deadline else ""
            time = next((time for time in find_times(said, published) if time.year), None)
            if time is not None:
                yield task.start, time
