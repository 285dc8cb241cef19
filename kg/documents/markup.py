"""The tables of a page while it is read: cells with their spans, laid out as a grid when the table ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.documents.source import Block, Table

# A page laid out by a table holds its whole article in a cell: that is no table.
_LONGEST_CELL = 1500
_MOST_SPANNED = 200


@dataclass(slots=True)
class Cell:
    """A cell: how many rows and columns it spans, and the range of the page's blocks that it holds."""

    row_span: int
    column_span: int
    first: int
    last: int = -1


@dataclass(slots=True)
class OpenTable:
    """A table that is being read; ``nested`` where it holds another, so that it only lays out the page."""

    rows: list[list[Cell]] = field(default_factory=list)
    nested: bool = False

    def open_row(self) -> None:
        """Begin a row."""
        self.rows.append([])

    def open_cell(self, row_span: int, column_span: int, blocks: int) -> Cell:
        """Begin a cell at this number of blocks; spans are at least 1 and bounded."""
        if not self.rows:
            self.open_row()
        rows, columns = (min(max(span, 1), _MOST_SPANNED) for span in (row_span, column_span))
        cell = Cell(rows, columns, blocks)
        self.rows[-1].append(cell)
        return cell

    def close_cell(self, blocks: int) -> None:
        """End the cell that is open, if one is."""
        if self.rows and self.rows[-1] and self.rows[-1][-1].last < 0:
            self.rows[-1][-1].last = blocks

    def close(self, blocks: list[Block]) -> Table | None:
        """The table, its blocks made cells; None where it is none."""
        cells = [cell for row in self.rows for cell in row]
        held = [b for cell in cells for b in blocks[cell.first : max(cell.last, cell.first)]]
        wide = max((sum(cell.column_span for cell in row) for row in self.rows), default=0)
        if self.nested or len(self.rows) < 2 or wide < 2 or any(b.end - b.start > _LONGEST_CELL for b in held):
            return None
        for cell in cells:
            for index in range(cell.first, max(cell.last, cell.first)):
                blocks[index] = replace(blocks[index], kind="cell")
        return Table(_grid(self.rows, blocks))


def _grid(rows: Sequence[Sequence[Cell]], blocks: list[Block]) -> tuple[tuple[Block | None, ...], ...]:
    """Cells by row and column, each in all that it spans."""
    filled: dict[tuple[int, int], Block | None] = {}
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in filled:
                column += 1
            block = _range(blocks[cell.first : cell.last])
            for down in range(min(cell.row_span, len(rows) - row)):
                for right in range(cell.column_span):
                    filled[row + down, column + right] = block
            column += cell.column_span
    width = max(column for _, column in filled) + 1
    return tuple(tuple(filled.get((row, column)) for column in range(width)) for row in range(len(rows)))


def _range(held: list[Block]) -> Block | None:
    return Block(held[0].start, held[-1].end, "cell") if held else None
