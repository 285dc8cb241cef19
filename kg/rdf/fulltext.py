"""The search index of a generation: every text of the graph, found by any words that stand in it side by side.

A phrase of characters is found wherever it stands, also where no dictionary would cut it out, and words of two
characters too. The index is a file beside the graph and belongs to one generation.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg.cutting import Cutter, learn
from kg.errors import StoreError
from kg.rdf import postings
from kg.rdf.grams import Phrase, form, phrase, squeezed

INDEX = "search.texts"
MOST = 1000

_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_TEXTS = {
    "http://www.w3.org/2001/XMLSchema#string",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
}
_TABLES = """
CREATE TABLE texts (id INTEGER PRIMARY KEY, thing TEXT, property TEXT, text TEXT, language TEXT);
CREATE TABLE names (name TEXT PRIMARY KEY, count INTEGER);
CREATE TEMP TABLE found (thing TEXT, property TEXT, text TEXT, language TEXT);
"""
_ORDERED = """
INSERT INTO texts (thing, property, text, language)
SELECT * FROM found ORDER BY property <> ?, length(text), thing, property, text, language
"""
# So many texts are looked at in their order, names and short ones first, and the best of them are the hits: what stands
# in half of all texts is found as soon as what stands in few.
_LOOKED_AT = 400
_READ = """
SELECT thing, property, text, language FROM texts WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id
"""
# So many are read at once.
_BATCH = 100
# What has more characters is no question for words that stand anywhere in a text.
_LONGEST = 1000
# How much a name counts beside a sentence; how soon more of the same counts no more, and how much length takes (as in
# BM25); the characters of a usual text.
_NAME, _SATED, _BY_LENGTH, _USUAL = 3.0, 1.2, 0.75, 40.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that holds what was looked for, whose it is, and how well it fits (more is better)."""

    thing: str
    property: str
    text: str
    language: str
    score: float


def build(graph: ox.Store, generation: Path) -> None:
    """Make the index of a generation from its default graph; a half-made one never stands under its name."""
    draft = generation / f"{INDEX}.{os.getpid()}"
    draft.unlink(missing_ok=True)
    with closing(sqlite3.connect(draft)) as base:
        base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES + postings.TABLES)
        base.executemany("INSERT INTO found VALUES (?, ?, ?, ?)", _texts(graph))
        base.execute(_ORDERED, (_LABEL,))
        base.execute("DROP TABLE found")
        postings.fill(base)
        base.executemany("INSERT INTO names VALUES (?, ?)", learn().items())
        base.commit()
    draft.replace(generation / INDEX)


def find(generation: Path, wanted: str, limit: int) -> list[Hit]:
    """The texts that hold what is between spaces as it stands, best first; where none does, those that hold its words.

    Raises FileNotFoundError where the generation has no index, StoreError where it can't be read.
    """
    index = generation / INDEX
    if not index.is_file():
        raise FileNotFoundError(index)
    pieces = wanted.split()
    try:
        with closing(sqlite3.connect(f"file:{index}?mode=ro&immutable=1", uri=True)) as base:
            return _hits(base, pieces, limit) or _hits_of_words(base, pieces, limit)
    except sqlite3.DatabaseError as error:
        raise StoreError(f"The search index of this graph can't be read ({error}): build the graph again.") from error


def _hits_of_words(base: sqlite3.Connection, pieces: list[str], limit: int) -> list[Hit]:
    """The texts that hold the words of these pieces, wherever; none where the pieces are words themselves."""
    if sum(map(len, pieces)) > _LONGEST:
        return []
    cutter = Cutter(dict(base.execute("SELECT name, count FROM names")))
    words = [word for piece in pieces for word in cutter.words(piece)]
    return _hits(base, words, limit) if words != pieces else []


def _hits(base: sqlite3.Connection, pieces: list[str], limit: int) -> list[Hit]:
    """The texts that hold all these pieces, each as a phrase, best first among those looked at."""
    phrases = {piece: found for piece in pieces if (found := phrase(piece))}
    most = min(limit, MOST)
    rows = islice(_holding(base, list(phrases.values())), max(_LOOKED_AT, most)) if phrases else ()
    sought = Counter(piece.lower() for piece in pieces if piece in phrases)
    hits = [Hit(thing, key, text, language, _score(key, text, sought)) for thing, key, text, language in rows]
    return sorted(hits, key=lambda hit: (-hit.score, hit.thing, hit.property, hit.text))[:most]


def _holding(base: sqlite3.Connection, phrases: Sequence[Phrase]) -> Iterator[tuple[str, str, str, str]]:
    """The texts that hold all these phrases, in their order."""
    found, sure = postings.holding(base, phrases)
    unsure = [] if sure else [one.form for one in phrases]
    read_as = (str, squeezed) if all(one.chinese for one in phrases) else (form,)
    while batch := list(islice(found, _BATCH)):
        rows: Iterator[tuple[str, str, str, str]] = base.execute(_READ, (json.dumps(batch),))
        yield from (row for row in rows if not unsure or any(_holds(read(row[2]), unsure) for read in read_as))


def _holds(text: str, phrases: list[str]) -> bool:
    return all(one in text for one in phrases)


def _score(predicate: str, text: str, pieces: Mapping[str, int]) -> float:
    """How well a text fits what it holds: the more often it says it and the less else, the better."""
    said = text.lower()
    length = _SATED * (1 - _BY_LENGTH + _BY_LENGTH * len(text) / _USUAL)
    # What the index found is there once at least, if perhaps written in another way.
    counts = ((max(1, said.count(piece)), times) for piece, times in pieces.items())
    score = sum(times * count * (_SATED + 1) / (count + length) for count, times in counts)
    return round(score * (_NAME if predicate == _LABEL else 1.0), 4)


def _texts(graph: ox.Store) -> Iterator[tuple[str, str, str, str]]:
    for quad in graph.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        literal = quad.object
        if (
            isinstance(literal, ox.Literal)
            and isinstance(quad.subject, ox.NamedNode)
            and literal.datatype.value in _TEXTS
        ):
            yield quad.subject.value, quad.predicate.value, literal.value, literal.language or ""
