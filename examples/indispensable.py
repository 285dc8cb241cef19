"""Who is indispensable: how many clauses name a body, how many it alone, and what its going would cut off.

python examples/indispensable.py [STORE]
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from kg.analysis.chance import intervals
from kg.analysis.measures import measure
from kg.analysis.projections import View
from kg.commands.tables import print_rows
from kg.store import Store


def rows(store: Store, top: int = 15) -> list[dict[str, object]]:
    """The bodies that stand between most others, with the interval of their rank by clauses."""
    shared, plans = View.load(store, "agency-agency"), View.load(store, "agency-cluster")
    named, alone = defaultdict(set), defaultdict(set)
    clauses = defaultdict(set)
    for tie in shared.ties:
        clauses[tie.clause].add(tie.right)
    for clause, bodies in clauses.items():
        for body in bodies:
            named[body].add(clause)
            if len(bodies) == 1:
                alone[body].add(clause)
    ranks = intervals(shared, "betweenness", "clause", draws=20)
    found = []
    for score in measure(shared, "betweenness").scores[:top]:
        body = score.things[0]
        found.append(
            {
                "agency": shared.names.label(body),
                "between": round(score.value or 0.0, 3),
                "rank": f"{score.rank} ({ranks[body].low}–{ranks[body].high})",
                "clauses": len(named[body]),
                "alone": len(alone[body]),
                "clusters": len(plans.network.neighbours.get(body, {})),
            }
        )
    return found


if __name__ == "__main__":
    print_rows(rows(Store.open(Path(sys.argv[1] if sys.argv[1:] else "store"))), "table")
