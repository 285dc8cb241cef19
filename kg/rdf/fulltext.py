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
CREATE VIRTUAL TABLE words USING fts5(body, content='', detail=full, tokenize='unicode61');
"""
# A name counts for more than a sentence, and a short text for more than a long one.
_FIND = """
SELECT thing, property, text, language, bm25(words) * (CASE property WHEN ? THEN 3 ELSE 1 END) AS score
FROM words JOIN texts ON texts.id = words.rowid WHERE words MATCH ? ORDER BY score, thing, property, text LIMIT ?
"""


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
        for number, (thing, predicate, text, language) in enumerate(_texts(graph), 1):
            base.execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?)", (number, thing, predicate, text, language))
            base.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", (number, apart(text)))
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
    """The texts that hold all these pieces, each as a phrase of characters."""
    phrases = [" ".join(_WORD.findall(apart(piece))) for piece in pieces]
    asked = " AND ".join(f'"{phrase}"' for phrase in phrases if phrase)
    if not asked:
        return []
    with closing(sqlite3.connect(f"file:{index}?mode=ro&immutable=1", uri=True)) as base:
        rows = base.execute(_FIND, (_LABEL, asked, min(limit, MOST)))
        return [Hit(thing, key, text, language, round(-score, 4)) for thing, key, text, language, score in rows]


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
