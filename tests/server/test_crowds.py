"""Crowds of clients, and the event loop that answers quick queries alone: nobody is forgotten, nobody harms another.

Ten thousand broken requests are sent, or as many as ATTACKS in the environment says; half of them are noise.
"""

from __future__ import annotations

import os
import random
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.server.service import Service, small_store, wait_until

LOOKUP = "SELECT ?p ?o WHERE {{ <https://w3id.org/cluster-kg/id/cluster/smart-sensors> ?p ?o }} LIMIT {}"
CROWD = 2000
MOST_BYTES = 700 * 1024 * 1024
SECONDS = 20.0
ATTACKS = int(os.environ.get("ATTACKS", "10000"))
SENDERS = 4
VALID = (
    "PREFIX c: <https://w3id.org/cluster-kg/ontology#> SELECT ?a (COUNT(?b) AS ?n) "
    "{ ?a c:label|!c:x ?b FILTER(?b > 1.5) } GROUP BY ?a",
    LOOKUP.format(9),
    'CONSTRUCT { ?s a "x"@zh } WHERE { GRAPH ?g { ?s ?p ?o MINUS { ?s a ?t } } } ORDER BY DESC(?s) OFFSET 3',
    "ASK { VALUES (?x ?y) { (1 UNDEF) ('a' <urn:b>) } OPTIONAL { ?x (<urn:p>/^<urn:q>)* ?y BIND(STRLEN(?y) AS ?z) } }",
    "PREFIX s: <https://w3id.org/cluster-kg/search#> SELECT * "
    "{ SERVICE <https://w3id.org/cluster-kg/search> { ?t s:query '产业' ; s:score ?s } }",
)
LETTERS = "{}()[]<>\"'?.;,|/*^!=ax0 \\中\n\x00@#:_-+&\ud7ff"


def request(number: int, head: str = "") -> bytes:
    """A quick query that no cache knows."""
    return f"GET /sparql?query={quote(LOOKUP.format(number))} HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    store = small_store(tmp_path_factory.mktemp("crowds") / "store")
    with Service(store, "--timeout", "2", "--memory", "256") as found:
        for number in range(5):
            assert found.query(LOOKUP.format(number)).status == 200
        yield found


@pytest.fixture(autouse=True)
def unharmed(service: Service) -> Iterator[None]:
    """Afterwards the same front answers, holds no file of those that have gone, and has not grown without bound."""
    front = service.tree()[:3]
    files = Path(f"/proc/{front[1]}/fd")
    before = len(list(files.iterdir()))
    yield
    assert wait_until(lambda: service.query(LOOKUP.format(6)).status == 200)
    assert service.tree()[:3] == front
    assert wait_until(lambda: len(list(files.iterdir())) <= before + 8), "connections are left"
    pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in service.tree()]
    assert max(pages) * 4096 < MOST_BYTES


def connected(service: Service, many: int, stack: ExitStack) -> list[socket.socket]:
    return [
        stack.enter_context(socket.create_connection(("127.0.0.1", service.port), timeout=SECONDS)) for _ in range(many)
    ]


@contextmanager
def looking(service: Service) -> Iterator[list[float]]:
    """A well-behaved client that looks things up meanwhile, and gets every answer; the seconds that each took."""
    done = threading.Event()
    taken: list[float] = []
    failed: list[int] = []

    def look() -> None:
        connection = service.connection()
        number = 100_000
        while not done.is_set():
            number += 1
            began = time.monotonic()
            connection.request("GET", f"/sparql?query={quote(LOOKUP.format(number))}")
            answer = connection.getresponse()
            answer.read()
            taken.append(time.monotonic() - began)
            if answer.status != 200:
                failed.append(answer.status)
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield taken
    finally:
        done.set()
        thread.join()
    assert taken and not failed


def statuses(clients: list[socket.socket]) -> list[int]:
    """The status that each client gets, in the order in which they come; 0 for those that are hung up on."""
    found = []
    with selectors.DefaultSelector() as waiting:
        for client in clients:
            waiting.register(client, selectors.EVENT_READ)
        until = time.monotonic() + SECONDS
        while waiting.get_map() and time.monotonic() < until:
            for key, _ in waiting.select(1.0):
                client = key.fileobj
                assert isinstance(client, socket.socket)
                said = client.recv(65536)
                found.append(int(said.split()[1]) if said else 0)
                waiting.unregister(client)
    assert len(found) == len(clients), "some got no answer"
    return found


