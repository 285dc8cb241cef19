"""A query known to be quick on its way without a thread: an event loop waits for many of them at once.

It ends in one of two ways: with the whole result, or with nothing, and then it is to be asked anew in the ordinary way,
which knows about long queries, errors, and results that are sent as they come.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from server.execution import Answer, Question
from server.pool import frames
from server.pool.hands import Hand
from server.pool.lanes import Lane, Lanes, Ticket
from server.pool.shapes import Costs
from server.pool.worker import asked

PATIENCE = 5
"""How many times its budget a quick query may wait for the processor."""
# The seconds that one may wait for a worker before the ordinary way decides what becomes of it.
_WAIT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Loop:
    """What an attempt asks of the event loop that it lives in.

    ``soon`` runs a function in the loop, from any thread; ``listen`` runs one when a worker has said something, and
    ``deafen`` ends that.
    """

    soon: Callable[[Callable[[], None]], None]
    listen: Callable[[Hand, Callable[[], None]], None]
    deafen: Callable[[Hand], None]


class Attempt:
    """One query; all of it runs in the thread of its loop."""

    def __init__(
        self,
        question: Question,
        shape: str,
        lanes: Lanes,
        costs: Costs,
        kills: dict[str, int],
        budget: float,
        loop: Loop,
    ) -> None:
        self.shape = shape
        self.long = False
        self.left = False
        self._question = question
        self._lanes = lanes
        self._costs = costs
        self._kills = kills
        self._budget = budget
        self._loop = loop
        self._then: Callable[[Answer | None], None] | None = None
        self._ticket: Ticket | None = None
        self._hand: Hand | None = None
        self._since = 0.0
        self._spent = 0.0

    def begin(self, then: Callable[[Answer | None], None]) -> None:
        """Give it to a worker, at once or when one is free; ``then`` gets the result, or None.

        Raises Problem 503 where too many wait.
        """
        self._then = then
        self._since = time.monotonic()
        found = self._lanes.ask(Lane.KNOWN, lambda: self._loop.soon(self._given))
        if isinstance(found, Ticket):
            self._ticket = found
        else:
            self._run(found)

    def look(self) -> None:
        """Give up where it has taken more than its budget; to be called now and then."""
        took = time.monotonic() - self._since
        if self._hand is None:
            if took > _WAIT_SECONDS:
                self._leave_line()
                self._end(None)
        elif took > self._budget:
            spent = self._hand.processor_seconds() - self._spent
            if spent > self._budget / 2 or took > PATIENCE * self._budget:
                self._costs.learn(self.shape, quick=False)
                self._kill("budget")
                self._end(None)

    def leave(self) -> None:
        """Nobody waits for the answer any more: a query that runs may end, which costs less than another worker."""
        self.left = True
        if self._hand is None:
            self._leave_line()
            self._end(None)

    def _leave_line(self) -> None:
        ticket, self._ticket = self._ticket, None
        hand = self._lanes.withdraw(Lane.KNOWN, ticket) if ticket else None
        if hand is not None:
            self._lanes.leave(Lane.KNOWN, hand)

    def _given(self) -> None:
        """Begin, where it still waits for a worker."""
        ticket, self._ticket = self._ticket, None
        if ticket is not None and ticket.hand is not None:
            self._run(ticket.hand)

    def _run(self, hand: Hand) -> None:
        self._hand = hand
        self._since, self._spent = time.monotonic(), hand.processor_seconds()
        try:
            hand.send(frames.QUERY, asked(self._question))
        except OSError:
            self._hand = None
            hand.kill()
            self._lanes.leave(Lane.KNOWN, None)
            self._loop.soon(lambda: self._end(None))
            return
        self._loop.listen(hand, self._heard)

    def _heard(self) -> None:
        """Take in what the worker says."""
        hand = self._hand
        assert hand is not None
        frame = hand.receive(None)
        if frame is None:
            self._costs.learn(self.shape, quick=False)
            self._kill("died")
        elif frame.kind not in {frames.WHOLE, frames.FAILED}:
            self.long = True
            self._kill("stream")
        else:
            self._hand = None
            self._loop.deafen(hand)
            self._costs.learn(self.shape, time.monotonic() - self._since < self._budget)
            self._lanes.leave(Lane.KNOWN, hand)
            if frame.kind == frames.WHOLE:
                self._end(Answer(frame.head["generation"], frame.body, rows=frame.head["rows"]))
                return
        self._end(None)

    def _kill(self, reason: str) -> None:
        hand, self._hand = self._hand, None
        assert hand is not None
        self._kills[reason] += 1
        self._loop.deafen(hand)
        hand.kill()
        self._lanes.leave(Lane.KNOWN, None)

    def _end(self, answer: Answer | None) -> None:
        then, self._then = self._then, None
        if then is not None:
            then(answer)
