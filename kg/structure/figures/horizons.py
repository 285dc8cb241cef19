"""How far the words of a document reach: when it was written, when its plan ends, what is due when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.grammar.numerals import read_number
from kg.grammar.periods import NOWHEN, Time, find_times
from kg.grammar.words import any_of, load_words
from kg.structure.outline import Outline
from kg.structure.tasks import tasks_of

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
# What a plan for one year is called.
_YEARLY = re.compile(any_of((*_WORDS["plans"], *_WORDS["yearly"])))
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)")
_BULLETIN = "公报"
# The eleventh five-year plan (十一五) ended in 2010, and each after it five years later.
_FIVE_YEARS = re.compile("十(?P<plan>[一二三四五六七八九])五")
_FIRST_END = 2005
# What reports of a time that is over are called.
_REPORTS = re.compile(any_of(_WORDS["reports"]))
_SAMPLE = 5_000
_AHEAD = _WORDS["ahead"]
# A plan that is published as late in a year begins with the next one.
_LATE = 10


class Horizon:
    """``published`` is the day (ISO, from the year on; empty where nothing tells), ``until`` a plan's last year."""

    def __init__(self, outline: Outline) -> None:
        title = outline.document.title
        years = _TITLE_YEARS.search(title)
        self.published = (
            outline.document.date or (years["since"] if years else "") or _told(outline) or _in_title(title)
        )
        self._length = int(years["until"]) - int(years["since"]) + 1 if years else _count(_TITLE_LENGTH.search(title))
        self.until = int(years["until"]) if years else self._end() or self._of_title(title) or _five_years(title)
        self._bounded = years is not None
        self._due = dict(_due(outline, self.published))
        self.scene = self._scene(title)

    def _end(self) -> int | None:
        """The last year of a plan whose title says only how many years it takes (三年行动方案)."""
        if not self._length or not self.published[:4].isdigit():
            return None
        late = self.published[5:7].isdigit() and int(self.published[5:7]) >= _LATE
        return int(self.published[:4]) + self._length - (not late)

    def _of_title(self, title: str) -> int | None:
        """The year to come that a title says a plan is for (2025年重点任务清单)."""
        named = {time.year for time in find_times(title, self.published) if time.year and not time.part}
        year = named.pop() if len(named) == 1 else None
        planned = year is not None and str(year) >= self.published[:4] and _YEARLY.search(title) is not None
        return year if planned else None

    def _scene(self, title: str) -> Time:
        """The year, or the part of one, that all of a report is about by its title (2015年统计公报)."""
        named = [time for time in find_times(title, self.published) if time.year and not time.by]
        if len(named) != 1 or "/" in named[0].label.partition("-")[0]:
            return NOWHEN
        over = named[0].part or str(named[0].year) < self.published[:4] or _REPORTS.search(title) is not None
        return named[0] if over and not named[0].day else NOWHEN

    def due(self, start: int) -> Time | None:
        """When the task of a table is due whose heading begins here; None where its row names no time."""
        return self._due.get(start)

    def times(self, text: str, told: int | None) -> tuple[Time, ...]:
        """The times that a text names, as many years as the plan takes (用三年时间) among them."""
        found = tuple(
            t for t in find_times(text, self.published, told, self.scene.year) if not self._is_beyond(text, t)
        )
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


def _five_years(title: str) -> int | None:
    """The last year of the five-year plan that a title names (“十四五”工业发展规划)."""
    match = _FIVE_YEARS.search(title)
    return _FIRST_END + 5 * int(read_number(match["plan"]) or 0) if match else None


def _in_title(title: str) -> str:
    """The year in which an undated document was written by its title: a bulletin after the year that it is of."""
    year = max((int(found[0]) for found in _YEAR.finditer(title)), default=0)
    return str(year + (_BULLETIN in title)) if year else ""


def _count(match: re.Match[str] | None) -> int:
    """The number of years that a match gives; 0 for none."""
    return int(read_number(match["years"]) or 0) if match else 0


def _told(outline: Outline) -> str:
    """The last year of which an undated document tells how a part of it went."""
    first = outline.blocks[0].start if outline.blocks else 0
    return max((match["year"] for match in _TOLD.finditer(outline.slice(first, first + _SAMPLE))), default="")


def _due(outline: Outline, published: str) -> Iterator[tuple[int, Time]]:
    """Where the tasks of tables begin, with the times that their rows give them."""
    for found in tasks_of(outline.tables, outline.text):
        for task in found:
            said = outline.slice(task.deadline.start, task.deadline.end) if task.deadline else ""
            time = next((time for time in find_times(said, published) if time.year), None)
            if time is not None:
                yield task.start, time
