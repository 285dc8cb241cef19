"""gunicorn's threaded worker, which here gives a thread to whole requests only, and to none that go the short way.

A connection that says nothing, or says or reads it slowly, costs a file and some memory: what a client sends is
gathered by the event loop until the head of the request and a body of ordinary size are there, and what it has not read
of its answer is sent by the event loop too. What takes too long is hung up.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from server.front.connection import Connection, State, expects, refusal, whole
from server.front.express import Express
from server.front.outbox import Outbox
from server.pool.hands import Hand
from server.pool.relay import Loop

# The seconds in which a request has to be there, those that a connection may rest between requests, those in which the
# rest of an answer has to be read, and those that a client has to hang up at the end.
_REQUEST, _REST, _ANSWER, _GOODBYE = 10.0, 15.0, 30.0, 2.0
# The seconds between two looks at the queries that the event loop waits for.
_LOOK = 0.02
# A larger head is refused.
_HEAD_BYTES = 64 * 1024
_READ = 64 * 1024
_ACCEPTED_AT_ONCE = 64
_END = b"\r\n\r\n"
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Front(ThreadWorker):
    """A gunicorn worker."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._states: dict[Connection, State] = {}
        self._swept = time.monotonic()
        self._express: Express | None = None

    def load_wsgi(self) -> None:
        """Take the application, and the short way beside it where there is one."""
        super().load_wsgi()
        self._express = getattr(self.app, "express", None)
        if self._express is not None:
            self._express.join(Loop(self._soon, self._listen, self._deafen))

    def wait_for_and_dispatch_events(self, timeout: float | None) -> None:
        """Wait for what happens next; while queries are on their short way, again and again, without all that gunicorn
        does between, and look after them now and then."""
        express, until = self._express, time.monotonic() + _LOOK
        busy = express is not None and express.busy
        super().wait_for_and_dispatch_events(_LOOK if busy else timeout)
        while express is not None and express.busy and time.monotonic() < until:
            super().wait_for_and_dispatch_events(_LOOK)
        if express is not None:
            express.look()

    def accept(self, listener: socket.socket) -> None:
        """Take in new connections; none gets a thread before its request is there."""
        for _ in range(_ACCEPTED_AT_ONCE):
            try:
                client, address = listener.accept()
            except OSError:
                return
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
            self._states[conn] = State(time.monotonic() + _ANSWER, keep=keep)
            self.poller.register(conn.sock, selectors.EVENT_WRITE, partial(self._happened, conn, self._send_on))

    def _gather(self, conn: Connection, seconds: float, data: bytes = b"") -> None:
        """Wait for a request; ``data`` is what has come of it already."""
        state = State(time.monotonic() + seconds)
        self._states[conn] = state
        conn.sock.setblocking(False)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._happened, conn, self._read))
        if data:
            self._take(conn, state, data)
        else:
            self._read(conn)

    def _happened(self, conn: Connection, then: Callable[[Connection], None], _: object) -> None:
        """What was waited for on a connection, unless it was dropped for what happened at the same time."""
        if conn in self._states:
            then(conn)

    def _read(self, conn: Connection) -> None:
        state = self._states[conn]
        try:
            data = conn.sock.recv(_READ)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._drop(conn)
        elif state.attempt is None:
            self._take(conn, state, data)
        else:
            self._take_ahead(conn, state, data)

    def _take(self, conn: Connection, state: State, data: bytes) -> None:
        """Take in what has come, and see to the request once it is whole."""
        alone = not state.data and data.find(_END) == len(data) - len(_END)
        if not state.data:
            state.until = time.monotonic() + _REQUEST
        if alone and self._go_short(conn, state, data):
            return
        state.data += data
        if len(state.data) > _HEAD_BYTES and _END not in state.data[:_HEAD_BYTES]:
            self._refuse(conn, state)
        elif whole(state.data):
            self._hand_over(conn, data) if alone else self._answer(conn, state)
        elif not state.continued and expects(state.data):
            state.continued = True
            conn.outbox.put(_CONTINUE)

    def _take_ahead(self, conn: Connection, state: State, data: bytes) -> None:
        """Keep what comes before the last request is answered; what is too much waits where it is."""
        state.data += data
        if len(state.data) > _HEAD_BYTES:
            self._pause(conn, state)

    def _answer(self, conn: Connection, state: State) -> None:
        """Answer the first request the short way where that can be, else give all that came to a thread."""
        request = bytes(state.data[: state.data.index(_END) + len(_END)])
        del state.data[: len(request)]
        if not self._go_short(conn, state, request):
            self._hand_over(conn, request + bytes(state.data))

    def _go_short(self, conn: Connection, state: State, request: bytes) -> bool:
        """Answer a request the short way, now or later; whether that can be."""
        if self._express is None or not self.alive or not isinstance(conn.client, tuple):
            return False
        found = self._express.take(request, conn.client[0], partial(self._reply, conn, request))
        if isinstance(found, bytes):
            self._say(conn, state, found)
        elif found is not None:
            state.attempt, state.until, state.keep = found, time.monotonic() + _ANSWER, True
        return found is not None

    def _reply(self, conn: Connection, request: bytes, answer: bytes | None) -> None:
        """Go on with a request whose query was on its short way."""
        state = self._states[conn]
        state.attempt, state.keep = None, False
        if answer is None:
            self._hand_over(conn, request + bytes(state.data))
        else:
            self._say(conn, state, answer)

    def _hand_over(self, conn: Connection, data: bytes) -> None:
        """Give a request to a thread."""
        self._forget(conn)
        conn.begin(data)
        self.enqueue_req(conn)

    def _say(self, conn: Connection, state: State, answer: bytes) -> None:
        """Send an answer from the event loop, and wait for the next request."""
        try:
            done = conn.outbox.put(answer)
        except OSError:
            self._drop(conn)
            return
        if not done:
            self._pause(conn, state)
            self._go_on(conn, state, selectors.EVENT_WRITE, self._send_on)
            state.until, state.keep = time.monotonic() + _ANSWER, True
            return
        state.until = time.monotonic() + _REST
        if state.data:
            self._pause(conn, state)
            self._soon(partial(self._take_rest, conn))
        else:
            self._go_on(conn, state, selectors.EVENT_READ, self._read)

    def _take_rest(self, conn: Connection) -> None:
        """See to the request that came before the last one was answered, or wait for the rest of it."""
        state = self._states.get(conn)
        if state is None or state.attempt is not None or state.keep:
            return
        if whole(state.data):
            self._answer(conn, state)
        else:
            self._go_on(conn, state, selectors.EVENT_READ, self._read)

    def _pause(self, conn: Connection, state: State) -> None:
        """Hear nothing of a client for a while."""
        if not state.paused:
            self.poller.unregister(conn.sock)
            state.paused = True

    def _go_on(self, conn: Connection, state: State, event: int, then: Callable[[Connection], None]) -> None:
        """Hear of a client again."""
        if state.paused:
            self.poller.register(conn.sock, event, partial(self._happened, conn, then))
            state.paused = False

    def _forget(self, conn: Connection) -> State:
        """Wait for nothing of a client any more."""
        state = self._states.pop(conn)
        self._pause(conn, state)
        return state

    def _soon(self, work: Callable[[], None]) -> None:
        """Do something in the event loop, from any thread."""
        self.method_queue.defer(work)

    def _listen(self, hand: Hand, heard: Callable[[], None]) -> None:
        self.poller.register(hand, selectors.EVENT_READ, lambda _: heard())

    def _deafen(self, hand: Hand) -> None:
        self.poller.unregister(hand)

    def _refuse(self, conn: Connection, state: State) -> None:
        """Answer a head that has no end, without a thread."""
        self._forget(conn)
        with suppress(OSError):
            conn.sock.send(refusal(state.data[:_HEAD_BYTES]))
        self._settle(conn, keep=False)

    def _send_on(self, conn: Connection) -> None:
        state = self._states[conn]
        try:
            done = conn.outbox.drain()
        except OSError:
            self._drop(conn)
            return
        if done:
            self._forget(conn)
            self._settle(conn, state.keep, bytes(state.data))

    def _settle(self, conn: Connection, keep: bool, ahead: bytes = b"") -> None:
        """Keep a connection for the next request, or take leave: the client hangs up first, so that it has read all."""
        if keep and self.alive:
            self._gather(conn, _REST, ahead or conn.ahead())
            return
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(conn)
            return
        conn.sock.setblocking(False)
        self._states[conn] = State(time.monotonic() + _GOODBYE, keep=True)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._happened, conn, self._leave))

    def _leave(self, conn: Connection) -> None:
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
        attempt = self._forget(conn).attempt
        if attempt is not None and self._express is not None:
            self._express.leave(attempt)
        self._close(conn)

    def _close(self, conn: Connection) -> None:
        self.nr_conns -= 1
        conn.close()
