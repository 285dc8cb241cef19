"""Writes the graph to a file, in an order that depends on nothing but what it says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import KgError
from kg.rdf.terms import PREFIXES
from kg.store import Store

FORMATS = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def export(store: Store, path: Path) -> int:
    """Write the whole graph; returns how many statements were written.

    A format with named graphs gets them and their merge, a format without gets the merge alone. The file is replaced
    whole. Raises KgError for an unknown ending or a file that can't be written.
    """
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise KgError(f"The ending of {path} says no format that is known: use one of {', '.join(FORMATS)}.")
    statements: Iterable[ox.Quad] = store.quads()
    if not form.supports_datasets:
        statements = (quad for quad in statements if isinstance(quad.graph_name, ox.DefaultGraph))
    ordered = sorted(statements, key=_order)
    scratch = path.with_name(f".{path.name}.part")
    lines = ordered if form.supports_datasets else [quad.triple for quad in ordered]
    try:
        with scratch.open("wb") as out:
            ox.serialize(lines, out, form, prefixes=None if form in _PLAIN else PREFIXES)
        scratch.replace(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise KgError(f"The file {path} can't be written: {error.strerror or error}.") from error
    return len(ordered)


_PLAIN = (ox.RdfFormat.N_QUADS, ox.RdfFormat.N_TRIPLES)


def _order(quad: ox.Quad) -> tuple[str, str]:
    return str(quad.graph_name), str(quad.triple)
