"""The search index of a generation: every text of the graph, each Chinese character a word of its own.

A phrase of characters is found wherever it stands, also where no dictionary would cut it out, and words of two
characters too. The index is a file beside the graph and belongs to one generation.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.cutting import words_of

INDEX = "search.sqlite"
MOST = 1000

_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_TEXTS = {
    "http://www.w3.org/2001/XMLSchema#string",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
}
_CHARACTER = re.compile(r"([\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
_WORD = re.compile(r"\w+")
_TABLES = """
CREATE TABLE texts (id INTEGER PRIMARY KEY, thing TEXT, property TEXT, text TEXT, language TEXT);
CREATE TEMP TABLE found (thing TEXT, property TEXT, text TEXT, language TEXT);
CREATE VIRTUAL TABLE words USING fts5(body, content='', detail=full, tokenize='unicode61');
"""
_ORDERED = "SELECT * FROM found ORDER BY property <> ?, length(text), thing, property, text, language"
# So many texts are looked at in their order, names and short ones first, and the best of them are the hits: what stands
# in half of all texts is found as soon as what stands in few.
_LOOKED_AT = 400
_FIND = """
SELECT thing, property, text, language FROM words JOIN texts ON texts.id = words.rowid
WHERE words MATCH ? ORDER BY words.rowid LIMIT ?
"""
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
        base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        base.executemany("INSERT INTO found VALUES (?, ?, ?, ?)", _texts(graph))
        for number, row in enumerate(base.execute(_ORDERED, (_LABEL,)), 1):
            base.execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?)", (number, *row))
            base.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", (number, apart(row[2])))
        base.execute("INSERT INTO words (words) VALUES ('optimize')")
        base.commit()
    draft.replace(generation / INDEX)


def find(generation: Path, wanted: str, limit: int) -> list[Hit]:
    """The texts that hold what is between spaces as it stands, best first; where none does, those that hold its words.

    Raises FileNotFoundError where the generation has no index.
    """
    index = generation / INDEX
    if not index.is_file():
        raise FileNotFoundError(index)
    pieces = wanted.split()
    return _hits(index, pieces, limit) or _hits(index, [word for one in pieces for word in words_of(one)], limit)


def _hits(index: Path, pieces: list[str], limit: int) -> list[Hit]:
    """The texts that hold all these pieces, each as a phrase of characters, best first among those looked at."""
    phrases = [" ".join(_WORD.findall(apart(piece))) for piece in pieces]
    asked = " AND ".join(f'"{phrase}"' for phrase in phrases if phrase)
    if not asked:
        return []
    with closing(sqlite3.connect(f"file:{index}?mode=ro&immutable=1", uri=True)) as base:
        rows = base.execute(_FIND, (asked, max(_LOOKED_AT, min(limit, MOST)))).fetchall()
    sought = [piece.lower() for piece, phrase in zip(pieces, phrases, strict=True) if phrase]
    hits = [Hit(thing, key, text, language, _score(key, text, sought)) for thing, key, text, language in rows]
    return sorted(hits, key=lambda hit: (-hit.score, hit.thing, hit.property, hit.text))[: min(limit, MOST)]


def _score(predicate: str, text: str, pieces: list[str]) -> float:
    """How well a text fits what it holds: the more often it says it and the less else, the better."""
    said = text.lower()
    length = _SATED * (1 - _BY_LENGTH + _BY_LENGTH * len(text) / _USUAL)
    # What the index found is there once at least, if perhaps written in another way.
    counts = [max(1, said.count(piece)) for piece in pieces]
    score = sum(count * (_SATED + 1) / (count + length) for count in counts)
    return round(score * (_NAME if predicate == _LABEL else 1.0), 4)


def apart(text: str) -> str:
    """The text with a space around each Chinese character."""
    return _CHARACTER.sub(r" \1 ", text)


def _texts(graph: ox.Store) -> Iterator[tuple[str, str, str, str]]:
    for quad in graph.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        literal = quad.object
        if (
            isinstance(literal, ox.Literal)
            and isinstance(quad.subject, ox.NamedNode)
            and literal.datatype.value in _TEXTS
        ):
            yield quad.subject.value, quad.predicate.value, literal.value, literal.language or ""
