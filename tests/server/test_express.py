"""The short way for quick queries gives the same answers as the application, and leaves to it what is not quick."""

from __future__ import annotations

import os
import re
import signal
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.front.standing import Standings
from server.negotiate import GRAPHS, ROWS
from tests.server.service import TOKEN, Reply, Service, small_store, wait_until

LOOKUP = "SELECT ?p ?o WHERE {{ <https://w3id.org/cluster-kg/id/cluster/smart-sensors> ?p ?o }} LIMIT {}"
DESCRIBED = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }} LIMIT {}"
# Told anew for each answer, or of how it came.
APART = {"date", "x-request-id", "connection"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    store = small_store(tmp_path_factory.mktemp("express") / "store")
    with Service(store, "--timeout", "3", "--update-token", TOKEN) as found:
        yield found


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    store = small_store(tmp_path_factory.mktemp("proxied") / "store")
    with Service(store, "--proxies", "1", "--rate", "3") as found:
        yield found


def asked(service: Service, query: str, headers: dict[str, str], **parameters: str) -> Reply:
    return service.ask("GET", "/sparql?" + urlencode({"query": query, **parameters}), None, headers)


def short(service: Service) -> int:
    """How many requests went the short way so far."""
    found = re.search(rb"^kg_http_short_total (\d+)", service.ask("GET", "/metrics").body, re.MULTILINE)
    assert found
    return int(found[1])


def asked_shortly(
    service: Service, form: str, headers: dict[str, str], parameters: dict[str, str]
) -> tuple[int, Reply]:
    """The first limit of this form whose query went the short way, and the answer: a form must be quick a few times
    before it does, and more often where the machine was busy."""
    for number in range(11, 80):
        before = short(service)
        found = asked(service, form.format(number), headers, **parameters)
        if short(service) == before + 1:
            return number, found
    raise AssertionError(f"none of the queries went the short way: {form}")


@pytest.mark.parametrize(
    ("form", "headers", "parameters"),
    [
        (LOOKUP, {}, {}),
        (LOOKUP, {"Accept": "text/csv;q=0.5, application/sparql-results+xml"}, {}),
        (LOOKUP, {"Accept": "text/csv"}, {"format": "tsv"}),
        (LOOKUP, {"Accept-Encoding": "gzip"}, {}),
        (DESCRIBED, {"Accept": "application/n-triples"}, {}),
        (DESCRIBED, {"Accept-Encoding": "zstd, gzip;q=0.5"}, {"format": "ttl"}),
        (LOOKUP, {}, {"default-graph-uri": "https://w3id.org/cluster-kg/graph/ontology"}),
        (LOOKUP, {}, {"timeout": "2"}),
    ],
)
def test_both_ways_give_the_same_answer(
    service: Service, form: str, headers: dict[str, str], parameters: dict[str, str]
) -> None:
    number, quick = asked_shortly(service, form, headers, parameters)
    query, before = form.format(number), short(service)
    # A header that is not read here sends the request the ordinary way, where the result is kept by now.
    ordinary = asked(service, query, {**headers, "TE": "trailers"}, **parameters)
    fresh = asked(service, form.format(f"00{number}"), {**headers, "TE": "trailers"}, **parameters)
    assert short(service) == before
    assert quick.status == ordinary.status == fresh.status == 200
    assert quick.body == ordinary.body == fresh.body and quick.body
    told = [{k: v for k, v in one.headers.items() if k not in APART} for one in (quick, ordinary)]
    assert told[0] == told[1]


def test_what_the_client_has_is_not_sent_again(service: Service) -> None:
    query = LOOKUP.format(21)
    for _ in range(2):
        tag = asked(service, query, {}).headers["etag"]
    answers = [
        asked(service, query, {"If-None-Match": f'"x", W/"y", {tag}', **more}) for more in ({}, {"TE": "trailers"})
    ]
    assert [one.status for one in answers] == [304, 304] and not answers[0].body
    told = [{k: v for k, v in one.headers.items() if k not in APART} for one in answers]
    assert told[0] == told[1]


def test_a_request_keeps_the_identifier_that_it_came_with(service: Service) -> None:
    asked(service, LOOKUP.format(31), {})
    assert asked(service, LOOKUP.format(32), {"X-Request-Id": "mine-32"}).headers["x-request-id"] == "mine-32"
    assert asked(service, LOOKUP.format(33), {"X-Request-Id": "<no>"}).headers["x-request-id"] != "<no>"


def test_a_form_that_was_quick_may_still_be_long_broken_or_large(service: Service) -> None:
    """A limit, a filter or a string decides: what does not end soon is asked anew in the ordinary way."""
    form = "SELECT * {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STRLEN(STR(?a)) > 0) }} LIMIT {}"
    for number in (1, 2, 3):
        assert asked(service, form.format(number), {}).status == 200
    large = asked(service, form.format(5000), {"Accept": "text/tab-separated-values"})
    assert large.status == 200 and large.body.count(b"\n") == 5001
    length = "STRLEN(CONCAT(STR(?a), STR(?f), STR(?l)))"
    endless = f"SELECT * {{{{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER({length} > {{}}) }}}} LIMIT 1"
    for number in (1, 2, 3):
        assert asked(service, endless.format(number), {}).status == 200
    late = asked(service, endless.format(100_000), {})
    assert late.status == 504 and late.headers["content-type"] == "application/problem+json"
    broken = asked(service, LOOKUP.format(1).replace("smart-sensors", "a%zz"), {})
    assert broken.status in {200, 400}


def test_each_sees_the_generation_that_is_current(service: Service) -> None:
    form = "SELECT ?o WHERE {{ <urn:express:{}> <urn:n> ?o }} LIMIT 1"
    for number in range(6):
        assert asked(service, form.format(number), {}).json()["results"]["bindings"] == []
        assert service.update(f"INSERT DATA {{ <urn:express:{number}> <urn:n> {number} }}").status == 204
        found = asked(service, form.format(number), {}).json()["results"]["bindings"]
        assert [one["o"]["value"] for one in found] == [str(number)]


def test_to_open_another_generation_is_not_taken_for_a_long_query(service: Service) -> None:
    """What takes longer than a query may is done after the graph has changed, by a worker that has to open it."""
    assert service.update("INSERT DATA { <urn:opened> <urn:opened> <urn:opened> }").status == 204
    workers = service.tree()[3:]
    answers: list[Reply] = []
    query = "SELECT (COUNT(*) AS ?n) { <urn:opened> ?p ?o . ?s ?p ?o }"
    asking = threading.Thread(target=lambda: answers.append(asked(service, query, {})))
    with stopped(workers):
        before = priorities(workers)
        asking.start()
        time.sleep(0.7)
        after = priorities(workers)
    asking.join()
    assert answers[0].status == 200 and answers[0].count() == 1
    # Some may have ended meanwhile, of whom others had no more need.
    assert not [process for process, level in after.items() if level > before[process]], "a worker had to step back"


def priorities(processes: list[int]) -> dict[int, int]:
    """How far each of those processes that still are has stepped back."""
    found = {}
    for process in processes:
        with suppress(ProcessLookupError):
            found[process] = os.getpriority(os.PRIO_PROCESS, process)
    return found


def test_many_clients_wait_their_turn_without_a_thread(service: Service) -> None:
    asked(service, LOOKUP.format(41), {})
    statuses: list[int] = []

    def ask(client: int) -> None:
        connection = service.connection()
        for number in range(20):
            connection.request("GET", "/sparql?" + urlencode({"query": LOOKUP.format(1000 + client * 20 + number)}))
            answer = connection.getresponse()
            answer.read()
            statuses.append(answer.status)
        connection.close()

    clients = [threading.Thread(target=ask, args=(number,)) for number in range(60)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    assert statuses == [200] * 1200


def test_what_waits_behind_a_query_that_is_ended_is_answered_by_another_worker(service: Service) -> None:
    """Each worker has several queries at once; the one in front may turn out to be endless, or the worker be killed."""
    length = "STRLEN(CONCAT(STR(?a), STR(?f), STR(?l)))"
    endless = f"SELECT * {{{{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER({length} > {{}}) }}}} LIMIT 1"
    for number in range(30):
        assert asked(service, endless.format(number), {}).status == asked(service, LOOKUP.format(number), {}).status
    statuses: list[int] = []
    ended = threading.Event()

    def look(client: int) -> None:
        number = 0
        while not ended.is_set():
            number += 1
            statuses.append(asked(service, LOOKUP.format(100_000 * client + number), {}).status)

    clients = [threading.Thread(target=look, args=(number,)) for number in range(1, 13)]
    for client in clients:
        client.start()
    late = [asked(service, endless.format(100_000 + number), {}).status for number in range(2)]
    ended.set()
    for client in clients:
        client.join()
    assert late == [504, 504]
    assert len(statuses) > 100 and set(statuses) == {200}


def test_requests_sent_ahead_are_answered_in_their_order(service: Service) -> None:
    asked(service, LOOKUP.format(51), {})
    paths = [f"/sparql?query={quote(LOOKUP.format(number))}" for number in (1, 52, 2, 53)]
    whole = b"".join(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() for path in paths)
    for cuts in ((len(whole),), (40, 600), (whole.index(b"\r\n\r\n") + 4, whole.index(b"\r\n\r\n") + 9)):
        with socket.create_connection(("127.0.0.1", service.port), timeout=10) as client:
            at = 0
            for cut in (*cuts, len(whole)):
                client.sendall(whole[at:cut])
                at = cut
            reader = client.makefile("rb")
            sizes = [len(read_one(reader)) for _ in paths]
            client.sendall(whole)
            again = [len(read_one(reader)) for _ in paths]
        assert sizes[0] < sizes[2] < sizes[1] == sizes[3] and again == sizes


@pytest.mark.parametrize("path", ["/sparql?query=ASK{{?s+?p+%22{}%22@zh}}", "/api/v1/search?q={}&limit=3", "/?q={}"])
def test_an_address_may_have_the_letters_that_somebody_types(service: Service, path: str) -> None:
    """``curl`` sends them as they are; both ways, and whatever comes after on the same connection."""
    for times in range(4):
        words = f"智能传感器{times}"
        answers = []
        with socket.create_connection(("127.0.0.1", service.port), timeout=30) as client:
            reader = client.makefile("rb")
            for said in (words, quote(words)):
                client.sendall(f"GET {path.format(said)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                answers.append((reader.readline(), read_one(reader)))
        typed, encoded = answers
        assert typed[0] == encoded[0] == b"HTTP/1.1 200 OK\r\n"
        # A page may show the moment, and never what was typed in other letters.
        assert len(typed[1]) == len(encoded[1]) and (path == "/?q={}" or typed == encoded)


def read_one(reader: BinaryIO) -> bytes:
    """The body of the next answer."""
    size = 0
    while (line := reader.readline()) not in {b"\r\n", b""}:
        if line.lower().startswith(b"content-length:"):
            size = int(line.split(b":")[1])
    return reader.read(size)


def test_an_answer_and_the_end_of_its_client_may_come_at_the_same_time(service: Service) -> None:
    asked(service, LOOKUP.format(61), {})
    first, front, nursery, *workers = service.tree()
    for number in range(3):
        clients = [socket.create_connection(("127.0.0.1", service.port), timeout=10) for _ in range(6)]
        with stopped(workers):
            for at, client in enumerate(clients):
                path = f"/sparql?query={quote(LOOKUP.format(2000 + number * 20 + at))}"
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", at % 2, 0))
                client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * (1 + at % 3))
            time.sleep(0.1)
            with stopped([front]):
                tell(workers, signal.SIGCONT)
                for client in clients:
                    client.close()
                time.sleep(0.1)
    assert wait_until(lambda: asked(service, LOOKUP.format(62), {}).status == 200)
    assert service.tree()[:3] == [first, front, nursery]


@contextmanager
def stopped(processes: list[int]) -> Iterator[None]:
    """Nothing of these processes runs meanwhile."""
    tell(processes, signal.SIGSTOP)
    try:
        yield
    finally:
        tell(processes, signal.SIGCONT)


def tell(processes: list[int], order: signal.Signals) -> None:
    """Send a signal to those of these processes that still are."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, order)


def test_a_proxy_is_believed_and_each_client_held_to_its_own_rate(proxied: Service) -> None:
    statuses: dict[str, list[int]] = {}
    for number in range(40):
        for client in ("10.0.0.1", "10.0.0.2") if number < 10 else ("10.0.0.1",):
            told = {"X-Forwarded-For": client, "X-Forwarded-Proto": "https"}
            statuses.setdefault(client, []).append(asked(proxied, LOOKUP.format(number), told).status)
    assert set(statuses["10.0.0.2"]) == {200}
    assert statuses["10.0.0.1"][:10] == [200] * 10 and 429 in statuses["10.0.0.1"]


@given(st.binary(max_size=200))
def test_any_head_is_read_or_left_to_the_application(head: bytes) -> None:
    found = Standings("/sparql", 0).of(b"Host: x\r\n" + head, "127.0.0.1")
    assert found is None or (found.client, found.base) == ("127.0.0.1", "http://x/sparql")


@pytest.mark.parametrize(
    "line",
    [
        *(b"Authorization: Bearer x", b"Content-Length: 3", b"Transfer-Encoding: chunked", b"Connection: close"),
        *(b"Expect: 100-continue", b"X-Forwarded-Proto: https", b"Host: y", b" folded", b"Bad Name: x"),
        b"Accept: text/html",
    ],
)
def test_what_says_more_is_left_to_the_application(line: bytes) -> None:
    standings = Standings("/sparql", 0)
    assert standings.of(b"Host: x\r\n" + line, "127.0.0.1") is None
    plain = standings.of(b"Host: x\r\nUser-Agent: test", "127.0.0.1")
    assert plain is not None and (plain.rows, plain.graphs) == (ROWS[0], GRAPHS[0])
