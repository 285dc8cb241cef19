"""Networks of things: what the ties of a projection add up to."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from kg.analysis.ties import Tie
from kg.errors import KgError

Pair = tuple[str, str]

_DIGITS = 12


@dataclass(frozen=True)
class Network:
    """An undirected weighted network without self-loops; all that is asked of it comes in the order of its nodes.

    ``left`` holds the nodes of the left side where the network is bipartite and is None where it is not; pairs of a
    bipartite network have the left node first, others the smaller one. ``inverse`` says that a step of a shortest
    path costs 1/weight; else it costs 1.
    """

    nodes: tuple[str, ...]
    weights: Mapping[Pair, float]
    left: frozenset[str] | None = None
    inverse: bool = False

    @classmethod
    def of(
        cls,
        weights: Mapping[Pair, float],
        *,
        nodes: Iterable[str] = (),
        bipartite: bool = False,
        inverse: bool = False,
    ) -> Network:
        """A network of these weighted pairs and further nodes; self-loops are left out, their nodes stay.

        Raises KgError for a weight that is no positive number, and for a bipartite network with a thing on both sides.
        """
        bad = next((p for p, w in weights.items() if not (math.isfinite(w) and w > 0)), None)
        if bad:
            raise KgError(
                f"The tie of {bad[0]} and {bad[1]} has the weight {weights[bad]}: weights are positive numbers."
            )
        left = frozenset(a for a, _ in weights) if bipartite else None
        if left is not None and (both := sorted(left & {b for _, b in weights})):
            raise KgError(f"{both[0]} stands on both sides of a network of two sides.")
        sums: dict[Pair, float] = defaultdict(float)
        for (a, b), weight in sorted(weights.items()):
            if a != b:
                sums[(a, b) if bipartite or a < b else (b, a)] += weight
        held = tuple(sorted({*nodes, *(end for pair in weights for end in pair)}))
        rounded = {pair: round(weight, _DIGITS) for pair, weight in sorted(sums.items())}
        return cls(held, rounded, left, inverse)

    @cached_property
    def neighbours(self) -> dict[str, dict[str, float]]:
        """Each node's neighbours with the weight of the tie."""
        found: dict[str, dict[str, float]] = {node: {} for node in self.nodes}
        for (a, b), weight in self.weights.items():
            found[a][b] = found[b][a] = weight
        return {node: dict(sorted(near.items())) for node, near in found.items()}

    @cached_property
    def numbered(self) -> list[list[int]]:
        """The neighbours of each node, by the place of nodes in ``nodes``."""
        place = {node: i for i, node in enumerate(self.nodes)}
        return [[place[other] for other in self.neighbours[node]] for node in self.nodes]

    def side(self, node: str) -> str:
        """``left`` or ``right`` in a bipartite network, else the empty string."""
        if self.left is None:
            return ""
        return "left" if node in self.left else "right"

    def members(self, side: str) -> list[str]:
        """The nodes of a side (all of them where there are no sides)."""
        return [node for node in self.nodes if self.side(node) == side]

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides that there are."""
        return ("",) if self.left is None else ("left", "right")

    def without(self, node: str) -> Network:
        """The network without one node."""
        rest = {pair: weight for pair, weight in self.weights.items() if node not in pair}
        nodes = tuple(other for other in self.nodes if other != node)
        return Network(nodes, rest, None if self.left is None else self.left - {node}, self.inverse)


def added_up(ties: Iterable[Tie]) -> dict[Pair, float]:
    """The weight of each pair: every clause shares its points among the lefts and the rights that it names."""
    clauses: dict[str, dict[Pair, float]] = defaultdict(dict)
    for tie in ties:
        own = clauses[tie.clause]
        own[tie.left, tie.right] = max(own.get((tie.left, tie.right), 0.0), tie.points)
    sums: dict[Pair, float] = defaultdict(float)
    for _, own in sorted(clauses.items()):
        shares = len({left for left, _ in own}) * len({right for _, right in own})
        for pair, points in own.items():
            sums[pair] += points / shares
    return dict(sums)


def counted(ties: Iterable[Tie]) -> dict[Pair, float]:
    """The weight of each pair: the number of facts that tie it, whichever way round."""
    facts = {(min(t.left, t.right), max(t.left, t.right), t.clause, t.document, t.relation) for t in ties}
    sums: dict[Pair, float] = defaultdict(float)
    for left, right, *_ in facts:
        sums[left, right] += 1.0
    return dict(sums)


def folded(ties: Iterable[Tie]) -> tuple[dict[Pair, float], set[str]]:
    """The weight of each pair of rights, and all rights: a left that ties n of them adds 1/(n-1) to each pair."""
    groups: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        groups[tie.left].add(tie.right)
    sums: dict[Pair, float] = defaultdict(float)
    for _, group in sorted(groups.items()):
        for pair in combinations(sorted(group), 2):
            sums[pair] += 1 / (len(group) - 1)
    return dict(sums), {right for group in groups.values() for right in group}
