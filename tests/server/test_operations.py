"""For those who run the service: it reloads and stops without a failure, holds clients to a rate, tells what it did."""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.server.service import TOKEN, Service, small_store, wait_until

LOOKUP = "SELECT ?p ?o WHERE {{ <https://w3id.org/cluster-kg/id/cluster/smart-sensors> ?p ?o }} LIMIT {}"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("operated") / "store")


@pytest.fixture
def service(folder: Path) -> Iterator[Service]:
    with Service(folder, "--timeout", "2") as running:
        yield running


def test_a_reload_takes_a_new_front_and_no_request_fails(service: Service) -> None:
    before = service.tree()[1]
    statuses: list[int] = []
    done = threading.Event()

    def look() -> None:
        number = 0
        while not done.is_set():
            number += 1
            statuses.append(service.query(LOOKUP.format(number)).status)

    looking = threading.Thread(target=look)
    looking.start()
    late: list[int] = []
    asking = threading.Thread(target=lambda: late.append(service.query(LONG).status))
    asking.start()
    time.sleep(0.2)
    service.process.send_signal(signal.SIGHUP)
    assert wait_until(lambda: before not in service.tree() and len(service.tree()) > 3, 30)
    seen = len(statuses)
    assert wait_until(lambda: len(statuses) > seen + 20)
    done.set()
    looking.join()
    asking.join()
    assert set(statuses) == {200} and late == [504]


@pytest.mark.parametrize("there", [True, False])
def test_requests_are_answered_though_nobody_takes_the_log(tmp_path: Path, there: bool) -> None:
    """Its reader has gone, or is there and has stopped, and the pipe is full."""
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
    with Service(small_store(tmp_path / "store"), log=writer) as service:
        os.close(writer)
        if not there:
            os.close(reader)
        front = service.tree()[1]
        statuses = {service.query(LOOKUP.format(number)).status for number in range(60)}
        statuses.add(service.ask("GET", "/healthz").status)
        assert statuses == {200} and service.tree()[1] == front
        assert service.stop() == 0


def test_a_stop_lets_end_what_runs_and_leaves_no_process(folder: Path) -> None:
    with Service(folder, "--timeout", "2") as service:
        processes = service.tree()
        statuses: list[int] = []
        asking = threading.Thread(target=lambda: statuses.append(service.query(LONG).status))
        asking.start()
        time.sleep(0.5)
        assert service.stop() == 0
        asking.join()
    assert statuses == [504]
    assert wait_until(lambda: not any(alive(pid) for pid in processes))


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and is not yet buried does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def test_a_client_that_asks_too_often_is_told_when_to_come_again(folder: Path) -> None:
    """Both ways, and whoever looks after the service is never turned away."""
    with Service(folder, "--rate", "4") as service:
        replies = [service.query(LOOKUP.format(number)) for number in range(40)]
        replies += [service.ask("GET", "/api/v1/clusters") for _ in range(3)]
        limited = [reply for reply in replies if reply.status == 429]
        assert limited and all(1 <= int(reply.headers["retry-after"]) <= 3 for reply in limited)
        assert {reply.headers["content-type"] for reply in limited} == {"application/problem+json"}
        assert all(service.ask("GET", path).status == 200 for path in ("/healthz", "/readyz", "/metrics"))
        time.sleep(1)
        assert service.query(LOOKUP.format(50)).status == 200


def test_the_line_of_a_long_result_says_how_it_ended(folder: Path, tmp_path: Path) -> None:
    """Its bytes as they went over the wire and its rows; of one that a client leaves, that it was left."""
    every = quote("SELECT * { ?s ?p ?o . ?s ?q ?r }")
    log = tmp_path / "log"
    with log.open("wb") as out, Service(folder, log=out) as service:
        for coding in ("identity", "gzip"):
            headers = {"X-Request-Id": coding, "Accept-Encoding": coding, "Accept": "text/csv"}
            reply = service.ask("GET", f"/sparql?query={every}", None, headers)
            assert reply.headers["transfer-encoding"] == "chunked"
            rows = (gzip.decompress(reply.body) if coding == "gzip" else reply.body).count(b"\r\n") - 1
            line = line_of(log, coding)
            assert (line["bytes"], line["rows"], line["outcome"]) == (len(reply.body), rows, "ok")
            assert line["lasted"] >= line["seconds"]
        with socket.create_connection(("127.0.0.1", service.port)) as client:
            endless = quote("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
            client.sendall(f"GET /sparql?query={endless} HTTP/1.1\r\nHost: x\r\nX-Request-Id: gone\r\n\r\n".encode())
            client.recv(1000)
        line = line_of(log, "gone")
        assert line["outcome"] == "left" and "rows" not in line and line["bytes"] > 0


def line_of(log: Path, name: str) -> dict[str, Any]:
    """The line of a request, which comes when its answer has ended."""
    found: list[dict[str, Any]] = []

    def look() -> bool:
        lines = (json.loads(line) for line in log.read_text().splitlines() if line.startswith("{"))
        found[:] = [line for line in lines if line["id"] == name]
        return bool(found)

    assert wait_until(look)
    return found[0]


def test_each_request_is_a_line_that_can_be_read_again(folder: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as out:
        service = Service(folder, "--update-token", TOKEN, log=out)
        with service:
            path = f"/sparql?query={quote(LOOKUP.format(3))}"
            names = {"one": path, "two": path + "&x", "bad": "/sparql?query=SELECT", "page": "/healthz"}
            sizes = {
                name: len(service.ask("GET", where, None, {"X-Request-Id": name}).body) for name, where in names.items()
            }
            assert service.update("INSERT DATA { <urn:a> <urn:b> 'secret' }").status == 204
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    told = {line["id"]: line for line in lines}
    assert {told[name]["bytes"] for name in ("one", "two")} == {sizes["one"]}
    assert [told[name].get("rows") for name in names] == [3, 3, None, None]
    assert [told[name]["outcome"] for name in names] == ["ok", "ok", "refused", "ok"]
    assert told["one"]["query"] == told["two"]["query"] != told["bad"]["query"] and "query" not in told["page"]
    assert all(line["seconds"] >= 0 and line["client"] == "127.0.0.1" for line in lines)
    assert "secret" not in log.read_text() and TOKEN not in log.read_text()
