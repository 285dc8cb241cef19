"""One folded form for what is asked and what is indexed, and the units that both are compared by.

A unit is a Chinese character, or a run of Latin letters and digits (5g, 1.4ghz); in pinyin, a syllable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from operator import add

from opencc import OpenCC
from pypinyin import lazy_pinyin
from pypinyin.core import Pinyin

MAX_QUERY = 200
"""Characters of a question that are read; what stands beyond them is ignored."""

_SOUND = "~"
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_NUMBER_AND_LETTERS = re.compile(r"(?<=\d) +(?=[a-z])")
_UNIT = re.compile(r"[a-z0-9]+(?:\.[0-9]+[a-z]*)*|[㐀-䶿一-鿿]")
_RUN = re.compile(r"[a-z0-9.㐀-䶿一-鿿]+")
_NO_LATIN = re.compile(r"[㐀-䶿一-鿿]+")
_WORD = re.compile(r"[a-z0-9]+(?:[.'][a-z0-9]+)*")
_CHINESE = re.compile(r"[㐀-䶿一-鿿]")
_LATIN = re.compile(r"[a-z0-9]")
_CUTTER = Pinyin()
_SYLLABLE = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a text; ``joined`` tells whether it stands right after the unit before it."""

    text: str
    joined: bool

    @property
    def latin(self) -> bool:
        """Whether the unit is a run of Latin letters or digits."""
        return self.text[0].isascii()


def fold(text: str) -> str:
    """A question in the form that is compared: at most 200 characters, half width, lower case, simplified."""
    seen = "".join(" " if unicodedata.category(c) in _INVISIBLE else c for c in text[:MAX_QUERY])
    plain = fold_width(seen)[:MAX_QUERY]
    if not _CHINESE.search(plain):
        return " ".join(plain.split())
    # In Chinese, 1.4 GHz and 1.4GHz are the same word.
    return _NUMBER_AND_LETTERS.sub("", " ".join(_converter().convert(plain).split()))


def fold_width(text: str) -> str:
    """Half width and lower case, for texts that are known to be clean and simplified."""
    return unicodedata.normalize("NFKC", text).casefold()


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def has_chinese(text: str) -> bool:
    """Whether any Chinese character stands in the text."""
    return _CHINESE.search(text) is not None


def has_latin(gram: str) -> bool:
    """Whether a gram holds a Latin letter or a digit: then it is in a text only where whole runs are."""
    return _LATIN.search(gram) is not None


def units(text: str) -> list[Unit]:
    """The units of a folded text in order; punctuation and spaces part them and are left out."""
    found: list[Unit] = []
    end = -1
    for match in _UNIT.finditer(text):
        found.append(Unit(match[0], match.start() == end))
        end = match.end()
    return found


def words(text: str) -> list[str]:
    """The Latin words of a folded text in order, each without the 's or s of its end."""
    return [stem(word) for word in _WORD.findall(text.replace("’", "'"))]


def stem(word: str) -> str:
    """A word without the mark of plural or possession, good enough to compare names by."""
    bare = word.removesuffix("'s").replace("'", "")
    if bare.endswith("ies") and len(bare) > 4:
        return bare[:-3] + "y"
    if bare.endswith(("ches", "shes", "sses", "xes")):
        return bare[:-2]
    return bare[:-1] if bare.endswith("s") and len(bare) > 3 and not bare.endswith(("ss", "us", "is")) else bare


@lru_cache(maxsize=4096)
def syllables(text: str) -> tuple[str, ...]:
    """The pinyin of a folded text, one syllable a Chinese character; Latin runs stay whole."""
    return tuple(sound for word in _CUTTER.seg("".join(_UNIT.findall(text))) for sound in _heard(word))


@lru_cache(maxsize=1 << 16)
def _heard(word: str) -> tuple[str, ...]:
    """The same for one word: how a character sounds depends on the word that it stands in, and on no more."""
    return tuple(s for sound in lazy_pinyin(word) for s in _UNIT.findall(sound.lower()))


def grams(sequence: Sequence[Unit]) -> Iterable[str]:
    """What a text is compared by: its Latin runs, and each pair of units that stand together."""
    for number, unit in enumerate(sequence):
        if unit.latin:
            yield unit.text
        if unit.joined:
            yield sequence[number - 1].text + unit.text


def text_grams(text: str) -> set[str]:
    """The grams of a folded text, each once; the fast way for long texts."""
    found: set[str] = set()
    for run in _RUN.findall(text):
        found.update(map(add, run, run[1:]) if _NO_LATIN.fullmatch(run) else grams(units(run)))
    return found


def sound_grams(sounds: Sequence[str]) -> Iterable[str]:
    """The same for pinyin: each pair of syllables, marked so that it never equals a gram of characters."""
    for first, second in pairwise(sounds):
        yield f"{_SOUND}{first} {second}"


def is_sound(gram: str) -> bool:
    """Whether a gram is one of pinyin."""
    return gram.startswith(_SOUND)


def around(found: Sequence[Unit], number: int) -> tuple[str, ...]:
    """The grams that hold a unit: itself where it is Latin, and its pairs with the units that it stands with."""
    unit = found[number]
    alone = (unit.text,) if unit.latin else ()
    before = (found[number - 1].text + unit.text,) if unit.joined and number else ()
    after = found[number + 1 : number + 2]
    return (*alone, *before, *(unit.text + other.text for other in after if other.joined))


def sounds_around(found: Sequence[Unit], sounds: Sequence[str], number: int) -> tuple[str, ...]:
    """The same in pinyin, one syllable a unit."""
    start = number - 1 if found[number].joined and number else number
    end = number + 2 if number + 1 < len(found) and found[number + 1].joined else number + 1
    return tuple(sound_grams(sounds[start:end]))


class Syllabary:
    """The syllables that occur in what is indexed, to cut words like ``shengwu`` into them."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(s for s in known if _SYLLABLE.fullmatch(s))
        self._longest = max(map(len, self._known), default=0)

    def cut(self, word: str) -> tuple[str, ...] | None:
        """The word in the fewest known syllables, the longest first; None where it is not made of them."""
        best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - self._longest), end):
                before = best[start]
                if before is None or word[start:end] not in self._known:
                    continue
                shortest = best[end]
                if shortest is None or len(before) + 1 < len(shortest):
                    best[end] = (*before, word[start:end])
        return best[len(word)]
