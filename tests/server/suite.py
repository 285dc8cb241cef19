"""The W3C test suites for SPARQL over HTTP, read in place where the folder is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, RDFS
from rdflib.term import Node

from tests.server.service import BEARER, Reply, Service

ROOT = Path(__file__).parents[3] / "shared" / "w3c" / "sparql" / "sparql11"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
STATUS = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}

needs_suite = pytest.mark.skipif(
    not ROOT.is_dir(), reason=f"the W3C suite is not in {ROOT.parents[1].name}/ beside the project"
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request of a test, and what is expected of the answer."""

    manifest: rdflib.Graph
    node: Node

    def send(self, service: Service, prefix: str, path: str, known: dict[str, str]) -> Reply:
        """Send it, with the token, to where the service has what the suite calls ``prefix``."""
        address = _filled(str(self.manifest.value(self.node, HT.absolutePath)), known)
        address = path + address.removeprefix(prefix)
        method = str(self.manifest.value(self.node, HT.methodName))
        return service.ask(method, address, self._body(known), {**self._headers(self.node), **BEARER})

    def check(self, reply: Reply, known: dict[str, str]) -> None:
        """Hold the answer to what is expected; note what later requests need of it."""
        response = self.manifest.value(self.node, HT.resp)
        expected = [str(status).rsplit("#", 1)[1] for status in self.manifest.objects(response, MF.expectedStatus)]
        allowed = [STATUS.get(name, name.removeprefix("StatusCode")) for name in expected]
        assert any(re.fullmatch(one.replace("x", "."), str(reply.status)) for one in allowed), (reply, allowed)
        location = self.manifest.value(response, MF.expectedLocation)
        if location is not None:
            known[str(location)] = reply.headers["location"]
        truth = self.manifest.value(response, MF.expectedBoolean)
        if truth is not None:
            assert reply.json()["boolean"] is truth.toPython(), reply
        form = self.manifest.value(response, MF.expectedFormat)
        assert form is None or _is_of(str(form), reply), reply
        if self.manifest.value(response, HT.body) is not None:
            self._check_graph(response, reply, known)

    def _check_graph(self, response: Node | None, reply: Reply, known: dict[str, str]) -> None:
        assert response is not None
        text = _filled(str(self.manifest.value(self.manifest.value(response, HT.body), CNT.chars)), known)
        expected = rdflib.Graph().parse(data=text, format="turtle")
        assert isomorphic(rdflib.Graph().parse(data=reply.body, format="turtle"), expected), reply

    def _headers(self, node: Node) -> dict[str, str]:
        fields = self.manifest.value(node, HT.headers)
        if fields is None:
            return {}
        listed = Collection(self.manifest, fields)
        return {str(self.manifest.value(f, HT.fieldName)): str(self.manifest.value(f, HT.fieldValue)) for f in listed}

    def _body(self, known: dict[str, str]) -> bytes | None:
        body = self.manifest.value(self.node, HT.body)
        if body is None:
            return None
        charset = str(self.manifest.value(body, CNT.characterEncoding) or "utf-8")
        return _filled(str(self.manifest.value(body, CNT.chars)), known).encode(charset)


def cases_of(manifest: str) -> list[object]:
    """The tests of a manifest as pytest parameters, in its order; none where the suite is not there."""
    if not (ROOT / manifest).is_file():
        return []
    graph = rdflib.Graph().parse(ROOT / manifest, format="turtle")
    entries = next(graph.objects(None, MF.entries))
    listed = list(Collection(graph, entries))
    return [
        pytest.param(graph, node, id=str(node).rsplit("#", 1)[1]) for node in listed if (node, RDF.type, None) in graph
    ]


def exchanges(graph: rdflib.Graph, test: Node) -> Iterator[Exchange]:
    """The requests of a test, in order."""
    action = graph.value(test, MF.action)
    for node in Collection(graph, graph.value(action, HT.requests)):
        yield Exchange(graph, node)


def empty(service: Service) -> None:
    """Drop all graphs, where there are any: each change is a generation of the store, and takes its time."""
    if service.query("ASK { { ?s ?p ?o } UNION { GRAPH ?g {} } }").json()["boolean"]:
        assert service.update("DROP ALL").status == 204


def load_data(service: Service, graph: rdflib.Graph, test: Node, folder: str) -> None:
    """Put the data that a test needs in place, in otherwise empty graphs."""
    empty(service)
    for data in graph.objects(test, UT.graphData):
        name = str(graph.value(data, RDFS.label))
        path = ROOT / folder / Path(str(graph.value(data, UT.graph))).name
        headers = {**BEARER, "Content-Type": "application/n-triples"}
        assert service.ask("PUT", f"/graphs?graph={quote(name, safe='')}", path.read_bytes(), headers).status == 201


def _filled(text: str, known: dict[str, str]) -> str:
    for name, value in known.items():
        text = text.replace(name, value)
    return text


def _is_of(form: str, reply: Reply) -> bool:
    kind = reply.headers["content-type"].split(";")[0]
    if form == "RDF":
        return kind in {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}
    return kind.startswith("application/sparql-results+") and ("boolean" in reply.json()) == (form == "boolean")
