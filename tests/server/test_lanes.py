"""Which query runs when, what is expected of it, and what small parts of the service promise."""

from __future__ import annotations

import gzip
import threading
from contextlib import suppress
from typing import Any, cast

import pytest
import zstandard
from flask import Request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from server.delivery import Cache, Kept
from server.encoding import IDENTITY, choose, encode, encode_parts
from server.errors import Problem
from server.execution import Answer, Rest
from server.guard import examine
from server.pool.hands import Gone, Hand
from server.pool.lanes import Lane, Lanes, Ticket
from server.pool.limits import Limits
from server.pool.shapes import LONG, Costs
from server.tokens import shape_of, tokens
from server.traffic import Rate
from server.weighing import Weight


class Worker:
    """A worker that notes what is done to it."""

    def __init__(self) -> None:
        self.slow = self.killed = False

    def step_back(self) -> None:
        self.slow = True

    def kill(self) -> None:
        self.killed = True


def lanes(workers: int = 3, **limits: Any) -> Lanes:
    found = Lanes(Limits(fast=2, long=1, **limits), lambda: None)
    for _ in range(workers):
        found.add(cast(Hand, Worker()))
    return found


def test_strange_queries_leave_a_place_to_those_that_are_known() -> None:
    room = lanes()
    room.take(Lane.NEW, 0)
    with pytest.raises(Problem) as caught:
        room.take(Lane.NEW, 0)
    assert caught.value.status == 503 and (caught.value.headers or {})["Retry-After"]
    assert room.take(Lane.KNOWN, 0)


def test_long_queries_leave_the_quick_lane_and_stand_back() -> None:
    room = lanes()
    hand = room.take(Lane.LONG, 0)
    assert isinstance(hand, Worker) and hand.slow
    assert room.take(Lane.KNOWN, 0) and room.take(Lane.KNOWN, 0)
    assert not room.promote(Lane.KNOWN)
    room.leave(Lane.LONG, None)
    assert room.promote(Lane.KNOWN)


def test_long_queries_take_no_worker_that_quick_ones_would_miss() -> None:
    """When several long ones are ended at once, others follow at once: quick ones must not wait for fresh workers."""
    room = lanes(workers=2)
    ticket = room.ask(Lane.LONG, lambda: None)
    assert isinstance(ticket, Ticket) and ticket.hand is None
    held = room.take(Lane.KNOWN, 0)
    room.leave(Lane.KNOWN, held)
    assert ticket.hand is None
    room.add(cast(Hand, Worker()))
    assert ticket.hand is not None and room.take(Lane.KNOWN, 0) and room.take(Lane.KNOWN, 0)


def test_who_has_left_waits_no_longer() -> None:
    room = lanes(waiting=1)
    held = room.take(Lane.NEW, 0)
    with pytest.raises(Gone):
        room.take(Lane.NEW, 30, lambda: True)
    assert room.waiting(Lane.NEW) == 0
    room.leave(Lane.NEW, held)
    assert room.take(Lane.NEW, 0)


def test_a_worker_that_comes_as_its_client_leaves_goes_to_the_next() -> None:
    room = lanes()
    held = room.take(Lane.NEW, 0)

    def leaving() -> bool:
        room.leave(Lane.NEW, held)
        return True

    with pytest.raises(Gone):
        room.take(Lane.NEW, 30, leaving)
    assert room.take(Lane.NEW, 0) and room.figures()["running_new"] == 1


def test_a_loop_gets_what_is_free_and_is_told_who_waits() -> None:
    room = lanes()
    held = [room.free(Lane.KNOWN), room.free(Lane.KNOWN)]
    assert all(held) and room.free(Lane.KNOWN) is None and not room.pressed()
    ticket = room.ask(Lane.NEW, lambda: None)
    assert isinstance(ticket, Ticket) and room.pressed()
    room.leave(Lane.KNOWN, held[0])
    assert ticket.hand is held[0] and not room.pressed()
    # There is one strange query already, which is all that may run: who waits now would not be served.
    assert isinstance(room.ask(Lane.NEW, lambda: None), Ticket) and not room.pressed()


