"""What strangers do to a public endpoint: every attack gets its status in time, and the others notice nothing."""

from __future__ import annotations

import gzip
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kg.rdf.terms import CKG, ID
from tests.server.service import Service, small_store, wait_until

TIMEOUT = 2.0
LOOKUP = f"SELECT ?p ?o WHERE {{ <{ID}cluster/smart-sensors> ?p ?o }}"
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
HOSTILE = [
    f"SELECT * {{ {CROSS} }} ORDER BY ?a ?f ?l",
    f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    f"SELECT ?a (GROUP_CONCAT(?f) AS ?x) {{ {CROSS} }} GROUP BY ?a",
    f"ASK {{ {CROSS} FILTER(CONCAT(STR(?a), STR(?f), STR(?l)) = 'x') }}",
    f"SELECT DISTINCT ?a ?f ?l {{ {CROSS} FILTER(REGEX(STR(?a), CONCAT(STR(?d), '.*.*x'))) }}",
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    store = small_store(tmp_path_factory.mktemp("attacked") / "store")
    found = Service(store, "--timeout", str(TIMEOUT), "--memory", "256")
    yield found
    found.stop()


@pytest.fixture(autouse=True)
def unharmed(service: Service) -> Iterator[None]:
    """After every attack the same front answers, with a full set of workers."""
    front = service.tree()[:3]
    yield
    assert wait_until(lambda: service.query(LOOKUP).status == 200)
    assert service.tree()[:3] == front
    assert wait_until(lambda: len(service.tree()) >= len(front) + 2)


@pytest.mark.parametrize("query", HOSTILE)
def test_a_query_without_end_ends_at_its_deadline(service: Service, query: str) -> None:
    began = time.monotonic()
    answer = service.query(query)
    assert answer.status in {503, 504}
    assert time.monotonic() - began < TIMEOUT + 1
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_client_can_ask_for_less_time(service: Service) -> None:
    began = time.monotonic()
    assert service.query(HOSTILE[1], timeout="0.3").status == 504
    assert time.monotonic() - began < TIMEOUT
    assert service.query(LOOKUP, timeout="soon").status == 400


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("ASK " + "{" * 2000 + "}" * 2000, 413),
        ("ASK { FILTER" + "(" * 2000 + "1" + ")" * 2000 + "}", 413),
        ("ASK { ?s " + "<a:b>/" * 500 + "<a:b> ?o }", 413),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403),
        ("SELECT * { ?s ?p ", 400),
    ],
)
def test_what_would_end_the_engine_is_refused_before(service: Service, query: str, status: int) -> None:
    assert service.query(query).status == status


def test_more_memory_than_there_is_ends_one_query_only(service: Service) -> None:
    rows = "{ SELECT ?a ?f ?l { " + CROSS + " } LIMIT 30000000 }"
    answer = service.query(f"SELECT * {{ {rows} }} ORDER BY DESC(CONCAT(STR(?a), STR(?f), STR(?l)))")
    assert answer.status in {503, 504}


def test_sixteen_at_once_and_again_leave_the_lookups_alone(service: Service) -> None:
    for _ in range(5):
        assert service.query(LOOKUP).status == 200
    failures: list[int] = []
    taken: list[float] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            began = time.monotonic()
            status = service.query(f"{LOOKUP} LIMIT {random.randint(1000, 9000)}").status
            taken.append(time.monotonic() - began)
            if status != 200:
                failures.append(status)

    looking = threading.Thread(target=look)
    looking.start()
    statuses: list[tuple[int, float]] = []

    def attack(number: int) -> None:
        began = time.monotonic()
        query = HOSTILE[number % len(HOSTILE)].replace("?a", f"?a{number}")
        statuses.append((service.query(query).status, time.monotonic() - began))

    for wave in range(2):
        attackers = [threading.Thread(target=attack, args=(wave * 16 + n,)) for n in range(16)]
        for attacker in attackers:
            attacker.start()
        for attacker in attackers:
            attacker.join()
    done.set()
    looking.join()
    assert not failures
    assert {status for status, _ in statuses} <= {503, 504}
    assert max(seconds for _, seconds in statuses) < TIMEOUT + 1.5
    # The aim is 50 ms on a machine of its own; a test machine may be busy with other tests.
    assert sorted(taken)[int(len(taken) * 0.95)] < 0.5


def connected(service: Service) -> socket.socket:
    return socket.create_connection(("127.0.0.1", service.port), timeout=20)


def status_of(client: socket.socket) -> int:
    """The status of what comes back, 0 where the service hangs up without one."""
    try:
        said = client.recv(200)
    except ConnectionError:
        return 0
    return int(said.split()[1]) if said.startswith(b"HTTP/1.1 ") else 0


def test_idle_connections_cost_no_thread(service: Service) -> None:
    idle = [connected(service) for _ in range(300)]
    assert service.query(LOOKUP).status == 200
    # None was hung up on first: nobody waits for them.
    assert all(is_there(client) for client in idle)
    for client in idle:
        client.close()


