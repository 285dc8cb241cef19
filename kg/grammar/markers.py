"""The numbers that Chinese official documents put before headings, outermost first.

The order is that of GB/T 9704 (party and government documents): 一、 （一） 1. （1）; chapters of regulations
(第一章, 第一节) stand above it, circled numbers below; their articles (第一条) stand as high as 一、.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CHINESE = "[一二三四五六七八九十百]{1,4}"
_LEVELS = (
    rf"第{_CHINESE}[章编篇部]分?",
    rf"第{_CHINESE}节",
    rf"{_CHINESE}、|第{_CHINESE}条(?![、和至到第款项的中所]|规定|措施)",
    rf"[（(]{_CHINESE}[）)]",
    # 1.3C电子: a name of a generation, a dimension or a resolution may begin the heading, a decimal may not.
    r"\d{1,2}[.．、](?!\d(?![CDGK](?![A-Za-z0-9])))",
    r"[（(]\d{1,2}[）)]",
    r"[①-⑳]",
)
# The line that an official document opens with: whom it addresses (GB/T 9704: 主送机关).
_ADDRESSEE = re.compile(r"[^。；《》]{2,120}(?:单位|政府|部门|机构|委员会|委|局|办|厅|企业|会)[：:]")
# What stands on a line of its own beside a title: the number of the paper, the day.
_APART = re.compile(
    r"[\u4e00-\u9fff]{1,12}[〔\[［【(（]\d{4}[〕\]］】)）]第?\d{1,4}号(?:（[^）]*）)?|（?\d{4}年\d{1,2}月\d{1,2}日）?|\d{4}([-/.])\d{1,2}\1\d{1,2}"
    r"|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\d{1,2}:\d{2}(?::\d{2})?[^，。；：、]{0,20}"
)
_ENDS_APART = frozenset("号）日0123456789０１２３４５６７８９")
_FIRST = r"(?=[第一二三四五六七八九十百（(\d①-⑳])"
_MARKER = re.compile(_FIRST + f"(?:{'|'.join(f'(?P<l{level}>{pattern})' for level, pattern in enumerate(_LEVELS, 1))})")

# A line by which a page says where it is from, and when.
_IMPRINT = re.compile(
    r"(?:信息|文章|稿件)?(?:来源|发布(?:日期|时间|机构|单位)|成文日期|生成日期|索引号|文号|发文字号|日期|时间|作者|记者"
    r"|责任编辑|编辑|字号|浏览次数)[：:].{0,60}"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A heading's number as printed and its level (1 is outermost)."""

    number: str
    level: int


def marker_at(text: str, position: int = 0) -> Marker | None:
    """The marker that begins at this position, if one does."""
    match = _MARKER.match(text, position)
    if match is None or match.lastgroup is None:
        return None
    return Marker(match[0], int(match.lastgroup[1:]))


def starts_heading(text: str) -> bool:
    """Whether a line begins with a heading's number."""
    return _MARKER.match(text) is not None


def is_addressee(text: str) -> bool:
    """Whether a line names those to whom an official document is addressed (各有关单位：)."""
    return text.endswith(("：", ":")) and bool(_ADDRESSEE.fullmatch(text))


def stands_apart(text: str) -> bool:
    """Whether a line is the number of an official paper (杭政函〔2023〕1号) or a day, which belong to no other line."""
    return (text[-1:] in _ENDS_APART or text[:4].isdigit()) and bool(_APART.fullmatch(text))


def is_imprint(text: str) -> bool:
    """Whether a line only says of its page where it is from, who wrote it or when (来源：…, 发布日期：…)."""
    return bool(_IMPRINT.fullmatch(text))
