"""Asks a SPARQL endpoint elsewhere for rows, within limits of time and size, and writes them as VALUES."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox

from server.errors import Problem

MAX_BYTES = 8 * 1024 * 1024
MAX_ROWS = 10_000
_TYPES = {"application/sparql-results+json", "application/json"}
_HEADERS = {
    "Content-Type": "application/sparql-query",
    "Accept": "application/sparql-results+json",
    "Accept-Encoding": "identity",
    "User-Agent": "cluster-kg",
}


class Unanswered(Problem):
    """Another service failed, which a SILENT block forgives: 502, or 504 where it took too long."""

    @classmethod
    def failed(cls, endpoint: str, why: str, reason: str) -> Unanswered:
        """What is said of a service that gave no rows, in Chinese and in English."""
        return cls(f"<{endpoint}> 没有给出结果：{why}。<{endpoint}> gave no rows: {reason}.", 502)

    @classmethod
    def late(cls, endpoint: str) -> Unanswered:
        """What is said of a service that took too long."""
        return cls(f"<{endpoint}> 没有及时回答。<{endpoint}> did not answer in time.", 504)


class _BlankError(ValueError):
    """A blank node, which has no name here."""


def rows_of(endpoint: str, query: str, variables: frozenset[str], seconds: float) -> str:
    """The rows of a query elsewhere for these variables, as a group with VALUES.

    Raises Unanswered where there are none to be had within so many seconds, Problem 413 where there are too many.
    """
    data = _asked(endpoint, query, seconds)
    if len(data) > MAX_BYTES:
        raise _too_large(endpoint)
    try:
        found = json.loads(data)
        names = [name for name in dict.fromkeys(found["head"]["vars"]) if name in variables]
        bindings = found["results"]["bindings"]
        if len(bindings) > MAX_ROWS:
            raise _too_large(endpoint)
        rows = [f"({' '.join(_term(row.get(name)) for name in names)})" for row in bindings]
    except _BlankError:
        why = "其中有空白节点，它们在别处没有名字"
        raise Unanswered.failed(endpoint, why, "there are blank nodes, which have no name elsewhere") from None
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise _unreadable(endpoint) from None
    return f"{{ VALUES ({' '.join(f'?{name}' for name in names)}) {{ {' '.join(rows)} }} }}"


def _term(found: dict[str, Any] | None) -> str:
    """A term of a result in JSON as SPARQL has it. Raises ValueError where it can't be written."""
    if found is None:
        return "UNDEF"
    kind, value = found["type"], found["value"]
    if kind == "bnode":
        raise _BlankError
    if kind == "uri":
        return str(ox.NamedNode(value))
    if kind not in {"literal", "typed-literal"}:
        raise ValueError(kind)
    if "xml:lang" in found:
        return str(ox.Literal(value, language=found["xml:lang"]))
    datatype = ox.NamedNode(found["datatype"]) if "datatype" in found else None
    return str(ox.Literal(value, datatype=datatype))


def _asked(endpoint: str, query: str, seconds: float) -> bytes:
    """What an endpoint answers, not much more than what is allowed of it. Raises Unanswered."""
    until = time.monotonic() + seconds
    try:
        data = _sent(endpoint, query.encode("utf-8"), until)
    except (Unanswered, OSError, HTTPException, ValueError) as error:
        if time.monotonic() >= until:
            raise Unanswered.late(endpoint) from None
        if isinstance(error, Unanswered):
            raise
        raise Unanswered.failed(endpoint, "连接失败", "the connection failed") from None
    # What was cut off at its time may look like an end.
    if time.monotonic() >= until:
        raise Unanswered.late(endpoint)
    return data


def _sent(endpoint: str, query: bytes, until: float) -> bytes:
    parts = urlsplit(endpoint)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with closing(kind(parts.hostname or "", parts.port, timeout=until - time.monotonic())) as connection:
        connection.connect()
        with _ended(connection.sock, until):
            connection.request("POST", target, query, _HEADERS)
            with connection.getresponse() as answer:
                return _read(endpoint, answer)


@contextmanager
def _ended(connection: socket.socket, until: float) -> Iterator[None]:
    """A connection that ends at its time, however slowly the other side speaks: its own timeout is for each piece."""
    timer = threading.Timer(max(0.0, until - time.monotonic()), _end, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(connection: socket.socket) -> None:
    with suppress(OSError):
        # Of the connection itself: what encrypts it is in use by the thread that waits.
        socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _read(endpoint: str, answer: HTTPResponse) -> bytes:
    """The body of an answer that has rows; a redirection is not followed."""
    if answer.status != 200:
        raise Unanswered.failed(endpoint, f"状态 {answer.status}", f"it answered with status {answer.status}")
    coding = answer.getheader("Content-Encoding", "identity").lower()
    if answer.headers.get_content_type() not in _TYPES or coding != "identity":
        raise _unreadable(endpoint)
    return answer.read(MAX_BYTES + 1)


def _unreadable(endpoint: str) -> Unanswered:
    return Unanswered.failed(endpoint, "不是 SPARQL 的 JSON 结果", "its answer is no SPARQL result in JSON")


def _too_large(endpoint: str) -> Problem:
    limit = f"{MAX_ROWS} 行/rows, {MAX_BYTES // 2**20} MiB"
    return Problem(f"<{endpoint}> 的结果太大（{limit}），请缩小范围。<{endpoint}> gave too much: narrow it.", 413)
