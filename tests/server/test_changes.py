"""Who may change the graph, and how: tokens and their scopes, updates and whole graphs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib
from flask.testing import FlaskClient

from kg.errors import KgError
from server import create_app
from server.access import Access, read_tokens, token_of
from server.errors import Problem
from server.pool.using import Dataset, prepared
from tests.server import graph
from tests.server.service import BEARER, TOKEN, Service, small_store

GRAPH = "http://example.org/g"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
TURTLE_BODY = b"@prefix : <http://example.org/> . :a :b :c ."


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("changed")
    tokens = folder / "tokens"
    tokens.write_text(f"# those who may change the graph\nupdate {TOKEN}\nread only-a-reader\n")
    with Service(small_store(folder / "store"), "--update-token-file", str(tokens)) as running:
        yield running


def path(name: str = GRAPH) -> str:
    return f"/graphs?graph={quote(name, safe='')}"


@pytest.mark.parametrize(
    ("headers", "status", "challenge"),
    [
        ({}, 401, "Bearer"),
        ({"Authorization": "Bearer wrong-token"}, 401, "invalid_token"),
        ({"Authorization": f"Basic {TOKEN}"}, 401, "Bearer"),
        ({"Authorization": "Bearer only-a-reader"}, 403, "insufficient_scope"),
    ],
)
def test_only_a_token_for_it_changes_anything(
    service: Service, headers: dict[str, str], status: int, challenge: str
) -> None:
    kind = {"Content-Type": "application/sparql-update"}
    turtle = {"Content-Type": "text/turtle"}
    replies = [
        service.ask("POST", "/update", b"CLEAR ALL", {**kind, **headers}),
        service.ask("POST", "/sparql", b"CLEAR ALL", {**kind, **headers}),
        service.ask("PUT", path(), TURTLE_BODY, {**turtle, **headers}),
        service.ask("POST", path(), TURTLE_BODY, {**turtle, **headers}),
        service.ask("DELETE", path(), None, headers),
        service.ask("POST", "/graphs", TURTLE_BODY, {**turtle, **headers}),
    ]
    assert [reply.status for reply in replies] == [status] * 6
    assert all(challenge in reply.headers["www-authenticate"] for reply in replies)
    assert service.query(COUNT).count() > 10


def test_an_update_is_there_when_it_is_answered(service: Service) -> None:
    before = service.query(COUNT).headers["etag"]
    assert service.update("INSERT DATA { <urn:a> <urn:b> 1 }").status == 204
    assert service.query("ASK { <urn:a> <urn:b> 1 }").json()["boolean"]
    assert service.query(COUNT).headers["etag"] != before
    assert service.update("DELETE WHERE { <urn:a> ?p ?o }").status == 204
    assert not service.query("ASK { <urn:a> ?p ?o }").json()["boolean"]


@pytest.mark.parametrize(
    ("update", "status"),
    [
        ("INSERT DATA { <urn:a> <urn:b> }", 400),
        ("LOAD <http://127.0.0.1:1/>", 403),
        ("LOAD SILENT <http://127.0.0.1:1/>", 403),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403),
        ("INSERT DATA { <urn:a> <urn:b> " + "[ <urn:c> " * 300 + "1" + " ]" * 300 + " }", 413),
    ],
)
def test_an_update_that_may_not_be_changes_nothing(service: Service, update: str, status: int) -> None:
    before = service.query(COUNT).body
    reply = service.update(update)
    assert reply.status == status and reply.headers["content-type"] == "application/problem+json"
    assert service.query(COUNT).body == before


def test_a_mistake_in_an_update_is_told_with_its_place(service: Service) -> None:
    problem = service.update("INSERT DATA {\n <urn:a> <urn:b> }").json()
    assert problem["line"] == 2 and problem["column"] > 1


def test_a_graph_is_put_read_added_to_and_removed(service: Service) -> None:
    turtle = {**BEARER, "Content-Type": "text/turtle"}
    assert service.ask("GET", path()).status == 404
    assert service.ask("PUT", path(), TURTLE_BODY, turtle).status == 201
    assert service.ask("PUT", path(), TURTLE_BODY, turtle).status == 204
    more = b'{"@id": "http://example.org/a", "http://example.org/b": "d"}'
    assert service.ask("POST", path(), more, {**BEARER, "Content-Type": "application/ld+json"}).status == 204
    reply = service.ask("GET", path(), None, {"Accept": "application/n-triples"})
    assert len(list(ox.parse(reply.body, format=ox.RdfFormat.N_TRIPLES))) == 2
    again = service.ask(
        "GET", path(), None, {"Accept": "application/n-triples", "If-None-Match": reply.headers["etag"]}
    )
    assert again.status == 304
    assert service.ask("HEAD", path()).status == 200
    assert service.ask("DELETE", path(), None, BEARER).status == 204
    assert service.ask("DELETE", path(), None, BEARER).status == 404


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (("PUT", "/graphs", b"", "text/turtle"), 400),
        (("PUT", "/graphs?graph=a&default", b"", "text/turtle"), 400),
        (("PUT", "/graphs?graph=relative", b"", "text/turtle"), 400),
        (("PUT", path(), b"<a> <b>", "text/turtle"), 400),
        (("PUT", path(), b"x", "application/pdf"), 415),
        (("PUT", path(), b"x", "application/n-quads"), 415),
        (("PATCH", path(), b"x", "text/turtle"), 405),
    ],
)
def test_a_graph_that_can_not_be_written_says_why(
    service: Service, request_: tuple[str, str, bytes, str], status: int
) -> None:
    method, where, body, kind = request_
    assert service.ask(method, where, body, {**BEARER, "Content-Type": kind}).status == status


def test_a_service_without_tokens_is_read_only(client: FlaskClient) -> None:
    kind = "application/sparql-update"
    assert client.post("/update", data=b"CLEAR ALL", content_type=kind).status_code == 403
    assert client.put("/graphs?default", data=b"", content_type="text/turtle").status_code == 403
    assert client.get("/graphs?default").status_code == 403


def test_a_token_does_not_help_where_the_store_can_not_change() -> None:
    app = create_app(graph.store(), lookup=graph.Search(), access=Access([token_of(TOKEN)]))
    reply = app.test_client().post(
        "/update", data=b"CLEAR ALL", headers=BEARER, content_type="application/sparql-update"
    )
    assert reply.status_code == 403


def test_tokens_are_read_from_a_file_as_words_or_digests(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text("admin a-long-token\n\n# nothing\nsha256:" + "0" * 64 + " # a digest\n")
    assert [token.scope for token in read_tokens(file)] == ["admin", "update"]
    for wrong in ("", "admin", "short\n", "too many words\n"):
        file.write_text(wrong)
        with pytest.raises(KgError):
            read_tokens(file)
    with pytest.raises(KgError):
        read_tokens(tmp_path / "nowhere")


def test_the_dataset_of_a_request_is_written_into_its_update() -> None:
    dataset = Dataset(("urn:a",), ("urn:b",))
    update = "INSERT { ?s ?p 'WHERE' } WHERE { ?s ?p ?o } ;\nDELETE WHERE { ?a ?b ?c } ; DELETE { ?x ?y ?z } where { }"
    clauses = "USING <urn:a> USING NAMED <urn:b> "
    assert prepared(update, dataset) == update.replace("WHERE { ?s", clauses + "WHERE { ?s").replace(
        "where {", clauses + "where {"
    )
    assert prepared(update, Dataset((), ())) == update
    for wrong in ("WITH <urn:g> DELETE { ?s ?p ?o } WHERE {}", "DELETE { ?s ?p ?o } USING <urn:g> WHERE {}"):
        with pytest.raises(Problem):
            prepared(wrong, dataset)
    with pytest.raises(Problem):
        prepared(update, Dataset(("relative",), ()))


def test_the_figures_tell_what_happened(service: Service) -> None:
    service.query(COUNT)
    figures = service.ask("GET", "/metrics").body.decode()
    for name in ("kg_http_requests_total", "kg_queries{", "kg_worker_kills_total{", "kg_generation{", "kg_cache_hits"):
        assert name in figures
    ready = json.loads(service.ask("GET", "/readyz").body)
    assert ready["status"] == "ready" and ready["generation"] in figures


def test_the_dataset_describes_itself(service: Service) -> None:
    reply = service.ask("GET", "/.well-known/void", None, {"Accept": "text/turtle"})
    void = rdflib.Graph().parse(data=reply.body, format="turtle")
    space = rdflib.Namespace("http://rdfs.org/ns/void#")
    dataset = rdflib.URIRef("https://w3id.org/cluster-kg/dataset")
    assert int(str(void.value(dataset, space.triples))) == service.query(COUNT).count()
    assert (dataset, space.sparqlEndpoint, rdflib.URIRef(f"http://127.0.0.1:{service.port}/sparql")) in void
