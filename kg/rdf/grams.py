"""What texts are found by: their characters, pairs of Chinese characters side by side, words of other scripts, what
these stand beside, and three characters of which both pairs are frequent: many texts with both pairs hold them apart.

Marks and spaces count for nothing, nor do capitals and accents: ``产业，发展`` holds 产业发展, and ``Café`` cafe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count, pairwise
from operator import add, and_
from unicodedata import combining, normalize

_CHINESE = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ACCENT = "\u0300-\u036f"
_STRETCH = re.compile(f"[{_CHINESE}]+(?:[\\W_]+[{_CHINESE}]+)*|(?:[^\\W_{_CHINESE}]|[{_ACCENT}])+")
_MARKS = re.compile(r"[\W_]+")
_IS_CHINESE = re.compile(f"[{_CHINESE}]").match
# Two stretches that follow one another have this between them, so that a word of another script is found whole.
_BETWEEN = " "
# Of words that others stand beside, so much is noted: what is told apart by the middle of a long word is rare.
_END = 3
_BESIDE = "·"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words as they stand side by side: how that is written in the form of a text, and the grams of all texts with it.

    ``exact`` tells that every text with its grams holds it; ``chinese`` that it is all Chinese.
    """

    form: str
    grams: tuple[str, ...]
    chinese: bool

    @property
    def exact(self) -> bool:
        return self.grams == (self.form.strip(_BETWEEN),)


def form(text: str) -> str:
    """The text as phrases are looked for in it."""
    return _BETWEEN.join(("", *_stretches(text), ""))


def grams(text: str, frequent: Set[str]) -> list[str]:
    """All that a text is found by, some of it more than once; ``frequent`` are the pairs that are."""
    stretches = _stretches(text)
    found = _neighbours(stretches)
    for stretch in stretches:
        if _IS_CHINESE(stretch):
            pairs = list(map(add, stretch, stretch[1:]))
            found += stretch
            found += pairs
            found += _triples(stretch, pairs, frequent)
        else:
            found.append(stretch)
    return found


def triples(phrase: Phrase, frequent: Set[str]) -> list[str]:
    """What a phrase is found by beside its grams."""
    found = list[str]()
    for stretch in filter(_IS_CHINESE, phrase.form.split(_BETWEEN)):
        found += _triples(stretch, list(map(add, stretch, stretch[1:])), frequent)
    return found


def _triples(stretch: str, pairs: list[str], frequent: Set[str]) -> list[str]:
    known = list(map(frequent.__contains__, pairs))
    return [stretch[at : at + 3] for at in compress(count(), map(and_, known, known[1:]))]


@lru_cache(64)
def phrase(text: str) -> Phrase | None:
    """What to look for where a text is to be found as it stands; None where it has no words."""
    stretches = _stretches(text)
    if not stretches:
        return None
    begin, end = ("" if _IS_CHINESE(stretch) else _BETWEEN for stretch in (stretches[0], stretches[-1]))
    found = dict.fromkeys([*_neighbours(stretches), *(gram for stretch in stretches for gram in _telling(stretch))])
    return Phrase(begin + _BETWEEN.join(stretches) + end, tuple(found), len(stretches) == 1 and not begin)


def squeezed(text: str) -> str:
    """The text without its marks and spaces: enough to look for Chinese phrases in it."""
    return _MARKS.sub("", text)


def _neighbours(stretches: list[str]) -> list[str]:
    """For each two stretches side by side, how the one ends and the other begins."""
    return [
        f"{one[-1 if _IS_CHINESE(one) else -_END :]}{_BESIDE}{other[: 1 if _IS_CHINESE(other) else _END]}"
        for one, other in pairwise(stretches)
    ]


def _telling(stretch: str) -> Iterable[str]:
    """Pairs say all that their characters say."""
    return map(add, stretch, stretch[1:]) if len(stretch) > 1 and _IS_CHINESE(stretch) else (stretch,)


def _stretches(text: str) -> list[str]:
    """Chinese characters that follow one another, whatever marks are between them, and each word of another script."""
    found = _STRETCH.findall(text.lower())
    return [plain for one in found if (plain := _MARKS.sub("", one) if _IS_CHINESE(one) else _unaccented(one))]


def _unaccented(word: str) -> str:
    return word if word.isascii() else "".join(c for c in normalize("NFD", word) if not combining(c))
