"""Ends what outlives its deadline while its own thread can't look at the clock: results that a client reads slowly."""

from __future__ import annotations

import heapq
import itertools
import socket
import threading
import time
from collections.abc import Callable

from server.front.outbox import Outbox


class Watch:
    """One thread that looks at the clock for all."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._numbers = itertools.count()
        self._due: list[tuple[float, int]] = []
        self._held: dict[int, tuple[Callable[[], None], socket.socket | None]] = {}
        threading.Thread(target=self._look, name="pool-watch", daemon=True).start()

    def until(self, deadline: float, end: Callable[[], None], client: socket.socket | None) -> Callable[[], None]:
        """Call ``end`` and hang up on the client at the deadline (``time.monotonic``), unless what is returned was
        called before."""
        number = next(self._numbers)
        with self._changed:
            self._held[number] = (end, client)
            heapq.heappush(self._due, (deadline, number))
            self._changed.notify()
        return lambda: self._forget(number)

    def _forget(self, number: int) -> None:
        with self._changed:
            self._held.pop(number, None)

    def _look(self) -> None:
        while True:
            with self._changed:
                while not self._due:
                    self._changed.wait()
                left = self._due[0][0] - time.monotonic()
                if left > 0:
                    self._changed.wait(left)
                    continue
                found = self._held.pop(heapq.heappop(self._due)[1], None)
            if found is not None:
                end, client = found
                if isinstance(client, Outbox):
                    client.abort()
                end()
