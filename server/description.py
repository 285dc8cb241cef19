"""What this service is, for programs: the SPARQL service description, and the dataset in VoID and DCAT."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.rdf.terms import PREFIXES
from server.execution import write
from server.negotiate import Format

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
_SERVICE = Path(__file__).parent / "service.ttl"
_UPDATES = ox.NamedNode(f"{SD}SPARQL11Update")


def described(endpoint: str, written: Format, updates: bool) -> bytes:
    """The description of the service at this address; ``updates`` says whether anybody may make them."""
    triples = [quad.triple for quad in ox.parse(path=str(_SERVICE), base_iri=endpoint)]
    if updates:
        language = ox.NamedNode(f"{SD}supportedLanguage")
        triples.append(ox.Triple(ox.NamedNode(endpoint), language, _UPDATES))
    return write(triples, written, sd=SD, void=VOID, **{k: v for k, v in PREFIXES.items() if k == "dcterms"})
