"""Questions whose answer is a list of things: the clusters of a district, the parks of a cluster, an agency's plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.lookup.answers import Answers, Json, sparql
from kg.lookup.intents import Wish
from kg.lookup.records import Records
from kg.lookup.things import Part, Record

_MOST = 200


@dataclass(frozen=True, slots=True)
class Item:
    """A thing of a list, what is said of it there, and the places that say so."""

    record: Record
    note: str
    places: tuple[str, ...]


class Lists:
    """Answers the intents that ask for things."""

    def __init__(self, records: Records, answers: Answers) -> None:
        self._records = records
        self._answers = answers
        self._makers: dict[str, Callable[[Wish], tuple[list[Item], str]]] = {
            "clusters-of": self._clusters_of,
            "districts-of": self._districts_of,
            "participates": lambda wish: self._plans_of(wish, first=False),
            "led-by": lambda wish: self._plans_of(wish, first=True),
            "agencies-of": self._agencies_of,
            "platforms-of": lambda wish: self._kept("platform", wish),
            "enterprises-of": lambda wish: self._kept("enterprise", wish),
            "subsectors-of": lambda wish: self._kept("subsector", wish),
        }

    def answer(self, wish: Wish) -> tuple[list[Json], str]:
        """The things asked for, at most 200, and a query that gives the same."""
        items, body = self._makers[wish.intent](wish)
        shown = items[:_MOST]
        evidence = self._answers.all_evidence(place for item in shown for place in item.places[:1])
        return [self._written(item, evidence) for item in shown], sparql(body)

    def _written(self, item: Item, evidence: dict[str, Json]) -> Json:
        places = [evidence[place] for place in item.places[:1] if place in evidence]
        said = {"role": item.note} if item.note else {}
        return {**self._answers.thing(item.record), **said, "evidence": places}

    def _clusters_of(self, wish: Wish) -> tuple[list[Item], str]:
        wanted = {district.iri for district in wish.districts}
        found = [(r.cluster, r.text, r.evidence) for r in self._records.roles if r.district in wanted]
        body = (
            "SELECT DISTINCT ?cluster ?label WHERE {\n"
            f"  VALUES ?district {{ {_listed(wish.districts)} }}\n"
            "  ?role a ckg:DistrictRole ; ckg:district ?district ; ckg:cluster ?cluster .\n"
            f"  ?cluster rdfs:label ?label {_IN_CHINESE}\n}} ORDER BY ?cluster"
        )
        return self._grouped(found), body

    def _districts_of(self, wish: Wish) -> tuple[list[Item], str]:
        wanted = {cluster.iri for cluster in wish.clusters}
        found = [(r.district, r.text, r.evidence) for r in self._records.roles if r.cluster in wanted]
        body = (
            "SELECT DISTINCT ?district ?label WHERE {\n"
            f"  VALUES ?cluster {{ {_listed(wish.clusters)} }}\n"
            "  ?role a ckg:DistrictRole ; ckg:cluster ?cluster ; ckg:district ?district .\n"
            f"  ?district rdfs:label ?label {_IN_CHINESE}\n}} ORDER BY ?district"
        )
        return self._grouped(found), body

    def _plans_of(self, wish: Wish, *, first: bool) -> tuple[list[Item], str]:
        """The clusters in whose plans the agencies have a part; of ``first``, those whose plans they issue first.

        A plan that several clusters share counts for the umbrella above them: its tasks are theirs together.
        """
        wanted = {agency.iri for agency in wish.agencies}
        found = []
        for plan, subject in self._plans():
            parts = [p for p in self._parts(plan, first) if p.agency in wanted]
            found += [(subject.iri, "", p.evidence) for p in parts]
        return self._grouped(found), _plans_query(wish, first)

    def _agencies_of(self, wish: Wish) -> tuple[list[Item], str]:
        plans = {plan for cluster in wish.clusters for plan in cluster.plans}
        found = [(p.agency, "", p.evidence) for plan in sorted(plans) for p in self._parts(plan, False)]
        body = (
            "SELECT DISTINCT ?agency ?label WHERE {\n"
            f"  VALUES ?cluster {{ {_listed(wish.clusters)} }}\n"
            "  ?cluster ckg:plan ?plan .\n"
            "  { ?a a ckg:Assignment ; ckg:measure/ckg:document ?plan ; ckg:agency ?agency }\n"
            "  UNION { ?plan ckg:issuedBy ?agency }\n"
            f"  ?agency rdfs:label ?label {_IN_CHINESE}\n}} ORDER BY ?agency"
        )
        return self._grouped(found), body

    def _plans(self) -> Iterator[tuple[str, Record]]:
        """Each plan with its cluster, or with the umbrella of the clusters that share it."""
        sharing = defaultdict[str, list[Record]](list)
        for cluster in self._records.kind("cluster"):
            for plan in cluster.plans:
                sharing[plan].append(cluster)
        for plan, clusters in sorted(sharing.items()):
            above = [self._records.get(iri) for iri in clusters[0].umbrellas] if len(clusters) > 1 else []
            yield plan, next((record for record in above if record), clusters[0])

    def _parts(self, plan: str, first: bool) -> list[Part]:
        issued = self._records.issuances.get(plan, ())
        if first:
            return [part for part in issued if part.position == 1]
        inside = [m.iri for m in self._records.kind("measure") if m.document == plan]
        return [*issued, *(part for iri in inside for part in self._records.assignments.get(iri, ()))]

    def _kept(self, kind: str, wish: Wish) -> tuple[list[Item], str]:
        """The things of a kind that belong to all that the question names."""
        clusters, districts = {c.iri for c in wish.clusters}, {d.iri for d in wish.districts}
        found = [
            Item(record, "", record.mentions)
            for record in self._records.kind(kind)
            if (not clusters or clusters.intersection(record.clusters))
            and (not districts or districts.intersection(record.districts))
        ]
        return found, _kept_query(kind, wish)

    def _grouped(self, found: Iterable[tuple[str, str, str]]) -> list[Item]:
        """One item a thing, what is said of it put together, in the order of addresses."""
        notes, places = defaultdict[str, dict[str, None]](dict), defaultdict[str, dict[str, None]](dict)
        for iri, note, place in found:
            notes[iri].update({note: None} if note else {})
            places[iri][place] = None
        known = [(iri, record) for iri in sorted(places) if (record := self._records.get(iri))]
        return [Item(record, "、".join(notes[iri]), tuple(places[iri])) for iri, record in known]


_IN_CHINESE = 'FILTER(LANG(?label) = "zh")'
_CLASSES = {"platform": "Platform", "enterprise": "Enterprise", "subsector": "Subsector"}


def _listed(records: Iterable[Record]) -> str:
    return " ".join(f"<{record.iri}>" for record in records)


def _plans_query(wish: Wish, first: bool) -> str:
    part = "{ ?a a ckg:Assignment ; ckg:measure/ckg:document ?plan ; ckg:agency ?agency }"
    issued = "{ ?plan ckg:issuance ?i . ?i ckg:agency ?agency" + (" ; ckg:position 1 }" if first else " }")
    return (
        "SELECT DISTINCT ?subject ?label WHERE {\n"
        f"  VALUES ?agency {{ {_listed(wish.agencies)} }}\n"
        f"  {issued if first else f'{part} UNION {issued}'}\n"
        "  ?cluster ckg:plan ?plan .\n"
        "  OPTIONAL { ?other ckg:plan ?plan FILTER(?other != ?cluster) ?cluster skos:broader ?umbrella }\n"
        "  BIND(COALESCE(?umbrella, ?cluster) AS ?subject)\n"
        f"  ?subject rdfs:label ?label {_IN_CHINESE}\n}} ORDER BY ?subject"
    )


def _kept_query(kind: str, wish: Wish) -> str:
    clusters, districts = _listed(wish.clusters), _listed(wish.districts)
    link = "?cluster ckg:subsector ?thing" if kind == "subsector" else "?thing ckg:cluster ?cluster"
    return (
        "SELECT DISTINCT ?thing ?label WHERE {\n"
        f"  ?thing a ckg:{_CLASSES[kind]} ; rdfs:label ?label .\n"
        + (f"  VALUES ?cluster {{ {clusters} }} {link} .\n" if clusters else "")
        + (f"  VALUES ?district {{ {districts} }} ?thing ckg:district ?district .\n" if districts else "")
        + f"  {_IN_CHINESE}\n}} ORDER BY ?thing"
    )
