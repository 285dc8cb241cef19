"""The graph's IRIs and literals. The base is the one setting that a deployment on its own domain changes."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pyoxigraph as ox

BASE = "https://w3id.org/cluster-kg/"
CKG = f"{BASE}ontology#"
ID = f"{BASE}id/"
GRAPH = f"{BASE}graph/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
ORG = "http://www.w3.org/ns/org#"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES = {
    "ckg": CKG,
    "id": ID,
    "graph": GRAPH,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "org": ORG,
    "oa": OA,
    "prov": PROV,
    "schema": SCHEMA,
    "xsd": XSD,
}

TYPE = ox.NamedNode(f"{RDF}type")
LABEL = ox.NamedNode(f"{RDFS}label")
ALT_LABEL = ox.NamedNode(f"{SKOS}altLabel")


@cache
def ckg(term: str) -> ox.NamedNode:
    """A term of the ontology."""
    return ox.NamedNode(CKG + term)


def thing(kind: str, slug: str) -> ox.NamedNode:
    """The IRI of a thing."""
    return ox.NamedNode(f"{ID}{kind}/{slug}")


@cache
def graph(name: str) -> ox.NamedNode:
    """The IRI of a named graph."""
    return ox.NamedNode(GRAPH + name)


def zh(text: str) -> ox.Literal:
    """A Chinese text."""
    return ox.Literal(text, language="zh")


def string(text: str) -> ox.Literal:
    """A plain string."""
    return ox.Literal(text)


def integer(value: int) -> ox.Literal:
    """A whole number."""
    return ox.Literal(str(value), datatype=ox.NamedNode(f"{XSD}integer"))


def decimal(value: Decimal) -> ox.Literal:
    """An exact number, never in exponent notation."""
    return ox.Literal(format(value.normalize(), "f"), datatype=ox.NamedNode(f"{XSD}decimal"))


def year(value: int) -> ox.Literal:
    """A calendar year."""
    return ox.Literal(f"{value:04d}", datatype=ox.NamedNode(f"{XSD}gYear"))


def date(value: str) -> ox.Literal:
    """A calendar day (ISO 8601)."""
    return ox.Literal(value, datatype=ox.NamedNode(f"{XSD}date"))
