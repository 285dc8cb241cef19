"""The search index: which entries hold which grams, how telling a gram is, how much of a question an entry covers."""

from __future__ import annotations

import math
import struct
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.lookup import bits
from kg.lookup.shelf import Table

UNSEEN = 5.0
"""How telling something is that stands nowhere in the documents (in the unit of ``Index.idf``)."""

_COUNT = struct.Struct("<I")
_LEVEL = struct.Struct("<dBI")
_LISTED, _SQUEEZED = 0, 1
# Below this many entries their numbers are kept, above it the set, compressed.
_FEW = 256
# A question is put to the index again and again, among other things each time.
_LAST_ASKED = 4
_KEPT_BYTES, _LEAST_KEPT, _MOST_KEPT = 1 << 25, 512, 1 << 16

Levels = list[tuple[float, int]]
"""Sets of entries without a common one, each with what it is worth, the best first."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to cover an atom: all of these grams have to be there; ``worth`` from 0 to 1 is what that is worth."""

    grams: tuple[str, ...]
    worth: float = 1.0


@dataclass(frozen=True, slots=True)
class Atom:
    """The smallest part of a question that an entry covers or does not: what it weighs, and the ways to cover it."""

    weight: float
    options: tuple[Option, ...]


class Gathering:
    """Entries that hold grams in fields of different worth, while they are gathered; an entry is a number."""

    def __init__(self, size: int = 0) -> None:
        self.size = size
        self._fields: dict[float, defaultdict[str, array[int]]] = {}

    def add(self, entry: int, grams: Iterable[str], worth: float) -> None:
        """Say that an entry holds these grams in a field of this worth (0 to 1); the best field counts."""
        self.size = max(self.size, entry + 1)
        field = self._field(worth)
        for gram in grams:
            field[gram].append(entry)

    def add_all(self, entries: Sequence[int], grams: Iterable[str], worth: float) -> None:
        """The same for many entries that hold the same grams."""
        self.size = max([self.size, *(entry + 1 for entry in entries)])
        field = self._field(worth)
        for gram in grams:
            field[gram].extend(entries)

    def levels(self, gram: str) -> dict[float, bytes]:
        """The sets of entries that hold a gram, by what the field is worth."""
        return {worth: bits.of(field[gram], self.size) for worth, field in self._fields.items() if gram in field}

    def count(self, gram: str) -> int:
        """How many entries hold a gram, in whatever field."""
        return len({entry for field in self._fields.values() for entry in field.get(gram, ())})

    def entries(self) -> Iterator[tuple[str, bytes]]:
        """The grams with the number of their entries and their levels, as they are kept in a table."""
        fields = sorted(self._fields.items(), reverse=True)
        for gram in dict.fromkeys(gram for field in self._fields.values() for gram in field):
            levels = {worth: set(field[gram]) for worth, field in fields if gram in field}
            count = len(set().union(*levels.values())) if len(levels) > 1 else sum(map(len, levels.values()))
            yield gram, _COUNT.pack(count) + b"".join(self._written(*level) for level in levels.items())

    def _field(self, worth: float) -> defaultdict[str, array[int]]:
        return self._fields.setdefault(worth, defaultdict(_no_entries))

    def _written(self, worth: float, entries: set[int]) -> bytes:
        if len(entries) < _FEW:
            form, data = _LISTED, array("I", sorted(entries)).tobytes()
        else:
            form, data = _SQUEEZED, zlib.compress(bits.of(entries, self.size), 1)
        return _LEVEL.pack(worth, form, len(data)) + data


def _no_entries() -> array[int]:
    return array("I")


class Kept:
    """The same, read from a table of a shelf."""

    def __init__(self, table: Table, size: int) -> None:
        self.size = size
        self._table = table

    def levels(self, gram: str) -> dict[float, bytes]:
        """The sets of entries that hold a gram, by what the field is worth."""
        data = self._table.get(gram)
        if data is None:
            return {}
        levels, place = {}, _COUNT.size
        while place < len(data):
            worth, form, length = _LEVEL.unpack_from(data, place)
            place += _LEVEL.size
            part = data[place : place + length]
            levels[worth] = zlib.decompress(part) if form == _SQUEEZED else bits.of(part.cast("I"), self.size)
            place += length
        return levels

    def count(self, gram: str) -> int:
        """How many entries hold a gram, in whatever field."""
        data = self._table.get(gram)
        return 0 if data is None else int(_COUNT.unpack_from(data)[0])


