"""Twins among clusters: pairs whose plans give the same bodies the same part of the work.

python examples/twins.py [STORE]
"""

from __future__ import annotations

import math
import sys
from itertools import combinations
from pathlib import Path

from kg.analysis.projections import Names, View
from kg.commands.tables import print_rows
from kg.store import Store


def rows(store: Store, top: int = 10) -> list[dict[str, object]]:
    """The most similar pairs (cosine of their bodies' weights, 0 to 1) with what else they share."""
    names = Names(store)
    bodies = View.load(store, "agency-cluster", names).network
    districts = View.load(store, "district-cluster", names).network
    platforms = View.load(store, "cluster-cluster-platforms", names)
    found = []
    for one, other in combinations(bodies.members("right"), 2):
        near = [set(districts.neighbours.get(cluster, {})) for cluster in (one, other)]
        held = [{tie.left for tie in platforms.ties if tie.right == cluster} for cluster in (one, other)]
        found.append(
            {
                "one": names.label(one),
                "other": names.label(other),
                "alike": round(cosine(bodies.neighbours[one], bodies.neighbours[other]), 3),
                "bodies": len(set(bodies.neighbours[one]) & set(bodies.neighbours[other])),
                "districts": len(near[0] & near[1]),
                "platforms": len(held[0] & held[1]),
            }
        )
    return sorted(found, key=lambda row: (-row["alike"], row["one"], row["other"]))[:top]


def cosine(one: dict[str, float], other: dict[str, float]) -> float:
    """How alike two profiles are: 1 for the same shares, 0 for nothing in common."""
    across = math.fsum(weight * other.get(body, 0.0) for body, weight in one.items())
    lengths = [math.sqrt(math.fsum(weight**2 for weight in profile.values())) for profile in (one, other)]
    return across / (lengths[0] * lengths[1]) if all(lengths) else 0.0


if __name__ == "__main__":
    print_rows(rows(Store.open(Path(sys.argv[1] if sys.argv[1:] else "store"))), "table")