class Endless(Rest):
    """A result without end."""

    closed = False

    def __next__(self) -> bytes:
        return bytes(1024 * 1024)

    def close(self) -> None:
        self.closed = True


def test_a_result_that_is_too_large_to_be_held_is_given_up() -> None:
    """Else its worker would be kept for ever, and with a few such results the service could ask nothing any more."""
    rest = Endless()
    with pytest.raises(Problem) as caught:
        Answer("g", b"", rest).whole()
    assert caught.value.status == 413 and rest.closed


def test_who_waits_is_served_when_a_worker_comes_back_and_the_known_first() -> None:
    room = lanes(workers=1)
    hand = room.take(Lane.KNOWN, 0)
    served: list[Lane] = []

    def wait(lane: Lane) -> None:
        found = room.take(lane, 5)
        served.append(lane)
        room.leave(lane, found)

    waiting = [threading.Thread(target=wait, args=(lane,)) for lane in (Lane.NEW, Lane.KNOWN)]
    for thread in waiting:
        thread.start()
    while room.waiting(Lane.NEW) + room.waiting(Lane.KNOWN) < 2:
        pass
    room.leave(Lane.KNOWN, hand)
    for thread in waiting:
        thread.join()
    assert served == [Lane.KNOWN, Lane.NEW]
    assert set(room.figures().values()) == {0}


def test_too_many_that_wait_are_turned_away_at_once() -> None:
    room = lanes(workers=0, waiting=1)

    def wait() -> None:
        with suppress(Problem):
            room.take(Lane.NEW, 0.5)

    thread = threading.Thread(target=wait)
    thread.start()
    while not room.waiting(Lane.NEW):
        pass
    with pytest.raises(Problem):
        room.take(Lane.NEW, 60)
    thread.join()


def test_what_a_form_of_query_cost_decides_where_the_next_begins() -> None:
    costs = Costs(budget=0.1)
    assert [costs.lane("x", weight) for weight in (Weight.LIGHT, Weight.UNKNOWN, Weight.HEAVY)] == [
        Lane.KNOWN,
        Lane.NEW,
        Lane.LONG,
    ]
    for _ in range(20):
        costs.learn("x", 0.01)
    costs.learn("x", LONG)
    assert costs.lane("x", Weight.UNKNOWN) is Lane.KNOWN
    costs.learn("y", 0.2)
    assert costs.lane("y", Weight.LIGHT) is Lane.LONG
    costs.learn("y", 0.01)
    assert costs.lane("y", Weight.HEAVY) is Lane.NEW


def test_a_form_that_needs_nearly_its_budget_stays_where_it_is() -> None:
    """Else it would go to and fro under load, and be ended again and again."""
    costs = Costs(budget=0.1)
    costs.learn("x", 0.01)
    costs.learn("y", 0.07)
    for _ in range(9):
        costs.learn("x", 0.07)
        costs.learn("y", 0.07)
    assert (costs.lane("x", Weight.HEAVY), costs.lane("y", Weight.LIGHT)) == (Lane.KNOWN, Lane.LONG)


def test_what_a_form_is_expected_to_take_follows_its_runs_and_is_never_more_than_the_budget() -> None:
    costs = Costs(budget=0.1)
    assert costs.expected("x") == 0.1
    for seconds in (LONG, 0.004, *[0.002] * 40):
        costs.learn("x", seconds)
        assert 0.002 <= costs.expected("x") <= 0.1
    assert costs.expected("x") < 0.0025