class Index:
    """Answers which entries hold what, over what was gathered or kept."""

    def __init__(self, source: Gathering | Kept | None = None, without: float | None = None) -> None:
        """``without`` leaves out the fields of this worth (the text of passages, where headings alone are asked)."""
        self._source = Gathering() if source is None else source
        self._without = without
        kept = _KEPT_BYTES // (self._source.size // 2 + 256)
        self._levels = lru_cache(max(_LEAST_KEPT, min(kept, _MOST_KEPT)))(self._read)
        self._tally = lru_cache(_LAST_ASKED)(self._summed)
        self._count = lru_cache(_MOST_KEPT)(self._source.count)

    def add(self, entry: int, grams: Iterable[str], worth: float) -> None:
        """Gather an entry, in an index that was made empty; all is added before anything is asked."""
        if isinstance(self._source, Gathering):
            self._source.add(entry, grams, worth)

    def holds(self, gram: str) -> bool:
        """Whether any entry holds this gram, in whatever field."""
        return self._count(gram) > 0

    def entries(self, gram: str) -> Mapping[int, float]:
        """The entries that hold a gram, and the worth of the best field that does."""
        return {entry: worth for worth, found in self._levels(gram) for entry in bits.members(found)}

    def idf(self, gram: str) -> float:
        """How telling a gram is: from about 0.5 (in most entries) to ``UNSEEN`` (in none, or in very few).

        All fields count, also one that is left out.
        """
        found = self._count(gram)
        return min(UNSEEN, math.log(1 + self._source.size / found)) if found else UNSEEN

    def cover(self, atoms: Iterable[Atom], among: int | None = None, least: float = 0.0) -> dict[int, float]:
        """The share of the atoms' weight that each entry covers, from 0 to 1; those below ``least`` are left out."""
        tally = self._tally(tuple(atoms))
        return tally.least(least, among) if tally else {}

    def best(self, atoms: Iterable[Atom], among: int | None, count: int) -> list[tuple[int, float]]:
        """The entries that cover the greatest share, the greatest first, those alike in order of their numbers."""
        tally = self._tally(tuple(atoms))
        return tally.greatest(count, among) if tally else []

    def atom_levels(self, atom: Atom) -> Levels:
        """The entries that cover an atom, by how well they do (from 0 to 1)."""
        found: defaultdict[float, int] = defaultdict(int)
        for option in atom.options:
            for worth, entries in self._all_of(option.grams):
                found[worth * option.worth] |= entries
        return _apart(found)

    def _summed(self, atoms: tuple[Atom, ...]) -> bits.Tally | None:
        """The sums of what the atoms weigh; None where they weigh nothing."""
        terms, total = [], 0.0
        for atom in atoms:
            total += atom.weight
            terms.append([(atom.weight * value, found) for value, found in self.atom_levels(atom)])
        return bits.Tally(terms, total) if total else None

    def _all_of(self, grams: tuple[str, ...]) -> Levels:
        """The entries that hold all these grams, by the worth of the least of them."""
        if len(grams) == 1:
            return self._levels(grams[0])
        each = [self._levels(gram) for gram in grams]
        found: dict[float, int] = {}
        for worth in {worth for levels in each for worth, _ in levels}:
            held = [_at_least(levels, worth) for levels in each]
            found[worth] = held[0] if held else 0
            for other in held[1:]:
                found[worth] &= other
        return _apart(found)

    def _read(self, gram: str) -> Levels:
        found = self._source.levels(gram)
        return _apart({worth: bits.whole(data) for worth, data in found.items() if worth != self._without})


def _at_least(levels: Levels, worth: float) -> int:
    found = 0
    for other, entries in levels:
        if other >= worth:
            found |= entries
    return found


def _apart(found: Mapping[float, int]) -> Levels:
    """Each entry only where it is worth most."""
    if len(found) == 1:
        return [(worth, entries) for worth, entries in found.items() if entries]
    levels, seen = [], 0
    for worth in sorted(found, reverse=True):
        own = found[worth] ^ (found[worth] & seen)
        if own:
            levels.append((worth, own))
            seen |= own
    return levels
