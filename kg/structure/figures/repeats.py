"""A figure said again: pull-quotes, captions and summaries repeat what the text states, in fewer or other words."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from kg.grammar.words import load_words
from kg.structure.figures.figure import Figure

# A repeat that does not name its time stands within so many characters of what it repeats, in the same article.
_NEAR = 6000
# So much of the shorter wording must stand in the longer one.
_ALIKE = 0.7
# Rates of growth are small numbers that many things share: their wording must be alike in full.
_GROWTH = ("增速", "降幅")
# The same number of two industries is two facts.
_FIELDS = ("产业", "行业")


class _Firsts:
    """The figures of one value that repeat no other: all in the order of the text, and by the time that they name."""

    def __init__(self) -> None:
        self._all: list[int] = []
        self._starts: list[int] = []
        self._of_time: dict[str, list[int]] = defaultdict(list)

    def add(self, index: int, figure: Figure) -> None:
        """Keep a figure by its number in the document."""
        self._all.append(index)
        self._starts.append(figure.start)
        self.name_time(index, figure)

    def name_time(self, index: int, figure: Figure) -> None:
        """Keep what time a figure names; it may come to name one after it was added."""
        if figure.time.label:
            insort(self._of_time[figure.time.label], index)

    def may_be_repeated_by(self, figure: Figure) -> Iterator[int]:
        """Those of the same time wherever they stand, and all that are near; in order."""
        near = bisect_left(self._starts, figure.start - _NEAR)
        first = self._all[near] if near < len(self._all) else None
        for index in self._of_time.get(figure.time.label, ()):
            if first is not None and index >= first:
                break
            yield index
        yield from self._all[near:]


def said_alike(figures: Iterable[Figure], place: str) -> tuple[Figure, ...]:
    """The figures, where one that repeats an earlier one says it in the earlier one's words.

    ``place`` is the place (深圳市) that a figure means where it names none.

    The same figure of the same thing and time is the same fact however it is worded; a repeat that gives no time
    takes over that of the first, and the first takes over that of a repeat.
    """
    stated: list[Figure] = []
    firsts: dict[tuple[object, ...], _Firsts] = defaultdict(_Firsts)
    leads: list[int] = []
    for figure in figures:
        same = firsts[_identity(figure)]
        lead = next((i for i in same.may_be_repeated_by(figure) if _repeats(stated[i], figure, place)), None)
        leads.append(len(stated) if lead is None else lead)
        if lead is None:
            same.add(len(stated), figure)
        elif stated[lead].time.year is None:
            stated[lead] = replace(stated[lead], time=figure.time)
            same.name_time(lead, stated[lead])
        stated.append(figure)
    return tuple(_worded_as(figure, stated[lead]) for figure, lead in zip(stated, leads, strict=True))


def _identity(figure: Figure) -> tuple[object, ...]:
    quantity = figure.quantity
    return (figure.goal, figure.goal and figure.comparator, quantity.low, quantity.high, quantity.unit)


def _worded_as(figure: Figure, first: Figure) -> Figure:
    if first is figure:
        return figure
    return replace(figure, about=first.about, subject=first.subject, metric=first.metric, time=first.time)


def _repeats(first: Figure, figure: Figure, place: str) -> bool:
    """Whether a figure of the same value states the same: of one time and thing, and in words that are alike."""
    if first.time.label and figure.time.label and first.time.label != figure.time.label:
        return False
    if not (first.time.label and figure.time.label) and figure.start - first.start > _NEAR:
        return False
    if first.about != figure.about and _place(first) != _place(figure):
        return False
    if _told_apart(first, figure):
        return False
    if _told_apart_by_word(first.subject + first.metric, figure.subject + figure.metric):
        return False
    whole = first.subject != figure.subject
    one, other = (_content(f.subject + f.metric if whole else f.metric, place) for f in (first, figure))
    shorter, longer = sorted((one, other), key=len)
    grown = first.metric.endswith(_GROWTH) or figure.metric.endswith(_GROWTH)
    return len(shorter & longer) >= (1 if grown else _ALIKE) * len(shorter)


def _told_apart_by_word(one: str, other: str) -> bool:
    """Whether only one of two wordings has a word that makes another measure of it (人均)."""
    return any((word in one) != (word in other) for word in _words()["apart"])


def _told_apart(first: Figure, figure: Figure) -> bool:
    """Whether two figures are items of one list, or of two industries."""
    if first.passage == figure.passage and first.metric != figure.metric:
        return True
    one, other = first.subject, figure.subject
    if first.about is None or first.about.kind != "cluster":
        return False
    return one.endswith(_FIELDS) and other.endswith(_FIELDS) and one not in other and other not in one


def _place(figure: Figure) -> str:
    return figure.about.name if figure.about is not None and figure.about.kind == "district" else ""


@lru_cache(maxsize=4096)
def _content(text: str, place: str) -> frozenset[str]:
    """The characters that tell what is measured, without the words that any figure may have."""
    words = _words()
    for name in (place, place.removesuffix("市"), *words["said_of_all"]):
        text = text.replace(name, "")
    for name in words["output"]:
        text = text.replace(name, words["output"][0])
    return frozenset(text)


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return load_words(Path(__file__).parent, "repeats")
