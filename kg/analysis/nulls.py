"""What chance would give: the same lists with other members, by which communities and shared clauses are judged."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from random import Random

from kg.analysis.communities import communities
from kg.analysis.communities import modularity as modularity_of
from kg.analysis.networks import Network, Pair
from kg.analysis.projections import View
from kg.analysis.ties import Tie

DRAWS = 100
_FEWER_DRAWS = 10
_SMALL = 200
_SEED = 20

Lists = list[set[str]]


def lists(view: View) -> dict[str, set[str]]:
    """The lists that a projection is made of: the members of each unit of a folded one, of each right of others."""
    found: dict[str, set[str]] = {}
    for tie in view.ties:
        unit, member = (tie.left, tie.right) if view.projection.shape == "folded" else (tie.right, tie.left)
        found.setdefault(unit, set()).add(member)
    return dict(sorted(found.items()))


def shared(held: Iterable[set[str]]) -> dict[Pair, int]:
    """For each pair of members, the number of lists that hold both; pairs that share none are left out."""
    counts: dict[Pair, int] = {}
    for one in held:
        for pair in combinations(sorted(one), 2):
            counts[pair] = counts.get(pair, 0) + 1
    return dict(sorted(counts.items()))


def rewired(held: Sequence[set[str]], draws: int = DRAWS, seed: int = _SEED) -> Iterator[Lists]:
    """Random lists in which each list keeps its length and each member its number of lists.

    Two lists put together what only one of them has and share it out anew, over and over (Strona et al. 2014).
    Between two draws there are as many such trades as lists; five times as many before the first.
    """
    random, now = Random(seed), [set(one) for one in held]
    for draw in range(draws):
        for _ in range(len(now) * (1 if draw else 5) if len(now) > 1 else 0):
            _trade(now, random)
        yield [set(one) for one in now]


def _trade(held: Lists, random: Random) -> None:
    i, j = random.sample(range(len(held)), 2)
    common = held[i] & held[j]
    own = len(held[i]) - len(common)
    # Sorted: the order of a set differs from process to process.
    pool = sorted(held[i] ^ held[j])
    if own and own < len(pool):
        random.shuffle(pool)
        held[i], held[j] = common | set(pool[:own]), common | set(pool[own:])


def co_occurrence(view: View) -> dict[Pair, dict[str, float | None]]:
    """For each pair that shares units: how many, the number that rewired lists share, its spread, and the z-score.

    The things are those on the right of a folded projection, on the left of others. The z-score is None where chance
    always gives the same number.
    """
    own = list(lists(view).values())
    found = shared(own)
    sums, squares = dict.fromkeys(found, 0), dict.fromkeys(found, 0)
    for drawn in rewired(own):
        for pair, count in shared(drawn).items():
            if pair in sums:
                sums[pair] += count
                squares[pair] += count * count
    return {pair: _judged(count, sums[pair], squares[pair]) for pair, count in found.items()}


def _judged(count: int, total: int, squares: int) -> dict[str, float | None]:
    # Whole numbers: a spread of nothing is exactly nothing.
    spread = math.sqrt((DRAWS * squares - total * total) / (DRAWS * (DRAWS - 1)))
    mean = total / DRAWS
    return {"expected": mean, "spread": spread, "z": (count - mean) / spread if spread else None}


def modularity(view: View) -> dict[str, float | None]:
    """The modularity of the communities of rewired networks: expected, spread, and the z-score of this one.

    ``compared`` is what is compared with them: on two sides and over the whole it counts each tie once, for the weight
    of a rewired tie would mean nothing. Above 200 nodes 10 networks are rewired. The z-score is None where there are
    no ties, or chance always gives the same.
    """
    if not view.network.weights:
        return {"compared": None, "expected": None, "spread": None, "z": None}
    own, draws = lists(view), DRAWS if len(view.network.nodes) <= _SMALL else _FEWER_DRAWS
    seen = _best(_network(view, own))
    again = (dict(zip(own, drawn, strict=True)) for drawn in rewired([*own.values()], draws))
    nulls = [_best(_network(view, one)) for one in again]
    mean = math.fsum(nulls) / draws
    spread = math.sqrt(math.fsum((one - mean) ** 2 for one in nulls) / (draws - 1))
    z = (seen - mean) / spread if spread > 1e-12 else None
    return {"compared": seen, "expected": mean, "spread": spread, "z": z}


def _network(view: View, held: Mapping[str, set[str]]) -> Network:
    if view.projection.shape == "folded":
        ties = [Tie(unit, member, unit, "") for unit, members in held.items() for member in members]
        return view.projection.network(ties)
    pairs = [(member, unit) for unit, members in held.items() for member in members]
    return Network.of(dict.fromkeys(pairs, 1.0), bipartite=view.network.left is not None)


def _best(network: Network) -> float:
    return modularity_of(network, communities(network)) or 0.0
