"""Tables that give out work: each row a task, with the bodies that lead it and that take part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.documents.source import Block, Table
from kg.facts import Role
from kg.grammar.roles.reading import column_role
from kg.grammar.words import load_words
from kg.structure.kept import Kept
from kg.text import Text

# Heads stand in one of the first rows: a title may stand above them.
_LAST_HEAD_ROW = 3


@dataclass(frozen=True, slots=True)
class Task:
    """A row of a table of tasks: the cells of its number, of the task, of its deadline, and of the bodies by role."""

    number: Block | None
    name: Block
    bodies: tuple[tuple[Role, str, Block], ...]
    start: int
    end: int
    deadline: Block | None = None


@Kept
def tasks_of(tables: tuple[Table, ...], text: Text) -> tuple[tuple[Task, ...], ...]:
    """The tasks of each of the tables of a document."""
    return tuple(tuple(tasks(table, text)) for table in tables)


def tasks(table: Table, text: Text) -> Iterator[Task]:
    """The tasks of a table in the order of its rows; none where no column is headed by those responsible.

    A row whose task spans several rows is a task for each of them, as long as each has bodies of its own.
    """
    head = next((i for i, row in enumerate(table.rows[:_LAST_HEAD_ROW]) if _roles(row, text)), None)
    if head is None:
        return
    roles = _roles(table.rows[head], text)
    named = _column(table.rows[head], text, "task", set(roles))
    numbered = _column(table.rows[head], text, "number", set(roles))
    due = _column(table.rows[head], text, "deadline", set(roles))
    seen: set[tuple[Block, ...]] = set()
    for row in table.rows[head + 1 :]:
        bodies = tuple(
            (role, _printed(title, text), cell) for column, (role, title) in roles.items() if (cell := row[column])
        )
        name = row[named] if named is not None else None
        said = (name, *(cell for _, _, cell in bodies)) if name else ()
        if name is None or not bodies or said in seen or len(set(said)) < len(said):
            continue
        seen.add(said)
        own = [cell for cell in row if cell is not None and cell.start >= name.start] or [name]
        number = row[numbered] if numbered is not None else None
        deadline = row[due] if due is not None and due != named else None
        yield Task(number, name, bodies, name.start, max(cell.end for cell in own), deadline)


def _printed(cell: Block | None, text: Text) -> str:
    return "" if cell is None else text.chars[cell.start : cell.end]


def _roles(row: tuple[Block | None, ...], text: Text) -> dict[int, tuple[Role, Block]]:
    """The columns that a row heads as those of responsible bodies, with their roles."""
    found = {column: column_role(_printed(cell, text)) for column, cell in enumerate(row) if cell is not None}
    return {column: (role, cell) for column, role in found.items() if role and (cell := row[column])}


@cache
def _heads() -> dict[str, tuple[str, ...]]:
    return load_words(Path(__file__).parent, "columns")


def _column(row: tuple[Block | None, ...], text: Text, kind: str, taken: set[int]) -> int | None:
    """The column whose head holds a word of this kind; words that are listed first go before others."""
    free = {column: _printed(cell, text) for column, cell in enumerate(row) if column not in taken}
    for word in _heads()[kind]:
        found = next((column for column, head in free.items() if word in head), None)
        if found is not None:
            return found
    return None
