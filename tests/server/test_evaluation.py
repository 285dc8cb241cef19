"""The W3C suites for SPARQL 1.1 Query, its result formats, and SPARQL 1.1 Update, over HTTP."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, RDFS
from rdflib.term import Node

from kg import generations
from tests.server.service import TOKEN, Service
from tests.server.suite import MF, ROOT, UT, cases_of, needs_suite

QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
BASE = "http://suite.example/"
NOTHING = f"{BASE}nothing"
FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".rdf": ox.RdfFormat.RDF_XML}
QUERIES = (
    *("aggregates", "bind", "bindings", "cast", "construct", "exists", "functions", "grouping", "negation"),
    *("project-expression", "property-path", "subquery", "csv-tsv-res", "json-res"),
)
UPDATES = (
    *("add", "basic-update", "clear", "copy", "delete-data", "delete-insert", "delete-where", "delete", "drop"),
    *("move", "update-silent"),
)
# What differs from the suite, and why.
_GRAPH = "the engine joins a GRAPH of a variable with what is inside it before it knows the graph's name"
_ABSENT = "the engine finds no path of no step from a term that is nowhere in the data"
_DERIVED = "the engine keeps numbers by their value: types derived from integer come back as integer"
_LOAD = "LOAD is refused with 403, also if it says SILENT: nothing is fetched for anybody"
_LANGUAGE = "the engine keeps the language that all strings of a GROUP_CONCAT share, as SPARQL 1.2 has it"
DIFFERENT = {
    "aggregates/agg-groupconcat-04": _LANGUAGE,
    "aggregates/agg-groupconcat-06": _LANGUAGE,
    "aggregates/agg-empty-group-count-graph": _GRAPH,
    "bindings/graph": _GRAPH,
    "negation/graph-minus": _GRAPH,
    "property-path/zero_or_more_set_start": _ABSENT,
    "property-path/zero_or_more_set_end": _ABSENT,
    "property-path/zero_or_one_set_start": _ABSENT,
    "property-path/zero_or_one_set_end": _ABSENT,
    "csv-tsv-res/tsv03": _DERIVED,
    "update-silent/load-silent": _LOAD,
    "update-silent/load-into-silent": _LOAD,
}
pytestmark = needs_suite

Case = tuple[str, rdflib.Graph, Node]


def cases(folders: tuple[str, ...], kinds: set[Node]) -> list[Any]:
    """The tests of these kinds, named for their folder."""
    found = []
    for folder in folders:
        for case in cases_of(f"{folder}/manifest.ttl"):
            graph, node = case.values
            if graph.value(node, RDF.type) in kinds:
                name = f"{folder}/{case.id}"
                marks = [pytest.mark.xfail(reason=DIFFERENT[name], strict=True)] if name in DIFFERENT else []
                found.append(pytest.param((folder, graph, node), id=name, marks=marks))
    return found


def name_of(folder: str, file: Node | None) -> str:
    return f"{BASE}{folder}/{path_of(folder, file).name}"


def path_of(folder: str, file: Node | None) -> Path:
    return ROOT / folder / str(file).rsplit("/", 1)[1]


def data_files() -> Iterator[tuple[str, Path]]:
    for folder in QUERIES:
        for path in sorted((ROOT / folder).iterdir()):
            if path.suffix in FORMATS and path.name != "manifest.ttl":
                yield folder, path


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with every data file of the suite as a named graph."""
    folder = tmp_path_factory.mktemp("queries") / "store"
    with generations.writing(folder) as scratch:
        store = ox.Store(str(scratch / generations.GRAPH))
        for room, path in data_files():
            graph = ox.NamedNode(f"{BASE}{room}/{path.name}")
            store.load(path=str(path), format=FORMATS[path.suffix], base_iri=graph.value, to_graph=graph)
        store.flush()
        del store
        generations.publish(folder, scratch, "suite")
    with Service(folder) as service:
        yield service


@pytest.mark.parametrize("case", cases(QUERIES, {MF.QueryEvaluationTest, MF.CSVResultFormatTest}))
def test_queries(asked: Service, case: Case) -> None:
    folder, graph, test = case
    action = graph.value(test, MF.action)
    query = path_of(folder, graph.value(action, QT.query)).read_text(encoding="utf-8")
    default = [name_of(folder, data) for data in graph.objects(action, QT.data)]
    named = [name_of(folder, data) for data in graph.objects(action, QT.graphData)]
    parameters = [("query", f"BASE <{BASE}{folder}/> {query}")]
    if "FROM" not in query:
        parameters += [("default-graph-uri", name) for name in default or [NOTHING]]
        parameters += [("named-graph-uri", name) for name in named]
    expected = path_of(folder, graph.value(test, MF.result))
    accept = {
        ".srx": "application/sparql-results+xml",
        ".srj": "application/sparql-results+json",
        ".csv": "text/csv",
        ".tsv": "text/tab-separated-values",
        ".ttl": "text/turtle",
    }[expected.suffix]
    if expected.suffix == ".ttl" and "rs:ResultSet" in expected.read_text(encoding="utf-8"):
        accept = "application/sparql-results+json"
    reply = asked.ask("GET", "/sparql?" + urlencode(parameters), None, {"Accept": accept})
    assert reply.status == 200, reply
    compare(reply.body, expected, accept)


