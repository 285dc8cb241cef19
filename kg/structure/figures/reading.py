"""Reads every figure of a document: where it stands, what it says of whom, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.grammar.markers import marker_at
from kg.grammar.numerals import fold
from kg.grammar.periods import find_times
from kg.grammar.quantities import Found, find_quantities, label_spans
from kg.structure.figures.clauses import Clause, cut
from kg.structure.figures.figure import Figure
from kg.structure.figures.repeats import said_alike
from kg.structure.figures.subjects import Subjects
from kg.structure.figures.tenses import Reader
from kg.structure.outline import Outline
from kg.structure.passages import passages
from kg.text import Span
from kg.vocabulary import Vocabulary

_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?=[\u4e00-\u9fff])(?!大)")

_COUNTED = ("count", "people", "freight")
# A longer tail is no noun: a line that runs on where the layout lost its end.
_LONGEST_TAIL = 60


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a document in order, and the numbers that are neither a figure nor known as something else."""

    stated: tuple[Figure, ...]
    unread: tuple[Span, ...]


class _Last:
    """The figures of the document read last: rooms ask for the same document in turn."""

    def __init__(self) -> None:
        self._kept: tuple[Outline, Vocabulary, Figures] | None = None

    def of(self, outline: Outline, vocabulary: Vocabulary) -> Figures:
        """The figures of an outline, read once for as long as no other is asked for."""
        kept = self._kept
        if kept is None or kept[0] is not outline or kept[1] is not vocabulary:
            kept = (outline, vocabulary, _read(outline, vocabulary))
            self._kept = kept
        return kept[2]


_LAST = _Last()


def figures(outline: Outline, vocabulary: Vocabulary) -> Figures:
    """All figures that a document states, in order."""
    return _LAST.of(outline, vocabulary)


def _read(outline: Outline, vocabulary: Vocabulary) -> Figures:
    reader, subjects = Reader(outline), Subjects(outline, vocabulary)
    stated: list[Figure] = []
    unread: list[Span] = []
    body = outline.head.end if outline.head is not None else 0
    for span in passages(outline):
        if span.start >= body:
            found = find_quantities(outline.slice(span.start, span.end))
            stated.extend(_passage(outline, span, found, reader, subjects))
            unread.extend(_unread(outline, span, found))
    return Figures(said_alike(stated, outline.document.place), tuple(unread))


def _passage(
    outline: Outline, span: Span, found: tuple[Found, ...], reader: Reader, subjects: Subjects
) -> Iterator[Figure]:
    text = outline.slice(span.start, span.end)
    section = outline.section_at(span.start)
    chapter = reader.enter(section)
    clauses = cut(text, found, chapter == "goal")
    said = reader.read(text, clauses, chapter)
    names = subjects.read(text, clauses, section, chapter)
    for clause, when, named in zip(clauses, said, names, strict=True):
        quantity = clause.found.quantity
        yield Figure(
            start=span.start + clause.start,
            end=span.start + _quoted_to(text, clause),
            goal=when.goal,
            time=when.time,
            about=named.about,
            subject=named.subject,
            metric=named.metric,
            comparator=clause.found.comparator,
            quantity=replace(quantity, low=-quantity.low) if named.falls else quantity,
        )


def _quoted_to(text: str, clause: Clause) -> int:
    """Where the words end that state a figure: with what is counted, or with the figure itself."""
    tail = text[clause.found.end : clause.end]
    found = clause.found
    counted = found.kind in _COUNTED or found.level or found.share or tail.startswith("的") or not tail[:1].isalnum()
    return clause.end if counted and len(tail) <= _LONGEST_TAIL else found.end


def _unread(outline: Outline, span: Span, found: tuple[Found, ...]) -> Iterator[Span]:
    """The numbers of a passage that are in no quantity, label, time or heading's number."""
    text = outline.slice(span.start, span.end)
    marker = marker_at(text)
    known = [(0, len(marker.number))] if marker is not None else []
    known += [(one.start, one.end) for one in found]
    numbers = [match for match in _NUMBER.finditer(fold(text)) if not _covered(match, known)]
    if numbers:
        known = label_spans(text) + [(time.start, time.end) for time in find_times(text, outline.document.date)]
    for match in numbers:
        if not _covered(match, known):
            yield Span(span.start + match.start(), span.start + match.end())


def _covered(match: re.Match[str], known: list[tuple[int, int]]) -> bool:
    return any(first < match.end() and match.start() < last for first, last in known)
