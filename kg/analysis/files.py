"""Networks as files for other programs: GraphML and GEXF (Gephi), with labels, weights and scores."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import networkx as nx

from kg.analysis.measures import Result
from kg.analysis.projections import View

_CLOCK = re.compile(r' lastmodifieddate="[^"]*"')
# What XML cannot hold, should a label have it.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def graphml(view: View, results: Iterable[Result] = ()) -> str:
    """The network in GraphML; scores of nodes and pairs stand on them under the name of their measure."""
    return "\n".join(nx.generate_graphml(_graph(view, results), prettyprint=True)) + "\n"


def gexf(view: View, results: Iterable[Result] = ()) -> str:
    """The same in GEXF, without the date that writers put there: the same network gives the same bytes."""
    return _CLOCK.sub("", "\n".join(nx.generate_gexf(_graph(view, results), prettyprint=True))) + "\n"


WRITERS: Mapping[str, Callable[[View, Iterable[Result]], str]] = {"graphml": graphml, "gexf": gexf}


def _graph(view: View, results: Iterable[Result]) -> Any:
    graph: Any = nx.Graph(name=view.projection.name)
    network, names = view.network, view.names
    for node in network.nodes:
        graph.add_node(node, label=_NOT_XML.sub("", names.label(node)), kind=names.kind(node), side=network.side(node))
    for (a, b), weight in network.weights.items():
        graph.add_edge(a, b, weight=weight)
    for result in results:
        for score in result.scores:
            if score.value is not None and score.things:
                held = graph.nodes[score.things[0]] if len(score.things) == 1 else _edge(graph, score.things)
                held[result.definition.name] = score.value
    return graph


def _edge(graph: Any, pair: tuple[str, ...]) -> Any:
    """The attributes of the edge between a pair; what is said of a pair without one is kept nowhere."""
    return graph.edges[pair] if graph.has_edge(*pair) else {}
