"""Queries known to be quick on their way without a thread: an event loop waits for many of them at once.

Each ends in one of two ways: with the whole result, or with nothing, and then it is to be asked anew in the ordinary
way, which knows about long queries, errors, and results that are sent as they come.

While more are there than workers, a worker is given its next query before it has ended the one that it works on, so
that it never waits for the loop. What a worker that is ended leaves undone goes to another.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from server.execution import Answer, Question
from server.pool import frames
from server.pool.hands import Hand
from server.pool.lanes import Lane, Lanes, Ticket, busy
from server.pool.limits import Limits
from server.pool.packing import packed
from server.pool.shapes import LONG, Costs

PATIENCE = 5
"""How many times its budget a quick query may wait for the processor."""
# A worker is given more while it has fewer than so many, and they are expected to take no longer than this (seconds).
_DEPTH, _AHEAD = 6, 0.005
# The seconds that a query may wait for a worker before the ordinary way decides what becomes of it, and how many may.
_WAIT_SECONDS = 5.0
_CROWD = 10_000


@dataclass(frozen=True, slots=True)
class Loop:
    """What a relay asks of the event loop that it lives in.

    ``soon`` runs a function in the loop, from any thread; ``listen`` runs one when a worker has said something, and
    ``deafen`` ends that.
    """

    soon: Callable[[Callable[[], None]], None]
    listen: Callable[[Hand, Callable[[], None]], None]
    deafen: Callable[[Hand], None]


Then = Callable[["Attempt", Answer | None], None]


class Attempt:
    """One query of a ``generation`` or a later one, ``expected`` to take so many seconds; ``then`` gets its result, or
    None.

    ``long`` where its result is a large one, ``left`` where nobody waits for it any more; ``grace`` are seconds that
    its worker takes for itself.
    """

    __slots__ = ("expected", "generation", "grace", "left", "long", "question", "shape", "since", "then")

    def __init__(self, question: Question, shape: str, generation: str, expected: float, then: Then) -> None:
        self.question = question
        self.expected = expected
        self.generation = generation
        self.shape = shape
        self.then = then
        self.since = time.monotonic()
        self.long = False
        self.left = False
        self.grace = 0.0


class _Line:
    """A worker and the queries that it has been given, in the order in which it answers them.

    The first has had it since it was ``begun``; ``seen`` is the one that was running when it was looked at last, and
    was seen ``first`` then, when the processor had ``spent`` so much on the worker. Once it has been given anything it
    is ``heard``.
    """

    __slots__ = ("begun", "first", "given", "hand", "heard", "load", "seen", "spent")

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.given: deque[Attempt] = deque()
        self.heard = False
        self.load = 0.0
        self.begun = 0.0
        self.first = 0.0
        self.seen: Attempt | None = None
        self.spent = 0.0

    def add(self, attempt: Attempt) -> None:
        """Give it one more."""
        if not self.given:
            self.begun = time.monotonic()
        self.given.append(attempt)
        self.load += attempt.expected

    def shift(self) -> tuple[Attempt, float]:
        """Take the first from it, and the seconds that it had."""
        attempt, now = self.given.popleft(), time.monotonic()
        took, self.begun = now - self.begun, now
        self.load -= attempt.expected
        return attempt, took

    def has_room(self, attempt: Attempt) -> bool:
        """Whether it may be given one more."""
        return len(self.given) < _DEPTH and self.load + attempt.expected <= _AHEAD


class Relay:
    """The workers that an event loop has; all of it runs in the thread of that loop."""

    def __init__(self, lanes: Lanes, costs: Costs, kills: dict[str, int], limits: Limits, loop: Loop) -> None:
        self._lanes = lanes
        self._costs = costs
        self._kills = kills
        self._budget = limits.budget
        self._most = limits.fast
        self._loop = loop
        self._lines: list[_Line] = []
        self._waiting: deque[Attempt] = deque()
        self._ticket: Ticket | None = None

    @property
    def busy(self) -> bool:
        """Whether any query is on its way."""
        return bool(self._lines or self._waiting)

    def take(self, question: Question, shape: str, generation: str, then: Then) -> Attempt | None:
        """Give a query to a worker, at once or when one has room, where it is known to be quick; else None.

        ``then`` is called later, never before this returns. Raises Problem 503 where too many wait.
        """
        if self._costs.lane(shape, question.weight) is not Lane.KNOWN:
            return None
        if len(self._waiting) >= _CROWD:
            raise busy()
        attempt = Attempt(question, shape, generation, self._costs.expected(shape), then)
        self._waiting.append(attempt)
        self._serve()
        return attempt

    def leave(self, attempt: Attempt) -> None:
        """Nobody waits for this one any more: where it runs it may end, which costs less than another worker, and where
        it waits it is passed over."""
        attempt.left = True

    def look(self) -> None:
        """Give up what has taken more than its budget, or waits too long; to be called now and then."""
        now = time.monotonic()
        for line in list(self._lines):
            self._look_at(line, now)
        while self._waiting and now - self._waiting[0].since > _WAIT_SECONDS:
            attempt = self._waiting.popleft()
            attempt.then(attempt, None)
        self._serve()

    def _look_at(self, line: _Line, now: float) -> None:
        head = line.given[0]
        if line.seen is not head:
            line.seen, line.first, line.spent = head, now, line.hand.processor_seconds()
            return
        took = now - line.first
        budget = self._budget + head.grace
        if took <= budget:
            return
        if line.hand.processor_seconds() - line.spent > budget / 2 or took > PATIENCE * budget:
            self._costs.learn(head.shape, LONG)
            self._give_up(line, "budget")

    def _serve(self) -> None:
        """Give what waits to workers that have room."""
        while self._waiting:
            attempt = self._waiting[0]
            line = None if attempt.left else self._room(attempt)
            if line is None and not attempt.left:
                return
            self._waiting.popleft()
            if line is not None:
                self._give(line, attempt)

    def _give(self, line: _Line, attempt: Attempt) -> None:
        line.add(attempt)
        attempt.grace = line.hand.grace(attempt.generation)
        try:
            line.hand.send(frames.QUERY, *packed(attempt.question, attempt.generation))
        except OSError:
            self._end(line)
            self._again(line)
            return
        if not line.heard:
            # Only now, so that the worker begins first.
            line.heard = True
            self._loop.listen(line.hand, lambda: self._heard(line))

    def _room(self, attempt: Attempt) -> _Line | None:
        """The worker for the next query: a free one, or the one with the least to do; None where all have enough, or
        others wait for the one that is next to be free."""
        least = min(self._lines, key=_load, default=None)
        if least is not None and not least.given:
            return least
        if len(self._lines) < self._most:
            hand = self._hand()
            if hand is not None:
                return self._begin(hand)
        if least is None or not least.has_room(attempt) or self._lanes.pressed():
            return None
        return least

    def _hand(self) -> Hand | None:
        """A free worker; where there is none and the loop has none either, it takes its place among those who wait."""
        if self._lines:
            return self._lanes.free(Lane.KNOWN)
        if self._ticket is not None:
            return None
        found = self._lanes.ask(Lane.KNOWN, lambda: self._loop.soon(self._granted))
        if isinstance(found, Ticket):
            self._ticket = found
            return None
        return found

    def _granted(self) -> None:
        """Begin with the worker that was waited for."""
        ticket, self._ticket = self._ticket, None
        if ticket is not None and ticket.hand is not None:
            line = self._begin(ticket.hand)
            self._serve()
            if not line.given:
                self._end(line, line.hand)

    def _begin(self, hand: Hand) -> _Line:
        hand.attend()
        line = _Line(hand)
        self._lines.append(line)
        return line

    def _heard(self, line: _Line) -> None:
        """Take in what a worker says, unless it was let go for what was heard at the same time."""
        if line not in self._lines:
            return
        frame = line.hand.hear()
        if frame is None:
            self._costs.learn(line.given[0].shape, LONG)
            self._give_up(line, "died")
        elif frame.kind not in {frames.WHOLE, frames.FAILED}:
            self._streams(line)
            self._give_up(line, "stream")
        else:
            self._answered(line, frame)

    def _streams(self, line: _Line) -> None:
        """Note that a result is sent as it comes: it is large, or it took its time on a busy machine."""
        head, took = line.given[0], time.monotonic() - line.begun
        if took < self._budget:
            head.long = True
        elif not head.grace:
            self._costs.learn(head.shape, took)

    def _answered(self, line: _Line, frame: frames.Frame) -> None:
        """Pass an answer on, once the worker has what it does next."""
        attempt, took = line.shift()
        if line.given or not self._lanes.pressed():
            self._serve()
        if frame.kind == frames.WHOLE:
            attempt.then(attempt, Answer(frame.head["generation"], frame.body, rows=frame.head["rows"]))
        else:
            attempt.then(attempt, None)
        if not attempt.grace:
            self._costs.learn(attempt.shape, took)
        if not line.given:
            self._end(line, line.hand)
            self._serve()

    def _give_up(self, line: _Line, reason: str) -> None:
        """End a worker for the query that it works on."""
        self._kills[reason] += 1
        head, _ = line.shift()
        self._end(line)
        self._again(line)
        head.then(head, None)

    def _again(self, line: _Line) -> None:
        """Let others do what a worker leaves undone."""
        self._waiting.extendleft(reversed(line.given))
        self._serve()

    def _end(self, line: _Line, hand: Hand | None = None) -> None:
        """Let go of a worker; ``hand`` is it where it can work on, else it is killed."""
        self._lines.remove(line)
        if line.heard:
            self._loop.deafen(line.hand)
        if hand is None:
            line.hand.kill()
        self._lanes.leave(Lane.KNOWN, hand)


def _load(line: _Line) -> float:
    return line.load
