"""What goes between the front and its workers: packets of a kind, a head in JSON, and a body in bytes."""

from __future__ import annotations

import json
import socket
import threading
from functools import lru_cache
from typing import Any, NamedTuple

# A worker is ready; asks and answers; parts of a long message; the end of it; what went wrong.
READY, QUERY, CHANGE, WHOLE, START, PART, END, FAILED = (b"r", b"Q", b"C", b"W", b"S", b"P", b"E", b"X")
PART_SIZE = 64 * 1024
# Made once: for a packet of a query that costs less than to make it.
_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# Below the size of a socket's buffer, which a packet has to fit into.
_LONGEST = 200_000
# Short heads come again and again.
_SHORT, _HEADS = 256, 1024


# As it is sent, or what it says.
Head = dict[str, Any] | bytes | None


class Frame(NamedTuple):
    """One packet: its kind, its head as it was written, and its body."""

    kind: bytes
    said: bytes
    body: bytes

    @property
    def head(self) -> dict[str, Any]:
        """What the head says; not to be changed."""
        return _known(self.said) if len(self.said) <= _SHORT else _read(self.said)


class _Room(threading.local):
    """Where a thread receives packets: to make room for the longest each time costs more than to read a short one."""

    def __init__(self) -> None:
        self.view = memoryview(bytearray(_LONGEST))


_room = _Room()


def pair() -> tuple[socket.socket, socket.socket]:
    """Two ends of a connection that keeps packets whole."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def written(head: dict[str, Any]) -> bytes:
    """A head as it is sent."""
    return _WRITTEN(head).encode("utf-8", "surrogatepass")


def send(
    end: socket.socket,
    kind: bytes,
    head: dict[str, Any] | bytes | None = None,
    body: bytes | bytearray | memoryview = b"",
) -> None:
    """Send a packet, its head perhaps ``written`` before; raises OSError where the other end is gone or the packet too
    long."""
    said = written(head) if isinstance(head, dict) else head or b"{}"
    end.send(b"".join((kind, said, b"\n", body)))


def receive(end: socket.socket) -> Frame | None:
    """The next packet, None where the other end is gone. Raises TimeoutError by the socket's own timeout."""
    view = _room.view
    try:
        size = end.recv_into(view)
    except ConnectionError:
        return None
    if not size:
        return None
    said, _, body = bytes(view[1:size]).partition(b"\n")
    return Frame(bytes(view[:1]), said, body)


def send_parts(end: socket.socket, data: bytes) -> None:
    """Send a long body in parts and its end."""
    whole = memoryview(data)
    for at in range(0, len(data), PART_SIZE):
        send(end, PART, None, whole[at : at + PART_SIZE])
    send(end, END)


def receive_parts(end: socket.socket) -> bytes | None:
    """A long body, None where the other end is gone before its end."""
    found = bytearray()
    while (frame := receive(end)) is not None:
        if frame.kind == END:
            return bytes(found)
        found += frame.body
    return None


def _read(said: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said)
    return found


_known = lru_cache(_HEADS)(_read)
