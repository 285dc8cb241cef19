"""A client's connection, and what the event loop has of its next request."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from gunicorn.config import Config
from gunicorn.http.parser import RequestParser
from gunicorn.workers.gthread import TConn

from server.front.outbox import Outbox
from server.pool.relay import Attempt

# A larger body is left to a thread, which reads it only for those who may send such a one.
_BODY_BYTES = 320 * 1024
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,18})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_FIRST_LINE, _RAW = re.compile(rb"\A[^\r\n]*"), re.compile(rb"[\x80-\xff]+")
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)


@dataclass(slots=True)
class State:
    """What the event loop waits for on a connection: what happens then, until when, and what was read so far.

    Of one that is ``paused`` nothing is read until what was read before is seen to.
    """

    until: float
    data: bytearray = field(default_factory=bytearray)
    continued: bool = False
    keep: bool = False
    paused: bool = False
    attempt: Attempt | None = None


class Connection(TConn):
    """A client's connection."""

    def __init__(self, cfg: Config, outbox: Outbox, address: Any, server: Any) -> None:
        super().__init__(cfg, outbox, address, server)
        self.outbox = outbox

    def begin(self, data: bytes) -> None:
        """Let the parser begin with what was gathered."""
        self.init()
        self.data_ready = True
        if isinstance(self.parser, RequestParser):
            self.parser.unreader.unread(spelled(data))

    def ahead(self) -> bytes:
        """What was read of the next request with the last one."""
        return bytes(self.parser.unreader.take_buffered()) if isinstance(self.parser, RequestParser) else b""


def spelled(request: bytes) -> bytes:
    """A request with its address percent-encoded, which the parser asks for and a client may have left to us: that is
    how ``curl`` sends the Chinese words that somebody types."""
    if request.isascii():
        return request
    return _FIRST_LINE.sub(lambda line: _RAW.sub(lambda found: quote(found[0]).encode("ascii"), line[0]), request, 1)


def whole(data: bytearray) -> bool:
    """Whether a request is there, or all of it that a thread need not wait for."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return False
    body = len(data) - end - 4
    if _CHUNKED.search(data, 0, end + 2):
        return body > _BODY_BYTES or data.endswith(b"0\r\n\r\n")
    length = _LENGTH.search(data, 0, end + 2)
    size = int(length[1]) if length else 0
    return size > _BODY_BYTES or body >= size


def expects(data: bytearray) -> bool:
    """Whether a client waits for a word before it sends the body."""
    return _EXPECTS.search(data) is not None


def refusal(head: bytearray) -> bytes:
    """The answer to the beginning of a head that is too long: to one line of it, or to many."""
    status = "431 Request Header Fields Too Large" if b"\r\n" in head else "414 URI Too Long"
    return f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode("ascii")
