"""Reads every figure of a document: where it stands, what it says of whom, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.grammar.quantities import find_quantities
from kg.structure.figures.accounts import Number, account, cell_account
from kg.structure.figures.clauses import FUND, Clause, LeftOut, cut
from kg.structure.figures.figure import Figure
from kg.structure.figures.indicators import indicator_cells
from kg.structure.figures.moments import Said
from kg.structure.figures.phrases import comparator_of
from kg.structure.figures.repeats import said_alike
from kg.structure.figures.subjects import Named, Subjects
from kg.structure.figures.tenses import Reader
from kg.structure.kept import Kept
from kg.structure.outline import Outline
from kg.structure.passages import passages
from kg.structure.tasks import tasks_of
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


@Kept
def figures(outline: Outline, vocabulary: Vocabulary) -> Figures:
    """All figures that a document states, in order."""
    reader, subjects = Reader(outline), Subjects(outline, vocabulary)
    stated: list[Figure] = []
    numbers: list[Number] = []
    pieces = _pieces_of_headings(outline)
    cells = indicator_cells(outline, reader.published, subjects)
    given = (task for found in tasks_of(outline.tables, outline.text) for task in found)
    orders = {task.number.start for task in given if task.number}
    for number, span in enumerate(passages(outline)):
        titled = outline.head is not None and span.start < outline.head.end
        text = outline.slice(span.start, span.end)
        if span.start in cells or span.start in orders:
            cell = cells.get(span.start)
            stated.extend([cell] if cell else [])
            numbers.extend(cell_account(text, span, cell is not None))
            continue
        found = () if titled else find_quantities(text)
        section = outline.section_at(span.start)
        chapter = reader.enter(section)
        torn = tuple(LeftOut(one, "a piece of a heading") for one in found if span.start + one.number in pieces)
        found = tuple(one for one in found if span.start + one.number not in pieces) if torn else found
        clauses, left_out = cut(text, found, chapter == "goal")
        said = reader.read(text, clauses, chapter)
        named = subjects.read(text, clauses, section, chapter)
        if clauses:
            stated.extend(_passage(text, number, span.start, clauses, said, named))
        numbers.extend(account(text, span, clauses, (*left_out, *torn), reader.times, titled))
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
    text: str, number: int, start: int, clauses: tuple[Clause, ...], said: list[Said], names: list[Named]
) -> Iterator[Figure]:
    for clause, when, named in zip(clauses, said, names, strict=True):
        quantity = clause.found.quantity
        yield Figure(
            start=start + clause.start,
            end=start + _quoted_to(text, clause),
            passage=number,
            goal=when.goal,
            time=when.time,
            about=named.about,
            subject=named.subject,
            metric=named.metric,
            comparator=comparator_of(text, clause),
            quantity=replace(quantity, low=-quantity.low) if named.falls else quantity,
        )


def _quoted_to(text: str, clause: Clause) -> int:
    """Where the words end that state a figure: with what is counted, or with the figure itself."""
    tail = text[clause.found.end : clause.end]
    found = clause.found
    counted = found.kind in _COUNTED or found.level or found.share or (found.kind == "money" and FUND.fullmatch(tail))
    named = counted or tail.startswith("的") or not tail[:1].isalnum()
    return clause.end if named and len(tail) <= _LONGEST_TAIL else found.end
