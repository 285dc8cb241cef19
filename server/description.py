"""What this service is, for programs: the SPARQL service description, and the dataset in VoID and DCAT."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
from flask import Blueprint, Response, request

from kg.rdf.terms import BASE
from kg.store import Store
from server.execution import Question, generation_of, run, write
from server.negotiate import ROWS, TRIPLES, Format, choose
from server.site import Site

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
_SPACES = {"sd": SD, "void": VOID, "dcat": DCAT, "dcterms": "http://purl.org/dc/terms/"}
_SERVICE = Path(__file__).parent / "service.ttl"
_DATASET = Path(__file__).parent / "dataset.ttl"
_COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
    "documents": "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
}
_CLASSES = "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c"


def blueprint(site: Site) -> Blueprint:
    """The route ``/.well-known/void``."""
    routes = Blueprint("description", __name__)
    counted: dict[str, list[ox.Triple]] = {}

    @routes.route("/.well-known/void")
    def void() -> Response:
        generation = generation_of(site.store)
        if generation not in counted:
            counted.clear()
            counted[generation] = _counted(site.store)
        written = choose(request, TRIPLES)
        body = write([*_read(_DATASET, request.root_url), *counted[generation]], written, **_SPACES)
        return Response(body, content_type=written.content_type, headers={"Vary": "Accept"})

    return routes


def described(endpoint: str, written: Format, updates: bool) -> bytes:
    """The description of the service at this address; ``updates`` says whether anybody may make them."""
    triples = _read(_SERVICE, endpoint)
    if updates:
        language = ox.NamedNode(f"{SD}supportedLanguage")
        triples.append(ox.Triple(ox.NamedNode(endpoint), language, ox.NamedNode(f"{SD}SPARQL11Update")))
    return write(triples, written, **_SPACES)


def _counted(store: Store) -> list[ox.Triple]:
    """How many statements, things and things of each class there are."""
    dataset = ox.NamedNode(f"{BASE}dataset")
    found = [_count(dataset, name, rows[0]["n"]["value"]) for name, rows in _asked(store).items()]
    for row in _rows(store, _CLASSES):
        part = ox.BlankNode()
        found.append(ox.Triple(dataset, ox.NamedNode(f"{VOID}classPartition"), part))
        found.append(ox.Triple(part, ox.NamedNode(f"{VOID}class"), ox.NamedNode(row["c"]["value"])))
        found.append(_count(part, "entities", row["n"]["value"]))
    return found


def _asked(store: Store) -> dict[str, list[dict[str, dict[str, str]]]]:
    return {name: _rows(store, query) for name, query in _COUNTS.items()}


def _rows(store: Store, query: str) -> list[dict[str, dict[str, str]]]:
    answer = json.loads(run(store, Question(query, ROWS[0], ours=True)).whole())
    rows: list[dict[str, dict[str, str]]] = answer["results"]["bindings"]
    return rows


def _count(subject: ox.NamedNode | ox.BlankNode, name: str, number: str) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(VOID + name), ox.Literal(int(number)))


def _read(path: Path, base: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(path=str(path), base_iri=base)]