def is_there(client: socket.socket) -> bool:
    """Whether a service that has said nothing has not hung up either."""
    patience = client.gettimeout()
    client.setblocking(False)
    try:
        return bool(client.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return True
    except ConnectionError:
        return False
    finally:
        client.settimeout(patience)


def test_slow_writers_cost_no_thread(service: Service) -> None:
    slow = [connected(service) for _ in range(150)]
    for client in slow:
        client.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Len")
    assert service.query(LOOKUP).status == 200
    assert all(is_there(client) for client in slow)
    slow[0].sendall(b"gth: 6\r\n\r\nASK")
    slow[0].sendall(b" {}")
    assert status_of(slow[0]) == 200
    for client in slow:
        client.close()


def test_slow_readers_are_hung_up_on(service: Service) -> None:
    query = urlencode({"query": f"SELECT * {{ {CROSS} }}"})
    readers = [connected(service) for _ in range(2)]
    for client in readers:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert client.recv(1)
    assert service.query(LOOKUP).status == 200
    time.sleep(TIMEOUT + 0.5)
    for client in readers:
        client.settimeout(10)
        whole = b""
        try:
            while part := client.recv(1 << 20):
                whole += part
        except ConnectionError:
            whole += b"(broken)"
        # However it ends, it must not look like the end of a whole result.
        assert not whole.endswith(b"0\r\n\r\n")
        client.close()


def test_the_rest_of_a_result_that_fails_never_looks_whole(service: Service) -> None:
    reader = connected(service)
    query = urlencode({"query": f"SELECT * {{ {CROSS} }}"})
    reader.sendall(f"GET /sparql?{query} HTTP/1.0\r\nHost: x\r\n\r\n".encode())
    with pytest.raises(ConnectionError):
        while reader.recv(1 << 20):
            pass
    reader.close()


def test_a_client_that_leaves_frees_its_worker(service: Service) -> None:
    for number in range(8):
        leaving = connected(service)
        query = urlencode({"query": HOSTILE[1].replace("?a", f"?left{number}")})
        leaving.sendall(f"GET /sparql?{query}&timeout=60 HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        time.sleep(0.02)
        leaving.close()
    began = time.monotonic()
    assert service.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").status == 200
    assert time.monotonic() - began < TIMEOUT


@pytest.mark.parametrize(
    ("head", "body", "statuses"),
    [
        (b"GET /sparql HTTP/1.1\r\nHost: x\r\nX-Large: " + b"x" * 1_000_000 + b"\r\n\r\n", b"", {0, 431}),
        (b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", b"", {0, 414}),
        (
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 1000000000\r\n\r\n",
            b"x" * 1000,
            {413},
        ),
        (
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n",
            b"ffffff\r\n" + b"x" * 2_000_000,
            {0, 413},
        ),
        (b"POST /api/v1/leads HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000000\r\n\r\n", b"x", {405, 413}),
        (b"\x16\x03\x01\x02\x00\x01\x00", b"\r\n\r\n", {0, 400}),
    ],
)
def test_a_request_too_large_is_refused_at_once(service: Service, head: bytes, body: bytes, statuses: set[int]) -> None:
    client = connected(service)
    began = time.monotonic()
    with suppress(ConnectionError):
        client.sendall(head + body)
    assert status_of(client) in statuses
    assert time.monotonic() - began < 5
    client.close()


def test_a_compressed_body_is_not_unpacked(service: Service) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    headers = {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}
    assert service.ask("POST", "/sparql", bomb, headers).status == 415


def test_random_bytes_get_an_answer_or_are_hung_up_on(service: Service) -> None:
    chance = random.Random(4)
    for _ in range(150):
        client = connected(service)
        client.sendall(chance.randbytes(chance.randint(1, 400)) + b"\r\n\r\n")
        assert status_of(client) in {0, 400, 404, 405, 501, 505}
        client.close()


def test_broken_queries_get_a_status_of_the_client(service: Service) -> None:
    chance = random.Random(5)
    valid = f"PREFIX c: <{CKG}> SELECT ?a (COUNT(?b) AS ?n) {{ ?a c:label|!c:x ?b FILTER(?b > 1.5) }} GROUP BY ?a"
    connection = service.connection()
    for _ in range(300):
        letters = list(valid)
        for _ in range(chance.randint(1, 6)):
            letters[chance.randrange(len(letters))] = chance.choice("{}()[]<>\"'?.;,|/*^!=ax0 \\\u4e2d\n")
        connection.request("GET", "/sparql?" + urlencode({"query": "".join(letters)}))
        answer = connection.getresponse()
        answer.read()
        assert answer.status in {200, 400, 403, 413}, "".join(letters)
    connection.close()


def test_memory_stays_within_bounds(service: Service) -> None:
    pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in service.tree()]
    assert max(pages) * 4096 < 700 * 1024 * 1024
