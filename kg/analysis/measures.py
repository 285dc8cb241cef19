"""The measures by name, asked of a view: values, ranks, and the method with its parameters in words."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.analysis import communities, nulls, power, sharing, structure
from kg.analysis.networks import Network, Pair
from kg.analysis.paths import betweenness, closeness
from kg.analysis.projections import View
from kg.errors import KgError

_Values = Mapping[tuple[str, ...], tuple[float | None, Mapping[str, float | None]]]

_EVERY = ("bipartite", "folded", "plain")


@dataclass(frozen=True, slots=True)
class Definition:
    """What a measure is: of what, its definition, range and source, and when not to trust it (``caution``)."""

    name: str
    zh: str
    scope: str
    definition: str
    range: str
    source: str
    caution: str
    shapes: tuple[str, ...] = _EVERY


@dataclass(frozen=True, slots=True)
class Score:
    """The value of a node or of a pair of nodes (``things``; none for the network as a whole).

    ``value`` is None where the measure is not defined. ``rank`` counts from 1 within a side and is the same for the
    same value. ``more`` are further figures of the same score (an error, a z-score).
    """

    things: tuple[str, ...]
    value: float | None
    rank: int
    side: str = ""
    more: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """The scores of a measure, the best first on each side, and how they were found."""

    definition: Definition
    scores: tuple[Score, ...]
    method: str


def _read() -> dict[str, Definition]:
    table = tomllib.loads((Path(__file__).parent / "measures.toml").read_text(encoding="utf-8"))
    shapes = {name: tuple(fields.pop("shapes", _EVERY)) for name, fields in table.items()}
    return {name: Definition(name=name, shapes=shapes[name], **fields) for name, fields in table.items()}


MEASURES: Mapping[str, Definition] = _read()

NODE_VALUES: Mapping[str, Callable[[Network], dict[str, float]]] = {
    "degree": sharing.degree,
    "strength": sharing.strength,
    "closeness": closeness,
    "betweenness": lambda network: betweenness(network).values,
    "eigenvector": power.eigenvector,
    "pagerank": power.pagerank,
    "hits": power.hits,
    "core": structure.core,
    "clustering": structure.clustering,
    "articulation": structure.articulation,
    "concentration": sharing.concentration,
    "communities": communities.communities,
}
_PAIR_VALUES: Mapping[str, Callable[[Network], dict[Pair, float]]] = {
    "bridges": structure.bridges,
    "specialisation": sharing.specialisation,
}


def definition(name: str, shape: str = "") -> Definition:
    """The measure of this name; raises KgError where there is none, or none for projections of this shape."""
    found = MEASURES.get(name)
    if found is None:
        raise KgError(f"There is no measure named {name}: use {', '.join(MEASURES)}.")
    if shape and shape not in found.shapes:
        raise KgError(f"{name} is defined for {' and '.join(found.shapes)} projections, not for {shape} ones.")
    return found


def measure(view: View, name: str) -> Result:
    """A measure of a view; raises KgError for an unknown measure or one that is not defined for its shape.

    A network without nodes has no scores.
    """
    wanted = definition(name, view.projection.shape)
    network = view.network
    if wanted.scope == "node":
        return Result(wanted, *_of_nodes(network, name))
    if name in _PAIR_VALUES:
        values = _PAIR_VALUES[name](network)
        return Result(wanted, _ranked({pair: (value, {}) for pair, value in values.items()}), "exact")
    if name == "co-occurrence":
        counts = nulls.shared(nulls.lists(view).values())
        return Result(wanted, _ranked({pair: (float(count), {}) for pair, count in counts.items()}), "exact")
    if name == "assortativity":
        return Result(wanted, (Score((), sharing.assortativity(network), 1),), "exact")
    value = communities.modularity(network, communities.communities(network))
    return Result(wanted, (Score((), value, 1),), f"Louvain, seed {communities.SEED}")


def judged(view: View, name: str) -> Result:
    """A measure with what chance would give: co-occurrence by z-score, the highest first, or modularity with its own.

    Raises KgError for other measures.
    """
    plain = measure(view, name)
    method = f"{plain.method}; rewired lists (curveball)"
    if name == "co-occurrence":
        found = nulls.co_occurrence(view)
        by_z = _ranked({pair: (more["z"], more) for pair, more in found.items()})
        counts = {score.things: score.value for score in plain.scores}
        scores = tuple(Score(s.things, counts[s.things], s.rank, s.side, s.more) for s in by_z)
        return Result(plain.definition, scores, method)
    if name == "modularity":
        return Result(plain.definition, (Score((), plain.scores[0].value, 1, "", nulls.modularity(view)),), method)
    raise KgError("There are null models for co-occurrence and modularity.")


def _of_nodes(network: Network, name: str) -> tuple[tuple[Score, ...], str]:
    if name == "betweenness":
        found = betweenness(network)
        errors = found.errors or {}
        values, method = found.values, found.method
        more = {node: {"error": error} for node, error in errors.items()}
    else:
        values, more, method = NODE_VALUES[name](network), {}, _METHODS.get(name, "exact")
    upwards = name == "communities"
    return ranked_nodes(network, values, more, upwards=upwards), method


_METHODS = {
    "communities": f"Louvain, seed {communities.SEED}",
    "pagerank": f"damping {power.DAMPING}",
    "eigenvector": "Lanczos",
    "hits": "Lanczos",
}


def ranked_nodes(
    network: Network,
    values: Mapping[str, float],
    more: Mapping[str, Mapping[str, float | None]] | None = None,
    *,
    upwards: bool = False,
) -> tuple[Score, ...]:
    """The values of nodes with their ranks, side by side, the highest first (``upwards``: the lowest)."""
    found: list[Score] = []
    for side in network.sides:
        own: _Values = {(node,): (values[node], (more or {}).get(node, {})) for node in network.members(side)}
        found.extend(_ranked(own, side, upwards))
    return tuple(found)


def _ranked(
    values: _Values,
    side: str = "",
    upwards: bool = False,
) -> tuple[Score, ...]:
    order = sorted(values, key=lambda things: (_key(values[things][0], upwards), things))
    found: list[Score] = []
    for place, things in enumerate(order, 1):
        value, more = values[things]
        known = value if value is not None and math.isfinite(value) else None
        same = bool(found) and _key(found[-1].value, upwards) == _key(known, upwards)
        found.append(Score(things, known, found[-1].rank if same else place, side, more))
    return tuple(found)


def _key(value: float | None, upwards: bool) -> float:
    """What scores are sorted by: differences beyond ten digits are the machine's and not the network's."""
    if value is None or not math.isfinite(value):
        return math.inf
    rounded = float(f"{value:.10g}")
    return rounded if upwards else -rounded
