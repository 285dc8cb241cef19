"""Which worker gets which lookup when: each end of the connections is here, so that the test is the worker."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from server.execution import Answer, Question
from server.negotiate import ROWS
from server.pool import frames
from server.pool.hands import Hand
from server.pool.lanes import Lane, Lanes, Ticket
from server.pool.limits import Limits
from server.pool.packing import unpacked
from server.pool.relay import PATIENCE, Attempt, Loop, Relay
from server.pool.shapes import Costs
from server.weighing import Weight

QUICK, NEW = "quick", "seen for the first time"
BUDGET = 0.05


class Desk:
    """A relay with two workers, and what an event loop does for it."""

    def __init__(self, workers: int = 2) -> None:
        limits = Limits(budget=BUDGET, fast=workers)
        self.lanes = Lanes(limits, lambda: None)
        self.costs = Costs(BUDGET)
        for _ in range(20):
            self.costs.learn(QUICK, 0.0005)
        self.kills = dict.fromkeys(("budget", "died", "stream"), 0)
        self.soon: list[Callable[[], None]] = []
        self.waiting = selectors.DefaultSelector()
        loop = Loop(self.soon.append, self._listen, lambda hand: self.waiting.unregister(hand) and None)
        self.relay = Relay(self.lanes, self.costs, self.kills, limits, loop)
        self.workers: list[frames.socket.socket] = []
        self.hands: list[Hand] = []
        self.processes: list[subprocess.Popen[bytes]] = []
        self.said: list[tuple[str, str | None]] = []
        for _ in range(workers):
            self.add()

    def add(self) -> None:
        """One more worker: a process to be killed, whose part the test takes."""
        near, far = frames.pair()
        far.settimeout(5)
        process = subprocess.Popen([sys.executable, "-Sc", "import signal; signal.pause()"])
        self.processes.append(process)
        self.workers.append(far)
        self.hands.append(Hand(near, os.pidfd_open(process.pid), process.pid))
        self.hands[-1].opened = "g"
        self.lanes.add(self.hands[-1])

    def ask(self, text: str, shape: str = QUICK) -> Attempt | None:
        """Ask, and note the answer when it comes."""

        def note(attempt: Attempt, answer: Answer | None) -> None:
            self.said.append((attempt.question.text, None if answer is None else answer.body.decode()))

        return self.relay.take(Question(text, ROWS[0], weight=Weight.UNKNOWN), shape, "g", note)

    def turn(self) -> None:
        """One turn of the loop."""
        for key, _ in self.waiting.select(0):
            key.data()
        for work in self.soon[:]:
            self.soon.remove(work)
            work()

    def _listen(self, hand: Hand, heard: Callable[[], None]) -> None:
        self.waiting.register(hand, selectors.EVENT_READ, heard)


@pytest.fixture
def desk() -> Iterator[Desk]:
    found = Desk()
    yield found
    for process in found.processes:
        process.kill()
        process.wait()
    for worker in found.workers:
        worker.close()
    found.waiting.close()
    for hand in found.hands:
        hand.close()


def read(worker: frames.socket.socket) -> str:
    """The next query that a worker finds."""
    frame = frames.receive(worker)
    assert frame is not None and frame.kind == frames.QUERY
    return unpacked(frame)[0].text


def answer(worker: frames.socket.socket) -> str:
    """Answer the next query with its own text."""
    text = read(worker)
    frames.send(worker, frames.WHOLE, {"generation": "g", "rows": 1}, text.encode())
    return text


def idle(worker: frames.socket.socket) -> bool:
    """Whether a worker has nothing to do."""
    worker.setblocking(False)
    try:
        return not worker.recv(1, frames.socket.MSG_PEEK)
    except BlockingIOError:
        return True
    finally:
        worker.settimeout(5)


def test_a_worker_that_opens_another_generation_has_time_for_it_and_its_query_is_not_taken_for_slow(desk: Desk) -> None:
    for hand in desk.hands:
        hand.opened = "before"
    expected = desk.costs.expected(QUICK)
    assert desk.ask("first") and desk.ask("second")
    for _ in range(2):
        desk.relay.look()
        time.sleep(BUDGET * PATIENCE * 1.2)
    desk.relay.look()
    assert not desk.said and not desk.kills["budget"]
    assert {answer(worker) for worker in desk.workers} == {"first", "second"}
    while len(desk.said) < 2:
        desk.turn()
    assert desk.costs.expected(QUICK) == expected
    # From now on the time is its own.
    assert desk.ask("third")
    desk.relay.look()
    time.sleep(BUDGET * PATIENCE * 1.2)
    desk.relay.look()
    assert desk.said[2:] == [("third", None)] and desk.kills["budget"] == 1


def test_who_steps_back_gives_way_and_still_gets_a_part(desk: Desk) -> None:
    hand = desk.hands[0]
    hand.step_back()
    assert os.getpriority(os.PRIO_PROCESS, hand.pid) > 0
    assert os.sched_getscheduler(hand.pid) != os.SCHED_IDLE


def test_workers_have_the_next_queries_before_they_have_answered_and_each_gets_its_own_answer(desk: Desk) -> None:
    for number in range(6):
        assert desk.ask(f"q{number}")
    one, two = desk.workers
    first, second = [read(one), read(one), read(one)], [read(two), read(two), read(two)]
    assert sorted(first + second) == [f"q{number}" for number in range(6)]
    for worker, texts in ((one, first), (two, second)):
        for text in texts:
            frames.send(worker, frames.WHOLE, {"generation": "g", "rows": 1}, text.encode())
    while len(desk.said) < 6:
        desk.turn()
    assert sorted(desk.said) == [(f"q{number}", f"q{number}") for number in range(6)]
    assert not desk.relay.busy and desk.lanes.figures()["running_known"] == 0


def test_what_may_take_long_is_not_given_ahead(desk: Desk) -> None:
    desk.costs.learn("slow", 0.02)
    for number in range(3):
        assert desk.ask(f"q{number}", "slow")
    given = [answer(worker) for worker in desk.workers]
    assert sorted(given) == ["q0", "q1"] and all(map(idle, desk.workers))
    desk.turn()
    assert sum(not idle(worker) for worker in desk.workers) == 1
    assert desk.ask("q", NEW) is None


def test_a_worker_that_dies_costs_only_the_query_that_it_worked_on(desk: Desk) -> None:
    for number in range(6):
        desk.ask(f"q{number}")
    dead, other = desk.workers
    unlucky = read(dead)
    dead.close()
    while len(desk.said) < 6:
        if not idle(other):
            answer(other)
        desk.turn()
    assert (unlucky, None) in desk.said
    assert sorted(desk.said) == [(f"q{n}", None if f"q{n}" == unlucky else f"q{n}") for n in range(6)]
    assert desk.kills["died"] == 1 and desk.processes[0].wait(5) == -signal.SIGKILL


def test_what_takes_too_long_is_ended_and_what_waits_behind_it_goes_on(desk: Desk) -> None:
    for number in range(3):
        desk.ask(f"q{number}")
    slow, other = desk.workers if not idle(desk.workers[0]) else desk.workers[::-1]
    head = read(slow)
    until = time.monotonic() + 10
    while len(desk.said) < 3 and time.monotonic() < until:
        if not idle(other):
            answer(other)
        desk.turn()
        desk.relay.look()
    assert sorted(desk.said) == [(f"q{n}", None if f"q{n}" == head else f"q{n}") for n in range(3)]
    assert desk.kills["budget"] == 1


def test_others_who_wait_have_their_turn_and_so_has_the_loop(desk: Desk) -> None:
    held = desk.lanes.free(Lane.KNOWN)
    for number in range(4):
        desk.ask(f"q{number}")
    strange = desk.lanes.ask(Lane.NEW, lambda: None)
    assert isinstance(strange, Ticket) and desk.lanes.pressed()
    (worker,) = [one for one in desk.workers if not idle(one)]
    for number in range(9):
        if strange.hand is not None:
            break
        desk.ask(f"more{number}")
        answer(worker)
        desk.turn()
    assert strange.hand is not None, "one that was never seen waits for ever behind those that are known"
    assert desk.relay.busy and desk.lanes.waiting(Lane.KNOWN) == 1 and idle(worker)
    again = desk.lanes.ask(Lane.NEW, lambda: None)
    desk.lanes.leave(Lane.NEW, strange.hand)
    desk.turn()
    assert isinstance(again, Ticket) and again.hand is None
    before = len(desk.said)
    answer(worker)
    desk.turn()
    assert len(desk.said) == before + 1 and again.hand is not None
    desk.lanes.leave(Lane.NEW, again.hand)
    desk.lanes.leave(Lane.KNOWN, held)


def test_those_who_left_are_passed_over(desk: Desk) -> None:
    held = [desk.lanes.free(Lane.KNOWN), desk.lanes.free(Lane.KNOWN)]
    first, second = desk.ask("first"), desk.ask("second")
    assert first and second
    desk.relay.leave(first)
    for hand in held:
        desk.lanes.leave(Lane.KNOWN, hand)
    desk.turn()
    (worker,) = [one for one in desk.workers if not idle(one)]
    assert answer(worker) == "second"
    desk.turn()
    assert desk.said == [("second", "second")] and not desk.relay.busy
