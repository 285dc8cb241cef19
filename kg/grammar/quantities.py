"""Quantities in Chinese text: a number with its unit and comparator, and what only looks like one.

The unit is what is printed after the number with the multiplier (628.5万户 is 628.5 万户), so that no figure is
rewritten on the way in. Shares are given in % (三分之一, 一半), doublings in 倍 (翻番 is 2 倍).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from kg.facts import Comparator, Quantity
from kg.grammar.numerals import DIGITS, HAN, fold, read_number
from kg.grammar.words import any_of, begins_with, load_words

_SCALES = ("万亿", "千亿", "百亿", "十亿", "亿", "千万", "百万", "十万", "万", "千", "百")
_BEFORE: dict[str, Comparator] = {
    "at_least": ">=",
    "at_most": "<=",
    "above": ">",
    "below": "<",
    "about": "~",
    "equal": "=",
}
# A sign right after Chinese words or their marks; between digits it makes a range.
_NEGATIVE = re.compile(r"[\u4e00-\u9fff、，][-−]$")
_LONGEST_COMPARATOR = 6
# Numbers of a list that share the unit of the last one: 回落2.16和1.66个百分点, 高于全国0.4、全省0.1个百分点.
_SHARED_UNIT = re.compile(r"(?<![\d.])(?P<number>\d+\.\d+)[、和与及][\u4e00-\u9fff]{0,3}$")
_LONGEST_SHARED = 16
_POINTS = "个百分点"
# So near stands the next figure of a list.
_NEXT = 4
_TO = "(?:[-—–~]{1,2}|至|到)"
# What makes a quantity of a number: its multipliers and its units, the last ones first.
_UNITS = ("high_scale", "low_scale", "unit", "high_unit", "low_unit")
_AFTER: dict[str, Comparator] = {"over": ">=", "around": "~", "under": "<="}


# Not frozen: thousands of them are made, and that takes a frozen one three times as long.
@dataclass(slots=True)
class Found:
    """A quantity at a place of a text.

    ``start`` to ``end`` holds it with its comparators (超过2700亿元, 30家以上), ``number`` is where its number
    begins. ``spelled`` is true for Chinese numerals, ``share`` for fractions and
    doublings in words (一半, 1/3, 翻番), ``level`` for 百亿级 and the like.
    """

    start: int
    number: int
    end: int
    quantity: Quantity
    comparator: Comparator
    spelled: bool = False
    share: bool = False
    level: bool = False

    @property
    def kind(self) -> str:
        """What the unit measures (money, share, count, time …); empty for a bare multiplier."""
        return kind_of(self.quantity.unit)


def find_quantities(text: str) -> tuple[Found, ...]:
    """All quantities of a text, in order; none overlaps another, none stands in a label (“20+8”), a date or a code."""
    plain = fold(text)
    found = [_read_last_made(text, match) for match in _last_made().finditer(plain)] if "第" in plain else []
    counted = [match for match in _pattern().finditer(plain) if match["share"] or any(match.group(*_UNITS))]
    if counted:
        labels = label_spans(text)
        outside = (match for match in counted if not _within(match.start("number"), match.end(), labels))
        read = (one for match in outside if (one := _read(text, plain, match)) is not None)
        found += [whole for one in read for whole in _sharing(text, plain, one)]
    return _of_points(sorted(found, key=lambda one: one.start)) if len(found) > 1 else tuple(found)


@lru_cache(maxsize=1)
def label_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The ranges of a text that hold digits and state no quantity: titles, short quotes, dates, sums, codes, ranks."""
    return tuple(match.span() for match in _labels().finditer(fold(text)))


def _within(start: int, end: int, spans: tuple[tuple[int, int], ...]) -> bool:
    before = bisect_left(spans, (end,))
    return before > 0 and start < spans[before - 1][1]


@cache
def kind_of(unit: str) -> str:
    """What a printed unit measures, whatever its multiplier; empty where it has none but a multiplier."""
    kinds = _unit_kinds()
    unit = unit.partition("/")[0]
    if unit in kinds:
        return kinds[unit]
    return next((kinds[unit[len(s) :]] for s in _SCALES if unit.startswith(s) and unit[len(s) :] in kinds), "")


@cache
def _unit_kinds() -> dict[str, str]:
    return {unit: kind for kind, names in load_words(Path(__file__).parent, "units").items() for unit in names}


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return load_words(Path(__file__).parent, "quantities")


