"""A result that goes to the client as it comes, and what is told of it when it has ended."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.errors import KgError
from server.encoding import encode_parts
from server.execution import Rest
from server.front.outbox import Outbox


@dataclass(frozen=True, slots=True)
class Ended:
    """How a stream ended: the bytes that were handed on, its rows where the end was reached, and the ``outcome``:
    ``ok``, ``broken`` where the rest could not be had, ``left`` where nobody took it."""

    size: int
    rows: int | None
    outcome: str


class Stream:
    """The parts of a result; where its end can't be reached, the connection breaks."""

    def __init__(self, rest: Rest, client: socket.socket | None, coding: str) -> None:
        self._rest = rest
        self._client = client
        self._parts = encode_parts(self._checked(rest), coding)
        self._size = 0
        self._outcome = "left"
        self._then: Callable[[Ended], None] | None = None

    def watch(self, then: Callable[[Ended], None]) -> None:
        """Have this told once, when the stream has ended."""
        self._then = then

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            if part:
                self._size += len(part)
                yield part
        self._outcome = "ok"

    def close(self) -> None:
        """Give up what has not been sent."""
        self._rest.close()
        then, self._then = self._then, None
        if then is not None:
            then(Ended(self._size, self._rest.rows, self._outcome))

    def _checked(self, rest: Iterable[bytes]) -> Iterator[bytes]:
        try:
            yield from rest
        except KgError as error:
            self._outcome = "broken"
            # Nothing may look like an end: the client is hung up on, and no server writes one for us.
            if isinstance(self._client, Outbox):
                self._client.abort()
            raise BrokenPipeError(errno.EPIPE, str(error)) from error
