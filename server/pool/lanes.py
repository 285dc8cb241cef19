"""Who may run now: the service itself, queries known to be quick, those not known yet, and long ones, each with room of
their own.

Long queries never take the room of quick ones, however many there are; and of the room for quick ones, queries that
were never seen can take all but one place, so that those known to be quick need not wait behind them.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from enum import Enum

from server.errors import Problem
from server.pool.hands import Gone, Hand
from server.pool.limits import Limits

_BUSY = "服务正忙，请稍后再试。The service is busy: try again in a moment."

# The seconds between two looks whether the client of one that waits is still there.
_LOOK_SECONDS = 0.1


class Lane(Enum):
    """The room that a query runs in."""

    OURS = "ours"
    KNOWN = "known"
    NEW = "new"
    LONG = "long"


class Ticket:
    """A query that waits for a worker; ``given`` is called, from any thread, when it has one."""

    def __init__(self, given: Callable[[], None]) -> None:
        self.given = given
        self.hand: Hand | None = None


class Lanes:
    """The workers that are idle and the queries that wait for them.

    ``wanted`` is called, from any thread, when fresh workers are needed.
    """

    def __init__(self, limits: Limits, wanted: Callable[[], None]) -> None:
        self._limits = limits
        self._wanted = wanted
        self._lock = threading.Lock()
        self._idle: list[Hand] = []
        self._long_idle: list[Hand] = []
        self._running: Counter[Lane] = Counter()
        self._waiting: dict[Lane, deque[Ticket]] = {lane: deque() for lane in Lane}

    def missing(self) -> int:
        """How many fresh workers are needed for a full set and one to spare."""
        with self._lock:
            quick = self._running[Lane.KNOWN] + self._running[Lane.NEW]
            return self._limits.fast + 1 - quick - len(self._idle)

    def add(self, hand: Hand) -> None:
        """Take in a fresh worker."""
        with self._lock:
            self._idle.append(hand)
            self._dispatch()

    def take(self, lane: Lane, seconds: float, left: Callable[[], bool] = lambda: False) -> Hand:
        """A worker for this lane, waiting so many seconds for one.

        Raises Problem 503 where there is none, Gone where the client has ``left`` meanwhile.
        """
        there = threading.Event()
        found = self.ask(lane, there.set)
        if not isinstance(found, Ticket):
            return found
        until = time.monotonic() + seconds
        gone = False
        while not gone and not there.wait(min(_LOOK_SECONDS, max(until - time.monotonic(), 0.0))):
            if time.monotonic() >= until:
                break
            gone = left()
        hand = self.withdraw(lane, found)
        if gone:
            if hand is not None:
                self.leave(lane, hand)
            raise Gone
        if hand is None:
            raise busy()
        return hand

    def ask(self, lane: Lane, given: Callable[[], None]) -> Hand | Ticket:
        """A worker for this lane, or a place among those that wait.

        Raises Problem 503 where too many wait; those known to be quick may all wait, since it is not for long.
        """
        with self._lock:
            hand = None if self._waiting[lane] else self._grant(lane)
            if hand is not None:
                return hand
            if lane is not Lane.KNOWN and len(self._waiting[lane]) >= self._limits.waiting:
                raise busy()
            ticket = Ticket(given)
            self._waiting[lane].append(ticket)
            return ticket

    def free(self, lane: Lane) -> Hand | None:
        """A worker for this lane that nobody else waits for, if there is one."""
        with self._lock:
            return None if self._waiting[lane] else self._grant(lane)

    def pressed(self) -> bool:
        """Whether somebody waits for a worker of the quick lanes who would be given one that becomes free."""
        return bool(self._waiting[Lane.KNOWN]) or (bool(self._waiting[Lane.NEW]) and not self._crowded())

    def withdraw(self, lane: Lane, ticket: Ticket) -> Hand | None:
        """The worker that was given to one that waited; None where there is none, and then it waits no longer."""
        with self._lock:
            if ticket.hand is None:
                self._waiting[lane].remove(ticket)
            return ticket.hand

    def promote(self, lane: Lane) -> bool:
        """Turn a running quick query into a long one, where there is room for it."""
        with self._lock:
            if self._running[Lane.LONG] >= self._limits.long or self._waiting[Lane.LONG]:
                return False
            self._running[lane] -= 1
            self._running[Lane.LONG] += 1
            self._dispatch()
        self._wanted()
        return True

    def leave(self, lane: Lane, hand: Hand | None) -> None:
        """End a run; ``hand`` is the worker where it can work on, None where it was killed."""
        with self._lock:
            self._running[lane] -= 1
            idle, most = self._idle, self._limits.fast + 1
            if lane is Lane.LONG:
                idle, most = self._long_idle, self._limits.long
            full = len(idle) >= most
            if hand is not None and not full:
                idle.append(hand)
            self._dispatch()
        if hand is None:
            self._wanted()
        elif full:
            hand.kill()

    def waiting(self, lane: Lane) -> int:
        """How many wait for this lane."""
        with self._lock:
            return len(self._waiting[lane])

    def figures(self) -> dict[str, int]:
        """How many run and wait, by lane."""
        with self._lock:
            running = {f"running_{lane.value}": self._running[lane] for lane in Lane}
            return {**running, **{f"waiting_{lane.value}": len(self._waiting[lane]) for lane in Lane}}

    def _dispatch(self) -> None:
        for lane in Lane:
            while self._waiting[lane] and (hand := self._grant(lane)) is not None:
                ticket = self._waiting[lane].popleft()
                ticket.hand = hand
                ticket.given()

    def _grant(self, lane: Lane) -> Hand | None:
        if lane is Lane.LONG:
            return self._grant_long()
        if lane is Lane.OURS:
            return self._grant_ours()
        quick = self._running[Lane.KNOWN] + self._running[Lane.NEW]
        if not self._idle or quick >= self._limits.fast or (lane is Lane.NEW and self._crowded()):
            return None
        self._running[lane] += 1
        return self._idle.pop()

    def _crowded(self) -> bool:
        """Whether queries that were never seen have all the room that they may have."""
        return self._running[Lane.NEW] >= max(1, self._limits.fast - 1)

    def _grant_ours(self) -> Hand | None:
        if self._running[Lane.OURS] >= self._limits.fast or not self._idle:
            return None
        self._running[Lane.OURS] += 1
        self._wanted()
        return self._idle.pop()

    def _grant_long(self) -> Hand | None:
        if self._running[Lane.LONG] >= self._limits.long:
            return None
        if self._long_idle:
            self._running[Lane.LONG] += 1
            return self._long_idle.pop()
        # Only one to spare: until another has been made, the rest are for those that are quick.
        if self._running[Lane.KNOWN] + self._running[Lane.NEW] + len(self._idle) <= self._limits.fast:
            return None
        self._running[Lane.LONG] += 1
        hand = self._idle.pop()
        hand.step_back()
        self._wanted()
        return hand


def busy() -> Problem:
    """What is said to a client when all places are taken."""
    return Problem(_BUSY, 503, headers={"Retry-After": "2"})
