"""The shapes find what is wrong, say so in sentences, and mean what standard SHACL means."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ValidationError
from kg.rdf.constraints import Graph, node_key
from kg.rdf.shapes import read_shapes
from kg.rdf.validation import validate
from kg.vocabulary import ONTOLOGY
from tests.rdf.graphs import SMALL, small_quads, turtle, vocabulary_quads

GOOD = small_quads()
LOCAL = turtle(SMALL)
VOCABULARY = vocabulary_quads()


def findings(before: str, after: str) -> list[str]:
    assert SMALL.count(before) >= 1, before
    return validate(turtle(SMALL.replace(before, after, 1)) + vocabulary_quads())


def test_a_whole_graph_has_no_breach() -> None:
    assert validate(GOOD) == []


def test_the_vocabulary_alone_has_no_breach() -> None:
    assert validate(vocabulary_quads()) == []


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('ckg:quote "引文"', 'ckg:quote ""', 'x/e1: ckg:quote has "", which is shorter than 1.'),
        ('ckg:quote "引文" ; ', "", "x/e1: ckg:quote has no value."),
        ("ckg:start 3", "ckg:start 5", "which is not below ckg:end"),
        ("ckg:start 3", "ckg:start -3", "which is below"),
        ("ckg:start 3", 'ckg:start "3"', "which is no xsd:integer"),
        ("ckg:start 3", 'ckg:start "drei"^^xsd:integer', "which is no xsd:integer"),
        ("ckg:role ckg:Lead", "ckg:role ckg:Boss", "x/a3: ckg:role has ckg:Boss, which is none of ckg:Joint, ckg:Lead"),
        ("ckg:role ckg:Lead", "ckg:role ckg:Lead, ckg:Joint", "x/a3: ckg:role has 2 values where at most 1 is allowed"),
        ("ckg:agency a:sz-education", "ckg:agency d:nanshan", "district/nanshan, which is no ckg:Agency"),
        ("ckg:partOf x:m1", "ckg:partOf x:e1", "x/m2: ckg:partOf has x/e1, which meets none of: a ckg:Measure"),
        ("ckg:value 12.5 ;", "", "x/t1, which meets not exactly one of: ckg:value / ckg:maxValue and ckg:minValue"),
        ("ckg:value 12.5 ;", "ckg:value 1.0 ; ckg:minValue 1.0 ; ckg:maxValue 2.0 ;", "x/t1, which meets not exactly"),
        ("ckg:minValue 10.0", "ckg:minValue 30.0", "x/t2: ckg:minValue has"),
        ("2021-01-01", "2022-01-01", "x/o1: ckg:periodStart has"),
        ("2021-01-01", "2021-13-01", "which is no xsd:date"),
        ('"未来计划"@zh', '"Future"@en', "x/future: rdfs:label has 0 values in zh where 1 to 1 are needed."),
        ('"未来计划"@zh', '"未来计划"@zh, "未来"@zh', "x/future: rdfs:label has 2 values in the language zh."),
        ('"未来计划"@zh', '"未来计划"@zh, "Zukunft"@de', "which is not in zh or en"),
        ("ckg:Platform, ckg:IndustrialPark", "ckg:IndustrialPark", "x/p1: rdf:type has not the value ckg:Platform."),
        ("c:marine ckg:subsector x:s1 .", "", "x/s1: ^ckg:subsector has no value."),
        ('"sz000001"', '"深000001"', "which does not look like"),
        ("ckg:evidence x:e2 .\nx:a3", ".\nx:a3", "x/a2: ckg:evidence has no value."),
    ],
)
def test_a_breach_is_said_in_a_sentence(before: str, after: str, sentence: str) -> None:
    assert any(sentence in line for line in findings(before, after)), findings(before, after)


def test_a_derived_edge_from_something_that_is_no_agency_is_a_breach() -> None:
    edge = "<https://w3id.org/cluster-kg/id/x/m1> <https://w3id.org/cluster-kg/ontology#leads> <https://x.org/y> ."
    assert validate(GOOD + turtle(edge)) == ["x/m1, which is no ckg:Agency."]


def test_a_statement_in_two_graphs_counts_once() -> None:
    again = [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode("https://w3id.org/g")) for q in GOOD]
    assert validate(GOOD + again) == []


def test_more_breaches_than_asked_for_are_counted() -> None:
    broken = [q for q in GOOD if not q.predicate.value.endswith("#evidence")]
    found = validate(broken, limit=2)
    assert len(found) == 3
    assert found[-1] == f"And {len(validate(broken, limit=1000)) - 2} more."


def test_a_constraint_that_is_not_known_is_refused(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetClass <urn:c> ; sh:closed true ."
    )
    with pytest.raises(ValidationError, match="closed"):
        validate(GOOD, shapes=shapes)


@given(st.integers(0, 2**32))
@settings(max_examples=10, deadline=None)
def test_the_order_of_statements_does_not_matter(seed: int) -> None:
    broken = [q for q in GOOD if not q.predicate.value.endswith(("#quote", "#role"))]
    shuffled = random.Random(seed).sample(broken, len(broken))
    assert validate(shuffled) == validate(broken)


@given(st.integers(0, len(LOCAL) - 1), st.sampled_from(["drop", "text", "iri", "twice"]))
@settings(max_examples=20, deadline=None)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_verdict_on_a_damaged_graph_is_that_of_standard_shacl(index: int, damage: str) -> None:
    pyshacl = pytest.importorskip("pyshacl")
    quads = _damaged(index, damage)
    report = pyshacl.validate(_rdflib(quads), shacl_graph=str(ONTOLOGY / "shapes.ttl"), inference="none")[1]
    sh = "http://www.w3.org/ns/shacl#"
    theirs = {str(focus) for focus in report.objects(None, _uri(sh + "focusNode"))}
    assert _breaking(quads) == theirs


def test_sixty_thousand_statements_are_checked_like_a_few() -> None:
    head, body = SMALL.split("\nx:plan", 1)
    many = "\n".join(f"x:plan{body}".replace("x:", f"x:n{n}-") for n in range(400))
    quads = turtle(f"{head}\n{many}") + VOCABULARY
    assert len(quads) > 55_000
    assert validate(quads) == []


def _damaged(index: int, damage: str) -> list[ox.Quad]:
    quads = list(LOCAL)
    victim = quads.pop(index)
    other: ox.NamedNode | ox.Literal = ox.Literal("损坏")
    if damage in ("iri", "twice"):
        other = ox.NamedNode("https://w3id.org/cluster-kg/id/x/m1")
    if damage != "drop":
        quads.append(ox.Quad(victim.subject, victim.predicate, other))
    if damage == "twice":
        quads.append(victim)
    return quads + _vocabulary_of(LOCAL)


def _vocabulary_of(quads: list[ox.Quad]) -> list[ox.Quad]:
    """The types and labels of the vocabulary's things that some statements point to: standard SHACL is slow."""
    used = {q.object for q in quads}
    used |= {q.object for q in VOCABULARY if q.subject in used and q.predicate.value.endswith("#category")}
    return [q for q in VOCABULARY if q.subject in used and q.predicate.value.endswith(("#type", "#label", "#category"))]


def _breaking(quads: list[ox.Quad]) -> set[str]:
    graph = Graph(quads)
    shapes = read_shapes(ONTOLOGY / "shapes.ttl")
    return {node_key(f) for s in shapes for f in s.focus_nodes(graph) if not s.conforms(graph, f)}


def _rdflib(quads: list[ox.Quad]) -> object:
    rdflib = pytest.importorskip("rdflib")
    triples = ox.serialize([q.triple for q in quads], format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=triples, format="nt")


def _uri(iri: str) -> object:
    return pytest.importorskip("rdflib").URIRef(iri)
