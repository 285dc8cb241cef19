"""Cuts Chinese text into words: jieba's dictionary, with the names of the vocabulary as user words.

Facts are read from characters, never from words: a cut can go wrong, and a figure must not. Words serve where a
question names several things at once and its text need not hold them side by side.

Of the dictionary only the words are read that begin like two characters side by side of what is cut: all of them take
most of a second and a hundred megabytes, in each process that is asked.
"""

from __future__ import annotations

import logging
import mmap
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import jieba

from kg.vocabulary import load

jieba.setLogLevel(logging.WARNING)

Counts = Mapping[str, int]

_DICTIONARY = Path(jieba.__file__).with_name("dict.txt")
_LINE = re.compile(rb"^(\S+) (\d+)", re.MULTILINE)
_COUNT = re.compile(rb" (\d+) ")
# A few words of mixed script come first in the dictionary; from the first of these characters on it is in order.
_FIRST, _LAST = "\u4e00", "\u9fff"
# So many characters choose the words that are read.
_BEGINNING = 2
# What all counts make together stands under no name.
_ALL = ""


class Cutter:
    """Cuts texts, given how often the names of the vocabulary are taken to occur (see ``learn``).

    It is made in a millisecond and keeps all that it has read of the dictionary.
    """

    def __init__(self, names: Counts) -> None:
        with _DICTIONARY.open("rb") as file:
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._begin = self._lines.find(b"\n" + _FIRST.encode()) + 1
        self._names = defaultdict[str, dict[str, int]](dict)
        for name, count in names.items():
            self._names[name[:_BEGINNING]][name] = count
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.FREQ = {}
        self._tokenizer.total = names[_ALL]
        self._tokenizer.initialized = True
        self._known = set[str]()
        self._note(_counts(self._lines[: self._begin]))

    def words(self, text: str) -> tuple[str, ...]:
        """The words of a text in order, names of the vocabulary whole, without marks and spaces."""
        self._know(text)
        return tuple(word for word in self._tokenizer.cut(text) if any(char.isalnum() for char in word))

    def add(self, name: str) -> int:
        """Make a word of a name; returns how often it is taken to occur."""
        self._know(name)
        self._tokenizer.add_word(name)
        return int(self._tokenizer.FREQ[name])

    def total(self) -> int:
        """What the counts of all words make together."""
        return int(self._tokenizer.total)

    def _know(self, text: str) -> None:
        """Read the words that begin with what stands in a text."""
        starts = {text[at : at + length] for at in range(len(text)) for length in range(1, _BEGINNING + 1)}
        for start in sorted(starts - self._known):
            if _FIRST <= start[0] <= _LAST:
                self._note(_counts(self._lines_of(start)))
            self._note(self._names.get(start, {}))
        self._known |= starts

    def _note(self, counts: Counts) -> None:
        """Take up words; what they begin with has to be there too, if only with 0."""
        self._tokenizer.FREQ.update(counts)
        for word in counts:
            for end in range(1, len(word)):
                self._tokenizer.FREQ.setdefault(word[:end], 0)

    def _lines_of(self, start: str) -> bytes:
        """The lines of the words that begin with this; where it is too short for that, the first of them."""
        wanted = start.encode()
        first = self._line(wanted)
        whole = len(start) == _BEGINNING
        return self._lines[first : self._line(wanted + b"\xff") if whole else self._lines.find(b"\n", first)]

    def _line(self, wanted: bytes) -> int:
        """Where the first line stands that comes not before this."""
        low, high = self._begin, len(self._lines)
        while low < high:
            line = self._lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
            if self._lines[line : line + len(wanted)] < wanted:
                low = self._lines.find(b"\n", line) + 1 or high
            else:
                high = line
        return low


@cache
def learn() -> Counts:
    """How often the names of the vocabulary are taken to occur, so that they are cut out whole."""
    total = sum(map(int, _COUNT.findall(_DICTIONARY.read_bytes())))
    cutter = Cutter({_ALL: total})
    names = {name: cutter.add(name) for name in load().words()}
    return {**names, _ALL: cutter.total()}


def _counts(lines: bytes) -> dict[str, int]:
    """The words of lines of the dictionary, with their counts."""
    return {word.decode(): int(count) for word, count in _LINE.findall(lines)}
