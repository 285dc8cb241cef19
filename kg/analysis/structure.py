"""Measures of how a network holds together: cores, clustering, bridges, and what falls off without a node."""

from __future__ import annotations

import math
from typing import Any

import networkx as nx

from kg.analysis.networks import Network
from kg.analysis.paths import to_networkx


def core(network: Network) -> dict[str, float]:
    """The largest k for which a node is in a part where all have k ties or more (Seidman 1983)."""
    return {node: float(k) for node, k in dict(nx.core_number(to_networkx(network))).items()}


def clustering(network: Network) -> dict[str, float]:
    """The share of a node's pairs of neighbours that are tied, from 0 to 1 (Watts, Strogatz 1998).

    On two sides, where no two neighbours are ever tied: how far those that share a neighbour with the node share all
    (Latapy, Magnien, Del Vecchio 2008, cc-dot).
    """
    if network.left is None:
        found: Any = nx.clustering(to_networkx(network))
        return {node: float(value) for node, value in found.items()}
    near = {node: set(others) for node, others in network.neighbours.items()}
    return {node: _overlap(node, near) for node in network.nodes}


def _overlap(node: str, near: dict[str, set[str]]) -> float:
    own = near[node]
    second = sorted({twin for other in own for twin in near[other]} - {node})
    shares = [len(own & near[twin]) / len(own | near[twin]) for twin in second]
    return math.fsum(shares) / len(shares) if shares else 0.0


def articulation(network: Network) -> dict[str, float]:
    """How many other nodes would lose touch with the largest rest of their part if a node went, 0 or more."""
    found = dict.fromkeys(network.nodes, 0.0)
    for node in nx.articulation_points(to_networkx(network)):
        sizes = _parts_around(network, node)
        found[node] = float(sum(sizes) - max(sizes))
    return found


def _parts_around(network: Network, gone: str) -> list[int]:
    """The sizes of the parts that a node's neighbours are in when it is gone."""
    sizes, seen = [], {gone}
    for start in network.neighbours[gone]:
        if start not in seen:
            part = reach(network, start, seen)
            sizes.append(len(part))
    return sizes


def reach(network: Network, start: str, seen: set[str]) -> list[str]:
    """The nodes that can be reached from a node without those seen already, which grow by them."""
    order = [start]
    seen.add(start)
    for node in order:
        for other in network.neighbours[node]:
            if other not in seen:
                seen.add(other)
                order.append(other)
    return order


def bridges(network: Network) -> dict[tuple[str, str], float]:
    """The ties without which the network falls apart, each with the number of nodes on its smaller side."""
    found: dict[tuple[str, str], float] = {}
    for a, b in nx.bridges(to_networkx(network)):
        pair = (a, b) if (a, b) in network.weights else (b, a)
        found[pair] = _smaller_side(network, a, b)
    return dict(sorted(found.items()))


def _smaller_side(network: Network, a: str, b: str) -> float:
    """The number of nodes on the smaller side of a bridge."""
    if 1 in (len(network.neighbours[a]), len(network.neighbours[b])):
        return 1.0
    return float(min(len(reach(network, b, {a})), len(reach(network, a, {b}))))
