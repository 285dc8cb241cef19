"""What goes between the front and its workers: packets of a kind, a head in JSON, and a body in bytes."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from typing import Any

# A worker is ready; asks and answers; parts of a long message; the end of it; what went wrong.
READY, QUERY, CHANGE, WHOLE, START, PART, END, FAILED = (b"r", b"Q", b"C", b"W", b"S", b"P", b"E", b"X")
PART_SIZE = 64 * 1024
# Made once: for a packet of a query that costs less than to make it.
_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# Below the size of a socket's buffer, which a packet has to fit into.
_LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Frame:
    """One packet."""

    kind: bytes
    head: dict[str, Any]
    body: bytes


def pair() -> tuple[socket.socket, socket.socket]:
    """Two ends of a connection that keeps packets whole."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def send(end: socket.socket, kind: bytes, head: dict[str, Any] | None = None, body: bytes | memoryview = b"") -> None:
    """Send a packet; raises OSError where the other end is gone or the packet too long."""
    said = _WRITTEN(head).encode("utf-8", "surrogatepass") if head else b"{}"
    end.send(b"".join((kind, said, b"\n", body)))


def receive(end: socket.socket) -> Frame | None:
    """The next packet, None where the other end is gone. Raises TimeoutError by the socket's own timeout."""
    try:
        data = end.recv(_LONGEST)
    except ConnectionError:
        return None
    if not data:
        return None
    cut = data.index(b"\n")
    return Frame(data[:1], json.loads(data[1:cut]), data[cut + 1 :])


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
