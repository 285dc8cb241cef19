"""How far a rank can be trusted: the measure again on clauses, or documents, drawn with replacement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from random import Random

from kg.analysis.measures import NODE_VALUES, Score, ranked_nodes
from kg.analysis.projections import View
from kg.analysis.ties import drawn
from kg.errors import KgError

DRAWS = 100
RANKED = tuple(name for name in NODE_VALUES if name != "communities")
_SEED = 20
_MIDDLE = 0.95
_CHANCE = 0.05

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Interval:
    """The ranks that a node has in 95 of 100 resamples, and whether its place above the next node is chance.

    ``chance`` holds where in more than 5 of 100 resamples it does not stand above the node that follows it.
    """

    low: int
    high: int
    chance: bool


def intervals(
    view: View, name: str, unit: str, draws: int = DRAWS, progress: Progress = lambda step: None
) -> dict[str, Interval]:
    """The interval of each node's rank by a measure, clauses or documents (``unit``) drawn with replacement.

    The draws are fixed by a seed. A node that a resample does not hold stands behind all others on its side. Raises
    KgError for a measure without ranks.
    """
    if name not in RANKED:
        raise KgError(f"{name} has no ranks of nodes: intervals are for {', '.join(RANKED)}.")
    units = sorted({getattr(tie, unit) for tie in view.ties if getattr(tie, unit)})
    random = Random(_SEED)
    samples: list[dict[str, int]] = []
    for draw in range(draws if units else 0):
        progress(f"resample {draw + 1} of {draws}")
        samples.append(_ranks(view, name, unit, random.choices(units, k=len(units))))
    order = ranked_nodes(view.network, NODE_VALUES[name](view.network))
    return {one.things[0]: _interval(one, other, samples) for one, other in zip_longest(order, order[1:])}


def _interval(score: Score, following: Score | None, samples: Sequence[dict[str, int]]) -> Interval:
    node = score.things[0]
    low, high = _bounds([sample[node] for sample in samples])
    if following is None or following.side != score.side:
        return Interval(low, high, False)
    other = following.things[0]
    not_above = sum(sample[node] >= sample[other] for sample in samples)
    return Interval(low, high, not_above > _CHANCE * len(samples))


def _ranks(view: View, name: str, unit: str, chosen: Sequence[str]) -> dict[str, int]:
    """The rank of every node of a view in one resample."""
    network = view.projection.network(drawn(view.ties, unit, chosen))
    scores = ranked_nodes(network, NODE_VALUES[name](network))
    ranks = {score.things[0]: score.rank for score in scores}
    behind = {side: 1 + len(network.members(side)) if side in network.sides else 1 for side in view.network.sides}
    return {node: ranks.get(node, behind[view.network.side(node)]) for node in view.network.nodes}


def _bounds(ranks: list[int]) -> tuple[int, int]:
    ordered = sorted(ranks)
    cut = int(len(ordered) * (1 - _MIDDLE) / 2)
    return ordered[cut], ordered[len(ordered) - 1 - cut]
