"""Reads every figure of a document: where it stands, what it says of whom, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.grammar.quantities import find_quantities
from kg.structure.figures.accounts import Number, account
from kg.structure.figures.clauses import Clause, LeftOut, cut
from kg.structure.figures.figure import Figure
from kg.structure.figures.repeats import said_alike
from kg.structure.figures.subjects import Subjects
from kg.structure.figures.tenses import Reader
from kg.structure.outline import Outline
from kg.structure.passages import passages
from kg.text import Span
from kg.vocabulary import Vocabulary

_COUNTED = ("count", "people", "freight", "area")
# A longer tail is no noun: a line that runs on where the layout lost its end.
_LONGEST_TAIL = 60
# A block of so few characters after a vertical heading is a piece of it.
_LONGEST_PIECE = 8


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a document in order, and what became of each of its numbers."""

    stated: tuple[Figure, ...]
    numbers: tuple[Number, ...]


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
    numbers: list[Number] = []
    pieces = _pieces_of_headings(outline)
    for number, span in enumerate(passages(outline)):
        titled = outline.head is not None and span.start < outline.head.end
        text = outline.slice(span.start, span.end)
        found = () if titled else find_quantities(text)
        chapter = reader.enter(outline.section_at(span.start))
        torn = tuple(LeftOut(one, "a piece of a heading") for one in found if span.start + one.number in pieces)
        found = tuple(one for one in found if span.start + one.number not in pieces) if torn else found
        clauses, left_out = cut(text, found, chapter == "goal")
        stated.extend(_passage(outline, number, span, clauses, reader, subjects))
        numbers.extend(account(text, span, clauses, (*left_out, *torn), outline.document.date, titled))
    return Figures(said_alike(stated, outline.document.place), tuple(numbers))


def _pieces_of_headings(outline: Outline) -> frozenset[int]:
    """The places of blocks that only end a vertical heading whose columns the layout has torn apart."""
    places: set[int] = set()
    vertical = False
    for block in outline.blocks:
        torn = vertical and block.end - block.start <= _LONGEST_PIECE
        if torn:
            places.update(range(block.start, block.end))
        vertical = block.kind == "vertical" or torn
    return frozenset(places)


def _passage(
    outline: Outline, number: int, span: Span, clauses: tuple[Clause, ...], reader: Reader, subjects: Subjects
) -> Iterator[Figure]:
    text, section = outline.slice(span.start, span.end), outline.section_at(span.start)
    chapter = reader.enter(section)
    said = reader.read(text, clauses, chapter)
    names = subjects.read(text, clauses, section, chapter)
    for clause, when, named in zip(clauses, said, names, strict=True):
        quantity = clause.found.quantity
        yield Figure(
            start=span.start + clause.start,
            end=span.start + _quoted_to(text, clause),
            passage=number,
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
