"""Communities by the Louvain method with a fixed seed, and how good a division is."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx

from kg.analysis.networks import Network

SEED = 20


def communities(network: Network, seed: int = SEED) -> dict[str, float]:
    """The number of the community that each node is in, from 1; the largest first, then by their first node.

    Louvain (Blondel et al. 2008), weights counted. Nodes without ties are communities of their own.
    """
    parts = [sorted(network.nodes[i] for i in part) for part in _louvain(network, seed)]
    ordered = sorted(parts, key=lambda part: (-len(part), part))
    number = {node: float(place) for place, part in enumerate(ordered, 1) for node in part}
    return {node: number[node] for node in network.nodes}


def _louvain(network: Network, seed: int) -> list[set[int]]:
    """On numbers and not on names, whose order in a set differs from process to process."""
    graph: Any = nx.Graph()
    graph.add_nodes_from(range(len(network.nodes)))
    place = {node: i for i, node in enumerate(network.nodes)}
    graph.add_weighted_edges_from((place[a], place[b], weight) for (a, b), weight in network.weights.items())
    if not graph.number_of_edges():
        return [{i} for i in graph]
    return list(nx.community.louvain_communities(graph, weight="weight", seed=seed))


def modularity(network: Network, number: dict[str, float]) -> float | None:
    """The share of weight within communities over what chance would put there, from -0.5 to 1 (Newman, Girvan 2004).

    None where the network has no ties.
    """
    total = math.fsum(network.weights.values())
    if not total:
        return None
    inside, around = 0.0, dict.fromkeys(number.values(), 0.0)
    for (a, b), weight in network.weights.items():
        inside += weight if number[a] == number[b] else 0.0
        around[number[a]] += weight
        around[number[b]] += weight
    return inside / total - math.fsum((part / (2 * total)) ** 2 for part in around.values())
