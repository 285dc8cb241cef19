"""Measures of shortest paths: betweenness, exact or sampled with its error, closeness, and the paths themselves."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from random import Random
from typing import Any

import networkx as nx

from kg.analysis.networks import Network

MOST_EXACT = 2000
"""Above this number of nodes betweenness is taken from a sample where rustworkx is not installed."""

_FAST_ABOVE = 500
_MOST_FAST = 20_000

_PIVOTS = 200
_SEED = 20


@dataclass(frozen=True, slots=True)
class Betweenness:
    """Betweenness of each node, and where it comes from a sample of ``pivots`` the standard error of each."""

    values: dict[str, float]
    errors: dict[str, float] | None
    method: str


def betweenness(network: Network, most_exact: int = MOST_EXACT, pivots: int = _PIVOTS) -> Betweenness:
    """The share of shortest paths that pass a node, from 0 to 1 (Freeman 1977; two sides: Borgatti, Halgin 2011).

    Exact up to ``most_exact`` nodes, and up to 20,000 where rustworkx is installed, which is faster from 500 nodes on
    (it counts steps: not where they cost 1/weight). Else from the paths of a fixed sample of ``pivots`` (Brandes, Pich
    2007; scaled by length: Geisberger, Sanders, Schultes 2008).
    """
    if network.inverse:
        return _costly(network, most_exact, pivots)
    size = len(network.nodes)
    fast = _optional("rustworkx") if min(most_exact, _FAST_ABOVE) < size <= _MOST_FAST else None
    if fast:
        return _scaled(network, _by_rustworkx(fast, network), None, "exact, by rustworkx")
    if size <= most_exact:
        return _scaled(network, exact(network), None, "exact")
    values, errors = sampled(network, pivots)
    return _scaled(network, values, errors, f"from {pivots} pivots")


def exact(network: Network) -> list[float]:
    """The number of pairs whose shortest paths pass each node, by its place; each pair counts once."""
    sums = [0.0] * len(network.nodes)
    for twins in _twins(network.numbered):
        parts, times = _dependencies(twins[0], network.numbered), len(twins)
        between = parts[twins[-1]]
        for node in twins:
            # Nodes with the same neighbours start the same paths; one is between the others as they are between it.
            sums[node] += (times - 1) * between
            parts[node] = 0.0
        for node, part in enumerate(parts):
            if part:
                sums[node] += times * part
    return [value / 2 for value in sums]


def _twins(neighbours: list[list[int]]) -> list[list[int]]:
    """The nodes, those with the same neighbours together."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for node, near in enumerate(neighbours):
        groups.setdefault(tuple(near), []).append(node)
    return list(groups.values())


def sampled(network: Network, pivots: int) -> tuple[list[float], list[float]]:
    """An estimate of ``exact`` from the paths that start at a fixed sample of nodes, and its standard errors.

    The errors say how far another sample would differ, the finite number of nodes taken into account.
    """
    size = len(network.nodes)
    chosen = sorted(Random(_SEED).sample(range(size), min(pivots, size)))
    sums, squares = [0.0] * size, [0.0] * size
    for source in chosen:
        for node, part in enumerate(_dependencies(source, network.numbered, scaled=True)):
            if part:
                sums[node] += part
                squares[node] += part * part
    count = len(chosen)
    spread = [max(0.0, q - s * s / count) / max(1, count - 1) for s, q in zip(sums, squares, strict=True)]
    correction = max(0.0, 1 - count / size) if size else 0.0
    errors = [size / 2 * math.sqrt(variance / count * correction) for variance in spread] if count else []
    return [size / 2 * s / count for s in sums] if count else [], errors


def _dependencies(source: int, neighbours: list[list[int]], scaled: bool = False) -> list[float]:
    """How far the shortest paths from a node depend on each other node (Brandes 2001).

    ``scaled`` counts a node by how far along a path it lies, and twice: paths start at every node and end there, so
    the sum over all sources is the same, but what lies near a source no longer makes samples swing.
    """
    size = len(neighbours)
    distance, paths, order = [-1] * size, [0.0] * size, [source]
    distance[source], paths[source] = 0, 1.0
    for node in order:
        near, own = distance[node] + 1, paths[node]
        for other in neighbours[node]:
            if distance[other] < 0:
                distance[other] = near
                order.append(other)
            if distance[other] == near:
                paths[other] += own
    parts = [0.0] * size
    for node in reversed(order):
        before = distance[node] - 1
        own = 2 / distance[node] if scaled and before >= 0 else 1
        share = (own + parts[node]) / paths[node]
        for other in neighbours[node]:
            if distance[other] == before:
                parts[other] += paths[other] * share
    parts[source] = 0.0
    return [part * far for part, far in zip(parts, distance, strict=True)] if scaled else parts


