"""The ontology defines what the contract promises, and everything in the folder can be read."""

from __future__ import annotations

import json
import re
from collections import defaultdict

import pyoxigraph as ox
import pytest
from rdflib import Graph as JsonLdGraph

from kg.rdf.terms import CKG, PREFIXES
from kg.vocabulary import ONTOLOGY


def _words(text: str) -> list[str]:
    return text.split()


CLASSES = _words("""
    Industry Cluster StrategicCluster FutureIndustry IndustryCategory Subsector District City Agency AgencyGroup
    Enterprise Platform InnovationCenter Laboratory ScienceFacility PublicServicePlatform TradingPlatform IndustrialPark
    IndustrialBase MajorProject ResearchInstitute Exhibition PolicyDocument ActionPlan Opinion Article Briefing Measure
    Assignment Issuance Target Observation DistrictRole Evidence Doubt Conflict Naming
    CentralityScore Analysis Account
""")
PROPERTIES = _words("""
    category subsector plan target platform issuance agency position issuedBy cluster sourceFile partOf number heading
    kind text order document measure role about subjectText metric value minValue maxValue valueText unit
    normalizedValue normalizedUnit comparator year period periodStart periodEnd district roleText function fullName
    stockCode evidence restatement corroboratedBy conflictsWith between prevails
    naming name usedOn firstUsed lastUsed quote start end extractor headingPath reason
    code leads leadAgency responsibleFor participatesIn supports hasTarget mentions
    scoreOf score rank projection method parameters accountOf outcome rule count
""")
INDIVIDUALS = _words("""
    Lead Joint Responsible Participant Overview Goal KeyTask KeyProject SpatialLayout Safeguard Other
    OtherValue LaterDocument OtherScope TargetBelowObservation PartsOverWhole
""")
TURTLE = sorted(ONTOLOGY.rglob("*.ttl"))
RULES = sorted((ONTOLOGY / "rules").glob("*.rq"))


def described() -> dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]]:
    """What the ontology says, by term without prefix and predicate."""
    said: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for quad in ox.parse(path=str(ONTOLOGY / "cluster-kg.ttl"), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(CKG):
            said[quad.subject.value.removeprefix(CKG)][quad.predicate.value].append(quad.object)
    return said


SAID = described()


@pytest.mark.parametrize("term", [*CLASSES, *PROPERTIES, *INDIVIDUALS])
def test_every_term_of_the_contract_is_defined(term: str) -> None:
    assert term in SAID


@pytest.mark.parametrize("term", sorted(SAID))
def test_every_term_has_one_label_and_comment_in_each_tongue(term: str) -> None:
    for predicate in ("label", "comment"):
        texts = SAID[term][PREFIXES["rdfs"] + predicate]
        assert sorted(t.language or "" for t in texts if isinstance(t, ox.Literal)) == ["en", "zh"]


@pytest.mark.parametrize("path", TURTLE, ids=lambda p: p.name)
def test_every_file_is_turtle_and_uses_only_defined_terms(path: object) -> None:
    quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    terms = {t.value for q in quads for t in (q.predicate, q.object) if isinstance(t, ox.NamedNode)}
    assert {t for t in terms if t.startswith(CKG)} <= {CKG + term for term in SAID}


def test_the_ontology_has_no_blank_nodes() -> None:
    quads = ox.parse(path=str(ONTOLOGY / "cluster-kg.ttl"), format=ox.RdfFormat.TURTLE)
    assert not [q for q in quads if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]


def test_every_class_that_needs_something_has_a_shape() -> None:
    quads = ox.parse(path=str(ONTOLOGY / "shapes.ttl"), format=ox.RdfFormat.TURTLE)
    targets = {str(q.object.value) for q in quads if q.predicate.value.endswith("#targetClass")}
    assert {CKG + name for name in CLASSES} == targets


@pytest.mark.parametrize("path", RULES, ids=lambda p: p.name)
def test_every_rule_says_when_it_holds_and_uses_only_defined_terms(path: object) -> None:
    text = (ONTOLOGY / "rules" / str(path)).read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "holds" in text.split("PREFIX", 1)[0]
    assert set(re.findall(r"ckg:(\w+)", text)) <= set(SAID)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_context_names_every_class_and_property() -> None:
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))
    terms = {n for n in context["@context"] if n[0] != "@"} - set(PREFIXES) - {"owl", "label", "altLabel", "title"}
    assert terms == set(SAID) - set(INDIVIDUALS)
    note = {**context, "@id": "id:x/e", "@type": "Evidence", "quote": "引文", "start": 3, "document": "id:x/d"}
    triples = JsonLdGraph().parse(data=json.dumps(note), format="json-ld")
    assert {str(p) for _, p, _ in triples} == {
        PREFIXES["rdf"] + "type",
        *(CKG + name for name in ("quote", "start", "document")),
    }