@cache
def _pattern() -> re.Pattern[str]:
    """A number or share with its range, multiplier, unit, and the comparator after it."""
    words = _words()
    unit = rf"(?!{any_of(words['longer'])}|(?<![万亿])度){any_of(_unit_kinds())}(?:/{any_of(words['per'])}(?!均))?"
    scale, loose = any_of(_SCALES), any_of(words["loose"])
    after = "|".join(f"(?P<{name}>{any_of(words[name])})" for name in _AFTER)
    value = rf"(?:(?<!\d){DIGITS}|(?<![数几]){HAN})"
    doubled = rf"{any_of(words['doubled'])}(?!的?{any_of(words['effects'])})|翻(?:\d+|{HAN})番"
    share = rf"\d+/\d+|(?:{HAN}|万)分之{value}|(?<!双){any_of(words['half'])}|{doubled}"
    ranged = rf"(?P<low_unit>{unit})?{_TO}(?P<high>{value})(?P<high_scale>{scale})?"
    first = begins_with(words["half"], words["doubled"], chars=rf"\d{HAN[1:-2]}万翻")
    return re.compile(
        rf"{first}(?P<number>(?P<share>{share})|"
        rf"(?P<low>{value}|(?<=[上近超逾约过])(?=万))(?P<low_more>{loose})?(?P<low_scale>{scale})?"
        rf"(?:{ranged}(?(low_unit)(?P=low_unit)|(?P<high_unit>{unit}))|(?P<more>{loose})?(?P<unit>{unit})?)"
        rf"(?P<level>级)?)(?:{after})?"
    )


@cache
def _before() -> re.Pattern[str]:
    """The comparator that ends where a number begins."""
    words = _words()
    names = "|".join(f"(?P<{name}>{any_of(words[name])})" for name in _BEFORE)
    return re.compile(rf"(?:{names}|(?P<over_round>(?:上|(?<![通经透])过)(?=[百千万])))了?(?=.$)")


@cache
def _last_made() -> re.Pattern[str]:
    """第600万辆新能源汽车下线: the number of the last one made tells how many there are."""
    unit, done = any_of(_unit_kinds()), any_of(_words()["completed"])
    return re.compile(rf"(?<=第)(?P<low>{DIGITS})(?P<unit>[万亿]{unit})(?=[^，。；]{{0,16}}{done})")


@cache
def _labels() -> re.Pattern[str]:
    """What holds digits and is no quantity: titles, short quotes, dates, sums, codes, ranks, specifications."""
    words = _words()
    year, number = r"(?:19|20)\d\d", rf"(?:\d+(?:\.\d+)?|{HAN})"
    first = begins_with(words["leading"], chars=rf"《“‘〔\[A-Za-z\d.第前升移进退跃降高全世{HAN[1:-2]}")
    kinds = "|".join(
        (
            r"《[^》]*》",
            rf"[“‘][^“”‘’，。；]{{0,4}}(?:\d|{HAN})[^“”‘’，。；]{{0,8}}[”’]",
            r"[“‘][^“”‘’，。；]*\d[^“”‘’，。；]*\+[^“”‘’，。；]*[”’]|[A-Z\d]+(?:\+[A-Z\d]+)+",
            rf"{year}(?:[-—–~至到]+(?:{year}|\d\d))?年|{year}[-—–~至到]+{year}|{year}(?=[)）])",
            r"\d{1,2}(?:[-—–~至到]\d{1,2})?月(?:\d{1,2}[日号])?|(?<!\d)\d{1,2}日|[一二三四五六七八九十]{1,3}月",
            rf"{year}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:\d{{0,2}}:\d\d)?(?::\d\d)?",
            rf"[第前]{number}[万亿]?",
            rf"\d+强|[〔\[]\d{{4}}[〕\]]\d*号?|\d+号|\d{{7,}}(?![\d.]*(?:{any_of(_SCALES)}|{any_of(_unit_kinds())}))",
            rf"[A-Za-z][-.\d]*\d(?![\d.]*[万亿%％])|[\d.]+(?:[-/][\d.]+)*(?!{any_of(words['latin'])})[A-Za-z]",
            rf"{number}{any_of(words['attached'])}",
            rf"{any_of(words['leading'])}{number}",
            rf"[升移进退跃降高][了到至]?(?:全[国省市球]|世界)?{number}个?(?:位|名)(?![\u4e00-\u9fff]*人)",
            rf"(?:全[国省市球]|世界)[约近]?{number}位(?=[，。；、）提升降上跃]|$)",
        )
    )
    return re.compile(f"{first}(?:{kinds})")


