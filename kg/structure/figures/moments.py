"""What a time in a passage belongs to: one figure, each of a list, or all that follows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.grammar.periods import NOWHEN, Time
from kg.structure.figures.clauses import Clause

# A time this near to the head of a passage follows at most its subject.
_NEAR = 12
# After the quarters of a year, what its figures end with.
_AND_ALL_YEAR = ("和全年", "、全年", "及全年")
_YEARS = re.compile(r"(\d{4})/(\d{4})")
_FROM, _TO = re.compile("[从由]"), re.compile("^[^，。；]{0,6}[到至]了?$")
# What gives each of several their own.
EACH = "分别"


# Not frozen: thousands of them are made, and that takes a frozen one three times as long.
@dataclass(slots=True)
class Said:
    """Goal or not, and the time that goes with it."""

    goal: bool
    time: Time


def shared_out(text: str, clauses: tuple[Clause, ...], times: tuple[Time, ...], said: list[Said]) -> bool:
    """Give each figure of a list its own year (2023年、2024年规模分别达到a、b), and tell whether any was given."""
    shared = False
    for each in re.finditer(EACH, text):
        years = [t for t in times if t.year and t.end <= each.start()]
        if years and text.startswith(_AND_ALL_YEAR, years[-1].end):
            years.append(whole(years[-1]))
        listed = [index for index, clause in enumerate(clauses) if clause.found.start > each.start()][: len(years)]
        apart = any(text[before.end : before.end + 1] not in "、和及" for before in years[:-1] if before.end)
        if len(years) > 1 and len(years) == len(listed) and not apart:
            shared = True
            for index, time in zip(listed, years, strict=True):
                said[index] = replace(said[index], time=time)
    return shared


def spread(text: str, clauses: tuple[Clause, ...], said: list[Said]) -> None:
    """Give the figures from which and to which something went their years: 2020—2024年，产值从a增长到b."""
    for index, (one, other) in enumerate(pairwise(clauses)):
        years = _YEARS.fullmatch(said[index].time.label)
        changed = _TO.search(text[one.found.end : other.found.number])
        if (
            years
            and changed
            and said[index + 1].time == said[index].time
            and _FROM.search(text, one.start, one.found.start)
        ):
            for at, year in ((index, years[1]), (index + 1, years[2])):
                said[at] = replace(said[at], time=whole(replace(said[at].time, year=int(year))))


def whole(time: Time) -> Time:
    """All of the year that a time is in."""
    year = time.year
    return Time(time.end, time.end, year, str(year), f"{year}-01-01", f"{year}-12-31") if year else NOWHEN


def attached(text: str, time: Time) -> bool:
    """Whether a time belongs to one figure alone (2019年的37.7%, 从上一年5842家升到6759家)."""
    begins = text[time.end - 1] == "的" or text.endswith(("从", "由"), 0, time.start)
    return begins and text[time.end : time.end + 1].isdigit()


def within(time: Time, scene: Time) -> bool:
    """Whether a time is but a part of the part of a year that is spoken of (6月份 in the first half)."""
    return scene.part and time != scene and scene.first <= time.first and time.last <= scene.last


def leads(text: str, time: Time, ends: set[int]) -> bool:
    """Whether a time stands where it sets the scene for what follows, and not within a name."""
    return time.start <= _NEAR or not text[time.start - 1].isalnum() or time.start in ends


def quoting(text: str, time: Time) -> bool:
    """Whether a time belongs to words that are only quoted (提出的2025年“…”并不遥远)."""
    return text[time.end : time.end + 1] == "“"
