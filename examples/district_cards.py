"""Profile cards of districts: clusters, what they specialise in, whom they compete with and whom they complement.

python examples/district_cards.py [STORE]
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

from kg.analysis.measures import measure
from kg.analysis.projections import Names, View
from kg.commands.tables import print_rows
from kg.store import Store


def rows(store: Store) -> list[dict[str, object]]:
    """A card for each district: rivals have the same function in the same cluster, complements another one there."""
    names = Names(store)
    roles, functions = View.load(store, "district-cluster", names), View.load(store, "district-district", names)
    quotients = measure(roles, "specialisation").scores
    held = defaultdict(set)
    for tie in functions.ties:
        held[tie.right].add(tuple(tie.left.split(" ", 1)))
    held = {district: held[district] for district in roles.network.members("left")}
    found = []
    for district in roles.network.members("left"):
        near = roles.network.neighbours[district]
        special = [score.things[1] for score in quotients if score.things[0] == district and len(near) > 1]
        found.append(
            {
                "district": names.label(district),
                "clusters": len(near),
                "specialises in": _listed(names, special[:3]),
                "competes with": _best(names, {d: len(held[district] & held[d]) for d in held if d != district}),
                "complements": _best(names, {d: _complement(held, district, d) for d in held if d != district}),
            }
        )
    return sorted(found, key=lambda card: (-card["clusters"], card["district"]))


def _complement(held: dict[str, set[tuple[str, ...]]], one: str, other: str) -> int:
    """The clusters in which two districts have functions and none in common."""
    own, others = (Counter(cluster for cluster, _ in held[district]) for district in (one, other))
    same = {cluster for cluster, _ in held[one] & held[other]}
    return len((set(own) & set(others)) - same)


def _best(names: Names, counts: dict[str, int]) -> str:
    order = sorted((district for district in counts if counts[district]), key=lambda d: (-counts[d], d))
    return "、".join(f"{names.label(district)} {counts[district]}" for district in order[:2])


def _listed(names: Names, things: list[str]) -> str:
    return "、".join(names.label(thing) for thing in things)


if __name__ == "__main__":
    print_rows(rows(Store.open(Path(sys.argv[1] if sys.argv[1:] else "store"))), "table")
