"""SERVICE to endpoints that were allowed: what they say is joined, and nothing else is ever asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.rdf.terms import ID
from server.errors import Problem
from server.federating import MAX_BLOCKS, Federation, blocks, endpoint_of
from server.fetching import MAX_BYTES, MAX_ROWS, Unanswered, rows_of
from server.guard import examine
from server.searching import SERVICE
from server.tokens import tokens
from tests.server.service import TOKEN, Service, small_store
from tests.server.test_command import free_port, start

ONE = "http://one.example/sparql"
TWO = "http://two.example/sparql"
ALLOWED = frozenset({ONE, TWO})
SENSORS = f"<{ID}cluster/smart-sensors>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
TIMEOUT = 4.0


def status(query: str, allowed: frozenset[str] = ALLOWED) -> int:
    try:
        examine(query, allowed)
    except Problem as problem:
        return problem.status
    return 200


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE <{ONE}> {{ ?s ?p ?o }} }}",
        f"select * {{ service silent <{TWO}> {{ ?s ?p ?o }} }}",
        "PREFIX one: <http://one.example/> SELECT * { SERVICE one:sparql { ?s ?p '}' } }",
        f"SELECT * {{ SERVICE <{SERVICE}> {{ ?s <{SERVICE}#query> 'x' }} SERVICE <{ONE}> {{ ?s ?p ?o }} }}",
    ],
)
def test_only_what_was_allowed_passes(query: str) -> None:
    assert status(query) == 200
    assert status(query, frozenset()) == 403
    assert examine(query, ALLOWED).volatile


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { SERVICE <http://one.example/sparql/> { ?s ?p ?o } }", 403),
        ("SELECT * { SERVICE <http://one.example/sparql?x> { ?s ?p ?o } }", 403),
        ("SELECT * { SERVICE ?where { ?s ?p ?o } }", 403),
        ("SELECT * { SERVICE SILENT ?where { ?s ?p ?o } }", 403),
        ("BASE <http://one.example/> SELECT * { SERVICE <sparql> { ?s ?p ?o } }", 403),
        (f"SELECT * {{ SERVICE <{ONE}> {{ SERVICE <{TWO}> {{ ?s ?p ?o }} }} }}", 403),
        (f"SELECT * {{ SERVICE <{ONE}> {{ {{ ?s ?p ?o }} SERVICE <{SERVICE}> {{ ?s ?p ?o }} }} }}", 403),
        (f"SELECT * {{ SERVICE <{ONE}> {{ ?s ?p ?o }} SERVICE <http://three.example/> {{ ?s ?p ?o }} }}", 403),
        (f"SELECT * {{ SERVICE <{ONE}> ?s ?p ?o }}", 400),
        (f"SELECT * {{ SERVICE <{ONE}> {{ ?s ?p ?o ", 400),
        ("SELECT * { SERVICE", 403),
        (f"SELECT * {{ {f'SERVICE <{ONE}> {{ ?s ?p ?o }} ' * (MAX_BLOCKS + 1)} }}", 413),
        (f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{ONE}> {{ ?s ?p ?o }} }}", 403),
    ],
)
def test_what_was_not_allowed_is_refused(query: str, expected: int) -> None:
    assert status(query) == expected


def test_a_block_ends_where_its_braces_end() -> None:
    inner = '{ ?a ?b \'}\' . # }\n OPTIONAL { ?a ?c """{""" } }'
    query = f"SELECT * {{ SERVICE SILENT <{ONE}> {inner} ?a ?b ?c }}"
    (block,) = blocks(list(tokens(query)), ALLOWED)
    assert query[block.opening : block.end] == inner
    assert block.silent and block.variables == {"a", "b", "c"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one",
        "ftp://a/b",
        "file:///etc/passwd",
        "http:///x",
        "http://u:p@a/",
        "http://a/#b",
        "http://a b/",
        "http://a:x/",
    ],
)
def test_an_endpoint_that_can_not_be_asked_is_no_setting(text: str) -> None:
    with pytest.raises(KgError):
        endpoint_of(text)


def test_an_endpoint_may_have_a_port_and_a_query() -> None:
    assert endpoint_of("https://a.example:8443/sparql?x=y") == "https://a.example:8443/sparql?x=y"


Binding = dict[str, dict[str, Any]]


def rows(*bindings: Binding, variables: tuple[str, ...] = ("s", "o")) -> bytes:
    return json.dumps({"head": {"vars": variables}, "results": {"bindings": bindings}}).encode()


class Other:
    """Another service, which answers as it is told and keeps what it was asked."""

    def __init__(self) -> None:
        self.answer: tuple[int, dict[str, str], bytes] = (200, {}, b"")
        self.pause = 0.0
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        other = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.do_POST()

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                other.asked.append((f"{self.command} {self.path}", body.decode(), dict(self.headers)))
                code, headers, data = other.answer
                self.send_response(code)
                self.send_header("Content-Type", headers.get("Content-Type", "application/sparql-results+json"))
                for name in headers.keys() - {"Content-Type"}:
                    self.send_header(name, headers[name])
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self._say(data)

            def _say(self, data: bytes) -> None:
                try:
                    if other.pause:
                        for at in range(len(data)):
                            self.wfile.write(data[at : at + 1])
                            time.sleep(other.pause)
                    else:
                        self.wfile.write(data)
                except OSError:
                    return

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.iri = f"http://127.0.0.1:{self._server.server_port}/sparql?key=1"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def stub() -> Iterator[Other]:
    running = Other()
    yield running
    running.close()


@pytest.fixture
def other(stub: Other) -> Other:
    stub.answer, stub.pause = (200, {}, rows()), 0.0
    stub.asked.clear()
    return stub


def found(text: str) -> list[dict[str, Any]]:
    """The rows of a query of nothing."""
    results = ox.Store().query(text)
    assert isinstance(results, ox.QuerySolutions)
    names = [variable.value for variable in results.variables]
    return [{name: solution[name] for name in names} for solution in results]


def filled(other: Other, text: str = "SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }}", timeout: float = TIMEOUT) -> str:
    return Federation([other.iri], timeout).answered(text.format(other.iri))[0]


def test_a_block_is_sent_as_it_stands_with_what_was_declared(other: Other) -> None:
    query = "PREFIX x: <urn:x#>\nSELECT (COUNT(*) AS ?n) {{ ?s x:here ?o\n SERVICE <{}> {{ ?s x:p ?o\n }} }} LIMIT 1"
    written = filled(other, query)
    (line, text, headers) = other.asked[0]
    assert line == "POST /sparql?key=1"
    assert text == "PREFIX x: <urn:x#>\n\nSELECT * WHERE { ?s x:p ?o\n }"
    assert headers["Content-Type"] == "application/sparql-query"
    assert headers["Accept"] == "application/sparql-results+json" and headers["Accept-Encoding"] == "identity"
    assert not {"Authorization", "Cookie"} & set(headers)
    assert "SERVICE" not in written and written.endswith("} LIMIT 1")
    assert written.count("\n") == query.count("\n")


@pytest.mark.parametrize(
    ("declared", "meant"), [("", "http://here.example/a"), ("BASE <x/> ", "http://here.example/x/a")]
)
def test_a_relative_iri_means_there_what_it_means_here(other: Other, declared: str, meant: str) -> None:
    query = f"{declared}SELECT * {{ SERVICE <{other.iri}> {{ BIND(<a> AS ?o) }} }}"
    Federation([other.iri], TIMEOUT).answered(query, base="http://here.example/sparql")
    assert found(other.asked[0][1]) == [{"o": ox.NamedNode(meant)}]


def test_every_term_comes_back_as_it_was(other: Other) -> None:
    told: list[dict[str, Any]] = [
        {"type": "uri", "value": "http://a/中"},
        {"type": "literal", "value": 'a "quote" \\ \\u0022 \n } SERVICE <http://a/> {'},
        {"type": "literal", "value": "智能", "xml:lang": "zh"},
        {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
        {"type": "typed-literal", "value": "x", "datatype": "urn:t"},
    ]
    other.answer = (200, {}, rows(*({"s": term} for term in told), {}))
    assert [row["s"] for row in found(filled(other))] == [
        ox.NamedNode("http://a/中"),
        ox.Literal(str(told[1]["value"])),
        ox.Literal("智能", language="zh"),
        ox.Literal(1),
        ox.Literal("x", datatype=ox.NamedNode("urn:t")),
        None,
    ]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_literal_leaves_its_quotes(stub: Other, text: str) -> None:
    stub.answer, stub.pause = (200, {}, rows({"s": {"type": "literal", "value": text}})), 0.0
    assert found(filled(stub)) == [{"s": ox.Literal(text), "o": None}]


@pytest.mark.parametrize(("bindings", "count"), [((), 0), (({}, {}), 2)])
def test_a_block_without_variables_says_whether_it_holds(other: Other, bindings: Any, count: int) -> None:
    other.answer = (200, {}, rows(*bindings, variables=()))
    assert found(filled(other, "SELECT * {{ SERVICE <{}> {{ <urn:a> <urn:b> <urn:c> }} }}")) == [{}] * count


def test_a_variable_that_was_not_asked_for_never_reaches_the_query(other: Other) -> None:
    other.answer = (200, {}, rows({}, variables=("s", "x) {} } INSERT", "hidden")))
    assert "VALUES (?s) { (UNDEF) }" in filled(other)


BAD = [
    (302, {"Location": "http://127.0.0.1/"}, b""),
    (307, {"Location": "/sparql"}, b""),
    (500, {}, b""),
    (200, {"Content-Type": "text/html"}, rows()),
    (200, {"Content-Encoding": "gzip"}, rows()),
    (200, {}, b"{"),
    (200, {}, b"[" * 500_000),
    (200, {}, b'{"head": {}, "boolean": true}'),
    (200, {}, rows({"s": {"type": "bnode", "value": "b0"}})),
    (200, {}, rows({"s": {"type": "uri", "value": "http://a/> } #"}})),
    (200, {}, rows({"s": {"type": "uri", "value": "relative"}})),
    (200, {}, rows({"s": {"type": "literal", "value": "x", "xml:lang": "no language"}})),
    (200, {}, rows({"s": {"type": "triple", "value": {}}})),
    (200, {}, b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "literal", "value": "\\ud800"}}]}}'),
]


@pytest.mark.parametrize("answer", BAD)
def test_what_is_no_result_fails_unless_silent(other: Other, answer: tuple[int, dict[str, str], bytes]) -> None:
    other.answer = answer
    with pytest.raises(Unanswered) as caught:
        filled(other)
    assert caught.value.status == 502 and other.iri in caught.value.detail
    assert len(other.asked) == 1, "a redirection was followed"
    assert found(filled(other, "SELECT * {{ SERVICE SILENT <{}> {{ ?s ?p ?o }} }}")) == [{}]


@pytest.mark.parametrize(
    "answer",
    [
        rows(*({},) * (MAX_ROWS + 1)),
        b" " * (MAX_BYTES + 1),
        rows(*({"s": {"type": "literal", "value": "很长" * 100}},) * 1000),
        rows({"s": {"type": "literal", "value": '"' * 80_000}}),
    ],
    ids=["rows", "bytes", "text", "quotes"],
)
@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_too_large_a_result_is_told_and_never_cut(other: Other, answer: bytes, silent: str) -> None:
    other.answer = (200, {}, answer)
    with pytest.raises(Problem) as caught:
        filled(other, f"SELECT * {{{{ SERVICE {silent} <{{}}> {{{{ ?s ?p ?o }}}} }}}}")
    assert caught.value.status == 413


def test_who_speaks_slowly_is_left_in_time(other: Other) -> None:
    other.answer, other.pause = (200, {}, rows()), 0.1
    began = time.monotonic()
    with pytest.raises(Unanswered) as caught:
        rows_of(other.iri, "SELECT * {}", frozenset(), 0.5)
    assert caught.value.status == 504
    assert time.monotonic() - began < 5


def test_so_many_may_wait_for_other_services_and_no_more(other: Other) -> None:
    federation = Federation([other.iri], 2.0)
    other.answer, other.pause = (200, {}, rows()), 0.2
    query = f"SELECT * {{ SERVICE <{other.iri}> {{ ?s ?p ?o }} }}"
    statuses: list[int] = []

    def ask() -> None:
        try:
            federation.answered(query)
        except Problem as problem:
            statuses.append(problem.status)

    asking = [threading.Thread(target=ask) for _ in range(12)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert sorted(statuses) == [503] * 4 + [504] * 8
    other.pause = 0.0
    assert "VALUES" in federation.answered(query)[0]


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with Service(small_store(tmp_path_factory.mktemp("remote") / "store"), "--update-token", TOKEN) as running:
        text = f"INSERT DATA {{ {SENSORS} <urn:x#seen> 7 , 8 . <urn:x#strange> <urn:x#seen> 9 . [] <urn:x#blank> 1 }}"
        assert running.update(text).status == 204
        yield running


@pytest.fixture(scope="module")
def dead() -> str:
    return f"http://127.0.0.1:{free_port()}/sparql"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, remote: Service, stub: Other, dead: str) -> Iterator[Service]:
    allowed = [word for iri in (at(remote), stub.iri, dead) for word in ("--service", iri)]
    folder = small_store(tmp_path_factory.mktemp("local") / "store")
    with Service(folder, "--update-token", TOKEN, "--timeout", str(TIMEOUT), *allowed) as running:
        yield running


def at(running: Service) -> str:
    return f"http://127.0.0.1:{running.port}/sparql"


def joined(endpoint: str) -> str:
    prefix = "PREFIX x: <urn:x#> "
    return prefix + f"SELECT ?l ?n {{ ?c {LABEL} ?l . SERVICE {endpoint} {{ ?c x:seen ?n }} }} ORDER BY ?n"


def test_what_another_service_says_is_joined_with_the_graph(service: Service, remote: Service) -> None:
    for _ in range(2):
        reply = service.query(joined(f"<{at(remote)}>"))
        assert reply.status == 200, reply.body
        assert {int(row["n"]["value"]) for row in reply.json()["results"]["bindings"]} == {7, 8}
        assert reply.headers["cache-control"] == "no-store" and "etag" not in reply.headers
    ask = f"ASK {{ SERVICE <{at(remote)}> {{ <urn:x#strange> ?p 9 }} }}"
    assert service.query(ask).json() == {"head": {}, "boolean": True}
    posted = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}
    assert service.ask("POST", "/sparql", joined(f"<{at(remote)}>").encode(), posted).body.count(b"\r\n") >= 3


def test_nothing_else_is_asked(service: Service, remote: Service) -> None:
    assert remote.query(joined(f"<{at(service)}>")).status == 403
    for endpoint in ("?where", f"<{at(remote)}/>", "<http://127.0.0.1:1/>", "SILENT <http://127.0.0.1:1/>"):
        reply = service.query(joined(endpoint))
        assert reply.status == 403 and reply.headers["content-type"] == "application/problem+json"
    nested = f"SELECT * {{ SERVICE <{at(remote)}> {{ SERVICE <{at(remote)}> {{ ?s ?p ?o }} }} }}"
    assert service.query(nested).status == 403
    update = f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{at(remote)}> {{ ?s ?p ?o }} }}"
    assert service.update(update).status == 403


def test_a_service_that_fails_is_told_or_forgiven(service: Service, remote: Service, dead: str) -> None:
    for endpoint in (f"<{dead}>", f"<{dead}> {{}} SERVICE <{at(remote)}>"):
        reply = service.query(joined(endpoint))
        assert reply.status == 502 and reply.headers["content-type"] == "application/problem+json"
        assert dead in reply.json()["detail"]
    reply = service.query(joined(f"SILENT <{dead}>"))
    assert reply.status == 200 and reply.json()["results"]["bindings"]
    blank = f"SELECT * {{ SERVICE <{at(remote)}> {{ ?s <urn:x#blank> ?n }} }}"
    assert service.query(blank).status == 502
    assert service.query(blank.replace("?s", "[]")).count() == 1


def test_a_service_that_is_late_leaves_time_for_the_query(service: Service, other: Other) -> None:
    other.answer, other.pause = (200, {}, rows()), 0.1
    assert service.query(joined(f"<{other.iri}>"), timeout="1").status == 504
    reply = service.query(joined(f"SILENT <{other.iri}>"), timeout="1")
    assert reply.status == 200 and reply.json()["results"]["bindings"]


def test_a_large_result_reaches_the_engine_whole(service: Service, other: Other) -> None:
    values = [f'第{number}行“很长的"文字"”' for number in range(2000)]
    other.answer = (200, {}, rows(*({"s": {"type": "literal", "value": value}} for value in values)))
    query = f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ SERVICE <{other.iri}> {{ ?s ?p ?o }} }}"
    assert service.query(query).count() == len(values)
    other.answer = (200, {}, rows(*({"s": {"type": "literal", "value": value * 3}} for value in values)))
    assert service.query(query).status == 413


def test_an_error_after_a_block_tells_its_line(service: Service, remote: Service) -> None:
    query = f"SELECT * {{ SERVICE <{at(remote)}> {{\n ?s <urn:x#seen> ?n\n\n }}\n ?s ?p }}"
    reply = service.query(query)
    assert reply.status == 400 and reply.json()["line"] == query.count("\n") + 1


def test_the_page_asks_too(service: Service, remote: Service) -> None:
    path = "/query?" + urlencode({"query": joined(f"<{at(remote)}>")})
    page = service.ask("GET", path, None, {"Accept": "text/html"})
    assert page.status == 200 and b"<td" in page.body
    assert remote.ask("GET", path, None, {"Accept": "text/html"}).status == 403


def test_a_setting_that_is_no_endpoint_ends_the_start(tmp_path: Path) -> None:
    process = start("--store", str(small_store(tmp_path / "store")), "--service", "file:///etc/passwd")
    _, told = process.communicate(timeout=20)
    assert process.returncode == 1 and "no endpoint" in told
