"""Keeps the pool full: makes a worker whenever one was killed, so that the next query need not wait for it."""

from __future__ import annotations

import threading
import time
from contextlib import suppress

from kg.errors import KgError, StoreError
from server.pool import frames
from server.pool.hands import Hand, Nursery
from server.pool.lanes import Lanes

# The seconds that a process may take until it is ready.
START_SECONDS = 30.0
_PAUSE = 0.05
_LONG_PAUSE = 1.0


class Keeper:
    """A thread that makes workers."""

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self._wished = threading.Event()
        self._settled = threading.Event()
        self._trouble: StoreError | None = None
        self._open = True

    def begin(self, lanes: Lanes) -> None:
        """Make the first workers, and from now on those that are missing."""
        self._wished.set()
        threading.Thread(target=self._keep, args=(lanes,), name="pool-keeper", daemon=True).start()

    def wish(self) -> None:
        """Look whether workers are missing."""
        self._wished.set()

    def wait(self) -> None:
        """Wait until there is a worker. Raises StoreError where the graph can't be opened."""
        self._settled.wait(START_SECONDS)
        if self._trouble is not None:
            raise self._trouble

    def close(self) -> None:
        """Make no more."""
        self._open = False
        self._wished.set()

    def _keep(self, lanes: Lanes) -> None:
        while self._open:
            self._wished.wait()
            self._wished.clear()
            while self._open and lanes.missing() > 0:
                hand = self._fresh()
                if hand is None:
                    time.sleep(_LONG_PAUSE if self._trouble else _PAUSE)
                else:
                    lanes.add(hand)

    def _fresh(self) -> Hand | None:
        """A worker that is ready, None where none can be had now."""
        with suppress(KgError, OSError, TimeoutError):
            hand = self._nursery.fork()
            frame = hand.receive(START_SECONDS)
            self._trouble = None
            if frame is not None and frame.kind == frames.READY:
                self._settled.set()
                hand.opened = frame.head["generation"]
                return hand
            hand.kill()
            if frame is not None:
                self._trouble = StoreError(frame.head["detail"])
                self._settled.set()
        return None
