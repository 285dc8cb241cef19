"""Measures that the first vector of a matrix makes: PageRank, eigenvector centrality, hubs and authorities."""

from __future__ import annotations

import math
from operator import mul

from kg.analysis.networks import Network

DAMPING = 0.85
"""The share of PageRank's walkers that follow a tie; the others jump anywhere."""

_TOLERANCE = 1e-11
_MOST_STEPS = 500
_BASIS = 20
_MOST_ROUNDS = 500

Vector = list[float]
Matrix = list[tuple[list[int], list[float]]]


def pagerank(network: Network, damping: float = DAMPING) -> dict[str, float]:
    """The share of time that a random walker is at each node, from 0 to 1; together 1.

    It follows ties by weight and with 1 - ``damping`` jumps anywhere, as it does from a node without ties
    (Page, Brin et al. 1998).
    """
    size, matrix = len(network.nodes), _matrix(network)
    strength = [math.fsum(weights) for _, weights in matrix]
    lone = [i for i, own in enumerate(strength) if not own]
    rank = [1 / size] * size if size else []
    for _ in range(_MOST_STEPS):
        flow = [damping * value / own if own else 0.0 for value, own in zip(rank, strength, strict=True)]
        jump = (1 - damping + damping * sum(rank[i] for i in lone)) / size if size else 0.0
        following = [jump + value for value in _times(matrix, flow)]
        apart = math.fsum(abs(a - b) for a, b in zip(rank, following, strict=True))
        rank = following
        if apart < _TOLERANCE:
            break
    return dict(zip(network.nodes, rank, strict=True))


def eigenvector(network: Network) -> dict[str, float]:
    """How central a node's neighbours are, from 0 to 1, of length 1 over all nodes (Bonacich 1972).

    Weights count. Where the network falls into parts, nodes outside the part with the largest eigenvalue get 0; without
    ties every node does.
    """
    if not network.weights:
        return dict.fromkeys(network.nodes, 0.0)
    matrix = _matrix(network)
    vector = _unit([1.0] * len(matrix))
    for _ in range(_MOST_ROUNDS):
        following = _round(matrix, vector)
        apart = math.fsum(abs(a - b) for a, b in zip(vector, following, strict=True))
        vector = following
        if apart < _TOLERANCE:
            break
    return {node: value if value > 1e-12 else 0.0 for node, value in zip(network.nodes, vector, strict=True)}


def hits(network: Network) -> dict[str, float]:
    """Hubs on the left side and authorities on the right one, from 0 to 1, together 1 a side (Kleinberg 1999).

    In a network without sides both are the same, and 1 over all nodes.
    """
    vector = eigenvector(network)
    found: dict[str, float] = {}
    for side in network.sides:
        members = network.members(side)
        total = math.fsum(vector[node] for node in members)
        found.update({node: vector[node] / total if total else 0.0 for node in members})
    return found


def _round(matrix: Matrix, start: Vector) -> Vector:
    """A better first eigenvector from a good one, by Lanczos' method: plain powers crawl where two parts are alike."""
    basis, diagonal, beside = [start], list[float](), list[float]()
    while True:
        step = _times(matrix, basis[-1])
        diagonal.append(_dot(step, basis[-1]))
        for earlier in basis:
            part = _dot(step, earlier)
            step = [value - part * other for value, other in zip(step, earlier, strict=True)]
        length = math.sqrt(_dot(step, step))
        if length < 1e-9 * max(map(abs, diagonal)) or len(basis) >= min(_BASIS, len(start)):
            break
        beside.append(length)
        basis.append([value / length for value in step])
    parts = _first_of_band(diagonal, beside)
    sums = [math.fsum(map(mul, parts, column)) for column in zip(*basis, strict=True)]
    return _unit([abs(value) for value in sums])


def _first_of_band(diagonal: Vector, beside: Vector) -> Vector:
    """The first eigenvector of a symmetric matrix with one band beside its diagonal."""
    high = max(map(abs, diagonal)) + 2 * max(beside, default=0.0) + 1.0
    low = min(diagonal) - 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        low, high = (low, middle) if all(p < 0 for p in _pivots(diagonal, beside, middle)) else (middle, high)
    # Just above the eigenvalue the matrix is negative throughout, so that solving needs no exchange of rows.
    shift = high + 1e-13 * max(1.0, abs(high))
    vector = [1.0] * len(diagonal)
    for _ in range(4):
        vector = _unit(_solved(diagonal, beside, shift, vector))
    return vector


def _pivots(diagonal: Vector, beside: Vector, shift: float) -> Vector:
    pivots = [diagonal[0] - shift]
    for value, band in zip(diagonal[1:], beside, strict=True):
        pivots.append(value - shift - band * band / (pivots[-1] or -1e-300))
    return pivots


def _solved(diagonal: Vector, beside: Vector, shift: float, right: Vector) -> Vector:
    pivots, down = _pivots(diagonal, beside, shift), [right[0]]
    for i, band in enumerate(beside):
        down.append(right[i + 1] - band * down[i] / (pivots[i] or -1e-300))
    found = [down[-1] / (pivots[-1] or -1e-300)]
    for i in range(len(beside) - 1, -1, -1):
        found.append((down[i] - beside[i] * found[-1]) / (pivots[i] or -1e-300))
    return found[::-1]


def _matrix(network: Network) -> Matrix:
    place = {node: i for i, node in enumerate(network.nodes)}
    return [([place[other] for other in near], list(near.values())) for near in network.neighbours.values()]


def _times(matrix: Matrix, vector: Vector) -> Vector:
    value = vector.__getitem__
    return [sum(map(mul, map(value, columns), weights)) for columns, weights in matrix]


def _dot(one: Vector, other: Vector) -> float:
    return float(sum(map(mul, one, other)))


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(_dot(vector, vector))
    return [value / length for value in vector]