def _by_rustworkx(fast: Any, network: Network) -> list[float]:
    graph = fast.PyGraph()
    graph.add_nodes_from(list(range(len(network.nodes))))
    graph.add_edges_from_no_data([(i, j) for i, near in enumerate(network.numbered) for j in near if i < j])
    found = fast.betweenness_centrality(graph, normalized=False)
    return [float(found[i]) for i in range(len(network.nodes))]


def _costly(network: Network, most_exact: int, pivots: int) -> Betweenness:
    """Betweenness where a step costs 1/weight."""
    few = len(network.nodes) <= most_exact
    found = nx.betweenness_centrality(
        to_networkx(network), k=None if few else pivots, normalized=False, weight="distance", seed=_SEED
    )
    return _scaled(network, list(found.values()), None, "exact" if few else f"from {pivots} pivots")


def _scaled(network: Network, raw: list[float], errors: list[float] | None, method: str) -> Betweenness:
    most = [_most_between(network, node) for node in network.nodes]

    def share(values: list[float]) -> dict[str, float]:
        return {n: v / m if m else 0.0 for n, v, m in zip(network.nodes, values, most, strict=True)}

    return Betweenness(share(raw), None if errors is None else share(errors), method)


def _most_between(network: Network, node: str) -> float:
    """The number of pairs of which a node can be between in a network of this size."""
    if network.left is None:
        return (len(network.nodes) - 1) * (len(network.nodes) - 2) / 2
    own, other = len(network.left), len(network.nodes) - len(network.left)
    if node not in network.left:
        own, other = other, own
    s, t = divmod(own - 1, other)
    return (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


def closeness(network: Network) -> dict[str, float]:
    """How near all others are, from 0 to 1 (Freeman 1979; parts of the network: Wasserman, Faust 1994).

    On two sides the nearest that a node can be is 1 to the other side and 2 to its own (Borgatti, Halgin 2011).
    Where a step costs 1/weight the measure has no upper bound.
    """
    if network.inverse:
        return dict(nx.closeness_centrality(to_networkx(network), distance="distance"))
    size, sums = len(network.nodes), _distances(network.numbered)
    found = {}
    for node, (others, total) in zip(network.nodes, sums, strict=True):
        nearest = others if network.left is None else _nearest(network, node)
        found[node] = nearest / total * others / (size - 1) if total else 0.0
    return found


def _nearest(network: Network, node: str) -> int:
    """The least that a node's distances to all others can add up to on two sides."""
    left = len(network.left or ())
    own, other = (
        (left, len(network.nodes) - left) if network.side(node) == "left" else (len(network.nodes) - left, left)
    )
    return other + 2 * (own - 1)


def _distances(neighbours: list[list[int]]) -> list[tuple[int, int]]:
    """For each node how many others it reaches and the sum of their distances.

    All nodes step at once: what a node reaches in n steps is a number with a bit for each node.
    """
    reached = [1 << node for node in range(len(neighbours))]
    counts, sums, steps = [0] * len(neighbours), [0] * len(neighbours), 0
    while True:
        steps += 1
        following = []
        for node, near in enumerate(neighbours):
            mask = reached[node]
            for other in near:
                mask |= reached[other]
            following.append(mask)
        if following == reached:
            return list(zip(counts, sums, strict=True))
        for node, mask in enumerate(following):
            fresh = mask.bit_count() - 1 - counts[node]
            counts[node] += fresh
            sums[node] += fresh * steps
        reached = following


def to_networkx(network: Network) -> Any:
    """The network as a graph of networkx, with ``weight`` and ``distance`` on its edges."""
    graph: Any = nx.Graph()
    graph.add_nodes_from(network.nodes)
    for (a, b), weight in network.weights.items():
        graph.add_edge(a, b, weight=weight, distance=1 / weight if network.inverse else 1)
    return graph


def shortest_paths(network: Network, start: str, end: str, most: int) -> list[list[str]]:
    """Up to ``most`` of the shortest paths between two nodes, in the order of their nodes; none where there is none."""
    near = {end: 0}
    order = [end]
    for node in order:
        for other in network.neighbours[node]:
            if other not in near:
                near[other] = near[node] + 1
                order.append(other)
    return list(islice(_paths(network, near, [start]), most)) if start in near else []


def _paths(network: Network, near: dict[str, int], path: list[str]) -> Iterator[list[str]]:
    if near[path[-1]] == 0:
        yield path
        return
    for other in network.neighbours[path[-1]]:
        if near.get(other, -1) == near[path[-1]] - 1:
            yield from _paths(network, near, [*path, other])


def _optional(module: str) -> Any:
    """A module that need not be installed; None where it is not."""
    try:
        return import_module(module)
    except ImportError:
        return None
