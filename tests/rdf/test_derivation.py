"""What the rules derive from a graph with one thing of every kind, and what they leave alone."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.rdf.constraints import short
from kg.rdf.derivation import derive
from kg.rdf.validation import validate
from kg.vocabulary import ONTOLOGY
from tests.rdf.graphs import SMALL, small_quads, turtle, vocabulary_quads

DERIVED = ox.NamedNode("https://w3id.org/cluster-kg/graph/derived")
RULES = sorted((ONTOLOGY / "rules").glob("*.rq"))


def edges(quads: list[ox.Quad]) -> set[tuple[str, str, str]]:
    graph = ox.Store()
    graph.bulk_extend(quads)
    found = derive(graph, DERIVED)
    return {(short(q.subject), short(q.predicate), short(q.object)) for q in found}


EDGES = edges(small_quads())


def leaders(thing: str) -> set[str]:
    return {agency for agency, p, o in EDGES if p == "ckg:leads" and o == thing}


@pytest.mark.parametrize(
    ("thing", "agencies"),
    [
        ("x/m2", {"agency/sz-education"}),
        ("x/m1", {"agency/sz-commerce"}),
        ("cluster/marine", {"agency/sz-planning-and-natural-resources"}),
        ("cluster/synthetic-biology", {"agency/sz-science-technology-innovation"}),
        ("cluster/biomedicine", set()),
        ("x/p1", {"agency/sz-commerce"}),
    ],
)
def test_who_leads_follows_the_rule(thing: str, agencies: set[str]) -> None:
    assert leaders(thing) == agencies


def test_lead_edges_stand_in_both_directions() -> None:
    forward = {(s, o) for s, p, o in EDGES if p == "ckg:leads"}
    assert forward == {(o, s) for s, p, o in EDGES if p == "ckg:leadAgency"}


def test_taking_part_is_participation_and_not_responsibility() -> None:
    assert ("agency/sz-talent", "ckg:participatesIn", "cluster/marine") in EDGES
    responsible = {s for s, p, _ in EDGES if p == "ckg:responsibleFor"}
    assert responsible == {"agency/sz-commerce", "agency/sz-finance", "agency/sz-education"}


def test_a_plan_belongs_to_the_cluster_that_the_document_names() -> None:
    plans = {(s, o) for s, p, o in EDGES if p == "ckg:plan"}
    assert plans == {
        ("cluster/marine", "x/plan"),
        ("cluster/synthetic-biology", "x/future"),
        ("cluster/blockchain", "x/future"),
    }


def test_goals_of_a_plan_about_nothing_else_are_the_clusters_unless_several_share_it() -> None:
    assert "x/t3" not in {o for _, p, o in EDGES if p == "ckg:target"}
    assert {o for s, p, o in EDGES if p == "ckg:target" and s == "cluster/marine"} == {"x/t1", "x/t2"}
    assert {(s, o) for s, p, o in EDGES if p == "ckg:hasTarget"} == {("cluster/marine", "x/t1")}


@pytest.mark.parametrize(
    "edge",
    [
        ("district/yantian", "ckg:supports", "cluster/marine"),
        ("cluster/marine", "ckg:platform", "x/p1"),
        ("x/plan", "ckg:mentions", "x/n1"),
        ("x/plan", "ckg:mentions", "district/yantian"),
        ("x/plan", "ckg:mentions", "cluster/marine"),
        ("x/plan", "ckg:mentions", "agency/sz-talent"),
    ],
)
def test_direct_edges(edge: tuple[str, str, str]) -> None:
    assert edge in EDGES


def test_what_stands_in_the_graph_is_not_derived_again() -> None:
    edge = "<https://w3id.org/cluster-kg/id/cluster/marine> ckg:platform <https://w3id.org/cluster-kg/id/x/p1> ."
    more = edges(turtle(SMALL + edge) + vocabulary_quads())
    assert EDGES - more == {("cluster/marine", "ckg:platform", "x/p1")}


def test_every_rule_derives_something() -> None:
    said = set(re.findall(r"CONSTRUCT \{ \?\w+ (ckg:\w+)", "\n".join(path.read_text("utf-8") for path in RULES)))
    assert said <= {p for _, p, _ in EDGES}


def test_derivation_is_sorted_and_its_result_keeps_to_the_shapes() -> None:
    graph = ox.Store()
    graph.bulk_extend(small_quads())
    found = derive(graph, DERIVED)
    assert [str(q) for q in found] == sorted(str(q) for q in found)
    assert {q.graph_name for q in found} == {DERIVED}
    assert derive(graph, DERIVED) == []
    assert validate([*small_quads(), *found]) == []


def test_a_rule_that_is_no_construct_is_refused(tmp_path: Path) -> None:
    (tmp_path / "1-odd.rq").write_text("ASK {}", encoding="utf-8")
    with pytest.raises(QueryError, match=re.escape("1-odd.rq")):
        derive(ox.Store(), DERIVED, rules=tmp_path)


def test_a_name_was_used_from_the_first_to_the_last_date() -> None:
    used = {(p, o) for s, p, o in EDGES if s == "x/w1"}
    assert used == {("ckg:firstUsed", '"2022-06"'), ("ckg:lastUsed", '"2023"')}


def test_what_two_documents_state_is_corroborated_by_their_number() -> None:
    found = {(s, o.split("^^")[0]) for s, p, o in EDGES if p == "ckg:corroboratedBy"}
    assert found == {("x/o1", '"2"')}
