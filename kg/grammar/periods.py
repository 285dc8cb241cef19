"""When: years, quarters, months, plan periods and words like 去年, resolved against the day of publication."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.grammar.numerals import fold, read_number
from kg.grammar.words import any_of, begins_with, load_words

# The first five-year plan began in 1953; from the tenth (2001) on each begins where the last ends.
_TENTH_PLAN = (10, 2001)
_PLAIN_YEAR = r"(?:19|20)\d\d年"
# 截至9月末 closes what is counted up to then.
_UNTIL_NOW = "截"
# A number of years (用5年时间), and what may not stand before 年内 where it means the year of publication.
_YEARS = r"(?:\d{1,2}|[一二两三四五六七八九]|十五?)"
_WITHIN = r"(?<![\d一二两三四五六七八九十百几多数周半、至到])年内"
_YEAR = r"(?P<year>(?:19|20)\d\d)年?(?:[-—–~至到]+(?P<until>(?:19|20)\d\d))?(?:年|(?=\d{1,2}月))度?"


# Not frozen: thousands of them are made, and that takes a frozen one three times as long.
@dataclass(slots=True)
class Time:
    """A time named at a place of a text.

    ``year`` is the (last) year meant, None for words like 目前 and 未来 that name none; ``label`` is the period as a
    fact gives it ("2021", "2023-Q1/Q3"), ``first`` and ``last`` its days (ISO). ``by`` is true for 到2025年, ``part``
    for a period shorter than a year, ``day`` for a single month or day, when things happen and no statistics are made,
    ``now`` for 目前 and its like.
    """

    start: int
    end: int
    year: int | None
    label: str = ""
    first: str = ""
    last: str = ""
    by: bool = False
    part: bool = False
    day: bool = False
    now: bool = False


NOWHEN = Time(0, 0, None)
"""No time at all."""


def find_times(text: str, published: str, told: int | None = None, about: int | None = None) -> tuple[Time, ...]:
    """The times that a text names, in order; ``published`` (ISO, from the year on) is what 去年 counts from.

    ``told`` is the year that the text before speaks of, from which 上一年 counts; ``about`` is the year that the whole
    document is about, to which its quarters and months belong.
    A time that something is compared with (比2017年增长) or that belongs to a title (2022年《政府工作报告》) is none.
    """
    if not _may_name().search(text):
        return ()
    now = (int(published[:4]), int(published[5:7] or 12)) if published[:4].isdigit() else None
    return tuple(_times(fold(text), now, told, about))


def _times(text: str, now: tuple[int, int] | None, told: int | None, about: int | None) -> Iterator[Time]:
    carried: int | None = None
    published = now[0] if now else None
    for match in _pattern().finditer(text):
        if match["skip"]:
            continue
        time = _time(match, published, carried or about, told)
        if time is not None and now and carried is None and about is None and _is_to_come(match, time, now):
            time = _time(match, published, now[0] - 1, told)
        if time is not None:
            carried = time.year or carried
            yield time


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return load_words(Path(__file__).parent, "periods")


@cache
def _quarters() -> dict[str, tuple[int, int]]:
    """From the name of a quarter, or of several from the first on, to the first and last of them."""
    words = _words()
    single = {name: (n, n) for n in range(1, 5) for name in words[f"quarter_{n}"]}
    return single | {name: (1, n) for n in (2, 3) for name in words[f"quarters_to_{n}"]}


@cache
def _may_name() -> re.Pattern[str]:
    """A word or a digit without which a text names no time."""
    words = _words()
    tables = ("this", "last", "previous", "before", "next", "first_half", "now", "vague", "ahead")
    named = {name for table in tables for name in words[table]} | {*_quarters(), "年内"}
    named |= {f"前{number}" for number in "两二三四五六七八九"}
    return re.compile(begins_with(named, chars=r"\d十") + rf"(?:[\d十]|{any_of(named)})")


@cache
def _pattern() -> re.Pattern[str]:
    words = _words()
    relative = any_of(name for table in ("this", "last", "previous", "before", "next") for name in words[table])
    month = r"(?P<month>\d{1,2})(?:月?份?[-—–~至到](?P<to_month>\d{1,2}))?月(?:份|底|末|\d{1,2}日)?"
    months = r"前(?P<months>\d{1,2}|[一二三四五六七八九十]{1,2})个?月份?"
    part = rf"(?:(?P<quarters>{any_of(_quarters())})|(?P<half>{any_of(words['first_half'])})|{months}|{month})"
    number = r"[“\"]?(?P<plan>十[一二三四五六七八九])五(?![”\"]?(?:规划|计划|纲要))[”\"]?"
    plan = rf"{number}(?P<plan_part>期间|时期|末|以来|初)?"
    whole = rf"(?:{_YEAR}|(?P<relative>{relative}|{_WITHIN}))(?P<end>底|末|初)?的?"
    vague = rf"(?P<now>{any_of(words['now'])})|(?P<vague>{any_of(words['vague'])})(?!产业)"
    since = rf"(?P<from>{_PLAIN_YEAR})(?:\d{{1,2}}月)?{any_of(words['onward'])}{any_of(words['using'])}{{0,4}}"
    span = rf"(?:{any_of(words['ahead'])}|{since})"
    tables = ("this", "last", "previous", "before", "next", "by", "first_half", "now", "vague", "ahead", "compared")
    first = begins_with(_quarters(), *(words[table] for table in tables), chars=r"\d十年《“\"")
    return re.compile(
        rf"{first}(?:{span}(?P<years>{_YEARS})年(?:时间|左右|之?内)?|(?P<skip>{_skipped()})|(?P<by>{any_of(words['by'])})?"
        rf"(?:{plan}|{whole}(?:{part})?|{part.replace('?P<', '?P<own_')})|{vague})"
    )


def _skipped() -> str:
    """Times that tell nothing of when: in titles, as the base of a comparison, as the year of a paper, as a start."""
    words = _words()
    compared = rf"(?<!占){any_of(words['compared'])}(?!{any_of(words['ratios'])})"
    earlier = any_of((*words["last"], *words["previous"]))
    base = rf"{compared}[^，。；]{{0,3}}?(?:{_PLAIN_YEAR}|[“\"]?十[一二三四]五[”\"]?末?)"
    base = (
        rf"{base}|(?:比|较|与){earlier}(?:同期|同月)?|(?:比|较)(?:{any_of(_quarters())}|\d{{1,2}}月份?)|{earlier}同期"
    )
    paper = rf"[^，。；《]{{0,6}}(?:《|{any_of(words['papers'])})"
    start = rf"\d{{0,2}}月?{any_of(words['since'])}(?!重)"
    return rf"《[^》]*》|{base}|(?:{_PLAIN_YEAR}|{any_of(words['this'])})(?:{paper}|{start})"


def _time(match: re.Match[str], published: int | None, carried: int | None, told: int | None) -> Time | None:
    place, by = match.span(), bool(match["by"])
    if match["now"] or match["vague"]:
        return Time(*place, None, now=bool(match["now"]))
    if match["plan"]:
        return _plan_time(match, by)
    if match["years"]:
        return _span_time(match, published)
    year = _year(match, published, carried, told)
    if year is None:
        return None
    if match["until"]:
        last = int(match["until"])
        return Time(*place, last, f"{year}/{last}", f"{year}-01-01", f"{last}-12-31", by)
    part = _part(match)
    if part is None:
        return Time(*place, year, str(year), f"{year}-01-01", f"{year}-12-31", by)
    label, first, last = part
    end = f"{year}-{last:02d}-{monthrange(year, last)[1]:02d}"
    return Time(
        *place,
        year,
        f"{year}-{label}",
        f"{year}-{first:02d}-01",
        end,
        by,
        part=True,
        day=label.isdigit() and "月份" not in match[0] and not (by and match[0].startswith(_UNTIL_NOW)),
    )


def _is_to_come(match: re.Match[str], time: Time, now: tuple[int, int]) -> bool:
    """Whether what is counted from January on, in no year that is named, would end after the day of publication."""
    named = match["year"] or match["relative"]
    return not named and time.part and not time.by and time.first[5:7] == "01" and int(time.last[5:7]) > now[1]


def _year(match: re.Match[str], published: int | None, carried: int | None, told: int | None) -> int | None:
    if match["year"]:
        return int(match["year"])
    if match["relative"] is None:
        return carried or published
    if published is None:
        return None
    words = _words()
    if match["relative"].endswith("年内"):
        return published
    if match["relative"] in words["previous"]:
        return (carried or told or published) - 1
    steps = {"this": 0, "last": -1, "before": -2, "next": 1}
    return published + next(step for name, step in steps.items() if match["relative"] in words[name])


def _part(match: re.Match[str]) -> tuple[str, int, int] | None:
    """A part of a year as its label, first and last month."""
    quarters = match["quarters"] or match["own_quarters"]
    if quarters:
        first, last = _quarters()[quarters]
        return (f"Q{first}" if first == last else f"Q{first}/Q{last}", first * 3 - 2, last * 3)
    if match["half"] or match["own_half"]:
        return "H1", 1, 6
    first_months = match["months"] or match["own_months"]
    if first_months:
        last = int(read_number(first_months) or 0)
        return (f"01/{last:02d}" if last > 1 else "01", 1, last) if 1 <= last <= 12 else None
    month = match["month"] or match["own_month"]
    if not month or not 1 <= int(month) <= 12:
        return None
    last = int(match["to_month"] or match["own_to_month"] or month)
    return (f"{int(month):02d}" + (f"/{last:02d}" if last > int(month) else ""), int(month), max(last, int(month)))


def _span_time(match: re.Match[str], published: int | None) -> Time:
    """The end of a number of years to come: of those that begin with a year, or with the day of publication."""
    count = int(read_number(match["years"]) or 0)
    begin = int(match["from"][:4]) - 1 if match["from"] else published
    if begin is None:
        return Time(*match.span(), None)
    last = begin + count
    return Time(*match.span(), last, str(last), f"{begin + 1}-01-01", f"{last}-12-31", True)


def _plan_time(match: re.Match[str], by: bool) -> Time | None:
    """A five-year plan: its last year when its end is meant, else all of it."""
    number = read_number(match["plan"])
    if number is None:
        return None
    first = _TENTH_PLAN[1] + 5 * (int(number) - _TENTH_PLAN[0])
    last = first + 4
    if by or match["plan_part"] == "末":
        return Time(*match.span(), last, str(last), f"{last}-01-01", f"{last}-12-31", True)
    return Time(*match.span(), last, f"“{match['plan']}五”期间", f"{first}-01-01", f"{last}-12-31")
