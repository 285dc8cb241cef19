"""The front's side of running queries: every query begins with a short budget, goes on among the long ones, and ends
at its deadline, whatever the engine does."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.generations import Pointer
from server.execution import Answer, Question
from server.pool import frames
from server.pool.failures import OutOfMemory, error_of, late
from server.pool.frames import Frame
from server.pool.hands import INDEXER, WRITER, Hand, Nursery, has_left
from server.pool.keeper import Keeper
from server.pool.lanes import Lane, Lanes, busy
from server.pool.limits import Limits
from server.pool.packing import packed
from server.pool.parts import Parts
from server.pool.relay import PATIENCE, Loop, Relay
from server.pool.shapes import LONG, Costs
from server.pool.watch import Watch
from server.tokens import shape_of

# What is left of the budget when many wait for the one place that strange queries have.
_LEAST_BUDGET = 0.02
# What the service asks for its own pages is known to end, and may take longer on a busy machine.
_OUR_SECONDS = 120.0
_OUR_ATTEMPTS = 2


@dataclass(slots=True)
class _Run:
    """A query on its way: where it runs now, and until when; ``grace`` are the seconds that are not its own."""

    question: Question
    shape: str
    lane: Lane
    began: float
    deadline: float
    client: socket.socket | None
    hand: Hand | None = None
    grace: float = 0.0

    def left(self) -> float:
        """The seconds until its deadline."""
        return self.deadline - time.monotonic()

    def is_left(self) -> bool:
        """Whether its client has gone."""
        return self.client is not None and has_left(self.client)


class Pool:
    """Workers for queries; thread-safe, each calling thread waits for its own query."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.limits = limits
        self.pointer = Pointer(folder)
        self.kills: dict[str, int] = {"deadline": 0, "budget": 0, "client": 0, "stream": 0, "died": 0}
        self._nursery = Nursery(folder, limits.memory)
        self._nursery.start()
        self._writing = threading.Lock()
        self._writer: Hand | None = None
        self._keeper = Keeper(self._nursery)
        self._lanes = Lanes(limits, self._keeper.wish)
        self._costs = Costs(limits.budget)
        self._watch = Watch()
        self._keeper.begin(self._lanes)

    def wait(self) -> None:
        """Wait until queries can be answered. Raises StoreError where the graph can't be opened."""
        self._keeper.wait()

    def run(self, question: Question) -> Answer:
        """The result of a query that has been examined.

        Raises QueryError where it can't be answered; Problem 503 where there is no room or the memory is not enough,
        504 where the deadline has passed; Gone where the client has left.
        """
        for _ in range(_OUR_ATTEMPTS if question.ours else 0):
            # A worker of our own query that dies was killed by somebody: what we ask is known to fit.
            with suppress(OutOfMemory):
                return self._run(question)
        return self._run(question)

    def _run(self, question: Question) -> Answer:
        now = time.monotonic()
        seconds = _OUR_SECONDS if question.ours else min(question.timeout or self.limits.timeout, self.limits.timeout)
        shape = shape_of(question.text)
        lane = Lane.OURS if question.ours else self._costs.lane(shape, question.weight)
        run = _Run(question, shape, lane, now, now + seconds, question.client)
        self._begin(run)
        try:
            frame = self._first(run)
        except BaseException:
            self._abandon(run, "client")
            raise
        return self._answered(run, frame)

    def relay(self, loop: Loop) -> Relay:
        """The way to the workers for an event loop."""
        return Relay(self._lanes, self._costs, self.kills, self.limits, loop)

    def change(self, head: dict[str, Any], bodies: list[bytes]) -> dict[str, Any]:
        """Make a change to the graph; returns what the writer says of it: its generation, and what was there before.

        Raises QueryError where it can't be read or done, StoreError where the store can't be written, Problem 504
        where it takes longer than its deadline; then nothing has changed.
        """
        with self._writing:
            hand = self._told(head, bodies)
            try:
                frame = self._changed(hand, bodies)
            except BaseException:
                hand.kill()
                raise
            if frame is None:
                hand.kill()
            else:
                self._writer = hand
        if frame is None:
            raise OutOfMemory(self.limits.memory)
        if frame.kind == frames.FAILED:
            raise error_of(frame.head)
        return frame.head

    def index(self) -> None:
        """Make the search index of the current generation where it has none, however long that takes."""
        hand = self._nursery.fork(INDEXER)
        try:
            hand.receive(None)
        finally:
            hand.kill()

    def _told(self, head: dict[str, Any], bodies: list[bytes]) -> Hand:
        """A writer that knows what is to change: the one there is, or another where that has died."""
        kept, self._writer = self._writer, None
        told = {**head, "bodies": len(bodies)}
        if kept is not None:
            try:
                kept.send(frames.CHANGE, told)
                return kept
            except OSError:
                kept.kill()
        hand = self._nursery.fork(WRITER)
        with suppress(OSError):
            hand.send(frames.CHANGE, told)
        return hand

    def _changed(self, hand: Hand, bodies: list[bytes]) -> Frame | None:
        """What the writer says when it is done, None where it died."""
        try:
            for body in bodies:
                hand.send_parts(body)
            return hand.receive(self.limits.timeout)
        except TimeoutError:
            self.kills["deadline"] += 1
            raise late(self.limits.timeout) from None
        except OSError:
            return None

    def figures(self) -> dict[str, int]:
        """How many queries run and wait now by lane, and how many workers were ended by reason."""
        return {**self._lanes.figures(), **{f"killed_{reason}": number for reason, number in self.kills.items()}}

    def close(self) -> None:
        """End all workers."""
        self._keeper.close()
        self._nursery.close()

    def _begin(self, run: _Run) -> None:
        """Give a query to a worker of its lane; another where the first turns out to be dead."""
        for _ in range(self.limits.fast + self.limits.long + 2):
            hand = self._taken(run)
            generation = self.pointer.name() or ""
            run.grace = hand.grace(generation)
            try:
                hand.send(frames.QUERY, *packed(run.question, generation))
            except OSError:
                hand.kill()
                self._lanes.leave(run.lane, None)
                continue
            run.hand, run.began = hand, time.monotonic()
            return
        raise busy()

    def _taken(self, run: _Run) -> Hand:
        """A worker of a query's lane; of the long one, where its form turned out to be long while it waited."""
        hand = self._lanes.take(run.lane, run.left(), run.is_left)
        if run.lane in {Lane.KNOWN, Lane.NEW} and self._costs.lane(run.shape, run.question.weight) is Lane.LONG:
            self._lanes.leave(run.lane, hand)
            run.lane = Lane.LONG
            hand = self._lanes.take(run.lane, run.left(), run.is_left)
        return hand

    def _first(self, run: _Run) -> Frame | None:
        """The first that is heard of a result; moves the query to the long lane when its budget is used up."""
        if run.lane in {Lane.KNOWN, Lane.NEW}:
            try:
                return self._heard_soon(run)
            except TimeoutError:
                self._costs.learn(run.shape, LONG)
                self._move(run)
        try:
            return self._heard(run, run.left())
        except TimeoutError:
            self._abandon(run, "deadline")
            raise late(self.limits.timeout) from None

    def _heard_soon(self, run: _Run) -> Frame | None:
        """What is heard within the budget; on a busy machine a query has it in time of the processor.

        Whether the client leaves is looked at only then: to let a query end costs less than another worker.
        """
        assert run.hand is not None
        spent = run.hand.processor_seconds()
        budget = self.limits.budget
        if run.lane is Lane.NEW:
            budget = max(budget / (1 + self._lanes.waiting(Lane.NEW)), _LEAST_BUDGET)
        budget += run.grace
        for _ in range(PATIENCE):
            try:
                return run.hand.receive(min(budget, run.left()))
            except TimeoutError:
                if run.hand.processor_seconds() - spent > budget / 2 or run.left() <= 0:
                    return self._heard(run, 0.0)
        raise TimeoutError

    def _heard(self, run: _Run, seconds: float) -> Frame | None:
        assert run.hand is not None
        return run.hand.receive(seconds, run.client)

    def _move(self, run: _Run) -> None:
        """Let a query that has used up its budget go on as a long one: where it runs if there is room, else anew."""
        assert run.hand is not None
        if self._lanes.promote(run.lane):
            run.hand.step_back()
            run.lane = Lane.LONG
            return
        self._abandon(run, "budget")
        run.lane = Lane.LONG
        self._begin(run)

    def _abandon(self, run: _Run, reason: str) -> None:
        """Kill the worker of a query, if it has one."""
        hand, run.hand = run.hand, None
        if hand is not None:
            self.kills[reason] += 1
            hand.kill()
            self._lanes.leave(run.lane, None)

    def _finish(self, run: _Run, streamed: bool = False) -> None:
        """Note what a finished query cost, and free its worker; of a long result that was noted when it began."""
        hand, run.hand = run.hand, None
        if not (run.question.ours or streamed or run.grace):
            self._costs.learn(run.shape, time.monotonic() - run.began)
        self._lanes.leave(run.lane, hand)

    def _answered(self, run: _Run, frame: Frame | None) -> Answer:
        if frame is None:
            self._abandon(run, "died")
            raise OutOfMemory(self.limits.memory)
        if frame.kind == frames.FAILED:
            self._finish(run)
            raise error_of(frame.head)
        if frame.kind == frames.WHOLE:
            self._finish(run)
            return Answer(frame.head["generation"], frame.body, rows=frame.head["rows"])
        return Answer(frame.head["generation"], b"", self._rest(run))

    def _rest(self, run: _Run) -> Parts:
        """The parts of a long result as they come."""
        hand = run.hand
        assert hand is not None
        if run.lane in {Lane.KNOWN, Lane.NEW}:
            # The next of its form begins among the long ones, where a worker need not be made for it.
            self._costs.learn(run.shape, LONG)
            if self._lanes.promote(run.lane):
                run.lane = Lane.LONG
                hand.step_back()
        watched = self._watch.until(run.deadline, hand.end, run.client)
        return Parts(
            hand, run.left, watched, lambda whole: self._finish(run, True) if whole else self._abandon(run, "stream")
        )
