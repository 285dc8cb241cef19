"""What bodies have to do with plans: those that they issue or have a part in, and the bodies of a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from kg.lookup.intents import Wish
from kg.lookup.items import IN_CHINESE, Item, grouped, listed
from kg.lookup.leads import ORDER, clause_leads
from kg.lookup.records import Records
from kg.lookup.things import Part, Record


class Plans:
    """Answers what a body leads or takes part in, and which bodies take part in a cluster."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def with_part(self, wish: Wish) -> tuple[list[Item], str]:
        """The clusters in whose plans the bodies have a part.

        A plan that several clusters share counts for the umbrella above them: its tasks are theirs together. Where no
        plan is a cluster's (most cities), the passages in which the bodies have a part.
        """
        clusters = self._clusters(wish, first=False)
        if clusters or not wish.tasks:
            return clusters, _query(wish, _PART + " UNION " + _ISSUED)
        given = self._records.parts_of([agency.iri for agency in wish.agencies], "measure")
        return grouped(self._records, ((m.iri, "", part.evidence) for m, part in given)), _parts_query(wish)

    def led(self, wish: Wish) -> tuple[list[Item], str]:
        """The clusters whose plans the bodies issue first; else, where any task is asked for, those that they lead.

        Tasks that the text itself says they lead come first, then those where they are named first.
        """
        clusters = [replace(item, basis="first-issuer") for item in self._clusters(wish, first=True)]
        if clusters or not wish.tasks:
            return clusters, _query(wish, _ISSUED_FIRST)
        wanted = {agency.iri for agency in wish.agencies}
        measures = {m.iri: m for m, _ in self._records.parts_of(sorted(wanted), "measure")}
        found = [
            (lead.holder.iri, lead.basis, lead.part.evidence)
            for iri in sorted(measures)
            for lead in clause_leads(measures[iri], self._records.assignments.get(iri, ()))
            if lead.part.agency in wanted
        ]
        items = grouped(self._records, sorted(found, key=lambda one: ORDER[one[1]]))
        told = [replace(item, note="", basis=item.note.split("、")[0]) for item in items]
        return sorted(told, key=lambda item: ORDER[item.basis]), _tasks_query(wish)

    def agencies(self, wish: Wish) -> tuple[list[Item], str]:
        """The bodies that have a part in the plans of the clusters."""
        plans = {plan for cluster in wish.clusters for plan in cluster.plans}
        within = ""
        if wish.within:
            plans = {plan for plan in plans if self._records.is_of(plan, wish.within)}
            within = f"  VALUES ?plan {{ {' '.join(f'<{plan}>' for plan in sorted(plans))} }}\n"
        found = [(p.agency, "", p.evidence) for plan in sorted(plans) for p in self._records.parts_in(plan)]
        body = (
            "SELECT DISTINCT ?agency ?label WHERE {\n"
            f"  VALUES ?cluster {{ {listed(wish.clusters)} }}\n"
            f"{within}  ?cluster ckg:plan ?plan .\n"
            "  { ?a a ckg:Assignment ; ckg:measure/ckg:document ?plan ; ckg:agency ?agency }\n"
            "  UNION { ?plan ckg:issuedBy ?agency }\n"
            f"  ?agency rdfs:label ?label {IN_CHINESE}\n}} ORDER BY ?agency"
        )
        return grouped(self._records, found), body

    def _clusters(self, wish: Wish, *, first: bool) -> list[Item]:
        kinds = ("document",) if first else ("document", "measure")
        parts = defaultdict[str, list[Part]](list)
        for holder, part in self._records.parts_of([agency.iri for agency in wish.agencies], *kinds):
            if not first or part.position == 1:
                parts[holder.document or holder.iri].append(part)
        found = [(subject.iri, "", p.evidence) for plan, subject in self._plans() for p in parts.get(plan, ())]
        return grouped(self._records, found)

    def _plans(self) -> Iterator[tuple[str, Record]]:
        """Each plan with its cluster, or with the umbrella of the clusters that share it."""
        sharing = defaultdict[str, list[Record]](list)
        for cluster in self._records.kind("cluster"):
            for plan in cluster.plans:
                sharing[plan].append(cluster)
        for plan, clusters in sorted(sharing.items()):
            above = [self._records.get(iri) for iri in clusters[0].umbrellas] if len(clusters) > 1 else []
            yield plan, next((record for record in above if record), clusters[0])


_PART = "{ ?a a ckg:Assignment ; ckg:measure/ckg:document ?plan ; ckg:agency ?agency }"
_ISSUED = "{ ?plan ckg:issuance ?i . ?i ckg:agency ?agency }"
_ISSUED_FIRST = "?plan ckg:issuance ?i . ?i ckg:agency ?agency ; ckg:position 1 ."


def _query(wish: Wish, part: str) -> str:
    return (
        "SELECT DISTINCT ?subject ?label WHERE {\n"
        f"  VALUES ?agency {{ {listed(wish.agencies)} }}\n"
        f"  {part}\n"
        "  ?cluster ckg:plan ?plan .\n"
        "  OPTIONAL { ?other ckg:plan ?plan FILTER(?other != ?cluster) ?cluster skos:broader ?umbrella }\n"
        "  BIND(COALESCE(?umbrella, ?cluster) AS ?subject)\n"
        f"  ?subject rdfs:label ?label {IN_CHINESE}\n}} ORDER BY ?subject"
    )


def _parts_query(wish: Wish) -> str:
    return (
        "SELECT DISTINCT ?subject ?label WHERE {\n"
        f"  VALUES ?agency {{ {listed(wish.agencies)} }}\n"
        "  ?a a ckg:Assignment ; ckg:agency ?agency ; ckg:measure ?subject .\n"
        f"  ?subject rdfs:label ?label {IN_CHINESE}\n}} ORDER BY ?subject"
    )


def _tasks_query(wish: Wish) -> str:
    """A lead that the clause states, or the first place in a clause that states none."""
    return (
        "SELECT DISTINCT ?subject ?label WHERE {\n"
        f"  VALUES ?agency {{ {listed(wish.agencies)} }}\n"
        "  ?a a ckg:Assignment ; ckg:agency ?agency ; ckg:measure ?subject ; ckg:evidence ?clause ;\n"
        "    ckg:role ?role ; ckg:position ?position .\n"
        "  OPTIONAL { ?led ckg:evidence ?clause ; ckg:role ckg:Lead }\n"
        "  FILTER(?role = ckg:Lead || (!BOUND(?led) && ?position = 1 && ?role IN (ckg:Joint, ckg:Responsible)))\n"
        f"  ?subject rdfs:label ?label {IN_CHINESE}\n}} ORDER BY ?subject"
    )
