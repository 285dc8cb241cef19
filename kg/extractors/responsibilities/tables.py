"""Tables of tasks: the bodies in the columns headed by those responsible."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.documents.source import Block
from kg.extractors.responsibilities.notes import Part, first_leads, read_note
from kg.facts import Role
from kg.structure.outline import Outline
from kg.structure.tasks import Task, tasks_of
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Row:
    """One cell of bodies: its range, the parts of its note (None: it can't be read), and the place of its task."""

    start: int
    end: int
    position: int
    parts: tuple[Part, ...] | None
    first_leads: bool


def rows(outline: Outline, vocabulary: Vocabulary) -> Iterator[Row]:
    """Of each table the lines on which its rows are torn, which can't be read, and the cells of its tasks' bodies."""
    for table, tasks in zip(outline.tables, tasks_of(outline.tables, outline.text), strict=True):
        yield from (Row(line.start, line.end, line.start, None, False) for line in table.torn)
        yield from _cells(tasks, outline, vocabulary)


def _cells(tasks: Iterable[Task], outline: Outline, vocabulary: Vocabulary) -> Iterator[Row]:
    for task in tasks:
        for role, head, cell in task.bodies:
            text = outline.slice(cell.start, cell.end)
            if not text.strip("-—–/／无 "):
                continue
            parts = _parts(cell, role, outline, vocabulary)
            yield Row(cell.start, cell.end, task.start, parts, first_leads(head) or first_leads(text))


def _parts(cell: Block, role: Role, outline: Outline, vocabulary: Vocabulary) -> tuple[Part, ...] | None:
    """The note of a cell as a whole, else that of each of its lines."""
    place = outline.document.place
    whole = read_note(outline.slice(cell.start, cell.end), place, vocabulary, bare=role)
    if whole is not None:
        return whole
    found: list[Part] = []
    first, last = (bisect_left(outline.blocks, at, key=lambda block: block.start) for at in (cell.start, cell.end))
    for block in outline.blocks[first:last]:
        parts = read_note(outline.slice(block.start, block.end), place, vocabulary, bare=role)
        if parts is None:
            return None
        found.extend(replace(part) for part in parts)
    return tuple(found) or None
