"""Slips of the pen in the words of asking: 牵投 for 牵头, 集裙 for 集群."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from kg.lookup.frames import word_lists
from kg.lookup.normal import syllables

_RUN = re.compile(r"[㐀-䶿一-鿿]+")


def mended(text: str, is_known: Callable[[str], bool]) -> str:
    """A folded text with its words of asking spelled right.

    A word that sounds like one of asking and shares a character with it is taken for it, unless the documents know it
    (``is_known`` tells that of a pair of characters).
    """
    return _RUN.sub(lambda run: _run(run[0], is_known), text)


def _run(run: str, is_known: Callable[[str], bool]) -> str:
    sounds = syllables(run)
    if len(sounds) != len(run):
        return run
    for start, word in _heard(sounds):
        said = run[start : start + len(word)]
        if said != word and not set(said).isdisjoint(word) and not any(map(is_known, _wrong_pairs(said, word))):
            run = run[:start] + word + run[start + len(word) :]
    return run


def _heard(sounds: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Where a word of asking is heard, and the word."""
    known = _words()
    for length in sorted({len(key) for key in known}, reverse=True):
        for start in range(len(sounds) - length + 1):
            word = known.get(sounds[start : start + length])
            if word:
                yield start, word


def _wrong_pairs(said: str, word: str) -> Iterator[str]:
    """The pairs of characters in what was said that the word does not have."""
    right = {word[n : n + 2] for n in range(len(word) - 1)}
    yield from (pair for n in range(len(said) - 1) if (pair := said[n : n + 2]) not in right)


@cache
def _words() -> dict[tuple[str, ...], str]:
    """The words of asking that have two characters or more, by their sound."""
    lists = word_lists("words")
    who, lead = lists["who"], lists["lead"]
    said = [*lead["nouns"], *lead["verbs"], *who["bodies"], *lists["filler"]["industry"]]
    return {syllables(word): word for word in sorted(said, reverse=True) if len(word) > 1}
