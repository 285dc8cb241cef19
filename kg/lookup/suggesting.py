"""Suggestions while one types: names by their beginning, in Chinese, in pinyin whole or by initials, in English."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from operator import add

from kg.lookup import bits
from kg.lookup.index import Gathering, Kept
from kg.lookup.normal import fold, fold_width, has_chinese, syllables
from kg.lookup.records import Records
from kg.lookup.shelf import Shelf, Table, packed
from kg.lookup.things import Record

_KINDS = ("cluster", "district", "agency", "category", "platform", "enterprise", "subsector", "document", "measure")
_BEGINS, _INITIALS, _INSIDE = 1.0, 0.8, 0.6
_SHORTEST_INITIALS = 2
_NAMES, _SOUNDS, _STARTS, _PAIRS, _ORDER = "typed", "typed-sounds", "typed-initials", "typed-pairs", "typed-order"


class Suggestions:
    """The names of all things, to be compared with what is typed.

    Things have a rank: by kind, then the shorter label first, then by address.
    """

    def __init__(self, records: Records, shelf: Shelf) -> None:
        self._records = records
        self._names, self._sounds, self._initials = map(shelf.table, (_NAMES, _SOUNDS, _STARTS))
        self._pairs = Kept(shelf.table(_PAIRS), len(records.all))
        self._order = (shelf.table(_ORDER).get("") or memoryview(b"")).cast("I")

    def find(self, typed: str, limit: int) -> list[tuple[Record, float]]:
        """The things whose names begin with what was typed, then those that hold it; the shorter name first."""
        text = fold(typed)
        if not text or limit < 1:
            return []
        found: dict[int, float] = {}
        for score, ranks in self._fitting(text, limit):
            for rank in ranks:
                found.setdefault(rank, score)
            if len(found) >= limit:
                break
        return [(self._record(rank), score) for rank, score in list(found.items())[:limit]]

    def _fitting(self, text: str, limit: int) -> Iterator[tuple[float, Iterable[int]]]:
        """The ranks that fit, the best way first, of each way as many as may be needed."""
        run = text.replace(" ", "").replace("'", "")
        begins = _ranks(self._names, text)
        initials = frozenset[int]()
        if run.isascii() and run.isalpha():
            begins |= _ranks(self._sounds, run)
            initials = _ranks(self._initials, run) if len(run) >= _SHORTEST_INITIALS else initials
        yield _BEGINS, nsmallest(limit, begins)
        yield _INITIALS, nsmallest(limit, initials - begins)
        if len(text) > 1:
            yield _INSIDE, self._holding(text, begins | initials, limit)

    def _holding(self, text: str, but: frozenset[int], limit: int) -> Iterator[int]:
        """The first things, but for these, with a name that holds the text."""
        found = bits.between(0, len(self._order))
        for pair in sorted(set(map(add, text, text[1:]))):
            held = self._pairs.levels(pair)
            found &= bits.whole(held[1.0]) if held else 0
            if not found:
                return
        for rank in bits.members(found):
            if limit and rank not in but and any(text in fold_width(name) for name in _names(self._record(rank))):
                limit -= 1
                yield rank

    def _record(self, rank: int) -> Record:
        return self._records.all[self._order[rank]]


def suggestion_tables(records: Records) -> dict[str, bytes]:
    """The tables that suggestions are read from: names, their pinyin, its initials, and pairs of their characters."""
    keys: tuple[defaultdict[str, list[int]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
    pairs, order = Gathering(len(records.all)), sorted(range(len(records.all)), key=lambda n: _order(records.all[n], n))
    for rank, number in enumerate(order):
        for name in dict.fromkeys(fold_width(name) for name in _names(records.all[number])):
            sounds = syllables(name) if has_chinese(name) else ()
            for table, key in zip(keys, (name, "".join(sounds), "".join(s[0] for s in sounds)), strict=True):
                if key:
                    table[key].append(rank)
            pairs.add(rank, set(map(add, name, name[1:])), 1.0)
    listed = {
        kind: packed((key, array("I", ranks).tobytes()) for key, ranks in table.items())
        for kind, table in zip((_NAMES, _SOUNDS, _STARTS), keys, strict=True)
    }
    return {**listed, _PAIRS: packed(pairs.entries()), _ORDER: packed([("", array("I", order).tobytes())])}


def _order(record: Record, number: int) -> tuple[int, int, int]:
    kind = _KINDS.index(record.kind) if record.kind in _KINDS else len(_KINDS)
    return kind, len(record.label), number


def _ranks(table: Table, start: str) -> frozenset[int]:
    return frozenset(table.beginning(start).cast("I"))


def _names(record: Record) -> Iterator[str]:
    if record.heading:
        yield record.heading
    yield record.label
    yield from record.names
    yield from (name for name in (record.label_en, *record.names_en) if name)
