"""What the pages of clusters, agencies and documents show beside their facts: plots, trees of tasks, neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.lookup.growth import Pair, pairs
from server.catalogue import Catalogue, kept
from server.naming import Json
from server.nearness import Near, nearest
from server.tasks import Task, bodies_of, tree_of
from server.urls import thing_iri

_ROLES = ("lead", "responsible", "joint", "participant")


@dataclass(frozen=True, slots=True)
class Partner:
    """A body beside another: what both do (``count`` tasks)."""

    agency: Json
    count: int


@dataclass(frozen=True, slots=True)
class Issued:
    """The issuers of one document in printed order, and the places that name them, each place once."""

    issuances: tuple[Json, ...]
    evidence: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """An agency's tasks in a cluster by role, and whether it leads the cluster as first issuer of its plan."""

    cluster: Json
    leads: bool
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """All its tasks there."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Portrait:
    """The parts of a page that only some kinds of things have; empty where a kind has none."""

    progress: tuple[Pair, ...] = ()
    issuers: tuple[Issued, ...] = ()
    tasks: tuple[Task, ...] = ()
    bodies: tuple[tuple[Json, int], ...] = ()
    agency: str = ""
    near: tuple[Near, ...] = ()
    shares: tuple[Share, ...] = ()
    partners: tuple[Partner, ...] = ()
    rank: tuple[int, int] | None = None
    others: tuple[Json, ...] = ()


def portrait_of(catalogue: Catalogue, item: Json, agency: str = "") -> Portrait:
    """The portrait of a thing; ``agency`` is the slug of the body whose tasks alone are shown."""
    if item["kind"] == "cluster":
        return _cluster(catalogue, item, agency)
    if item["kind"] == "agency":
        return _agency(catalogue, item)
    if item["kind"] == "document":
        tasks, bodies = _tasks(catalogue, [item], agency)
        return Portrait(tasks=tasks, bodies=bodies, agency=agency)
    if item["kind"] in {"target", "observation"}:
        return Portrait(others=_others(catalogue, item))
    return Portrait(progress=_progress(catalogue, item, "about"))


def _others(catalogue: Catalogue, item: Json) -> tuple[Json, ...]:
    """What else is stated of the same thing in the same metric: it agrees, or it differs."""
    about = (item.get("about") or {}).get("iri")
    found = catalogue.mentions(about) if about else {}
    facts = [*found.get(("observation", "about"), []), *found.get(("target", "about"), [])]
    return tuple(f for f in facts if f.get("metric") == item.get("metric") and f["iri"] != item["iri"])


def _cluster(catalogue: Catalogue, item: Json, agency: str) -> Portrait:
    plans = item.get("plans") or []
    # A plan of several clusters (that of the future industries) is no tree of this one's own tasks.
    own = [p for p in plans if len((catalogue.item(p["iri"]) or {}).get("clusters") or []) == 1]
    tasks, bodies = _tasks(catalogue, own, agency)
    return Portrait(
        progress=_progress(catalogue, item, "clusters"),
        issuers=tuple(issued for p in plans if (issued := _issued(catalogue, p)).issuances),
        tasks=tasks,
        bodies=bodies,
        agency=agency,
        near=nearest(catalogue, item),
    )


def _issued(catalogue: Catalogue, document: Json) -> Issued:
    found = catalogue.mentions(document["iri"]).get(("issuance", "document"), [])
    issuances = tuple(sorted(found, key=lambda i: i.get("position") or 0))
    return Issued(issuances, tuple({e["iri"]: e for i in issuances for e in i["evidence"]}.values()))


def _progress(catalogue: Catalogue, item: Json, key: str) -> tuple[Pair, ...]:
    mentions = catalogue.mentions(item["iri"])
    return pairs(mentions.get(("target", key), []), mentions.get(("observation", key), []))


def _tasks(
    catalogue: Catalogue, documents: Sequence[Json], agency: str
) -> tuple[tuple[Task, ...], tuple[tuple[Json, int], ...]]:
    wanted = (thing_iri("agency", agency) or "") if agency else ""
    tasks = tuple(task for d in documents for task in tree_of(catalogue, d["iri"], wanted))
    return tasks, tuple(pair for d in documents for pair in bodies_of(catalogue, d["iri"]))


def _agency(catalogue: Catalogue, item: Json) -> Portrait:
    assignments = catalogue.mentions(item["iri"]).get(("assignment", "agency"), [])
    return Portrait(
        shares=_shares(item, assignments),
        partners=_partners(catalogue, item, assignments),
        rank=_rank(catalogue, item),
    )


def _shares(item: Json, assignments: Sequence[Json]) -> tuple[Share, ...]:
    """By cluster: the tasks of plans that are of one cluster alone."""
    led = {c["iri"]: c for c in item.get("leadsClusters") or []}
    clusters, counts = dict(led), {iri: Counter[str]() for iri in led}
    for assignment in assignments:
        own = assignment.get("clusters") or []
        if len(own) == 1:
            clusters[own[0]["iri"]] = own[0]
            counts.setdefault(own[0]["iri"], Counter())[assignment.get("role") or ""] += 1
    shares = (Share(c, iri in led, {r: counts[iri][r] for r in _ROLES}) for iri, c in clusters.items())
    return tuple(sorted(shares, key=lambda s: (not s.leads, -s.total, s.cluster["iri"])))


def _partners(catalogue: Catalogue, item: Json, assignments: Sequence[Json], most: int = 12) -> tuple[Partner, ...]:
    """The bodies that stand beside it most often in the same task."""
    counts: Counter[str] = Counter()
    held: dict[str, Json] = {}
    for measure in dict.fromkeys(a["measure"]["iri"] for a in assignments if a.get("measure")):
        beside = catalogue.mentions(measure).get(("assignment", "measure"), [])
        for agency in {a["agency"]["iri"]: a["agency"] for a in beside if a.get("agency")}.values():
            counts[agency["iri"]] += 1
            held[agency["iri"]] = agency
    counts.pop(item["iri"], None)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Partner(held[iri], count) for iri, count in ordered[:most])


@kept
def _burdens(catalogue: Catalogue) -> dict[str, int]:
    """How many tasks each agency has, by its IRI."""
    return Counter(a["agency"]["iri"] for a in catalogue.items("assignment") if a.get("agency"))


def _rank(catalogue: Catalogue, item: Json) -> tuple[int, int] | None:
    """The place of an agency by the number of its tasks, and that number; None where it has none."""
    counts = _burdens(catalogue)
    own = counts.get(item["iri"], 0)
    return (1 + sum(1 for n in counts.values() if n > own), own) if own else None