def compare(body: bytes, expected: Path, accept: str) -> None:
    if expected.suffix == ".csv":
        assert csv_rows(body) == csv_rows(expected.read_bytes())
    elif accept == "text/turtle":
        own = rdflib.Graph().parse(data=body, format="turtle")
        assert isomorphic(own, rdflib.Graph().parse(expected, format="turtle"))
    elif expected.suffix == ".ttl":
        assert rows_of(ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)) == result_set(expected)
    else:
        form = {".srx": "XML", ".srj": "JSON", ".tsv": "TSV"}[expected.suffix]
        found, wanted = (
            ox.parse_query_results(data, format=getattr(ox.QueryResultsFormat, form))
            for data in (body, expected.read_bytes())
        )
        if isinstance(wanted, ox.QueryBoolean):
            assert bool(found) == bool(wanted)
        else:
            assert rows_of(found) == rows_of(wanted)


def rows_of(solutions: Any) -> Counter[Any]:
    """Rows as a set that counts: a blank node is named for the place where it first stands in its row."""
    names = [variable.value for variable in solutions.variables]
    return Counter(plain_row({n: s[n] for n in names if s[n] is not None}) for s in solutions)


def plain_row(row: dict[str, Any]) -> Any:
    blank: dict[Any, str] = {}
    return frozenset((n, plain(row[n], blank)) for n in sorted(row))


def plain(term: Any, blank: dict[Any, str]) -> str:
    if isinstance(term, ox.BlankNode):
        return blank.setdefault(term, f"_:{len(blank)}")
    if isinstance(term, ox.Literal) and term.datatype.value.endswith(("#decimal", "#double", "#float")):
        return f"{float(term.value):.9g}^^{term.datatype.value}"
    if isinstance(term, ox.Literal) and term.datatype.value.endswith("#boolean"):
        return str(term.value in {"true", "1"})
    return str(term)


def csv_rows(data: bytes) -> list[Any]:
    """The rows of a table, whatever the order of its columns, the names of blank nodes, and the zeros of numbers."""
    rows = []
    for row in csv.DictReader(io.StringIO(data.decode("utf-8"))):
        plainly = {name: "_" if value.startswith("_:") else number(value) for name, value in row.items()}
        rows.append(sorted(plainly.items()))
    return sorted(rows)


def number(text: str) -> str:
    try:
        return f"{float(text):g}"
    except ValueError:
        return text


def result_set(path: Path) -> Counter[Any]:
    """The rows of a result that the suite writes in RDF."""
    space = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
    base = f"{BASE}{path.parent.name}/{path.name}"
    graph = rdflib.Graph().parse(path, format="turtle", publicID=base)
    rows = []
    for solution in graph.objects(None, space.solution):
        row = {}
        for binding in graph.objects(solution, space.binding):
            value = graph.value(binding, space.value)
            assert value is not None
            line = f"<urn:x> <urn:x> {value.n3()} ."
            row[str(graph.value(binding, space.variable))] = next(
                iter(ox.parse(line, format=ox.RdfFormat.TURTLE))
            ).object
        rows.append(plain_row(row))
    return Counter(rows)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with Service(tmp_path_factory.mktemp("updates") / "store", "--create", "--update-token", TOKEN) as service:
        yield service


@pytest.mark.parametrize("case", cases(UPDATES, {MF.UpdateEvaluationTest, UT.UpdateEvaluationTest}))
def test_updates(changed: Service, case: Case) -> None:
    folder, graph, test = case
    action, result = graph.value(test, MF.action), graph.value(test, MF.result)
    before = dataset(folder, graph, action)
    inserted = " ".join(f"GRAPH <{name}> {{ {text} }}" if name else text for name, text in before.items())
    assert changed.update(f"DROP ALL ; INSERT DATA {{ {inserted} }}").status == 204
    request = path_of(folder, graph.value(action, UT.request)).read_text(encoding="utf-8")
    assert changed.update(f"BASE <{BASE}{folder}/> {request}").status == 204
    for name, text in dataset(folder, graph, result).items():
        where = f"graph={name}" if name else "default"
        reply = changed.ask("GET", f"/graphs?{where}", None, {"Accept": "application/n-triples"})
        body = reply.body if reply.status == 200 else b""
        own, wanted = (rdflib.Graph().parse(data=data, format="nt") for data in (body, text))
        assert isomorphic(own, wanted), name


def dataset(folder: str, graph: rdflib.Graph, node: Node | None) -> dict[str, str]:
    """The graphs that a test names, in N-Triples; the default graph has no name."""
    found = {"": "".join(ntriples(folder, data) for data in graph.objects(node, UT.data))}
    for data in graph.objects(node, UT.graphData):
        found[str(graph.value(data, RDFS.label))] = ntriples(folder, graph.value(data, UT.graph))
    return found


def ntriples(folder: str, file: Node | None) -> str:
    path = path_of(folder, file)
    triples = ox.parse(path=str(path), format=FORMATS[path.suffix], base_iri=name_of(folder, file))
    return (ox.serialize((quad.triple for quad in triples), format=ox.RdfFormat.N_TRIPLES) or b"").decode()
