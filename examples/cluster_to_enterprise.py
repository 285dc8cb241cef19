"""From a cluster to enterprises: those that the texts tie to it, and those of the districts that are to build it.

python examples/cluster_to_enterprise.py CLUSTER [STORE]
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg.analysis.projections import View
from kg.commands.tables import print_rows
from kg.store import Store


def rows(store: Store, cluster: str = "智能网联汽车") -> list[dict[str, object]]:
    """A row for each enterprise: tied to the cluster itself, or through a district or passage, nearest first."""
    view = View.load(store, "whole")
    start = view.node(cluster)
    found: dict[str, tuple[int, str]] = {}
    for other in view.network.neighbours[start]:
        for enterprise in (other, *view.network.neighbours[other]):
            if view.names.kind(enterprise) == "enterprise":
                way = (0, "the text") if enterprise == other else (1, view.names.label(other))
                found[enterprise] = min(way, found.get(enterprise, way))
    order = sorted(found, key=lambda iri: (found[iri], view.names.label(iri)))
    return [{"enterprise": view.names.label(iri), "through": found[iri][1]} for iri in order]


if __name__ == "__main__":
    named = sys.argv[1] if sys.argv[1:] else "智能网联汽车"
    print_rows(rows(Store.open(Path(sys.argv[2] if sys.argv[2:] else "store")), named), "table")
