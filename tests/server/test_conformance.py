"""The W3C suites for the SPARQL 1.1 Protocol, the Graph Store Protocol and the service description, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import rdflib
from rdflib.term import Node

from tests.server.service import TOKEN, Service
from tests.server.suite import cases_of, empty, exchanges, load_data, needs_suite

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
pytestmark = needs_suite


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    found = Service(tmp_path_factory.mktemp("suite") / "store", "--create", "--update-token", TOKEN)
    yield found
    found.stop()


@pytest.mark.parametrize(("manifest", "test"), cases_of("protocol/manifest.ttl"))
def test_protocol(service: Service, manifest: rdflib.Graph, test: Node) -> None:
    load_data(service, manifest, test, "protocol")
    for exchange in exchanges(manifest, test):
        exchange.check(exchange.send(service, "/sparql/", "/sparql", {}), {})


GRAPH_STORE = [
    *cases_of("graph-store-protocol/manifest-direct.ttl"),
    *cases_of("graph-store-protocol/manifest-indirect.ttl"),
]


@pytest.mark.parametrize(("manifest", "test"), GRAPH_STORE)
def test_graph_store(service: Service, manifest: rdflib.Graph, test: Node) -> None:
    empty(service)
    known: dict[str, str] = {}
    for exchange in exchanges(manifest, test):
        exchange.check(exchange.send(service, "/gsp", "/graphs", known), known)


def description(service: Service) -> rdflib.Graph:
    reply = service.ask("GET", "/sparql", None, {"Accept": "text/turtle"})
    assert reply.headers["content-type"].startswith("text/turtle")
    return rdflib.Graph().parse(data=reply.body, format="turtle", publicID=f"http://127.0.0.1:{service.port}/sparql")


def test_service_description_returns_rdf(service: Service) -> None:
    assert len(description(service)) > 10


def test_service_description_has_the_endpoint(service: Service) -> None:
    endpoint = rdflib.URIRef(f"http://127.0.0.1:{service.port}/sparql")
    assert (None, SD.endpoint, endpoint) in description(service)


def test_service_description_conforms_to_the_schema(service: Service) -> None:
    graph = description(service)
    services = list(graph.subjects(rdflib.RDF.type, SD.Service))
    assert len(services) == 1
    assert all(
        isinstance(o, rdflib.URIRef) for p in (SD.endpoint, SD.supportedLanguage) for o in graph.objects(None, p)
    )
    assert (services[0], SD.supportedLanguage, SD.SPARQL11Update) in graph
    for dataset in graph.objects(services[0], SD.defaultDataset):
        assert (dataset, rdflib.RDF.type, SD.Dataset) in graph
        assert (graph.value(dataset, SD.defaultGraph), rdflib.RDF.type, SD.Graph) in graph
