"""What must be known of a query before the engine sees it: its form, its size, how deep it nests.

The engine can't be stopped and dies of deep nesting, so brackets and patterns are counted first. The limits are well
below what was seen to end the process and well above what queries need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urljoin

from server.errors import Problem
from server.federating import REFUSED, blocks
from server.tokens import Token, expand, prefixes_of, shape_of, tokens
from server.weighing import Weight, weigh

MAX_BYTES = 64 * 1024
MAX_DEPTH = 200
MAX_OPERATORS = 1000
MAX_PATTERNS = 150
MAX_IRI = 2000

# What was found of queries that passed, by their form: most that come have one that was seen before.
_REMEMBERED, _REMEMBERED_SIZE = 2048, 4096
_passed: dict[str, Shape] = {}
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
_FORMS = {"SELECT", "CONSTRUCT", "ASK", "DESCRIBE"}
_VOLATILE = {"NOW", "RAND", "UUID", "STRUUID", "BNODE"}
_OPERATOR_WORDS = {"UNION", "OPTIONAL", "FILTER", "MINUS", "BIND", "EXISTS", "GRAPH", "LATERAL", "AS"}
_OPERATOR_MARKS = {*"!+-*=|^&", "&&", "||"}
_PATTERN_MARKS = {".", ";", "/", "{"}
_OPENING = {"(", "[", "{"}
_CLOSING = {")", "]", "}"}


_NOTHING = Token("mark", "", 0)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a query turned out to be.

    ``form`` is SELECT, CONSTRUCT, ASK, DESCRIBE or empty; ``default_graphs`` are the graphs of its FROM clauses and
    ``named_graphs`` those of FROM NAMED; a ``volatile`` query answers differently each time it is asked (one that asks
    other services may), and ``weight`` is what to expect of its cost.
    """

    form: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    volatile: bool
    weight: Weight


def examine(query: str, services: frozenset[str] = frozenset()) -> Shape:
    """Refuse what must not reach the engine, and tell the form and dataset of the rest.

    Raises Problem: 413 for a query that is too large, deep or long, 403 for updates, for LOAD, and for SERVICE unless
    it names one of these services.
    """
    if len(query.encode("utf-8", "replace")) > MAX_BYTES:
        raise Problem(f"查询太长：最多 {MAX_BYTES} 字节。A query has at most {MAX_BYTES} bytes.", 413)
    form = shape_of(query)
    known = _passed.get(form)
    if known is None:
        known = _examined(query, services)
        # The form does not hold IRIs, so only the text itself tells a query's dataset and the services that it asks.
        named = known.default_graphs or known.named_graphs or "SERVICE" in form.upper()
        if not named and len(form) <= _REMEMBERED_SIZE:
            if len(_passed) >= _REMEMBERED:
                _passed.clear()
            _passed[form] = known
    return known


def remembered(query: str) -> tuple[str, Shape] | None:
    """The form of a query that passed before, and what it is; None for all others."""
    if len(query) > _REMEMBERED_SIZE:
        return None
    form = shape_of(query)
    known = _passed.get(form)
    return (form, known) if known else None


def _examined(query: str, services: frozenset[str]) -> Shape:
    found = list(tokens(query))
    _check_closed(query, found)
    _check_size(found)
    fetches = _check_form(found, services)
    words = [t.text.upper() for t in found if t.kind == "word"]
    default, named = _dataset(found)
    form = next((w for w in words if w in _FORMS), "")
    return Shape(form, default, named, fetches or not _VOLATILE.isdisjoint(words), weigh(found))


def _check_closed(query: str, found: list[Token]) -> None:
    """A quote that opens no string is an error for the engine too, and would hide what follows from this scanner."""
    for token in found:
        if token.kind == "mark" and token.text in "\"'":
            line = query.count("\n", 0, token.start) + 1
            column = token.start - query.rfind("\n", 0, token.start)
            detail = f"字符串没有闭合。A string is not closed at line {line}, column {column}."
            raise Problem(detail, 400, {"line": line, "column": column})


