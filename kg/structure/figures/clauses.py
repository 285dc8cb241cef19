"""Cuts a passage into one clause a figure, and leaves out the figures that state nothing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from kg.grammar.quantities import Found
from kg.grammar.words import any_of, load_words

_STOP = re.compile(r"[，,；;：:。！？!?…—\n]")
_JOINT = re.compile(r"、|以及|和|及(?!以上)|与")
# 从660家|增至1313家; 2.1万家企业|约占全省的1/3.
_CHANGE = re.compile(
    r"(?:(?:跃|大幅)?[升增降]|提[升高]|增[长加]|下降|减少|缩短|上升|扩大)(?:[到至]了?(?:(?:19|20)\d\d年[底末]?的?)?)?"
)
_CHANGED = ("加了", "少了", "增了", "长了", "高了", "降了", "升了")
# So much between a sum of money and the next figure without any mark: the mark is lost.
_LOST_MARK = 6
_PART = re.compile(r"约?占(?=(?:全[国省市球]|世界)的?$)")
# Kinds of one name and several sizes: 10亿元、50亿元、100亿元的企业.
_SIZES = r"(?:[、和及或][\d.]+[百千万亿]*元(?:以上)?(?=[、和及或的]))*"
# Fewer characters than this between a count and a measure name no kind whose measure it is (3家|营收超百亿元).
_SHORTEST_KIND = 2
# What a project of its own costs (总投资100亿元的某某动力电池项目); the name of a kind is no longer than this.
INVESTED = re.compile("(?P<measure>(?:总|计划|协议)投资额?)约?$")
"""What says before a figure that it is what a project costs."""
_LONGEST_KIND = 7
FUND = re.compile("[^，,。；;]*基金群?(?=[，,。；;]|$)")
"""What follows the sum that it is founded with (设立总规模100亿元的产业基金, 组建10亿元人才基金)."""
# Chinese numerals up to here count what a text has just listed (三个方面) more often than they state.
_SMALL = 10


# Not frozen: thousands of them are made, and that takes a frozen one three times as long.
@dataclass(slots=True)
class Clause:
    """A figure and its clause, in characters of the passage; ``stop`` is where the text between commas ends."""

    found: Found
    start: int
    end: int
    stop: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A quantity that states nothing, and why."""

    found: Found
    reason: str


def cut(text: str, found: tuple[Found, ...], planned: bool) -> tuple[tuple[Clause, ...], tuple[LeftOut, ...]]:
    """The clauses of a passage with the quantities found in it, and the quantities that state nothing.

    ``planned`` holds in chapters of goals, where 一条 may be a goal. Left out is what only looks like a statement:
    sizes of kinds (营收超百亿企业), offers of money, lengths of time that qualify, counts that restate a list.
    """
    if not found:
        return (), ()
    kept: list[Clause] = []
    left_out: list[LeftOut] = []
    starts = [one.start for one in found]
    for start, end in pairwise([0, *_stops(text, found, starts), len(text)]):
        inside = found[bisect_left(starts, start) : bisect_left(starts, end)]
        stated: list[Found] = []
        for before, one in zip([None, *inside], inside, strict=False):
            reason = _why_not(text, one, start, end, before, planned)
            if reason is None:
                stated.append(one)
            else:
                left_out.append(LeftOut(one, reason))
        kept.extend(_split(text, stated, start, end))
    return tuple(_with_units(kept)), tuple(left_out)


def _stops(text: str, found: tuple[Found, ...], starts: list[int]) -> Iterator[int]:
    """Where the marks between clauses end; a comma within a figure (1,200) is none."""
    for mark in _STOP.finditer(text):
        before = bisect_right(starts, mark.start()) - 1
        if before < 0 or mark.start() >= found[before].end:
            yield mark.end()


def _with_units(clauses: list[Clause]) -> Iterator[Clause]:
    """The clauses, where a figure with a bare multiplier takes the unit of the next with it (2.9万、1.2万家)."""
    units = [clause.found.quantity.unit for clause in clauses]
    kinds = set(units)
    for index, clause in enumerate(clauses):
        unit = units[index]
        if not clause.found.kind and any(u.startswith(unit) and u != unit for u in kinds):
            around = (units[at] for at in (*range(index + 1, len(units)), *range(index - 1, -1, -1)))
            whole = next(u for u in around if u.startswith(unit) and u != unit)
            quantity = replace(clause.found.quantity, unit=whole)
            clause = replace(clause, found=replace(clause.found, quantity=quantity))
        yield clause


def _split(text: str, stated: list[Found], start: int, end: int) -> Iterator[Clause]:
    """One clause a figure: 建设5个A、8个B and 示范园区5个、基地8个 are cut at their joints."""
    begin = start
    stop = end - 1 if end > start and _STOP.match(text[end - 1]) else end
    for index, one in enumerate(stated):
        if index + 1 < len(stated):
            close, after = _joint(text, one, stated[index + 1].start)
        else:
            close, after = stop, stop
        yield Clause(one, begin, max(close, one.end), stop)
        begin = after


