"""Small networks and views whose measures can be found by hand."""

from __future__ import annotations

from kg.analysis.networks import Network
from kg.analysis.projections import PROJECTIONS, Names, View
from kg.analysis.ties import Tie
from kg.rdf.terms import ID
from kg.store import Row

A, B, C = (f"{ID}agency/{name}" for name in "abc")
ROBOTS, CHIPS = (f"{ID}cluster/{name}" for name in ("robots", "chips"))
PLAN, OTHER = (f"{ID}document/{name}" for name in ("plan", "other"))


class Silent:
    """A graph that says nothing: things are called by their IRIs."""

    def rows(self, sparql: str) -> list[Row]:
        """No rows."""
        return []


def network(*pairs: str, bipartite: bool = False, nodes: str = "") -> Network:
    """A network of ties written as ``ab`` or, with a weight, ``ab:2.5``."""
    weights = {(pair[0], pair[1]): float(pair[3:] or 1) for pair in pairs}
    return Network.of(weights, nodes=nodes, bipartite=bipartite)


def view(ties: list[Tie], name: str = "agency-cluster") -> View:
    """A view of a projection over these ties."""
    return View(PROJECTIONS[name], ties, Names(Silent()))


def plans() -> list[Tie]:
    """Two plans: robots has a clause of a and b, and one of a alone; chips has one of a, b and c."""
    return [
        Tie(A, ROBOTS, "one", PLAN, 2.0),
        Tie(B, ROBOTS, "one", PLAN, 1.0),
        Tie(A, ROBOTS, "two", PLAN, 3.0),
        Tie(A, CHIPS, "three", OTHER, 1.0),
        Tie(B, CHIPS, "three", OTHER, 2.0),
        Tie(C, CHIPS, "three", OTHER, 1.0),
    ]


# The kite of Krackhardt (1990), in which degree, closeness and betweenness each have another centre.
KITE = network(
    *("ab", "ac", "ad", "af", "bd", "be", "bg", "cd", "cf", "de", "df", "dg", "eg", "fg", "fh", "gh", "hi", "ij")
)
