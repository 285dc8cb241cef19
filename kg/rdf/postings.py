"""Which texts hold which grams: lists of numbers for most grams, and a bit a text for those of very many texts.

What stands in very many texts can't be read as a list in a few milliseconds, and a set of bits can: however many of
them are asked for at once, and though no text holds them all.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import chain

from kg.rdf.grams import Phrase, grams, triples

TABLES = """
CREATE VIRTUAL TABLE lists USING fts5(body, content='', columnsize=0, detail=none, tokenize='ascii');
CREATE TABLE counted (gram TEXT PRIMARY KEY, texts INTEGER NOT NULL, bits BLOB);
CREATE TABLE frequent (pair TEXT PRIMARY KEY);
"""
_COUNTS = "CREATE VIRTUAL TABLE temp.counts USING fts5vocab(main, lists, row)"
_MEMORY = 16 * 1024 * 1024
# To judge from so many texts, grams of more than one in so many have bits, and pairs of more than one in so many are
# frequent; rarer ones are counted down to one in so many, to begin with the rarest.
_SAMPLE, _USUAL, _FREQUENT, _COUNTED = 10_000, 64, 256, 1024
# Of a long question so many grams are looked at; so many lists, and so many sets of bits, leave little to be read.
_LOOKED_AT, _LISTS, _SETS, _FEW = 256, 4, 24, 100
_UNCOUNTED = (0, 0)
_SET_BYTE = re.compile(rb"[^\0]")


def fill(base: sqlite3.Connection) -> None:
    """Note the grams of all texts in the tables, which are empty."""
    size = base.execute("SELECT ifnull(max(id), 0) FROM texts").fetchone()[0]
    some = [text for (text,) in base.execute("SELECT text FROM texts WHERE id % ? = 0", (size // _SAMPLE + 1,))]
    frequent = {gram for gram in _in_many(some, frozenset(), _FREQUENT) if len(gram) == 2}
    usual = {gram: bytearray(size // 8 + 1) for gram in _in_many(some, frequent, _USUAL)}
    base.executemany("INSERT INTO frequent VALUES (?)", ((pair,) for pair in sorted(frequent)))
    base.execute("INSERT INTO lists (lists, rank) VALUES ('hashsize', ?)", (_MEMORY,))
    base.executemany("INSERT INTO lists (rowid, body) VALUES (?, ?)", _listed(base, frequent, usual))
    base.execute("INSERT INTO lists (lists) VALUES ('optimize')")
    base.execute(_COUNTS)
    base.execute("INSERT INTO counted SELECT term, doc, NULL FROM counts WHERE doc > ?", (size // _COUNTED,))
    base.execute("DROP TABLE counts")
    counted = ((gram, _whole(bits).bit_count(), bits) for gram, bits in usual.items())
    base.executemany("INSERT INTO counted VALUES (?, ?, ?)", counted)


def _in_many(texts: list[str], frequent: Set[str], part: int) -> list[str]:
    """The grams of more than one in so many of these texts."""
    found = Counter(chain.from_iterable(set(grams(text, frequent)) for text in texts))
    return sorted(gram for gram, count in found.items() if count * part > len(texts))


def _listed(base: sqlite3.Connection, frequent: Set[str], usual: Mapping[str, bytearray]) -> Iterator[tuple[int, str]]:
    """The grams of each text that have a list; those that have bits are noted in them."""
    for number, text in base.execute("SELECT id, text FROM texts"):
        place, bit = number >> 3, 1 << (number & 7)
        rest = []
        for gram in grams(text, frequent):
            bits = usual.get(gram)
            if bits is None:
                rest.append(gram)
            else:
                bits[place] |= bit
        if rest:
            yield number, " ".join(rest)


def holding(base: sqlite3.Connection, phrases: Sequence[Phrase]) -> tuple[Iterator[int], bool]:
    """The numbers of texts that may hold all these phrases, in their order, and whether they surely do."""
    asked = list(dict.fromkeys(gram for one in phrases for gram in one.grams))
    frequent = {pair for (pair,) in _among(base, "SELECT pair FROM frequent WHERE pair", asked[:_LOOKED_AT])}
    asked = list(dict.fromkeys(chain((gram for one in phrases for gram in triples(one, frequent)), asked)))
    looked_at = asked[:_LOOKED_AT]
    rows = _among(base, "SELECT gram, texts, bits IS NOT NULL FROM counted WHERE gram", looked_at)
    counts = {gram: (count, has_bits) for gram, count, has_bits in rows}
    ordered = sorted(looked_at, key=lambda gram: counts.get(gram, _UNCOUNTED))
    usual = [gram for gram in ordered if counts.get(gram, _UNCOUNTED)[1]]
    rare = [gram for gram in ordered if not counts.get(gram, _UNCOUNTED)[1]]
    sure = all(one.exact for one in phrases) and len(rare) <= _LISTS and len(looked_at) == len(asked)
    if rare:
        found = _from_lists(base, rare[:_LISTS])
        for gram in usual[:_LISTS]:
            found = filter(partial(_in, _bits(base, gram)), found)
        return found, sure and len(usual) <= _LISTS
    common, all_read = _from_bits(base, usual)
    return _members(common), sure and all_read


def _among(base: sqlite3.Connection, query: str, asked: Sequence[str]) -> sqlite3.Cursor:
    return base.execute(f"{query} IN (SELECT value FROM json_each(?))", (json.dumps(asked),))


def _from_lists(base: sqlite3.Connection, asked: Sequence[str]) -> Iterator[int]:
    wanted = " AND ".join(f'"{gram}"' for gram in asked)
    return (
        number for (number,) in base.execute("SELECT rowid FROM lists WHERE lists MATCH ? ORDER BY rowid", (wanted,))
    )


def _from_bits(base: sqlite3.Connection, asked: Sequence[str]) -> tuple[int, bool]:
    """What is in all these sets, and whether all were read: where few are left, that's not worth it."""
    found = _whole(_bits(base, asked[0]))
    for gram in asked[1:_SETS]:
        if found.bit_count() <= _FEW:
            return found, not found
        found &= _whole(_bits(base, gram))
    return found, len(asked) <= _SETS


def _bits(base: sqlite3.Connection, gram: str) -> bytes:
    bits: bytes = base.execute("SELECT bits FROM counted WHERE gram = ?", (gram,)).fetchone()[0]
    return bits


def _in(bits: bytes, number: int) -> int:
    return bits[number >> 3] >> (number & 7) & 1


def _whole(bits: bytes | bytearray) -> int:
    return int.from_bytes(bits, "little")


def _members(found: int) -> Iterator[int]:
    for match in _SET_BYTE.finditer(found.to_bytes(found.bit_length() // 8 + 1, "little")):
        byte, start = match[0][0], match.start() * 8
        yield from (start + bit for bit in range(8) if byte >> bit & 1)