def _joint(text: str, one: Found, start: int) -> tuple[int, int]:
    """Where the clause before ends and the next begins, between two figures."""
    end = one.end
    between = text[end:start]
    part = _PART.search(between)
    if part is not None:
        return end + part.start(), end + part.start()
    if _CHANGE.fullmatch(between):
        return end, end
    joints = list(_JOINT.finditer(between))
    if not joints and one.kind == "money" and len(between) >= _LOST_MARK and between[0] != "的":
        return end, end
    if not joints:
        return (start, start) if between else (end, end)
    last, first = joints[-1], joints[0]
    joint = first if first.start() == 0 else last
    return end + joint.start(), end + joint.end()


def measures() -> tuple[str, ...]:
    """Measures by whose size kinds of companies are told (营收超百亿企业)."""
    return _words()["measures"]


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return load_words(Path(__file__).parent, "scope")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = _words()
    listed = rf"{any_of(words['listing'])}*{any_of(words['listed'])}"
    return {
        "sized": re.compile(
            rf"{_SIZES}(?!{any_of((*words['funds'], *words['purposes']))})的?"
            rf"[^，、；。\d]{{0,8}}?{any_of(words['sized'])}"
        ),
        "measure": re.compile(rf"{any_of(words['measures'])}$"),
        "offer": re.compile(any_of(words["offers"])),
        "qualified": re.compile(rf"[^，,。；]{{0,40}}?的[^，,。；]{{0,60}}?{any_of(words['sized'])}"),
        "granted": re.compile(rf"(?:的(?:比例|标准|额度))?[，,]?{any_of(words['granted'])}"),
        "fund": re.compile(rf"{any_of((*words['built'], *words['raised']))}(?:[^，,。；]{{0,6}}规模|了?约?$)"),
        "listed": re.compile(rf"{listed}(?:$|[，、。：；”“）)等\d]|{any_of(words['closing'])})"),
        "list_given": re.compile(rf"{any_of(words['given'])}$"),
        "list_kind": re.compile(rf"(?>{listed})(?!{any_of((*words['attained'], *words['sized']))})"),
        "spent": re.compile(rf"{any_of(words['spent'])}(?:了|约|近)?$"),
        "reached": re.compile(rf"的?{any_of(words['reached'])}"),
        "built": re.compile(rf"{any_of(words['built'])}$"),
        "member": re.compile(rf"{any_of(words['joined'])}(?:全[国省市球区])?$"),
        "per": re.compile(rf"每\d|每{any_of(words['each'])}$"),
        "condition": re.compile(
            rf"的(?:[\u4e00-\u9fff]{{1,6}})?[，,][^。；]{{0,40}}?{any_of((*words['granted'], *words['offers']))}"
        ),
        "issued": re.compile(any_of(words["issued"])),
    }


def _why_not(text: str, one: Found, start: int, end: int, before: Found | None, planned: bool) -> str | None:
    """Why a figure states nothing; None where it does."""
    patterns, head, tail = _patterns(), text[start : one.start], text[one.end : end]
    if one.level and not patterns["reached"].match(tail):
        return "a level that qualifies what follows"
    if one.kind == "money":
        if one.spelled and one.quantity.unit == "元":
            return "a number of elements"
        if FUND.match(tail) and patterns["fund"].search(head):
            return None
        between = text[before.end : one.start] if before is not None and before.kind != "time" else ""
        sized = patterns["measure"].search(between)
        kind = patterns["sized"].match(tail)
        own = one.comparator == "=" and INVESTED.search(head) and kind and len(kind[0]) > _LONGEST_KIND
        if (kind and not own) or (sized and sized.start() < _SHORTEST_KIND and between[0] != "、"):
            return "the size by which a kind of company or project is told"
        kinds = one.comparator == ">=" and patterns["measure"].search(head) and patterns["qualified"].match(tail)
        if kinds and not patterns["built"].match(head):
            return "the size by which a kind of company or project is told"
        if patterns["offer"].search(head):
            return "an offer of money"
    if one.kind == "share" and patterns["granted"].match(text, one.end):
        return "an offer of money"
    if one.comparator in (">", ">=") and patterns["condition"].match(text, one.end):
        return "the condition of an offer"
    if one.kind == "time":
        alone = not tail[:1].isalpha() or tail.startswith("时间")
        return None if alone and patterns["spent"].search(head) else "a length of time that qualifies"
    if one.kind == "length" and one.comparator == "=" and tail[:1].isalpha():
        return "a length that qualifies what follows"
    if one.kind in ("count", "people"):
        return _no_count(one, head, tail, planned)
    return None


def _no_count(one: Found, head: str, tail: str, planned: bool) -> str | None:
    patterns = _patterns()
    given = patterns["list_given"].search(head) and patterns["list_kind"].match(tail)
    if patterns["listed"].match(tail) or given:
        return "a count that restates a list"
    if one.quantity.unit == "条" and patterns["issued"].search(head):
        return "the number of a policy's articles"
    if head.endswith(("（", "(")) and tail.startswith(("）", ")")):
        return "a count that restates a list"
    if patterns["member"].search(head):
        return "the size of a list that something joins"
    if head.endswith("了") and not head.endswith(_CHANGED) and not tail[:1].isalpha():
        return "a count of what is named elsewhere"
    if patterns["per"].search(head):
        return "the other side of a rate"
    if one.spelled and one.quantity.low <= _SMALL and one.comparator == "=":
        building = planned and patterns["built"].search(head) and tail[:1].isalpha()
        return None if building else "a small number in words"
    return None
