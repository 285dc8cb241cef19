"""The graph as RDF, in an order that depends on nothing but what it says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.export.files import replacing
from kg.rdf.terms import PREFIXES
from kg.store import Store

FORMATS = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
_PLAIN = (ox.RdfFormat.N_QUADS, ox.RdfFormat.N_TRIPLES)


def write_statements(store: Store, path: Path, form: ox.RdfFormat) -> int:
    """Write the whole graph; returns how many statements were written.

    A format with named graphs gets them and their merge, a format without gets the merge alone.
    """
    statements: Iterable[ox.Quad] = store.quads()
    if not form.supports_datasets:
        statements = (quad for quad in statements if isinstance(quad.graph_name, ox.DefaultGraph))
    ordered = sorted(statements, key=_order)
    lines = ordered if form.supports_datasets else [quad.triple for quad in ordered]
    with replacing(path) as out:
        ox.serialize(lines, out, form, prefixes=None if form in _PLAIN else PREFIXES)
    return len(ordered)


def _order(quad: ox.Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad.triple)
