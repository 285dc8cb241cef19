"""A client's socket whose writer need not wait for its reader."""

from __future__ import annotations

import select
import socket
import struct
import threading
import time
from contextlib import suppress
from typing import Any

# What one client may leave unread before its writer waits, and what all together may.
_OWN = 4 * 1024 * 1024
_ALL = 256 * 1024 * 1024
_STALLED_SECONDS = 10.0
_LOOK_MILLISECONDS = 250
_AT_ONCE = struct.pack("ii", 1, 0)


class Stalled(TimeoutError):
    """The client has read nothing for too long."""


class _Total:
    """The bytes that wait for all clients."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.size = 0

    def add(self, size: int) -> None:
        """Count bytes in, or out where negative."""
        with self._lock:
            self.size += size


_total = _Total()


class Outbox(socket.socket):
    """A connected socket. What the client does not take at once is kept, so that a slow one costs memory and no thread.

    Only one thread at a time may use it.
    """

    _held: bytearray
    broken = False

    @classmethod
    def over(cls, client: socket.socket) -> Outbox:
        """Take over a connection."""
        outbox = cls(client.family, client.type, client.proto, client.detach())
        outbox._held = bytearray()
        # What is sent is sent whole: nothing is gained by waiting for more.
        with suppress(OSError):
            outbox.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return outbox

    def sendall(self, data: Any, flags: int = 0, /) -> None:
        """Send or keep it. Raises Stalled where too much waits and the client reads nothing, or it was aborted."""
        if self.broken:
            raise Stalled("the connection is given up")
        said = bytes(data)
        head = not self._held and said.startswith(b"HTTP/1.") and len(said) < 4096
        self._held += said
        _total.add(len(said))
        if head:
            # The head goes with the first of the body, in one packet.
            return
        self.drain()
        while len(self._held) > _OWN or (self._held and _total.size > _ALL):
            self._wait()
            self.drain()

    def put(self, answer: bytes) -> bool:
        """Send a whole answer without ever waiting; what the client does not take now is kept. Whether all is sent.

        Raises OSError where the client is gone, or too much waits for all clients together.
        """
        if _total.size > _ALL:
            raise Stalled("too much waits to be read")
        if not self._held:
            with suppress(BlockingIOError):
                answer = answer[self.send(answer, socket.MSG_DONTWAIT) :]
            if not answer:
                return True
        self._held += answer
        _total.add(len(answer))
        return self.drain()

    def drain(self) -> bool:
        """Send what the client takes now; whether nothing is left. Raises OSError where it is gone."""
        while self._held:
            try:
                sent = self.send(memoryview(self._held)[:1048576], socket.MSG_DONTWAIT)
            except BlockingIOError:
                return False
            del self._held[:sent]
            _total.add(-sent)
        return True

    def abort(self) -> None:
        """Break the connection when its writer lets go of it, so that the client sees that what it has is not all.

        May be called from any thread: a writer that waits for the client waits no longer.
        """
        self.broken = True
        with suppress(OSError):
            self.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)

    def close(self) -> None:
        """Close it; what is left is not sent."""
        _total.add(-len(self._held))
        self._held.clear()
        super().close()

    def _wait(self, seconds: float = _STALLED_SECONDS) -> None:
        waiting = select.poll()
        waiting.register(self, select.POLLOUT)
        until = time.monotonic() + seconds
        while not self.broken and time.monotonic() < until:
            if waiting.poll(_LOOK_MILLISECONDS):
                return
        raise Stalled("the client reads nothing")