@pytest.mark.parametrize(
    ("query", "weight"),
    [
        ("SELECT * { <a:b> ?p ?o }", Weight.LIGHT),
        ("SELECT ?o { ?s <a:label> 'x'@zh ; <a:b>/<a:c> ?o } LIMIT 5", Weight.LIGHT),
        ("SELECT * { ?s ?p ?o . ?a ?b ?c }", Weight.HEAVY),
        ("SELECT * { <a:b> ?p ?o . ?a ?b ?c FILTER(?o = ?a) }", Weight.HEAVY),
        ("SELECT * { ?s ?p ?o }", Weight.UNKNOWN),
        ("SELECT * { <a:b> <a:c>* ?o }", Weight.UNKNOWN),
        ("SELECT ?s { <a:b> ?p ?s } ORDER BY ?s", Weight.UNKNOWN),
        ("SELECT * { { ?s ?p ?o } UNION { ?a ?b ?c } }", Weight.UNKNOWN),
        ("ASK {}", Weight.UNKNOWN),
    ],
)
def test_the_text_of_a_query_tells_what_to_expect(query: str, weight: Weight) -> None:
    assert examine(query).weight is weight


def test_queries_of_one_form_are_the_same_whatever_they_name() -> None:
    one = 'SELECT ?o { <http://a.example/x> ?p "智能" ; ?q ?o } LIMIT 10'
    two = 'SELECT ?o { <http://b.example/yy#z> ?p "网络" ; ?q ?o } LIMIT 999'
    assert shape_of(one) == shape_of(two) != shape_of(one.replace("?q", "?r"))


@given(st.text("ab<>{}()\"'\\#\n :?1", max_size=60))
def test_a_form_has_the_brackets_of_its_query(text: str) -> None:
    """What is emptied may hold no bracket that counts, or two queries of one form could differ in depth."""
    shape = shape_of(text)
    if shape != text:
        marks = [token.text for token in tokens(text) if token.kind == "mark"]
        assert [token.text for token in tokens(shape) if token.kind == "mark"] == marks


def request(**headers: str) -> Request:
    return Request(EnvironBuilder(headers={k.replace("_", "-"): v for k, v in headers.items()}).get_environ())


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", IDENTITY),
        ("gzip", "gzip"),
        ("gzip, zstd", "zstd"),
        ("zstd;q=0.5, gzip", "gzip"),
        ("gzip;q=0", IDENTITY),
        ("identity;q=1, gzip;q=0.5", IDENTITY),
        ("br", IDENTITY),
    ],
)
def test_the_coding_is_the_one_that_is_liked_best(accepted: str, coding: str) -> None:
    assert choose(request(Accept_Encoding=accepted) if accepted else request()) == coding


@given(st.lists(st.binary(max_size=2000), max_size=5))
def test_coded_parts_and_wholes_are_what_they_were(parts: list[bytes]) -> None:
    whole = b"".join(parts)
    assert gzip.decompress(b"".join(encode_parts(parts, "gzip"))) == whole
    unpacked = zstandard.ZstdDecompressor().decompressobj().decompress(b"".join(encode_parts(parts, "zstd")))
    assert unpacked == whole
    data, coding = encode(whole, "gzip")
    assert (gzip.decompress(data) if coding == "gzip" else data) == whole


def test_the_cache_forgets_what_was_longest_unused() -> None:
    cache = Cache(limit=100)
    for name in "abc":
        cache.put(name, Kept(b"x" * 40, IDENTITY, None))
        cache.get("a")
    assert cache.get("b") is None and cache.get("a") and cache.get("c")
    assert cache.size <= 100
    cache.put("large", Kept(b"x" * 2_000_000, IDENTITY, None))
    assert cache.get("large") is None


def test_a_client_may_send_so_many_requests_and_others_do_not_suffer() -> None:
    now = [0.0]
    rate = Rate(2, clock=lambda: now[0])
    assert [rate.wait_of("a") for _ in range(10)] == [0.0] * 10
    assert 0 < rate.wait_of("a") <= 0.5
    assert rate.wait_of("b") == 0
    now[0] += 0.5
    assert rate.wait_of("a") == 0
    assert Rate(0).wait_of("a") == 0
