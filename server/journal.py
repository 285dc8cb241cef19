"""The log, written by a thread of its own: who answers requests never waits for whoever reads the lines."""

from __future__ import annotations

import atexit
import threading
import time
from collections import deque
from contextlib import suppress
from io import RawIOBase

_LINES = 50_000
# One write takes what has come for so long (seconds): a thread that wakes for every line would cost more than it does.
_PAUSE = 0.05
_LAST_SECONDS = 1.0


class Journal:
    """Lines on their way to a stream, which has no buffer and so no lock that a stopped reader could hold.

    Where its reader has stopped, the latest lines are kept and the oldest given up; ``lost`` is how many those were.
    """

    def __init__(self, out: RawIOBase, most: int = _LINES) -> None:
        self._out = out
        self._most = most
        self._lines: deque[str] = deque()
        self._there = threading.Event()
        self._ended = threading.Event()
        self.lost = 0
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()
        atexit.register(self.close)

    def add(self, *lines: str) -> None:
        """Write these lines soon, each with its end; from any thread, and at once."""
        self._lines.extend(lines)
        while len(self._lines) > self._most:
            with suppress(IndexError):
                self._lines.popleft()
                self.lost += 1
        self._there.set()

    def close(self) -> None:
        """Write what is left, for a second at most."""
        self._ended.set()
        self._there.set()
        self._thread.join(_LAST_SECONDS)

    def _run(self) -> None:
        while not self._ended.is_set():
            self._there.wait()
            self._there.clear()
            self._write()
            self._ended.wait(_PAUSE)
        self._write()

    def _write(self) -> None:
        lines: list[str] = []
        with suppress(IndexError):
            while True:
                lines.append(self._lines.popleft())
        left = memoryview("".join(lines).encode("utf-8", "replace"))
        # Where nobody takes them at all, the service goes on without.
        with suppress(OSError, ValueError):
            while left:
                taken = self._out.write(left)
                if taken is None:
                    time.sleep(_PAUSE)
                left = left[taken or 0 :]
