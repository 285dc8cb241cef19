"""Questions whose answer is a list of things: the clusters of a district, the parks of a cluster, an agency's plans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from kg.lookup.answers import Answers, Json, sparql
from kg.lookup.intents import Wish
from kg.lookup.items import IN_CHINESE, Item, grouped, listed
from kg.lookup.plans import Plans
from kg.lookup.records import Records
from kg.lookup.things import DistrictPart

POLICY, REPORT = "policy", "report"
_MOST = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """The things asked for (at most 200), what only reports add to them, and a query that gives the former."""

    answers: list[Json]
    also: list[Json]
    query: str


class Lists:
    """Answers the intents that ask for things."""

    def __init__(self, records: Records, answers: Answers) -> None:
        self._records = records
        self._answers = answers
        plans = Plans(records)
        self._makers: dict[str, Callable[[Wish], tuple[list[Item], str]]] = {
            "clusters": self._clusters,
            "clusters-of": self._clusters_of,
            "districts-of": self._districts_of,
            "participates": plans.with_part,
            "led-by": plans.led,
            "agencies-of": plans.agencies,
            "platforms-of": lambda wish: self._kept("platform", wish),
            "enterprises-of": lambda wish: self._kept("enterprise", wish),
            "subsectors-of": lambda wish: self._kept("subsector", wish),
        }

    def answer(self, wish: Wish) -> Listed:
        """The things asked for; nothing where the question is about another place."""
        if wish.elsewhere:
            return Listed([], [], "")
        items, body = self._makers[wish.intent](wish)
        firm = [item for item in items if item.basis != REPORT] or items
        more = [item for item in items if item.basis == REPORT] if firm is not items else []
        shown, also = firm[:_MOST], more[:_MOST]
        evidence = self._answers.all_evidence(place for item in (*shown, *also) for place in item.places[:1])
        return Listed(
            [self._written(i, evidence) for i in shown], [self._written(i, evidence) for i in also], sparql(body)
        )

    def _written(self, item: Item, evidence: dict[str, Json]) -> Json:
        places = [evidence[place] for place in item.places[:1] if place in evidence]
        said = {name: value for name, value in (("role", item.note), ("basis", item.basis)) if value}
        return {**self._answers.thing(item.record), **said, "evidence": places}

    def _clusters(self, wish: Wish) -> tuple[list[Item], str]:
        """All clusters, or those of the categories that the question names."""
        wanted = {category.iri for category in wish.categories}
        under = {c.iri for c in self._records.kind("category") if wanted.intersection((c.iri, *c.umbrellas))}
        held = [c for c in self._records.kind("cluster") if not wanted or under.intersection(c.umbrellas)]
        within = (
            f"  VALUES ?category {{ {listed(wish.categories)} }}\n"
            "  ?cluster ( ckg:category | skos:broader ) / skos:broader? ?category .\n"
        )
        body = (
            "SELECT DISTINCT ?cluster ?label WHERE {\n"
            f"{within if wanted else ''}  ?cluster a ckg:Cluster ; rdfs:label ?label {IN_CHINESE}\n}} ORDER BY ?cluster"
        )
        return [Item(cluster, "", ()) for cluster in held], body

    def _clusters_of(self, wish: Wish) -> tuple[list[Item], str]:
        wanted = {district.iri for district in wish.districts}
        found = [(part, part.cluster) for part in self._records.roles if part.district in wanted]
        body = (
            "SELECT DISTINCT ?cluster ?label WHERE {\n"
            f"  VALUES ?district {{ {listed(wish.districts)} }}\n"
            "  ?role a ckg:DistrictRole ; ckg:district ?district ; ckg:cluster ?cluster .\n"
            f"{_firmly(found)}  ?cluster rdfs:label ?label {IN_CHINESE}\n}} ORDER BY ?cluster"
        )
        return self._with_roles(found), body

    def _districts_of(self, wish: Wish) -> tuple[list[Item], str]:
        wanted = {cluster.iri for cluster in wish.clusters}
        stated = _stated_in(wish, self._records, "?role")
        roles = (part for part in self._records.roles if self._records.is_of(part.document, wish.within))
        found = [(part, part.district) for part in roles if part.cluster in wanted]
        body = (
            "SELECT DISTINCT ?district ?label WHERE {\n"
            f"  VALUES ?cluster {{ {listed(wish.clusters)} }}\n"
            "  ?role a ckg:DistrictRole ; ckg:cluster ?cluster ; ckg:district ?district .\n"
            f"{stated}{_firmly(found)}  ?district rdfs:label ?label {IN_CHINESE}\n}} ORDER BY ?district"
        )
        return self._with_roles(found), body

    def _kept(self, kind: str, wish: Wish) -> tuple[list[Item], str]:
        """The things of a kind that belong to all that the question names."""
        clusters, districts = {c.iri for c in wish.clusters}, {d.iri for d in wish.districts}
        found = [
            Item(record, "", record.mentions)
            for record in self._records.kind(kind)
            if (not clusters or clusters.intersection(record.clusters))
            and (not districts or districts.intersection(record.districts))
            and (not wish.within or any(self._records.is_of(document, wish.within) for document in record.documents))
        ]
        return found, _kept_query(kind, wish, _stated_in(wish, self._records, "?thing"))

    def _with_roles(self, found: Sequence[tuple[DistrictPart, str]]) -> list[Item]:
        """One item a cluster or district, by what policy documents say of it, or else by what reports do."""
        firm = {iri for part, iri in found if part.policy}
        ordered = sorted(found, key=lambda one: not one[0].policy)
        items = grouped(self._records, ((iri, part.text, part.evidence) for part, iri in ordered))
        return [replace(item, basis=POLICY if item.record.iri in firm else REPORT) for item in items]


def _firmly(found: Iterable[tuple[DistrictPart, str]]) -> str:
    """The lines of a query that leave out what only reports say, where policy documents say anything."""
    reports = "VALUES ?report { ckg:Article ckg:Briefing } ?role ckg:evidence/ckg:document/a ?report"
    return f"  FILTER NOT EXISTS {{ {reports} }}\n" if any(part.policy for part, _ in found) else ""


_CLASSES = {"platform": "Platform", "enterprise": "Enterprise", "subsector": "Subsector"}


def _stated_in(wish: Wish, records: Records, fact: str) -> str:
    """The lines of a query that keep what the documents of some places state."""
    if not wish.within:
        return ""
    told = listed(document for document in records.kind("document") if records.is_of(document.iri, wish.within))
    return f"  VALUES ?source {{ {told} }} {fact} ckg:evidence/ckg:document ?source .\n"


def _kept_query(kind: str, wish: Wish, stated: str) -> str:
    clusters, districts = listed(wish.clusters), listed(wish.districts)
    link = "?cluster ckg:subsector ?thing" if kind == "subsector" else "?thing ckg:cluster ?cluster"
    return (
        "SELECT DISTINCT ?thing ?label WHERE {\n"
        f"  ?thing a ckg:{_CLASSES[kind]} ; rdfs:label ?label .\n"
        + (f"  VALUES ?cluster {{ {clusters} }} {link} .\n" if clusters else "")
        + (f"  VALUES ?district {{ {districts} }} ?thing ckg:district ?district .\n" if districts else "")
        + f"{stated}  {IN_CHINESE}\n}} ORDER BY ?thing"
    )