def _read(text: str, plain: str, match: re.Match[str]) -> Found | None:
    """The quantity of a match that has a unit or a multiplier; None where it is no number."""
    quantity = _share(match["share"]) if match["share"] else _quantity(text, match)
    if quantity is None:
        return None
    number = match.start("number")
    if (
        _NEGATIVE.search(plain, max(0, number - 2), number)
        and kind_of(quantity.unit) == "share"
        and quantity.high is None
    ):
        number -= 1
        quantity = Quantity(-quantity.low, None, quantity.unit, text[number] + quantity.text)
    lead = _before().search(plain, max(0, number - _LONGEST_COMPARATOR), number + 1)
    return Found(
        start=lead.start() if lead is not None else number,
        number=number,
        end=match.end(),
        quantity=quantity,
        comparator=_comparator(lead, match),
        spelled=not quantity.text[:1].isdigit(),
        share=bool(match["share"]),
        level=bool(match["level"]),
    )


def _of_points(found: list[Found]) -> tuple[Found, ...]:
    """The figures in order; what is counted in parts of one (快8.6个、3.3个百分点) are points of a per cent."""
    for index, (one, following) in enumerate(pairwise(found)):
        broken = one.quantity.unit == "个" and one.quantity.low % 1
        if broken and following.quantity.unit == _POINTS and following.start - one.end <= _NEXT:
            found[index] = replace(one, quantity=replace(one.quantity, unit=_POINTS))
    return tuple(found)


def _sharing(text: str, plain: str, last: Found) -> Iterator[Found]:
    """A figure, after those of its list that print no unit of their own."""
    before: list[Found] = []
    start = last.start
    while last.kind == "share" and (shared := _SHARED_UNIT.search(plain, max(0, start - _LONGEST_SHARED), start)):
        start, end = shared.span("number")
        quantity = Quantity(Decimal(shared["number"]), None, last.quantity.unit, text[start:end])
        before.append(Found(start, start, end, quantity, "="))
    yield from (*reversed(before), last)


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    printed = match.group(*_UNITS)
    scale, bare = printed[0] or printed[1] or "", printed[2] or printed[3] or printed[4] or ""
    low = read_number(match["low"]) if match["low"] else Decimal(1)
    high = read_number(match["high"]) if match["high"] else None
    if not low or (match["high"] and (high is None or high <= low)):
        return None
    if not bare and "亿" in scale:
        bare = "元"
    return Quantity(low, high, scale + _normal(bare), text[match.start("number") : match.end("number")])


def _comparator(lead: re.Match[str] | None, match: re.Match[str]) -> Comparator:
    if match["high"]:
        return "range"
    named = lead.lastgroup if lead is not None else None
    before, after = _BEFORE.get(named or "", "="), _AFTER.get(match.lastgroup or "")
    loose = match["more"] or match["low_more"] or named == "over_round"
    return before if before != "=" else after or (">" if loose else "=")


def _read_last_made(text: str, match: re.Match[str]) -> Found:
    quantity = Quantity(Decimal(match["low"].replace(",", "")), None, match["unit"], text[match.start() : match.end()])
    return Found(match.start(), match.start(), match.end(), quantity, "=")


def _normal(unit: str) -> str:
    """个多月 is 个月, 个小时 is 小时."""
    return unit.replace("多", "").replace("个小时", "小时")


def _share(printed: str) -> Quantity | None:
    """A fraction in per cent, to two decimals (1/3 is 33.33 %); a doubling as a multiple (翻两番 is 4 倍)."""
    words = _words()
    if printed in words["half"]:
        return Quantity(Decimal(50), None, "%", printed)
    if printed in words["doubled"]:
        return Quantity(Decimal(2), None, "倍", printed)
    if printed[0] == "翻":
        times = read_number(printed[1:-1])
        return None if times is None else Quantity(Decimal(2) ** int(times), None, "倍", printed)
    top, bottom = printed.split("/") if "/" in printed else reversed(printed.split("分之"))
    part, whole = read_number(top), _whole(bottom)
    if part is None or not whole or part > whole:
        return None
    share = (part * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    return Quantity(Decimal(int(share)) if share == int(share) else share, None, "%", printed)


def _whole(printed: str) -> Decimal | None:
    return Decimal(10_000) if printed == "万" else read_number(printed)
