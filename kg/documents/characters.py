"""Characters that print the same word in another shape: read as the usual one, quoted as they stand.

Every character stays one character, so that offsets hold.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib import import_module

from kg.text import Text

# Radicals that PDF fonts put in place of the characters they look like (⼈ for 人), and compatibility forms.
_SHAPES = re.compile("[\u2e80-\u2fd5\uf900-\ufad9]")
# Frequent characters that a simplified text never prints.
_TRADITIONAL = re.compile("[產業發關務經濟與為國際學實點設計劃區術應動單們個會這對時來說體機構網絡數據]")
_SAMPLE = 20_000
_SHARE = 0.02


def fold(text: Text) -> Text:
    """The same text in usual simplified characters, ``printed`` as it was; itself where it holds no others."""
    table = _shapes(text.chars) if _SHAPES.search(text.chars) else {}
    if is_traditional(text.chars):
        table |= _simplified(text.chars)
    return Text(text.chars.translate(table), text.offsets, text.chars) if table else text


def is_traditional(chars: str) -> bool:
    """Whether a text is written in traditional characters: single ones in names make none."""
    sample = chars[:_SAMPLE]
    return len(_TRADITIONAL.findall(sample)) > _SHARE * max(1, len(sample))


def _shapes(chars: str) -> dict[int, str]:
    found = {char: unicodedata.normalize("NFKC", char) for char in set(_SHAPES.findall(chars))}
    return {ord(char): usual for char, usual in found.items() if len(usual) == 1 and usual != char}


@cache
def _simplifier() -> Callable[[str], str]:
    # Loaded only here because few texts are traditional, and its dictionaries take time to read.
    convert: Callable[[str], str] = import_module("opencc").OpenCC("t2s").convert
    return convert


def _simplified(chars: str) -> dict[int, str]:
    """What each character of a text is in simplified script, where that is one other character."""
    simplify = _simplifier()
    found = {char: simplify(char) for char in sorted(set(chars)) if char >= "\u3400"}
    return {ord(char): usual for char, usual in found.items() if len(usual) == 1 and usual != char}
