"""When a document was published: the day of its page, its signature or its speech; else the year of its number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.grammar.numerals import fold, read_number

_DAY = r"(?P<year>(?:19|20)\d\d)[年\-/.](?P<month>\d{1,2})[月\-/.](?P<day>\d{1,2})日?"
_STAMP = r"(?P<year>(?:19|20)\d\d)[\-/.](?P<month>\d{1,2})[\-/.](?P<day>\d{1,2})"
_SIGNER = "(?:政府|委员会|办公室|办公厅|委|局|厅|府办)"
_CLOCK = r"(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
_SOURCE = "(?:文章来源|稿件来源|信息来源|来源|稿源|作者|记者|编辑|责任编辑|浏览|阅读|点击|字号|字体|打印)"
# In the order of trust: what a page says of itself, a signature's day, a speech, an answer's head, a reporter's day,
# and the head or the foot of a page of news (2024-10-25 10:20 来源：…; …网 2021-07-28).
_STATED = (
    re.compile(rf".{{0,80}}(?:发布|成文|印发|发文|公布)(?:日期|时间)[：:]?{_DAY}.*"),
    re.compile(rf"(?:[（(]|[^，。；：]{{2,40}}{_SIGNER})?{_DAY}[）)]?"),
    re.compile(rf"[—-]*{_DAY}在[^。]*(?:会议|大会|会)上.{{0,20}}"),
    re.compile(rf".{{0,80}}(?:日期|时间)[：:]{_DAY}.*"),
    re.compile(rf"(?:[^，。；：]{{2,12}}(?:讯|电)[，,：:（(]?)?{_DAY}[，,].*"),
    re.compile(rf"[^。；，,]{{0,60}}?{_DAY}{_CLOCK}{_SOURCE}[^。]{{0,80}}"),
    re.compile(rf"[^，。；：:、\d]{{0,30}}{_DAY}\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?[^，。；：、]{{0,30}}"),
    re.compile(rf"[^，。；：:、\d]{{0,30}}{_STAMP}{_CLOCK}[^，。；：:、\d]{{0,20}}"),
)
# A line without a year states no date.
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[［【(（](?P<year>(?:19|20)\d\d)[〕\]］】)）]第?\d{1,4}号")
_ZERO = "〇○零Oo０"
_HAN = "一二三四五六七八九十"
_SPELLED = re.compile(rf"(?P<year>二[{_ZERO}{_HAN}]{{3}})年(?P<month>[{_HAN}]{{1,2}})月(?P<day>[{_HAN}]{{1,3}})日")
_DIGITS = str.maketrans(f"{_ZERO}{_HAN[:9]}", f"{'0' * len(_ZERO)}123456789")


def date_of(lines: Iterable[str]) -> str:
    """The date (ISO, a year alone where no day is given) that the lines of a document state; empty for none."""
    plain = [said for line in lines if _YEAR.search(said := _SPELLED.sub(_in_digits, fold(line)))]
    for pattern in _STATED:
        found = next((day for line in plain if (match := pattern.fullmatch(line)) and (day := _iso(match))), "")
        if found:
            return found
    numbered = next((match for line in plain if (match := _NUMBER.fullmatch(line))), None)
    return numbered["year"] if numbered else ""


def _iso(match: re.Match[str]) -> str:
    """The day of a match; empty where there is no such day."""
    month, day = int(match["month"]), int(match["day"])
    return f"{match['year']}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def _in_digits(match: re.Match[str]) -> str:
    """A day in Chinese numerals (二○○九年七月三十日) in digits."""
    month, day = (read_number(match[part]) for part in ("month", "day"))
    return f"{match['year'].translate(_DIGITS)}年{month}月{day}日"
