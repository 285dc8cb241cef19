"""Holds a graph to ontology/shapes.ttl and says in sentences what is wrong.

The shapes are standard SHACL, and a test compares our verdict with that of pyshacl on damaged graphs. No processor at
hand is fast enough to stand in every build, which has four seconds in all: on 59,000 triples on two cores the Rust one
(pyrudof 0.3) took 2.7 seconds and pyshacl with rdflib 8, where these functions over a dictionary take 0.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.rdf.constraints import Graph, short
from kg.rdf.shapes import Shape, read_shapes
from kg.vocabulary import ONTOLOGY


def validate(quads: Iterable[ox.Quad], *, shapes: Path = ONTOLOGY / "shapes.ttl", limit: int = 20) -> list[str]:
    """One sentence for each breach of the shapes, sorted; empty where the graph is right.

    Graph names are left out, so a statement in several graphs counts once. Give it the vocabulary's statements too:
    classes are asked of the graph itself and never inferred. After ``limit`` sentences one more says how many are
    left. Raises ValidationError where the shapes use a constraint that this validator does not know.
    """
    found = sorted(set(_sentences(Graph(quads), read_shapes(shapes))))
    if len(found) <= limit:
        return found
    return [*found[:limit], f"And {len(found) - limit} more."]


def _sentences(graph: Graph, shapes: tuple[Shape, ...]) -> Iterator[str]:
    for shape in shapes:
        for focus in shape.focus_nodes(graph):
            for path, finding in shape.breaches(graph, focus):
                yield f"{short(focus)}: {path} has {finding}." if path else f"{finding}."
