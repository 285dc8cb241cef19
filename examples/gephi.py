"""A network for Gephi with its centralities and communities on the nodes.

python examples/gephi.py FILE.gexf [PROJECTION [STORE]]
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg.analysis.files import gexf
from kg.analysis.measures import measure
from kg.analysis.projections import View
from kg.store import Store

MEASURES = ("degree", "strength", "betweenness", "pagerank", "communities")


def text(store: Store, projection: str = "agency-agency") -> str:
    """The projection in GEXF: colour by communities, size by any of the others."""
    view = View.load(store, projection)
    return gexf(view, [measure(view, name) for name in MEASURES])


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit("usage: gephi.py FILE.gexf [PROJECTION [STORE]]")
    store = Store.open(Path(sys.argv[3] if sys.argv[3:] else "store"))
    Path(sys.argv[1]).write_text(text(store, *sys.argv[2:3]), encoding="utf-8")
    print(f"written to {sys.argv[1]}")