def _check_size(found: list[Token]) -> None:
    counts = (
        ("levels of nesting", _depth(found), MAX_DEPTH),
        ("operators", sum(map(_is_operator, found)), MAX_OPERATORS),
        ("patterns and path steps", _patterns(found), MAX_PATTERNS),
        ("characters in an IRI", max((len(t.text) for t in found if t.kind == "iri"), default=0), MAX_IRI),
    )
    for name, count, limit in counts:
        if count > limit:
            raise Problem(f"查询太复杂。A query has at most {limit} {name}; this one has {count}.", 413)


def _depth(found: list[Token]) -> int:
    """The deepest nesting of brackets. What looks like an IRI can be two comparisons, so its brackets count too."""
    depth = deepest = 0
    for token in found:
        if token.kind == "mark":
            depth = max(0, depth + (token.text in _OPENING) - (token.text in _CLOSING))
        inside = sum(map(token.text.count, "([!")) if token.kind == "iri" else 0
        deepest = max(deepest, depth + inside)
    return deepest


def _is_operator(token: Token) -> bool:
    if token.kind == "word":
        return token.text.upper() in _OPERATOR_WORDS
    return token.kind == "mark" and token.text in _OPERATOR_MARKS


def _patterns(found: list[Token]) -> int:
    """How many triple patterns and path steps there can be.

    A comma counts outside the brackets of a call only; each further term side by side in brackets is an item of a list.
    """
    count = 0
    brackets: list[str] = []
    for before, token in pairwise([_NOTHING, *_without_data(found)]):
        if token.kind != "mark":
            count += _is_term(before) and _is_term(token) and brackets[-1:] == ["("]
            continue
        count += token.text in _PATTERN_MARKS or (token.text == "," and brackets[-1:] != ["("])
        if token.text in _OPENING:
            brackets.append(token.text)
        elif token.text in _CLOSING and brackets:
            brackets.pop()
    return count


def _is_term(token: Token) -> bool:
    return token.text.upper() in {"TRUE", "FALSE"} if token.kind == "word" else token.kind != "mark"


def _without_data(found: list[Token]) -> Iterator[Token]:
    """The tokens without the data of VALUES, which may be long."""
    data = False
    for token in found:
        data = data or (token.kind == "word" and token.text.upper() == "VALUES")
        if not data:
            yield token
        data = data and token.text != "}"


def _check_form(found: list[Token], services: frozenset[str]) -> bool:
    """Refuse what is no query or asks services that are not allowed; tell whether it asks any, our search left out."""
    words = [t.text.upper() for t in found if t.kind == "word"]
    hidden = {part.upper() for t in found if t.kind == "name" and "." in t.text for part in t.text.split(".")}
    first = next((w for w in words if w in _FORMS or w in _UPDATES), "")
    if first in _UPDATES:
        raise Problem("此服务只读，不接受更新。This service is read-only: updates are refused.", 403)
    if "SERVICE" in hidden:
        raise Problem(REFUSED, 403)
    return "SERVICE" in words and bool(blocks(found, services))


def _dataset(found: list[Token]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The graphs of FROM and of FROM NAMED, prefixed names written out, relative IRIs by the BASE of the query."""
    prefixes = prefixes_of(found)
    base = ""
    default: list[str] = []
    named: list[str] = []
    before = ("", "")
    for token in found:
        iri = expand(token, prefixes)
        if iri is not None and before[1] == "BASE":
            base = iri
        elif iri is not None and before[1] == "FROM":
            default.append(resolved(iri, base))
        elif iri is not None and before == ("FROM", "NAMED"):
            named.append(resolved(iri, base))
        before = (before[1], token.text.upper() if token.kind == "word" else token.text)
    return tuple(default), tuple(named)


def resolved(iri: str, base: str) -> str:
    """An IRI made absolute by a base, if it is relative."""
    return iri if _ABSOLUTE.match(iri) else urljoin(base, iri)
