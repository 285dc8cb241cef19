"""SERVICE to the endpoints that the service was started with: what they answer stands in the query as rows of values.

Queries run where there is no network, so each block is asked here, before; nothing of the local data goes out with it.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.errors import KgError
from server.errors import Problem
from server.fetching import Unanswered, rows_of
from server.searching import is_search
from server.tokens import Token, expand, prefixes_of, tokens

MAX_BLOCKS = 4
# A query is one packet on its way to a worker, quoted in JSON; this leaves room for the rest of the packet.
MAX_BYTES = 150_000
# Each holds a thread while it waits for another machine; the threads are for all.
_AT_ONCE = 8
# What the endpoints may have of a query's time: the query itself still has to run.
_SHARE = 0.5
_LEAST_SECONDS = 0.05
_FORMS = {"SELECT", "CONSTRUCT", "ASK", "DESCRIBE"}
REFUSED = "不允许 SERVICE：本服务不代访其他网站。SERVICE is refused: nothing is fetched for you."
_INSIDE = "SERVICE 中不可再有 SERVICE。SERVICE inside SERVICE is refused."


@dataclass(frozen=True, slots=True)
class Block:
    """``SERVICE endpoint { … }`` in a query: from where to where it stands, and where its braces begin."""

    endpoint: str
    silent: bool
    start: int
    opening: int
    end: int
    variables: frozenset[str]


def blocks(found: list[Token], allowed: frozenset[str]) -> list[Block]:
    """The blocks for other services in a query, our own search left out.

    Raises Problem: 403 for an endpoint that is not allowed, is a variable, or stands inside a block; 400 for a block
    that is not closed; 413 for too many.
    """
    prefixes = prefixes_of(found)
    made: list[Block] = []
    for at, token in enumerate(found):
        if token.kind != "word" or token.text.upper() != "SERVICE":
            continue
        if made and token.start < made[-1].end:
            raise Problem(_INSIDE, 403)
        if not is_search(found, at, prefixes):
            made.append(_block(found, at, prefixes, allowed))
    if len(made) > MAX_BLOCKS:
        raise Problem(f"SERVICE 太多。A query has at most {MAX_BLOCKS} SERVICE blocks; this one has {len(made)}.", 413)
    return made


def _block(found: list[Token], at: int, prefixes: dict[str, str], allowed: frozenset[str]) -> Block:
    silent = [token.text.upper() for token in found[at + 1 : at + 2]] == ["SILENT"]
    named, inner = found[at + 1 + silent : at + 2 + silent], found[at + 2 + silent :]
    endpoint = expand(named[0], prefixes) if named else None
    if endpoint is None or endpoint not in allowed:
        raise Problem(REFUSED, 403)
    size = _closed(inner)
    if size is None:
        raise Problem("SERVICE 应写作 SERVICE <…> { … }。A SERVICE is written SERVICE <…> { … }.", 400)
    variables = frozenset(token.text[1:] for token in inner[:size] if token.kind == "variable")
    return Block(endpoint, silent, found[at].start, inner[0].start, inner[size].start + 1, variables)


def _closed(inner: list[Token]) -> int | None:
    """Which token closes the brace that is the first of these; None where there is none."""
    depth = 0
    for at, token in enumerate(inner):
        if token.kind == "mark":
            depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            return at or None
    return None


class Federation:
    """The endpoints that queries may ask by SERVICE, and the seconds that a query has; thread-safe."""

    def __init__(self, endpoints: Iterable[str] = (), timeout: float = 30.0) -> None:
        self.endpoints = frozenset(endpoints)
        self._timeout = timeout
        self._places = threading.BoundedSemaphore(_AT_ONCE)

    def answered(self, query: str, timeout: float = 0.0, base: str = "") -> tuple[str, float]:
        """A query that was examined with its blocks done, and the seconds that are left of its ``timeout`` (0 for the
        service's own). Relative IRIs mean the same there as here, where there is a ``base`` for them.

        Raises Problem: 502 where an endpoint fails and the block is not SILENT, 504 where it takes too long, 413 where
        what it says is too large, 503 where too many queries wait for other services.
        """
        if not self.endpoints or "SERVICE" not in query.upper():
            return query, timeout
        found = list(tokens(query))
        wanted = blocks(found, self.endpoints)
        if not wanted:
            return query, timeout
        seconds = min(timeout or self._timeout, self._timeout)
        began = time.monotonic()
        prologue = (f"BASE <{base}>\n" if base else "") + _prologue(query, found)
        text = self._filled(query, prologue, wanted, began + seconds * _SHARE)
        return text, began + seconds - time.monotonic()

    def _filled(self, query: str, prologue: str, wanted: list[Block], until: float) -> str:
        if not self._places.acquire(blocking=False):
            detail = "外部查询太多，请稍后再试。Too many queries wait for other services: try again in a moment."
            raise Problem(detail, 503, headers={"Retry-After": "5"})
        try:
            done, parts = 0, []
            for block in wanted:
                written = query[block.opening : block.end]
                rows = _rows(block, f"{prologue}\nSELECT * WHERE {written}", until - time.monotonic())
                # The lines of the block stay, so that errors tell the true line of what follows.
                parts += [query[done : block.start], rows, "\n" * query.count("\n", block.start, block.end)]
                done = block.end
        finally:
            self._places.release()
        return _checked("".join([*parts, query[done:]]))


def _prologue(query: str, found: list[Token]) -> str:
    """What a query declares before its form."""
    return query[: next((t.start for t in found if t.kind == "word" and t.text.upper() in _FORMS), 0)]


def _rows(block: Block, query: str, seconds: float) -> str:
    """What a block stands for: rows of values, or where it is SILENT and fails, the solution that says nothing."""
    try:
        if seconds < _LEAST_SECONDS:
            raise Unanswered.late(block.endpoint)
        return rows_of(block.endpoint, query, block.variables, seconds)
    except Unanswered:
        if block.silent:
            return "{ }"
        raise


def _checked(text: str) -> str:
    """The text of a query, where it fits into a packet; raises Problem 413."""
    if len(json.dumps(text, ensure_ascii=False).encode("utf-8")) > MAX_BYTES:
        detail = "其他服务的结果太大，请缩小范围。What the other services say is too large to join: narrow it."
        raise Problem(detail, 413)
    return text


def endpoint_of(text: str) -> str:
    """An endpoint of a setting, if it is one. Raises KgError."""
    try:
        parts = urlsplit(text)
        plain = text.isascii() and text.isprintable() and not set(text) & set(' <>"{}|^`\\#') and parts.port != 0
        known = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
    except ValueError:
        plain = known = False
    if not (plain and known):
        raise KgError(f"{text} is no endpoint: write http://HOST/PATH or https://HOST/PATH, without a user.")
    return text
