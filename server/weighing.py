"""What a query will cost, as far as its text tells: enough to keep plain lookups apart from what can't be quick.

A mistake costs little: how queries of a form really ran is soon known better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import pairwise

from server.tokens import Token

_TERMS = {"iri", "name", "string", "number", "variable"}
# What a lookup may hold besides its patterns; anything else may make it long.
_PLAIN = {
    *("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "DISTINCT", "REDUCED", "LIMIT", "OFFSET", "PREFIX", "BASE"),
    *("OPTIONAL", "FILTER", "LANG", "STR", "IN", "GRAPH", "FROM", "NAMED", "A", "AS", "BIND", "TRUE", "FALSE"),
}
_APART = {"FILTER", "BIND", "VALUES", "PREFIX", "BASE", "FROM", "LIMIT", "OFFSET", "ORDER", "GROUP", "HAVING"}
_MOST_PATTERNS = 8
_PATHS = {*"*+|^!"}


class Weight(Enum):
    """What to expect of a query."""

    LIGHT = "light"
    UNKNOWN = "unknown"
    HEAVY = "heavy"


def weigh(found: list[Token]) -> Weight:
    """What to expect of a query with these tokens: light if it starts from a known thing and only follows its
    statements, heavy if it joins patterns that have nothing in common."""
    words = {token.text.upper() for token in found if token.kind == "word"}
    patterns = [pattern for pattern in _patterns(found) if pattern]
    if _parts(patterns) > 1 and "UNION" not in words and sum(t.text == "{" for t in found) == 1:
        return Weight.HEAVY
    # A star after a word is that of SELECT.
    marks = {token.text for before, token in pairwise(found) if token.kind == "mark" and before.kind != "word"}
    plain = words <= _PLAIN and not marks & _PATHS and len(patterns) <= _MOST_PATTERNS
    return Weight.LIGHT if plain and patterns and any(map(_begins_at_a_thing, patterns)) else Weight.UNKNOWN


def _patterns(found: Iterable[Token]) -> Iterator[list[Token]]:
    """The tokens of each statement in braces: of a subject with all that is said of it."""
    pattern: list[Token] = []
    depth = apart = 0
    for token in found:
        word = token.text.upper() if token.kind == "word" else ""
        if token.text in "{}." and token.kind == "mark":
            depth += (token.text == "{") - (token.text == "}")
            yield pattern
            pattern = []
            apart = 0
        elif depth and (apart or word in _APART):
            apart = max(apart, 1) + (token.text == "(") - (token.text == ")")
            apart = 0 if token.text == ")" and apart <= 1 else apart
        elif depth and (token.kind in _TERMS or token.text in ";,/" or word == "A"):
            pattern.append(token)
    yield pattern


def _begins_at_a_thing(pattern: list[Token]) -> bool:
    """Whether the subject or an object of a statement is a thing or a value that the query names."""
    place = 0
    for token in pattern:
        if token.kind == "mark":
            place = 2 if token.text == "," else 1
            continue
        if token.kind not in {"variable", "word"} and place != 1:
            return True
        place += 1
    return False


def _parts(patterns: list[list[Token]]) -> int:
    """Into how many parts the patterns fall that share no variable."""
    parts: list[set[str]] = []
    for pattern in patterns:
        own = {token.text[1:] for token in pattern if token.kind == "variable"}
        if own:
            touched = [part for part in parts if part & own]
            parts = [part for part in parts if not part & own] + [own.union(*touched)]
    return len(parts)
