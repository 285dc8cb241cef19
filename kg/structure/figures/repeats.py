"""A figure said again: pull-quotes, captions and summaries repeat what the text states, in fewer or other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from kg.grammar.words import load_words
from kg.structure.figures.figure import Figure

# A repeat that does not name its time stands within so many characters of what it repeats, in the same article.
_NEAR = 6000
# So much of the shorter wording must stand in the longer one.
_ALIKE = 0.7
# The same number of two industries is two facts.
_FIELDS = ("产业", "行业")


def said_alike(figures: Iterable[Figure], place: str) -> tuple[Figure, ...]:
    """The figures, where one that repeats an earlier one says it in the earlier one's words.

    ``place`` is the place (深圳市) that a figure means where it names none.

    The same figure of the same thing and time is the same fact however it is worded; a repeat that gives no time
    takes over that of the first, and the first takes over that of a repeat.
    """
    stated: list[Figure] = []
    firsts: dict[tuple[object, ...], list[int]] = defaultdict(list)
    leads: list[int] = []
    for figure in figures:
        same = firsts[_identity(figure)]
        lead = next((index for index in same if _repeats(stated[index], figure, place)), None)
        leads.append(len(stated) if lead is None else lead)
        if lead is None:
            same.append(len(stated))
        elif stated[lead].time.year is None:
            stated[lead] = replace(stated[lead], time=figure.time)
        stated.append(figure)
    return tuple(_worded_as(figure, stated[lead]) for figure, lead in zip(stated, leads, strict=True))


def _identity(figure: Figure) -> tuple[object, ...]:
    quantity = figure.quantity
    return (figure.goal, figure.goal and figure.comparator, quantity.low, quantity.high, quantity.unit)


def _worded_as(figure: Figure, first: Figure) -> Figure:
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
    whole = first.subject != figure.subject
    one, other = _content(first, whole, place), _content(figure, whole, place)
    shorter, longer = sorted((one, other), key=len)
    return len(shorter & longer) >= _ALIKE * len(shorter)


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


def _content(figure: Figure, whole: bool, place: str) -> set[str]:
    """The characters that tell what is measured, without the words that any figure may have."""
    words = _words()
    text = figure.subject + figure.metric if whole else figure.metric
    for name in (place, place.removesuffix("市"), *words["said_of_all"]):
        text = text.replace(name, "")
    for name in words["output"]:
        text = text.replace(name, words["output"][0])
    return set(text)


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return load_words(Path(__file__).parent, "repeats")
