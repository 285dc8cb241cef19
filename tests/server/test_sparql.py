"""The SPARQL 1.1 Protocol as clients use it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.rdf.terms import CKG, GRAPH, ID

CLUSTERS = f"SELECT ?c WHERE {{ ?c a <{CKG}Cluster> }} ORDER BY ?c"
CONSTRUCT = f"CONSTRUCT {{ ?c a <{CKG}Cluster> }} WHERE {{ ?c a <{CKG}Cluster> }}"
COUNT = f"SELECT (COUNT(*) AS ?n) WHERE {{ ?c a <{CKG}Cluster> }}"


def count(response_data: bytes) -> int:
    return int(json.loads(response_data)["results"]["bindings"][0]["n"]["value"])


def test_a_query_comes_by_get_form_or_body(client: FlaskClient) -> None:
    answers = [
        client.get("/sparql", query_string={"query": CLUSTERS}),
        client.get("/sparql/", query_string={"query": CLUSTERS}),
        client.post("/sparql", data={"query": CLUSTERS}),
        client.post("/sparql", data=CLUSTERS.encode(), content_type="application/sparql-query"),
        client.post("/sparql", data=CLUSTERS.encode(), content_type="application/sparql-query; charset=UTF-8"),
    ]
    assert [a.status_code for a in answers] == [200] * 5
    assert {a.data for a in answers} == {answers[0].data}
    found = [b["c"]["value"] for b in json.loads(answers[0].data)["results"]["bindings"]]
    assert found == [f"{ID}cluster/smart-sensors", f"{ID}cluster/synthetic-biology"]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9, text/turtle", "application/sparql-results+xml"),
        ("image/png, text/*;q=0.5", "text/csv"),
    ],
)
def test_rows_come_in_the_format_that_is_liked_best(client: FlaskClient, accept: str, media: str) -> None:
    answer = client.get("/sparql", query_string={"query": CLUSTERS}, headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.mimetype) == (200, media)
    assert "Accept" in answer.headers["Vary"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("name", "media", "form"),
    [
        ("ttl", "text/turtle", ox.RdfFormat.TURTLE),
        ("nt", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("nq", "application/n-quads", ox.RdfFormat.N_QUADS),
        ("trig", "application/trig", ox.RdfFormat.TRIG),
        ("rdf", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("jsonld", "application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_graphs_come_in_every_format(client: FlaskClient, name: str, media: str, form: ox.RdfFormat) -> None:
    by_name = client.get("/sparql", query_string={"query": CONSTRUCT, "format": name})
    by_accept = client.get("/sparql", query_string={"query": CONSTRUCT}, headers={"Accept": media})
    assert by_name.mimetype == by_accept.mimetype == media
    assert len(list(ox.parse(by_name.data, format=form))) == 2
    assert len(list(ox.parse(by_accept.data, format=form))) == 2


def test_a_form_names_its_format(client: FlaskClient) -> None:
    assert client.post("/sparql", data={"query": CLUSTERS, "format": "csv"}).mimetype == "text/csv"


def test_csv_holds_the_rows(client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": CLUSTERS, "format": "csv"})
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[0] == ["c"] and len(rows) == 3


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_a_truth_value_comes_in_every_format(client: FlaskClient, form: str) -> None:
    assert b"true" in client.get("/sparql", query_string={"query": "ASK {}", "format": form}).data


def test_the_default_graph_counts_each_triple_once(client: FlaskClient) -> None:
    graphs = [f"{GRAPH}plan", f"{GRAPH}twin"]
    assert count(client.get("/sparql", query_string={"query": COUNT}).data) == 2
    one = client.get("/sparql", query_string={"query": COUNT, "default-graph-uri": graphs[0]})
    both = client.get("/sparql?" + urlencode([("query", COUNT), *(("default-graph-uri", g) for g in graphs)]))
    froms = COUNT.replace("WHERE", f"FROM <{graphs[0]}> FROM <{graphs[1]}> WHERE")
    assert [count(a.data) for a in (one, both, client.get("/sparql", query_string={"query": froms}))] == [2, 2, 2]


def test_named_graphs_are_those_that_are_named(client: FlaskClient) -> None:
    query = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert count(client.get("/sparql", query_string={"query": query}).data) == 2
    one = {"query": query, "named-graph-uri": f"{GRAPH}plan"}
    assert count(client.get("/sparql", query_string=one).data) == 1
    empty = {"query": COUNT, "named-graph-uri": f"{GRAPH}plan"}
    assert count(client.get("/sparql", query_string=empty).data) == 0


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"method": "PUT", "data": {"query": "ASK {}"}}, 405),
        ({"query_string": "query=ASK%20%7B%7D&query=ASK%20%7B%7D"}, 400),
        ({"method": "POST", "data": b"ASK {}", "content_type": "text/plain"}, 415),
        ({"method": "POST", "data": b"query=ASK%20%7B%7D"}, 415),
        ({"method": "POST", "data": b"ASK {}"}, 415),
        ({"method": "POST", "data": "ASK {}".encode("utf-16"), "content_type": "application/sparql-query"}, 400),
        ({"method": "POST", "data": b"", "content_type": "application/x-www-form-urlencoded"}, 400),
        ({"query_string": "query=ASK%20%7B%ff%7D"}, 400),
        ({"query_string": {"query": "ASK {"}}, 400),
        ({"query_string": {"update": "CLEAR ALL"}}, 400),
        ({"method": "POST", "data": {"update": "CLEAR ALL"}}, 403),
        ({"method": "POST", "data": b"CLEAR ALL", "content_type": "application/sparql-update"}, 403),
        ({"query_string": {"query": "INSERT DATA { <a:b> <a:b> <a:b> }"}}, 403),
        ({"query_string": {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> {} }"}}, 403),
        ({"query_string": {"query": "ASK " + "{" * 300 + "}" * 300}}, 413),
        ({"method": "POST", "data": {"query": "ASK {} #" + "x" * 70_000}}, 413),
        ({"method": "POST", "data": {"query": "x" * 2_000_000}}, 413),
        ({"query_string": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}, 406),
        ({"query_string": {"query": "ASK {}", "format": "png"}}, 406),
        ({"query_string": {"query": "ASK {}", "default-graph-uri": "not an iri"}}, 400),
    ],
)
def test_bad_requests_get_their_status_as_a_problem(client: FlaskClient, request_: dict[str, Any], status: int) -> None:
    answer = client.open("/sparql", **{"method": "GET", **request_})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    problem = json.loads(answer.data)
    assert problem["status"] == status and problem["detail"] and problem["title"]


def test_a_mistake_is_told_with_line_and_column(client: FlaskClient) -> None:
    problem = json.loads(client.get("/sparql", query_string={"query": "SELECT *\nWHERE { ?s ?p }"}).data)
    assert (problem["line"], problem["status"]) == (2, 400)
    assert problem["column"] > 1


def test_the_answer_has_a_tag_and_is_not_sent_twice(client: FlaskClient) -> None:
    first = client.get("/sparql", query_string={"query": CLUSTERS})
    again = client.get("/sparql", query_string={"query": CLUSTERS}, headers={"If-None-Match": first.headers["ETag"]})
    other = client.get("/sparql", query_string={"query": CLUSTERS, "format": "csv"})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["ETag"] != other.headers["ETag"]


def test_a_random_answer_is_no_copy_of_the_last_one(client: FlaskClient) -> None:
    query = {"query": "SELECT (RAND() AS ?x) {}"}
    first = client.get("/sparql", query_string=query)
    second = client.get("/sparql", query_string=query, headers={"If-None-Match": first.headers.get("ETag", "")})
    assert second.status_code == 200


def test_head_answers_without_a_body(client: FlaskClient) -> None:
    answer = client.head("/sparql", query_string={"query": CLUSTERS})
    assert (answer.status_code, answer.data) == (200, b"")


def test_a_bare_get_describes_the_service_or_shows_the_form(client: FlaskClient) -> None:
    description = client.get("/sparql", headers={"Accept": "application/n-triples"})
    triples = list(ox.parse(description.data, format=ox.RdfFormat.N_TRIPLES))
    assert any(q.predicate.value.endswith("#endpoint") for q in triples)
    assert client.get("/sparql").mimetype == "text/turtle"
    form = client.get("/sparql", headers={"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"})
    assert form.mimetype == "text/html" and "<textarea" in form.text


def test_a_browser_sees_results_as_a_table(client: FlaskClient) -> None:
    page = client.get(f"/query?query={quote(CLUSTERS)}", headers={"Accept": "text/html"})
    assert page.status_code == 200 and 'href="/id/cluster/smart-sensors"' in page.text
    wrong = client.get("/query?query=SELEKT", headers={"Accept": "text/html"})
    assert wrong.status_code == 400 and "SELEKT" in wrong.text


def test_preflight_is_allowed(client: FlaskClient) -> None:
    answer = client.options("/sparql")
    assert answer.status_code == 200 and "POST" in answer.headers["Access-Control-Allow-Methods"]
