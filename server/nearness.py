"""Which clusters are nearest to one: those that share its agencies and its districts."""

from __future__ import annotations

from dataclasses import dataclass

from server.catalogue import Catalogue, kept
from server.naming import Json


@dataclass(frozen=True, slots=True)
class Near:
    """A cluster near another: how near (0 to 1), and what both have."""

    cluster: Json
    score: float
    agencies: tuple[Json, ...]
    districts: tuple[Json, ...]


def nearest(catalogue: Catalogue, cluster: Json, most: int = 5) -> tuple[Near, ...]:
    """The clusters that share most with this one, nearest first; none that shares nothing."""
    held = _members(catalogue)
    own_agencies, own_districts = held[cluster["iri"]]
    found = []
    for other in catalogue.items("cluster"):
        if other["iri"] == cluster["iri"]:
            continue
        agencies, districts = held[other["iri"]]
        score = (_alike(own_agencies, agencies) + _alike(own_districts, districts)) / 2
        both = tuple(own_agencies[i] for i in own_agencies if i in agencies)
        places = tuple(own_districts[i] for i in own_districts if i in districts)
        if score:
            found.append(Near(other, score, both, places))
    return tuple(sorted(found, key=lambda near: (-near.score, near.cluster["iri"]))[:most])


@kept
def _members(catalogue: Catalogue) -> dict[str, tuple[dict[str, Json], dict[str, Json]]]:
    """The bodies and the districts of every cluster."""
    return {c["iri"]: (_agencies(catalogue, c), _districts(c)) for c in catalogue.items("cluster")}


def _agencies(catalogue: Catalogue, cluster: Json) -> dict[str, Json]:
    """The bodies with a part in the cluster's plan."""
    found = catalogue.mentions(cluster["iri"]).get(("assignment", "clusters"), [])
    plans = {plan["iri"] for plan in cluster.get("plans") or []}
    own = [a for a in found if len(a.get("clusters") or []) == 1 or (a.get("document") or {}).get("iri") in plans]
    return {a["agency"]["iri"]: a["agency"] for a in own if a.get("agency")}


def _districts(cluster: Json) -> dict[str, Json]:
    return {d["iri"]: d for d in cluster.get("districts") or []}


def _alike(one: dict[str, Json], other: dict[str, Json]) -> float:
    """Shared members over all members (Jaccard)."""
    return len(one.keys() & other.keys()) / len(one.keys() | other.keys()) if one or other else 0.0
