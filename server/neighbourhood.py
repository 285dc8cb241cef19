"""The things of the graph and what ties them together: who stands beside whom, how central each is, in which group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.communities import communities
from kg.analysis.networks import Network, Pair
from kg.analysis.paths import shortest_paths
from kg.analysis.power import pagerank
from server.catalogue import Catalogue, kept, references
from server.naming import Json

KINDS = ("cluster", "agency", "district", "category", "platform", "enterprise", "subsector", "document")
# Which key of which kind of item ties it to another thing, and what that tie is called.
_TIES: tuple[tuple[str, str, str], ...] = (
    ("cluster", "category", "category"),
    ("cluster", "leadAgencies", "leads"),
    ("document", "clusters", "plan"),
    ("document", "issuedBy", "issued"),
    ("platform", "clusters", "of"),
    ("platform", "districts", "in"),
    ("platform", "leadAgencies", "leads"),
    ("enterprise", "clusters", "of"),
    ("enterprise", "districts", "in"),
    ("subsector", "clusters", "subsector"),
    ("category", "subsectors", "subsector"),
)
RELATIONS = ("leads", "tasks", "role", "category", "subsector", "plan", "issued", "of", "in")
_PATHS = 6


@dataclass(frozen=True)
class Web:
    """All things with ties: by IRI, the relations of each pair, centrality (PageRank) and group (from 1)."""

    things: Mapping[str, Json]
    relations: Mapping[Pair, tuple[str, ...]]
    network: Network
    rank: Mapping[str, float]
    group: Mapping[str, int]

    def beside(self, iri: str, kinds: Sequence[str], relations: Sequence[str]) -> list[str]:
        """The neighbours of a thing of these kinds and by these relations, the most central first."""
        near = (o for o in self.network.neighbours.get(iri, {}) if self.things[o]["kind"] in kinds)
        found = [o for o in near if set(self.between(iri, o)) & set(relations)]
        return sorted(found, key=lambda o: (KINDS.index(self.things[o]["kind"]), -self.rank[o], o))

    def between(self, one: str, other: str) -> tuple[str, ...]:
        """The relations of two things."""
        return self.relations.get((one, other) if one < other else (other, one), ())

    def paths(self, start: str, end: str) -> list[list[str]]:
        """Some of the shortest paths between two things; none where there is none."""
        known = start in self.things and end in self.things
        return shortest_paths(self.network, start, end, _PATHS) if known else []

    def heads(self) -> dict[int, str]:
        """The most central thing of each group, after which it is called."""
        heads: dict[int, str] = {}
        for iri in sorted(self.things, key=lambda i: (-self.rank[i], i)):
            heads.setdefault(self.group[iri], iri)
        return heads


@kept
def web_of(catalogue: Catalogue) -> Web:
    """The web of a graph's things."""
    things = {item["iri"]: item for kind in KINDS for item in catalogue.items(kind)}
    weights: dict[Pair, float] = {}
    relations: dict[Pair, dict[str, None]] = {}
    for one, other, relation in _ties(catalogue):
        if one in things and other in things and one != other:
            pair = (one, other) if one < other else (other, one)
            weights[pair] = weights.get(pair, 0.0) + 1.0
            relations.setdefault(pair, {})[relation] = None
    network = Network.of(weights, nodes=things)
    group = {iri: int(number) for iri, number in communities(network).items()}
    held = {pair: tuple(r for r in RELATIONS if r in found) for pair, found in relations.items()}
    return Web(things, held, network, pagerank(network), group)


def _ties(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    for kind, key, relation in _TIES:
        for item in catalogue.items(kind):
            yield from ((item["iri"], other, relation) for other in references(item.get(key)))
    for role in catalogue.items("role"):
        if role.get("cluster") and role.get("district"):
            yield role["cluster"]["iri"], role["district"]["iri"], "role"
    for assignment in catalogue.items("assignment"):
        # A plan of many clusters ties its bodies to none of them alone.
        clusters = assignment.get("clusters") or []
        if assignment.get("agency") and len(clusters) == 1:
            yield clusters[0]["iri"], assignment["agency"]["iri"], "tasks"
