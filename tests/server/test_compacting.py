"""JSON-LD with its context says the same triples."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.terms import BASE, ID, RDFS, SKOS, TYPE, XSD, ckg
from server.compacting import compacted

SUBJECTS = st.sampled_from([f"{ID}cluster/x", f"{ID}target/深圳", "https://example.org/a", f"{BASE}other"])
TEXTS = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=6)
PROPERTIES = st.sampled_from(
    [
        *(ckg(name) for name in ("cluster", "metric", "value", "year", "order", "unknown")),
        *map(ox.NamedNode, (f"{RDFS}label", f"{SKOS}altLabel", "https://example.org/p")),
    ]
)
KINDS = st.sampled_from([f"{XSD}{name}" for name in ("integer", "decimal", "gYear", "string", "anyURI")])
LITERALS = st.one_of(
    st.builds(lambda text, tongue: ox.Literal(text, language=tongue), TEXTS, st.sampled_from(["zh", "en"])),
    st.builds(lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(kind)), TEXTS, KINDS),
)
OBJECTS = st.one_of(SUBJECTS.map(ox.NamedNode), LITERALS)
CLASSES = st.sampled_from([ckg("Cluster"), ckg("Unknown"), ox.NamedNode("https://example.org/C")])
TRIPLES = st.lists(
    st.one_of(
        st.builds(ox.Triple, SUBJECTS.map(ox.NamedNode), PROPERTIES, OBJECTS),
        st.builds(lambda subject, kind: ox.Triple(ox.NamedNode(subject), TYPE, kind), SUBJECTS, CLASSES),
    ),
    max_size=12,
)


@given(TRIPLES)
def test_what_is_compacted_expands_to_the_same(triples: list[ox.Triple]) -> None:
    said = ox.parse(compacted(triples).encode(), format=ox.RdfFormat.JSON_LD)
    assert {quad.triple for quad in said} == set(triples)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_terms_stand_by_their_short_names_and_other_readers_understand_them() -> None:
    subject = ox.NamedNode(f"{ID}cluster/x")
    triples = [
        ox.Triple(subject, TYPE, ckg("Cluster")),
        ox.Triple(subject, ox.NamedNode(f"{RDFS}label"), ox.Literal("海洋", language="zh")),
        ox.Triple(subject, ckg("order"), ox.Literal("20", datatype=ox.NamedNode(f"{XSD}integer"))),
    ]
    text = compacted(triples)
    assert json.loads(text)["@graph"] == [
        {"@id": "id:cluster/x", "@type": "Cluster", "label": {"zh": "海洋"}, "order": "20"}
    ]
    assert len(rdflib.Graph().parse(data=text, format="json-ld")) == len(triples)
