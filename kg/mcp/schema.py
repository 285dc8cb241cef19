"""What an agent must know to write queries: prefixes, classes with how many of each, properties, and examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.client import Graph, Solutions
from kg.errors import KgError

PREFIXES = """PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
PREFIX id: <https://w3id.org/cluster-kg/id/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
_TERMS = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?term ?label ?comment ?domain ?range (COUNT(DISTINCT ?one) AS ?count) WHERE {
  ?term a ?kind ; rdfs:label ?label FILTER(LANG(?label) = "zh")
  VALUES ?kind { %s }
  OPTIONAL { ?term rdfs:comment ?comment FILTER(LANG(?comment) = "en") }
  OPTIONAL { ?term rdfs:domain ?domain FILTER(!ISBLANK(?domain)) }
  OPTIONAL { ?term rdfs:range ?range FILTER(!ISBLANK(?range)) }
  OPTIONAL { ?one a ?term }
} GROUP BY ?term ?label ?comment ?domain ?range ORDER BY ?term"""
_CLASSES = _TERMS % "<http://www.w3.org/2002/07/owl#Class>"
_PROPERTIES = _TERMS % "<http://www.w3.org/2002/07/owl#ObjectProperty> <http://www.w3.org/2002/07/owl#DatatypeProperty>"
_NOTES = (
    "Every thing has one rdfs:label in @zh and one in @en where it is known; other names are skos:altLabel.",
    "The default graph is the merge of all documents: GRAPH is not needed, and COUNT is right.",
    "Facts are nodes of their own (Assignment, Target, Observation, DistrictRole) with ckg:evidence; its ckg:quote is "
    "the sentence; ckg:start and ckg:end count characters of the source file.",
    "Roles are ckg:Lead, ckg:Joint, ckg:Responsible, ckg:Participant. A cluster as a whole is led by the first issuer "
    "of its plan (ckg:issuance with ckg:position 1): the text does not call it a lead. who_leads gives the basis.",
    "Labels are Chinese: look up a name with search before you write it into a query.",
)
EXAMPLES = {
    "clusters with the first issuer of their plan": PREFIXES
    + """SELECT ?cluster ?agency WHERE {
  ?plan ckg:cluster/rdfs:label ?cluster ; ckg:issuance [ ckg:position 1 ; ckg:agency/rdfs:label ?agency ] .
  FILTER(LANG(?cluster) = "zh" && LANG(?agency) = "zh")
} ORDER BY ?cluster""",
    "goals of a cluster with their sentence": PREFIXES
    + """SELECT ?metric ?comparator ?value ?unit ?year ?quote WHERE {
  ?target a ckg:Target ; ckg:about id:cluster/smart-sensors ; ckg:metric ?metric ; ckg:comparator ?comparator ;
    ckg:unit ?unit ; ckg:evidence/ckg:quote ?quote .
  OPTIONAL { ?target ckg:value ?value } OPTIONAL { ?target ckg:year ?year }
}""".replace("id:cluster/smart-sensors", "<https://w3id.org/cluster-kg/id/cluster/smart-sensors>"),
    "agencies by the number of measures that they are assigned": PREFIXES
    + """SELECT ?agency (COUNT(*) AS ?n) WHERE {
  ?assignment a ckg:Assignment ; ckg:agency/rdfs:label ?agency FILTER(LANG(?agency) = "zh")
} GROUP BY ?agency ORDER BY DESC(?n) LIMIT 10""",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property: its name with prefix, what it means, where it stands, how many things are of it."""

    name: str
    label: str
    comment: str
    domain: str
    range: str
    count: int


@dataclass(frozen=True, slots=True)
class Schema:
    """All that is needed to write a query."""

    prefixes: str
    notes: tuple[str, ...]
    classes: tuple[Term, ...]
    properties: tuple[Term, ...]
    examples: dict[str, str]


def read_schema(graph: Graph) -> Schema:
    """The schema of a graph, by its own ontology."""
    return Schema(PREFIXES, _NOTES, _terms(graph, _CLASSES), _terms(graph, _PROPERTIES), EXAMPLES)


def _terms(graph: Graph, query: str) -> tuple[Term, ...]:
    found = graph.sparql(query)
    if not isinstance(found, Solutions):
        raise KgError("The service answers a SELECT query with something else.")
    return tuple(_term(row) for row in found)


def _term(row: Mapping[str, Any]) -> Term:
    name, domain, value_range = (_short(str(row.get(key, ""))) for key in ("term", "domain", "range"))
    return Term(name, str(row["label"]), str(row.get("comment", "")), domain, value_range, int(row["count"]))


def _short(iri: str) -> str:
    """An IRI with its prefix where it has one of ours."""
    pairs = (line.removeprefix("PREFIX ").rstrip(">").split(": <") for line in PREFIXES.splitlines())
    return next((f"{name}:{iri.removeprefix(base)}" for name, base in pairs if iri.startswith(base)), iri)
