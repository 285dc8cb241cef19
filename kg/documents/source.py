"""What a source file is once its layout is gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.text import Text


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading line, a heading printed one character a line, or a table's cell; a range of the text."""

    start: int
    end: int
    kind: Literal["paragraph", "vertical", "cell"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table by row and column; None where one is empty.

    A cell that spans several rows or columns stands in each of them. A cell of several paragraphs is one range.
    ``torn`` are lines that go on with cells of the row before them, nobody can say with which.
    """

    rows: tuple[tuple[Block | None, ...], ...]
    torn: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An identifier that the source's markup attaches to a range of the text (a stock code on a company's name)."""

    start: int
    end: int
    identifier: str


@dataclass(frozen=True, slots=True)
class Field:
    """A value of a file's header with its place (offsets in the file)."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A source file read: its name, its text without layout, its blocks in order, and what its header says.

    ``raw`` is the file's characters, which offsets count: for a format that holds no plain text, those taken out of it.
    """

    name: str
    raw: str
    text: Text
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    header: Mapping[str, Field] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()

    def block_text(self, block: Block) -> str:
        """The characters of one block."""
        return self.text.chars[block.start : block.end]