def test_two_thousand_that_say_nothing_keep_nobody_waiting(service: Service) -> None:
    with ExitStack() as stack:
        connected(service, CROWD, stack)
        with looking(service) as taken:
            time.sleep(1.0)
    assert sorted(taken)[len(taken) // 2] < 0.5


def test_two_thousand_that_ask_at_once_are_all_answered(service: Service) -> None:
    with ExitStack() as stack:
        clients = connected(service, CROWD, stack)
        with looking(service):
            for number, client in enumerate(clients):
                client.sendall(request(200_000 + number))
            assert statuses(clients) == [200] * CROWD


def test_half_heads_of_quick_queries_keep_nobody_waiting(service: Service) -> None:
    with ExitStack() as stack:
        clients = connected(service, CROWD // 2, stack)
        for number, client in enumerate(clients):
            whole = request(300_000 + number)
            client.sendall(whole[: 1 + number % (len(whole) - 1)])
        with looking(service) as taken:
            time.sleep(1.0)
        assert sorted(taken)[len(taken) // 2] < 0.5
        for number, client in enumerate(clients[:100]):
            whole = request(300_000 + number)
            client.sendall(whole[1 + number % (len(whole) - 1) :])
        assert statuses(clients[:100]) == [200] * 100


@pytest.mark.parametrize("apart", [True, False])
def test_thousands_sent_ahead_are_all_answered(service: Service, apart: bool) -> None:
    """The first of them may come alone, so that the rest comes while its query runs."""
    many = 1500
    with ExitStack() as stack:
        (client,) = connected(service, 1, stack)
        sent = b"".join(request(400_000 + number) for number in range(many))

        def send() -> None:
            if apart:
                client.sendall(sent[: sent.index(b"\r\n\r\n") + 4])
            client.sendall(sent)

        sender = threading.Thread(target=send)
        sender.start()
        with looking(service):
            reader = client.makefile("rb")
            for _ in range(many + apart):
                size = 0
                assert reader.readline() == b"HTTP/1.1 200 OK\r\n"
                while (line := reader.readline()) != b"\r\n":
                    size = int(line.split(b":")[1]) if line.lower().startswith(b"content-length:") else size
                assert len(reader.read(size)) == size
        sender.join()


def test_those_that_leave_in_the_middle_are_forgotten(service: Service) -> None:
    with looking(service):
        for _ in range(5):
            with ExitStack() as stack:
                for number, client in enumerate(connected(service, CROWD // 5, stack)):
                    client.sendall(request(500_000 + number) * (1 + number % 3))


def test_those_that_read_nothing_cost_no_thread_and_are_hung_up_on(service: Service) -> None:
    """Each asks a thousand times ahead and takes no answer."""
    with ExitStack() as stack:
        clients = connected(service, 20, stack)
        for number, client in enumerate(clients):
            client.setblocking(False)
            client.send(b"".join(request(600_000 + 1000 * number + n) for n in range(300)))
        with looking(service) as taken:
            time.sleep(1.0)
        assert sorted(taken)[len(taken) // 2] < 0.5


def of_random_bytes(chance: random.Random) -> bytes:
    """Noise, alone or where a part of a request should be."""
    noise = chance.randbytes(chance.randint(1, 400))
    return chance.choice(
        (
            noise + b"\r\n\r\n",
            b"GET " + noise + b" HTTP/1.1\r\nHost: x\r\n\r\n",
            b"GET /sparql?query=" + noise + b" HTTP/1.1\r\nHost: x\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: x\r\n" + noise + b"\r\n\r\n",
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            + f"Content-Length: {len(noise)}\r\n\r\n".encode()
            + noise,
        )
    )


def mutated(chance: random.Random) -> str:
    """A valid query with some letters changed, parts repeated, or its end cut off."""
    letters = list(chance.choice(VALID))
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(letters))
        if chance.random() < 0.8:
            letters[at] = chance.choice(LETTERS)
        else:
            letters[at:at] = letters[at : at + chance.randint(1, 30)]
    return "".join(letters[: chance.randint(1, len(letters)) if chance.random() < 0.1 else None])


def send_noise(service: Service, chance: random.Random, many: int) -> set[int]:
    """The statuses of requests of random bytes, 0 where the service hangs up."""
    found = set()
    for _ in range(many):
        with (
            socket.create_connection(("127.0.0.1", service.port), timeout=SECONDS) as client,
            suppress(ConnectionError),
        ):
            client.sendall(of_random_bytes(chance))
            client.shutdown(socket.SHUT_WR)
            said = client.recv(65536)
            found.add(int(said.split()[1]) if said.startswith(b"HTTP/1.1 ") else len(said))
    return found


def send_queries(service: Service, chance: random.Random, many: int) -> set[int]:
    """The statuses of mutated queries, on one connection."""
    found = set()
    connection = service.connection(SECONDS)
    for _ in range(many):
        text = mutated(chance)
        if chance.random() < 0.5:
            connection.request("GET", "/sparql?" + urlencode({"query": text, "timeout": "0.5"}))
        else:
            headers = {"Content-Type": "application/sparql-query"}
            connection.request("POST", "/sparql?timeout=0.5", text.encode(), headers)
        answer = connection.getresponse()
        answer.read()
        found.add(answer.status)
    connection.close()
    return found


@pytest.mark.parametrize(
    ("send", "expected"),
    [
        (send_noise, {0, 200, 400, 403, 404, 405, 406, 413, 414, 415, 431, 501, 505}),
        (send_queries, {200, 400, 403, 413, 504}),
    ],
)
def test_thousands_of_broken_requests_get_a_status_of_the_client(
    service: Service, send: Callable[[Service, random.Random, int], set[int]], expected: set[int]
) -> None:
    with ThreadPoolExecutor(SENDERS) as senders, looking(service):
        done = [senders.submit(send, service, random.Random(n), ATTACKS // SENDERS // 2) for n in range(SENDERS)]
        found = set().union(*(one.result() for one in done))
    assert found <= expected, found - expected
