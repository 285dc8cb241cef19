"""Numbers as printed in Chinese text: digits of any width, decimals, thousands, and Chinese numerals."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

_WIDE = "０１２３４５６７８９．％＋／～－"
_NARROW = "0123456789.%+/~-"
_FOLD = str.maketrans(_WIDE, _NARROW)
_ANY_WIDE = re.compile(f"[{_WIDE}]")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
"""A number in digits, of folded text."""
HAN = "[零〇一二两三四五六七八九十百千]+"
"""Characters that a Chinese numeral below ten thousand is made of."""

_DIGITAL = re.compile(DIGITS)


@lru_cache(maxsize=4)
def fold(text: str) -> str:
    """The text with full-width digits and signs of arithmetic made narrow; no character is added or lost."""
    return text.translate(_FOLD) if _ANY_WIDE.search(text) else text


def read_number(printed: str) -> Decimal | None:
    """The value of a number printed in digits or in Chinese numerals below ten thousand; None where it is neither."""
    if _DIGITAL.fullmatch(printed):
        return Decimal(printed.replace(",", ""))
    return _read_han(printed)


def _read_han(printed: str) -> Decimal | None:
    """一百二十 is 120, 百 is 100, 一千零五 is 1005; a numeral whose parts do not fall (三五, 千千) is none."""
    total, digit, last = 0, None, 10_000
    for char in printed:
        if char in _TENS:
            ten = _TENS[char]
            if ten >= last or digit == 0:
                return None
            total, digit, last = total + (1 if digit is None else digit) * ten, None, ten
        elif char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        else:
            return None
    return Decimal(total + (digit or 0)) if printed else None


def print_han(value: int) -> str:
    """A whole number from 1 to 9999 in Chinese numerals, as official documents print it (十二, 一百零五).

    Raises ValueError outside that range.
    """
    if not 1 <= value <= 9999:
        raise ValueError(f"no Chinese numeral below ten thousand for {value}")
    parts, gap = "", False
    for char, ten in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = value // ten % 10
        if digit:
            parts += ("零" if gap and parts else "") + "零一二三四五六七八九"[digit] + char
        gap = not digit
    return parts.removeprefix("一") if 10 <= value < 20 else parts
