"""Triples of documents and of the places in them, with their Web Annotation selectors."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg.facts import Document, Evidence
from kg.rdf import terms as t
from kg.slugs import content_slug

_PATH_SEPARATOR = " > "
_QUOTE_SELECTOR = ox.NamedNode(f"{t.OA}TextQuoteSelector")
_POSITION_SELECTOR = ox.NamedNode(f"{t.OA}TextPositionSelector")
_EXACT = ox.NamedNode(f"{t.OA}exact")
_START = ox.NamedNode(f"{t.OA}start")
_END = ox.NamedNode(f"{t.OA}end")
# A year, a month or a day: dates that sort as they print.
_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}", re.ASCII)


def document_triples(node: ox.NamedNode, document: Document) -> Iterator[ox.Triple]:
    """What is known of a document as a whole."""
    yield ox.Triple(node, t.TYPE, t.ckg("PolicyDocument"))
    if document.type != "PolicyDocument":
        yield ox.Triple(node, t.TYPE, t.ckg(document.type))
    yield ox.Triple(node, t.LABEL, t.zh(document.title))
    yield ox.Triple(node, ox.NamedNode(f"{t.DCTERMS}title"), t.zh(document.title))
    yield ox.Triple(node, t.ckg("sourceFile"), t.string(document.source_file))
    yield ox.Triple(node, t.ckg("start"), t.integer(document.start))
    yield ox.Triple(node, t.ckg("end"), t.integer(document.end))
    if document.publisher:
        yield ox.Triple(node, ox.NamedNode(f"{t.DCTERMS}publisher"), t.zh(document.publisher))
    if document.date:
        yield ox.Triple(node, ox.NamedNode(f"{t.DCTERMS}date"), t.string(document.date))
    for cluster in document.clusters:
        yield ox.Triple(node, t.ckg("cluster"), t.thing("cluster", cluster))


def naming_triples(agency: ox.NamedNode, name: str, document: Document) -> Iterator[ox.Triple]:
    """A name that a dated document gives an agency; a rule derives from when until when it was used."""
    if _DATE.fullmatch(document.date):
        node = t.thing("naming", content_slug(agency.value, name))
        yield ox.Triple(agency, t.ckg("naming"), node)
        yield ox.Triple(node, t.TYPE, t.ckg("Naming"))
        yield ox.Triple(node, t.ckg("name"), t.string(name))
        yield ox.Triple(node, t.ckg("usedOn"), t.string(document.date))


def evidence_triples(
    node: ox.NamedNode, evidence: Evidence, document: ox.NamedNode, measure: ox.NamedNode
) -> Iterator[ox.Triple]:
    """A place in a source: its words, its offsets, and the same as selectors of the Web Annotation model."""
    start, end, quote = t.integer(evidence.start), t.integer(evidence.end), t.string(evidence.quote)
    yield ox.Triple(node, t.TYPE, t.ckg("Evidence"))
    yield ox.Triple(node, t.ckg("document"), document)
    yield ox.Triple(node, t.ckg("quote"), quote)
    yield ox.Triple(node, t.ckg("start"), start)
    yield ox.Triple(node, t.ckg("end"), end)
    if evidence.path:
        yield ox.Triple(node, t.ckg("headingPath"), t.string(_PATH_SEPARATOR.join(evidence.path)))
    if measure != document:
        yield ox.Triple(node, t.ckg("measure"), measure)
    yield ox.Triple(node, t.TYPE, _QUOTE_SELECTOR)
    yield ox.Triple(node, t.TYPE, _POSITION_SELECTOR)
    yield ox.Triple(node, _EXACT, quote)
    yield ox.Triple(node, _START, start)
    yield ox.Triple(node, _END, end)
