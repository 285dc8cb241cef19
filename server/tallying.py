"""How many rows a result has, counted in its bytes as they are written: the engine doesn't tell, and to read each row
in Python would cost more than most queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count
from operator import itemgetter
from typing import IO, cast

import pyoxigraph as ox

# Between two rows, by what follows: inside a text the quote would be escaped, at its end a comma or brace comes next.
_BETWEEN = re.compile(rb'\},\{(?="[^,}]|\}[],])')
_NO_ROWS = b"[]}}"
_ROW = re.compile(rb"<result>")


class Tally:
    """Where the result of a SELECT is written on its way ``out``.

    A row of JSON without any value may be counted where a text holds ``},{}]`` or ``},{},``; else the count is exact.
    """

    def __init__(self, out: IO[bytes], written: ox.QueryResultsFormat) -> None:
        self._out = out
        self._count = _COUNTS[written]()

    def write(self, data: bytes) -> int:
        """Count and pass on; raises what ``out`` raises."""
        self._count.take(data)
        return self._out.write(data)

    def flush(self) -> None:
        """Pass it on."""
        self._out.flush()

    @property
    def rows(self) -> int:
        """The rows of a result that has been written whole."""
        return self._count.rows()


class _Marks:
    """Counts what matches a pattern, also where a mark is cut by the end of a piece."""

    def __init__(self, mark: re.Pattern[bytes], longest: int) -> None:
        self._mark = mark
        self._overlap = longest - 1
        self.found = 0
        self.last = b""

    def take(self, data: bytes) -> None:
        data = self.last + data
        self.found += len(self._mark.findall(data))
        self.last = data[-self._overlap :]

    def rows(self) -> int:
        return self.found


class _Json(_Marks):
    def __init__(self) -> None:
        super().__init__(_BETWEEN, 5)

    def rows(self) -> int:
        return self.found + (self.last != _NO_ROWS)


class _Xml(_Marks):
    def __init__(self) -> None:
        super().__init__(_ROW, 8)


class _Lines:
    """Counts lines after the head; a line end between quotation marks belongs to a text."""

    def __init__(self, quoting: bool) -> None:
        self._quoting = quoting
        self._quoted = False
        self._lines = 0

    def take(self, data: bytes) -> None:
        if not self._quoting or (b'"' not in data and not self._quoted):
            self._lines += data.count(b"\n")
            return
        pieces = data.split(b'"')
        self._lines += sum(piece.count(b"\n") for piece in pieces[self._quoted :: 2])
        self._quoted ^= len(pieces) % 2 == 0

    def rows(self) -> int:
        return self._lines - 1


_COUNTS: dict[ox.QueryResultsFormat, Callable[[], _Marks | _Lines]] = {
    ox.QueryResultsFormat.JSON: _Json,
    ox.QueryResultsFormat.XML: _Xml,
    ox.QueryResultsFormat.CSV: lambda: _Lines(True),
    ox.QueryResultsFormat.TSV: lambda: _Lines(False),
}


class Counted:
    """The triples of a result, counted as they are taken, without a step of Python for each."""

    def __init__(self, triples: ox.QueryTriples) -> None:
        self._triples = triples
        self._numbers = count()

    def __iter__(self) -> Iterator[ox.Triple]:
        return cast(Iterator[ox.Triple], map(itemgetter(0), zip(self._triples, self._numbers, strict=False)))

    def number(self) -> int:
        """How many have been taken; to be asked once."""
        return next(self._numbers)
