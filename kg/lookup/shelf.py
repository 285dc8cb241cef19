"""A file of sorted tables from texts to bytes: mapped into memory, it is there at once and shared between processes.

A file is a word that tells what it is, the length of its directory, the directory (where each table stands, in JSON),
and the tables. A table is the number of its keys, where each key and each value ends, the keys in order, the values;
its numbers are as the machine has them.
"""

from __future__ import annotations

import json
import mmap
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import overload

from kg.errors import StoreError

_MAGIC = b"ckgshelf"
_NUMBER = 8

Entries = Iterable[tuple[str, bytes]]


class Table(Sequence[bytes]):
    """Keys in the order of their characters, each with its bytes; as a sequence it is its keys."""

    def __init__(self, data: memoryview) -> None:
        self._size = data[:_NUMBER].cast("Q")[0]
        ends = _NUMBER * (1 + self._size)
        keys = ends + _NUMBER * self._size
        self._key_ends = data[_NUMBER:ends].cast("Q")
        self._value_ends = data[ends:keys].cast("Q")
        values = keys + (self._key_ends[-1] if self._size else 0)
        self._keys, self._values = data[keys:values], data[values:]

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, number: int) -> bytes: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[bytes]: ...

    def __getitem__(self, number: int | slice) -> bytes | Sequence[bytes]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(self._size))]
        return bytes(self._keys[self._key_ends[number - 1] if number else 0 : self._key_ends[number]])

    def value(self, number: int) -> memoryview:
        """What belongs to the key of this number."""
        return self._values[self._value_ends[number - 1] if number else 0 : self._value_ends[number]]

    def get(self, key: str) -> memoryview | None:
        """What belongs to a key; None where it has no such key."""
        wanted = _encoded(key)
        number = bisect_left(self, wanted)
        return self.value(number) if number < self._size and self[number] == wanted else None

    def beginning(self, start: str) -> memoryview:
        """What belongs to all the keys that begin with this, in their order, one after the other."""
        wanted = _encoded(start)
        first = bisect_left(self, wanted)
        after = bisect_left(self, True, first, key=lambda key: not key.startswith(wanted))
        if first == after:
            return self._values[:0]
        return self._values[self._value_ends[first - 1] if first else 0 : self._value_ends[after - 1]]


class Shelf:
    """The tables of a file, or of bytes in memory."""

    def __init__(self, data: memoryview) -> None:
        """Raises StoreError where the bytes are not those of a shelf."""
        begin = len(_MAGIC) + _NUMBER
        if bytes(data[: len(_MAGIC)]) != _MAGIC:
            raise StoreError("This is no file of tables.")
        after = begin + int.from_bytes(data[len(_MAGIC) : begin], "little")
        try:
            places: dict[str, list[int]] = json.loads(bytes(data[begin:after]))
        except ValueError as error:
            raise StoreError("The directory of this file of tables can't be read.") from error
        self._tables = {name: Table(data[after + start : after + end]) for name, (start, end) in places.items()}

    @classmethod
    def open(cls, path: Path) -> Shelf:
        """The tables of a file. Raises OSError or StoreError where it can't be read."""
        with path.open("rb") as file:
            try:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:
                raise StoreError(f"The file {path} is empty.") from error
        return cls(memoryview(mapped))

    def table(self, name: str) -> Table:
        """The table of this name. Raises StoreError where there is none."""
        if name not in self._tables:
            raise StoreError(f"The file of tables has none with the name {name}.")
        return self._tables[name]


def packed(entries: Entries) -> bytes:
    """The bytes of a table; keys may come in any order, each once."""
    ordered = sorted((_encoded(key), value) for key, value in entries)
    ends = (accumulate(len(pair[part]) for pair in ordered) for part in (0, 1))
    head = [len(ordered), *(end for part in ends for end in part)]
    return b"".join([array("Q", head).tobytes(), *(key for key, _ in ordered), *(value for _, value in ordered)])


def shelved(tables: Mapping[str, bytes]) -> bytes:
    """The bytes of a file of tables; they have to stay in memory once only, so hand them over and let them go."""
    places, start = {}, 0
    for name, data in tables.items():
        places[name] = (start, start + len(data))
        start += len(data)
    directory = json.dumps(places).encode("ascii")
    return b"".join([_MAGIC, len(directory).to_bytes(_NUMBER, "little"), directory, *tables.values()])


def _encoded(key: str) -> bytes:
    return key.encode("utf-8", "surrogatepass")
