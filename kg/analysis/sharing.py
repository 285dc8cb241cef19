"""Measures of ties and their weight: degree, strength, specialisation, concentration, who is tied to whom."""

from __future__ import annotations

import math

from kg.analysis.networks import Network, Pair


def degree(network: Network) -> dict[str, float]:
    """The share of the nodes it could be tied to that a node is tied to, from 0 to 1.

    On two sides it could be tied to the other side alone (Borgatti, Everett 1997).
    """
    near = network.neighbours
    sizes = {side: len(network.members(side)) for side in network.sides}
    others = {"left": sizes.get("right", 0), "right": sizes.get("left", 0), "": len(network.nodes) - 1}
    most = {node: others[network.side(node)] for node in network.nodes}
    return {node: len(near[node]) / most[node] if most[node] > 0 else 0.0 for node in network.nodes}


def strength(network: Network) -> dict[str, float]:
    """The sum of the weights of a node's ties, 0 or more (Barrat et al. 2004)."""
    return {node: math.fsum(near.values()) for node, near in network.neighbours.items()}


def specialisation(network: Network) -> dict[Pair, float]:
    """The location quotient of each pair: the right's share of the left's weight over its share of all weight.

    0 or more; 1 is as everywhere, 2 twice that (Isard 1960). Needs a network of two sides.
    """
    total, sums = math.fsum(network.weights.values()), _sums(network)
    return {(a, b): weight * total / (sums[a] * sums[b]) for (a, b), weight in network.weights.items()}


def concentration(network: Network) -> dict[str, float]:
    """The Herfindahl index of a node's ties: the sum of the squared shares of its weight.

    From 1/(number of ties), all alike, to 1, one tie alone (Herfindahl 1950); 0 without ties.
    """
    sums = _sums(network)
    return {
        node: math.fsum((weight / sums[node]) ** 2 for weight in near.values())
        for node, near in network.neighbours.items()
    }


def _sums(network: Network) -> dict[str, float]:
    return {node: math.fsum(near.values()) for node, near in network.neighbours.items()}


def assortativity(network: Network) -> float | None:
    """Whether nodes of many ties are tied to such nodes: the correlation of degrees at the two ends of ties.

    From -1 to 1 (Newman 2002); on two sides, of left and right degrees. None where all degrees are alike or there are
    no ties.
    """
    degrees = {node: len(near) for node, near in network.neighbours.items()}
    pairs = [(degrees[a], degrees[b]) for a, b in network.weights]
    if network.left is None:
        pairs += [(b, a) for a, b in pairs]
    return _correlation(pairs)


def _correlation(pairs: list[tuple[int, int]]) -> float | None:
    if not pairs:
        return None
    size = len(pairs)
    sums = [sum(column) for column in zip(*pairs, strict=True)]
    # Whole numbers: a spread of nothing is exactly nothing.
    across = size * sum(x * y for x, y in pairs) - sums[0] * sums[1]
    along = [size * sum(p[i] ** 2 for p in pairs) - sums[i] ** 2 for i in (0, 1)]
    return across / math.sqrt(along[0] * along[1]) if all(along) else None
