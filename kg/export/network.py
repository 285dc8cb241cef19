"""The graph as a network for Gephi and the like: named things and the direct edges between them."""

from __future__ import annotations

import io
import re
from pathlib import Path

import networkx as nx

from kg.export.files import replacing
from kg.export.things import read_things
from kg.store import Store

# What XML can't hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# The library writes the day on which it wrote; the same graph must give the same file.
_DAY = re.compile(r' lastmodifieddate="[^"]*"')


def network(store: Store) -> nx.MultiDiGraph[str]:
    """Everything with a name as a node (label, labelEn, kind, type); the direct edges between them, each a relation."""
    things = {iri: thing for iri, thing in read_things(store).items() if thing.label}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, thing in things.items():
        names = {"label": _clean(thing.label), "labelEn": _clean(thing.label_en)}
        graph.add_node(iri, **names, kind=thing.kind, type=";".join(thing.classes))
    for iri, thing in things.items():
        for name, targets in sorted(thing.links.items()):
            for target in targets:
                if target in things:
                    graph.add_edge(iri, target, key=name, relation=name)
    return graph


def write_graphml(store: Store, path: Path) -> int:
    """Write GraphML; returns how many nodes and edges."""
    graph = network(store)
    with replacing(path) as out:
        nx.write_graphml_xml(graph, out, encoding="utf-8", prettyprint=True)
    return len(graph) + graph.number_of_edges()


def write_gexf(store: Store, path: Path) -> int:
    """Write GEXF; returns how many nodes and edges."""
    graph = network(store)
    text = io.BytesIO()
    nx.write_gexf(graph, text, encoding="utf-8", prettyprint=True)
    with replacing(path) as out:
        out.write(_DAY.sub("", text.getvalue().decode("utf-8"), count=1).encode("utf-8"))
    return len(graph) + graph.number_of_edges()


def _clean(text: str) -> str:
    return _FORBIDDEN.sub(" ", text)
