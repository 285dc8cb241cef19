"""The measures that stand in the graph itself, in graph ``analysis``: few and fast, for a build waits for them.

Does without networkx, which takes longer to import than these measures to find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

import pyoxigraph as ox

from kg.analysis.networks import Network
from kg.analysis.power import DAMPING, pagerank
from kg.analysis.projections import projection
from kg.analysis.sharing import concentration, degree, strength
from kg.analysis.ties import Asked, Tie, load_ties
from kg.rdf import terms as t
from kg.slugs import content_slug

_DIGITS = 6

Values = Callable[[Network], dict[str, float]]

_MEASURES: Mapping[str, tuple[Values, str]] = {
    "concentration": (concentration, ""),
    "degree": (degree, ""),
    "pagerank": (pagerank, f"damping={DAMPING}"),
    "strength": (strength, ""),
}
KEPT: Mapping[str, tuple[str, ...]] = {
    "agency-cluster": ("concentration", "degree", "strength"),
    "agency-agency": ("pagerank", "strength"),
    "district-cluster": ("concentration", "degree", "strength"),
}
"""The projections whose scores stand in the graph, and the measures."""


def score_triples(graph: Asked) -> list[ox.Triple]:
    """The scores of a graph's things with how they were found, sorted; none where the graph ties nothing.

    They are found from the reading graphs and what is derived from them, and never read scores themselves.
    """
    found: list[ox.Triple] = []
    for name, measures in KEPT.items():
        ties = load_ties(graph, name)
        network = projection(name).network(ties)
        for measure in measures if network.nodes else ():
            found.extend(_analysis(name, measure, ties))
            found.extend(_scores(name, measure, network))
    return sorted(found, key=str)


def _analysis(name: str, measure: str, ties: list[Tie]) -> Iterator[ox.Triple]:
    """The activity that scores come from: projection, method, parameters, and the documents it used."""
    node = _activity(name, measure)
    yield ox.Triple(node, t.TYPE, t.ckg("Analysis"))
    yield ox.Triple(node, t.TYPE, _prov("Activity"))
    yield from _method(node, name, measure)
    for document in sorted({tie.document for tie in ties if tie.document}):
        yield ox.Triple(node, _prov("used"), ox.NamedNode(document))


def _scores(name: str, measure: str, network: Network) -> Iterator[ox.Triple]:
    values = {node: _rounded(value) for node, value in _MEASURES[measure][0](network).items()}
    for side in network.sides:
        members = network.members(side)
        for thing in members:
            rank = 1 + sum(values[other] > values[thing] for other in members)
            yield from _score(name, measure, thing, values[thing], rank)


def _score(name: str, measure: str, thing: str, value: Decimal, rank: int) -> Iterator[ox.Triple]:
    node = t.thing("score", content_slug(name, measure, thing))
    yield ox.Triple(node, t.TYPE, t.ckg("CentralityScore"))
    yield ox.Triple(node, t.ckg("scoreOf"), ox.NamedNode(thing))
    yield ox.Triple(node, t.ckg("score"), t.decimal(value))
    yield ox.Triple(node, t.ckg("rank"), t.integer(rank))
    yield from _method(node, name, measure)
    yield ox.Triple(node, _prov("wasGeneratedBy"), _activity(name, measure))


def _method(node: ox.NamedNode, name: str, measure: str) -> Iterator[ox.Triple]:
    yield ox.Triple(node, t.ckg("projection"), t.string(name))
    yield ox.Triple(node, t.ckg("method"), t.string(measure))
    yield ox.Triple(node, t.ckg("parameters"), t.string(_MEASURES[measure][1]))


def _activity(name: str, measure: str) -> ox.NamedNode:
    return t.thing("analysis", f"{name}-{measure}")


def _prov(term: str) -> ox.NamedNode:
    return ox.NamedNode(t.PROV + term)


def _rounded(value: float) -> Decimal:
    """Six digits after the point: what is beyond them differs from machine to machine."""
    return Decimal(str(round(value, _DIGITS)))
