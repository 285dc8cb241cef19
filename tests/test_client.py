"""The client: the same answers over HTTP and on a store folder, typed, and errors in one plain sentence."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.serving import make_server

from kg.client import Asked, Graph, Leads, Solutions
from kg.client.decoding import decode, literal
from kg.client.transport import Reply, ask
from kg.errors import KgError, QueryError, StoreError
from server.local import application

MORE = ("categories", "subsectors", "assignments", "roles")
LISTS = ("clusters", "agencies", "districts", "platforms", "enterprises", "targets", "observations", "measures")


@pytest.fixture(scope="module")
def local(store_folder: Path) -> Graph:
    return Graph(store_folder)


@pytest.fixture(scope="module")
def remote(store_folder: Path) -> Iterator[Graph]:
    server = make_server("127.0.0.1", 0, application(store_folder), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Graph(f"http://127.0.0.1:{server.server_port}/")
    server.shutdown()
    thread.join()
    server.server_close()


def test_questions_have_the_same_answers_over_http_and_on_a_folder(local: Graph, remote: Graph) -> None:
    assert local.leads("智能传感器") == remote.leads("智能传感器")
    assert local.ask("南山区有哪些产业集群？") == remote.ask("南山区有哪些产业集群？")
    assert local.search("传感器", kind="cluster") == remote.search("传感器", kind="cluster")
    assert local.describe("cluster/smart-sensors") == remote.describe("智能传感器")


@pytest.mark.parametrize("name", [*LISTS, *MORE, "documents"])
def test_lists_are_the_same_over_http_and_on_a_folder(local: Graph, remote: Graph, name: str) -> None:
    found = getattr(local, name)(limit=7, sort="-label")
    assert found == getattr(remote, name)(limit=7, sort="-label")
    assert 0 < len(found) <= 7 <= found.total


def test_who_leads_comes_with_its_basis_and_sentence(local: Graph) -> None:
    answer = local.leads("智能传感器").answers[0]
    assert (answer.agency.label, answer.basis) == ("深圳市工业和信息化局", "first-issuer")
    assert answer.evidence[0].quote and answer.evidence[0].start < answer.evidence[0].end
    assert local.leads("茶叶").answers == ()


def test_a_part_of_an_agency_is_tied_to_its_measure_and_document(local: Graph) -> None:
    part = local.assignments(cluster="智能传感器", limit=1)[0]
    assert part.agency and part.measure and part.document and part.role and part.evidence


def test_the_most_central_come_first(local: Graph, remote: Graph) -> None:
    found = local.centrality("degree", kind="agency", limit=5)
    assert found == remote.centrality("degree", kind="agency", limit=5)
    assert [one.value for one in found] == sorted((one.value for one in found), reverse=True)
    assert {one.kind for one in found} == {"agency"}
    with pytest.raises(KgError):
        local.centrality("beauty")


def test_a_conflict_has_both_its_sides_and_their_sentences(local: Graph, remote: Graph) -> None:
    found = local.conflicts(limit=3)
    assert found == remote.conflicts(limit=3)
    assert found and all(len(one.between) > 1 for one in found)
    assert all(side.evidence[0].quote for one in found for side in one.between)


def test_a_comparison_has_the_facts_of_each_and_what_they_share(local: Graph) -> None:
    asked = local.ask("比较智能传感器和智能机器人")
    assert [answer.label for answer in asked.answers] == ["智能传感器", "智能机器人"]
    facts = asked.answers[0].facts
    assert facts and facts.target and facts.last_figure and facts.growth
    assert "深圳市工业和信息化局" in {one.label for one in asked.shared}


def test_a_target_is_typed(local: Graph) -> None:
    target = next(t for t in local.targets(cluster="网络与通信", year=2025) if t.metric == "增加值")
    assert (target.comparator, target.value, target.unit, target.year) == (">", 2700, "亿元", 2025)
    assert type(target.value) is int and target.about is not None and target.about.label == "网络与通信"
    with pytest.raises(FrozenInstanceError):
        target.__setattr__("unit", "元")


def test_a_list_is_read_page_after_page_in_the_order_of_the_service(local: Graph) -> None:
    whole = local.measures()
    assert len(whole) == whole.total == len({measure.iri for measure in whole}) > 500
    assert local.measures(limit=501).items == whole.items[:501]
    assert whole[:2] == whole.items[:2]


def test_a_query_gives_rows_truth_or_a_graph(local: Graph, remote: Graph) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?c a <https://w3id.org/cluster-kg/ontology#Cluster> }"
    found = local.sparql(query)
    assert isinstance(found, Solutions) and found.columns == ("n",) and dict(found[0]) == {"n": 28}
    assert remote.sparql(query + " #" + "x" * 20_000) == found
    assert local.sparql("ASK { ?s ?p ?o }") is True
    assert "@prefix" in str(remote.sparql("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1"))


def test_a_thing_is_described_with_its_sentences_and_what_points_to_it(local: Graph) -> None:
    found = local.describe("南山区")
    assert found.label == "南山区" and ("supports", "智能传感器") in {(one.property, one.label) for one in found.says}
    assert any(one.property == "district" for one in found.pointed_to_by)
    target = local.targets(limit=1)[0]
    assert target.evidence[0].quote in local.describe(target.iri).quotes


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda g: g.targets(cluster="茶叶"), "No cluster has this"),
        (lambda g: g.targets(colour="red"), "There is no such parameter"),
        (lambda g: g.leads(""), "empty"),
        (lambda g: g.leads("长" * 10_000), "at most 500|414"),
        (lambda g: g.describe("没有这样的事物"), "Nothing is called"),
        (lambda g: g.describe("cluster/tea"), "Nothing is known"),
        (lambda g: g.describe("cluster/x> } INSERT"), "Nothing is known"),
        (lambda g: g.clusters(limit=0), "from 1 on"),
        (lambda g: g.sparql("INSERT DATA { <a:a> <a:a> <a:a> }"), "read-only"),
    ],
)
def test_a_refusal_is_one_plain_sentence(local: Graph, remote: Graph, call: Any, words: str) -> None:
    for graph in (local, remote):
        with pytest.raises(KgError, match=words):
            call(graph)


def test_a_query_that_is_not_sparql_says_where(local: Graph) -> None:
    with pytest.raises(QueryError) as caught:
        local.sparql("SELECT * WHERE {\n ?s ?p }")
    assert caught.value.line == 2


@pytest.mark.parametrize(
    "q", ["\ud800", "\x00\x07", "'; DROP TABLE x; --", "<script>alert(1)</script>", "💩", "\u202eabc", "%", "{"]
)
def test_strange_words_are_answered_with_nothing_or_refused(local: Graph, q: str) -> None:
    for question in (local.leads, local.ask, local.search):
        try:
            found = question(q)
        except KgError as error:
            assert not isinstance(error, StoreError)
        else:
            assert not isinstance(found, (Leads, Asked)) or not found.answers


def test_where_no_service_answers_that_is_told() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"http://127.0.0.1:{probe.getsockname()[1]}"
    with pytest.raises(StoreError, match="No service answers"):
        Graph(place, timeout=2).leads("智能传感器")
    with pytest.raises(StoreError, match="There is no graph in"):
        Graph("/nowhere/at/all")


class Canned:
    """A way to a service that always answers the same."""

    def __init__(self, status: int, media: str, body: bytes) -> None:
        self._reply = Reply(status, media, body)

    def send(self, path: str, accept: str, form: bytes | None = None) -> Reply:
        return self._reply


@given(st.binary(max_size=60), st.sampled_from([200, 404, 503]))
@settings(deadline=None)
def test_an_answer_of_another_service_is_an_error_in_words(body: bytes, status: int) -> None:
    graph = Graph.__new__(Graph)
    graph._way = Canned(status, "text/html", body)
    for question in (graph.leads, graph.ask, graph.search, graph.describe):
        with pytest.raises(KgError):
            question("智能传感器")
    with pytest.raises(KgError):
        graph.targets()


@pytest.mark.parametrize(
    "body", [b"{}", b"[]", b'{"head": {}}', b'{"head": {"vars": ["x"]}, "results": {"bindings": [1]}}']
)
def test_results_of_another_kind_of_service_are_an_error_in_words(body: bytes) -> None:
    graph = Graph.__new__(Graph)
    graph._way = Canned(200, "application/sparql-results+json", body)
    with pytest.raises(KgError):
        graph.sparql("SELECT ?x WHERE { ?x ?y ?z }")


def test_a_busy_service_is_a_matter_of_the_service_not_of_the_question() -> None:
    with pytest.raises(StoreError, match="busy"):
        ask(Canned(503, "application/problem+json", b'{"detail": "busy"}'), "/x", {})


def test_keys_of_a_newer_service_do_no_harm_and_missing_ones_are_told() -> None:
    whole = {"query": "x", "matched": None, "answers": [], "suggestions": [], "novel": 1}
    assert decode(Leads, whole).query == "x"
    with pytest.raises(StoreError, match="shape"):
        decode(Leads, {"query": "x", "answers": [{"agency": 3}]})


@pytest.mark.parametrize(
    ("datatype", "text", "value"),
    [
        ("integer", "7", 7),
        ("decimal", "12.50", 12.5),
        ("gYear", "2025", 2025),
        ("boolean", "true", True),
        ("date", "2021-01-01", "2021-01-01"),
    ],
)
def test_literals_become_values(datatype: str, text: str, value: object) -> None:
    assert (
        literal({"type": "literal", "value": text, "datatype": f"http://www.w3.org/2001/XMLSchema#{datatype}"}) == value
    )


def test_a_frame_is_made_by_pandas_and_without_it_that_is_told(local: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(KgError, match="pip install pandas"):
        local.clusters(limit=1).frame()
    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=list))
    row = local.targets(cluster="网络与通信", limit=1).frame()[0]
    assert row["about"] == "网络与通信" and row["about_iri"].endswith("network-and-communications")
    assert row["quote"] and row["document_title"] and "evidence" not in row
    found = local.sparql("SELECT ?x WHERE { VALUES ?x { 1 UNDEF } }")
    assert isinstance(found, Solutions) and found.frame() == [{"x": 1}, {"x": None}]
    assert local.leads("智能传感器").frame()[0]["agency"] == "深圳市工业和信息化局"
