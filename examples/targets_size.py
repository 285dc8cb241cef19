"""Targets versus size: what a cluster is to be worth, what it is worth, and how much work its plan gives out.

python examples/targets_size.py [STORE]
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg.analysis.projections import Names, View
from kg.commands.tables import print_rows
from kg.store import Store

WORTH = """
PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
SELECT ?kind ?cluster (MAX(?value) AS ?most) WHERE {
  VALUES ?kind { ckg:Target ckg:Observation }
  ?quantity a ?kind ; ckg:about ?cluster ; ckg:metric "增加值" ; ckg:normalizedUnit "CNY" .
  { ?quantity ckg:normalizedValue ?value } UNION { ?quantity ckg:normalizedMaxValue ?value }
  ?cluster a ckg:Cluster .
} GROUP BY ?kind ?cluster"""
GOALS = """
PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
SELECT ?cluster (COUNT(DISTINCT ?target) AS ?goals)
WHERE { ?cluster a ckg:Cluster ; ckg:target ?target } GROUP BY ?cluster"""


def rows(store: Store) -> list[dict[str, object]]:
    """A row for each cluster whose plan gives out work; added value in 亿元, empty where none is stated."""
    names = Names(store)
    worth = {
        (r["kind"].value.rsplit("#", 1)[1], r["cluster"].value): float(r["most"].value) / 1e8 for r in store.rows(WORTH)
    }
    goals = {row["cluster"].value: int(row["goals"].value) for row in store.rows(GOALS)}
    view = View.load(store, "agency-cluster", names)
    found = []
    for cluster in view.network.members("right"):
        now, then = (worth.get((kind, cluster)) for kind in ("Observation", "Target"))
        found.append(
            {
                "cluster": names.label(cluster),
                "goal": f"{then:g}" if then else "",
                "now": f"{now:g}" if now else "",
                "times": f"{then / now:.2f}" if now and then else "",
                "goals": goals.get(cluster, 0),
                "clauses": len({tie.clause for tie in view.ties if tie.right == cluster}),
                "bodies": len(view.network.neighbours[cluster]),
            }
        )
    return sorted(found, key=lambda row: (-float(row["goal"] or 0), row["cluster"]))


if __name__ == "__main__":
    print_rows(rows(Store.open(Path(sys.argv[1] if sys.argv[1:] else "store"))), "table")
