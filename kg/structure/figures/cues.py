"""Words that turn a sentence to what is aimed at, or to what is or was."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from kg.grammar.words import any_of, begins_with, load_words

RECURRING = re.compile(r"每年|每季|每月|逐年")
"""What is done again and again, and so not due when a plan ends."""
_SPAN = re.compile(r"(?:\d|[一二两三四五六七八九十])年(?:内|时间|间|左右)")


@lru_cache(maxsize=1)
def first_span(text: str) -> int:
    """Where the first number of years that a passage names ends; beyond the passage where it names none."""
    match = _SPAN.search(text)
    return match.end() if match else len(text) + 1


@lru_cache(maxsize=2)
def first_end(text: str, table: str) -> int:
    """Where the first to end of the words of a table ends in a passage; beyond the passage where none stands in it."""
    ends = [found + len(word) for word in _words()[table] if (found := text.find(word)) >= 0]
    return min(ends, default=len(text) + 1)


# … and not how people expect things to go (预期不稳, 好于预期).
_EXPECTED = "(?<![于超稳场会])预期(?![不转偏减])"


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return load_words(Path(__file__).parent, "tense")


@cache
def tense() -> dict[str, re.Pattern[str]]:
    """The patterns of these words, by name."""
    words, years = _words(), r"连续(?:\d+|[一二三四五六七八九十]+)年"
    return {
        "goal": re.compile(
            rf"{begins_with(words['goal'], '连')}(?<![虚模])"
            rf"(?:{any_of(words['goal'])}(?!产业|网络)|{_EXPECTED}|{years}每年)"
        ),
        "past": re.compile(
            rf"{begins_with(words['past'], '连')}(?:(?<![将要拟应会]){any_of(words['past'])}|{years}(?!每年))"
        ),
        "ranked": re.compile(rf"[，、]{any_of(words['ranks'])}"),
        "drive": re.compile(any_of(words["drive"])),
        "paper": re.compile(rf"《[^》]*{any_of(words['papers'])}[^》]*》"),
        "title": re.compile(rf"{any_of(words['titles'])}(?:[（(][^（）()]*[）)])?(?:的通知)?$"),
        "aim": re.compile(r"的目标"),
        "compared": re.compile(any_of(words["compared"])),
        # … and not what is planned after what was reviewed (2024年工作总结和2025年工作安排).
        "reviewed": re.compile(rf"{any_of(words['reviewed'])}(?!.*{any_of(words['planned'])})"),
    }
