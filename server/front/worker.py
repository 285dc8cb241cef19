"""gunicorn's threaded worker, which here gives a thread to whole requests only.

A connection that says nothing, or says or reads it slowly, costs a file and some memory: what a client sends is
gathered by the event loop until the head of the request and a body of ordinary size are there, and what it has not read
of its answer is sent by the event loop too. What takes too long is hung up.
"""

from __future__ import annotations

import re
import selectors
import socket
import time
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from gunicorn.config import Config
from gunicorn.http.parser import RequestParser
from gunicorn.workers.gthread import TConn, ThreadWorker

from server.front.outbox import Outbox

# The seconds in which a request has to be there, those that a connection may rest between requests, those in which the
# rest of an answer has to be read, and those that a client has to hang up at the end.
_REQUEST, _REST, _ANSWER, _GOODBYE = 10.0, 15.0, 30.0, 2.0
# A larger head is refused; a larger body is left to a thread, which reads it only for those who may send such a one.
_HEAD_BYTES = 64 * 1024
BODY_BYTES = 320 * 1024
_READ = 64 * 1024
_ACCEPTED_AT_ONCE = 64
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,18})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


@dataclass(slots=True)
class _State:
    """What the event loop waits for on a connection: what happens then, until when, and what was read so far."""

    until: float
    data: bytearray = field(default_factory=bytearray)
    continued: bool = False
    keep: bool = False


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
            self.parser.unreader.unread(data)

    def ahead(self) -> bytes:
        """What was read of the next request with the last one."""
        return bytes(self.parser.unreader.take_buffered()) if isinstance(self.parser, RequestParser) else b""


class Front(ThreadWorker):
    """A gunicorn worker."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._states: dict[Connection, _State] = {}
        self._swept = time.monotonic()

    def accept(self, listener: socket.socket) -> None:
        """Take in new connections; none gets a thread before its request is there."""
        for _ in range(_ACCEPTED_AT_ONCE):
            try:
                client, address = listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.nr_conns += 1
            self._gather(Connection(self.cfg, Outbox.over(client), address, listener.getsockname()), _REQUEST)

    def murder_pending(self) -> None:
        """Hang up where something has not come in time; of a worker that stops, all that rest."""
        now = time.monotonic()
        if now - self._swept < 1.0 and self.alive:
            return
        self._swept = now
        resting = not self.alive
        for conn, state in list(self._states.items()):
            if state.until < now or (resting and not state.data and not state.keep):
                self._drop(conn)

    def finish_request(self, conn: TConn, fs: Future[bool]) -> None:
        """Send the rest of an answer, and keep the connection or take leave."""
        assert isinstance(conn, Connection)
        keep = bool(not fs.cancelled() and fs.exception() is None and fs.result())
        if conn.outbox.broken:
            self._close(conn)
            return
        try:
            done = conn.outbox.drain()
        except OSError:
            self._close(conn)
            return
        if done:
            self._settle(conn, keep)
        else:
            self._states[conn] = _State(time.monotonic() + _ANSWER, keep=keep)
            self.poller.register(conn.sock, selectors.EVENT_WRITE, partial(self._send_on, conn))

    def _gather(self, conn: Connection, seconds: float, data: bytes = b"") -> None:
        """Wait for a request; ``data`` is what has come of it already."""
        state = _State(time.monotonic() + seconds)
        self._states[conn] = state
        conn.sock.setblocking(False)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._read, conn))
        if data:
            self._take(conn, state, data)
        else:
            self._read(conn, conn.sock)

    def _read(self, conn: Connection, _: object) -> None:
        state = self._states[conn]
        try:
            data = conn.sock.recv(_READ)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._take(conn, state, data)
        else:
            self._drop(conn)

    def _take(self, conn: Connection, state: _State, data: bytes) -> None:
        """Take in what has come, and give the request to a thread once it is whole."""
        if not state.data:
            state.until = time.monotonic() + _REQUEST
        state.data += data
        if len(state.data) > _HEAD_BYTES and b"\r\n\r\n" not in state.data[:_HEAD_BYTES]:
            self._refuse(conn, state)
        elif _whole(state.data):
            self.poller.unregister(conn.sock)
            del self._states[conn]
            conn.begin(bytes(state.data))
            self.enqueue_req(conn)
        elif not state.continued and _EXPECTS.search(state.data):
            state.continued = True
            conn.sock.sendall(_CONTINUE)
            conn.outbox.drain()

    def _refuse(self, conn: Connection, state: _State) -> None:
        """Answer a head that has no end, without a thread."""
        line = state.data.find(b"\r\n", 0, _HEAD_BYTES)
        status = "414 URI Too Long" if line < 0 else "431 Request Header Fields Too Large"
        self.poller.unregister(conn.sock)
        del self._states[conn]
        with suppress(OSError):
            conn.sock.send(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode("ascii"))
        self._settle(conn, keep=False)

    def _send_on(self, conn: Connection, _: object) -> None:
        state = self._states[conn]
        try:
            done = conn.outbox.drain()
        except OSError:
            self._drop(conn)
            return
        if done:
            self.poller.unregister(conn.sock)
            del self._states[conn]
            self._settle(conn, state.keep)

    def _settle(self, conn: Connection, keep: bool) -> None:
        """Keep a connection for the next request, or take leave: the client hangs up first, so that it has read all."""
        if keep and self.alive:
            self._gather(conn, _REST, conn.ahead())
            return
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(conn)
            return
        conn.sock.setblocking(False)
        self._states[conn] = _State(time.monotonic() + _GOODBYE, keep=True)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._leave, conn))

    def _leave(self, conn: Connection, _: object) -> None:
        """Throw away what a client still sends, until it hangs up."""
        try:
            data = conn.sock.recv(_READ)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._drop(conn)

    def _drop(self, conn: Connection) -> None:
        del self._states[conn]
        self.poller.unregister(conn.sock)
        self._close(conn)

    def _close(self, conn: Connection) -> None:
        self.nr_conns -= 1
        conn.close()


def _whole(data: bytearray) -> bool:
    """Whether a request is there, or all of it that a thread need not wait for."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return False
    body = len(data) - end - 4
    if _CHUNKED.search(data, 0, end + 2):
        return body > BODY_BYTES or data.endswith(b"0\r\n\r\n")
    length = _LENGTH.search(data, 0, end + 2)
    size = int(length[1]) if length else 0
    return size > BODY_BYTES or body >= size
