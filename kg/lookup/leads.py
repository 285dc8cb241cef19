"""Who leads: the rule of the contract over passages, clusters, platforms and fields."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.lookup.answers import Answers, Json
from kg.lookup.records import Records
from kg.lookup.things import Part, Record

ORDER = {"first-issuer": 0, "explicit": 1, "sole": 2, "first-named": 3}
"""How firmly each basis says that a body leads; the firmest first."""
_SOLE_RULE = "responsibilities/sole"
_MANY = 12
# Those who issue a plan together bear it jointly.
_WITH = {"issuer": "joint"}


@dataclass(frozen=True, slots=True)
class Lead:
    """A body that leads something, on which basis, beside which others, by which passage or document."""

    part: Part
    role: str
    basis: str
    others: tuple[Part, ...]
    holder: Record


class Leading:
    """Reads who leads from clauses and issuances."""

    def __init__(self, records: Records, answers: Answers) -> None:
        self._records = records
        self._answers = answers

    def of(self, record: Record, within: Collection[str] = ()) -> list[Lead]:
        """Who leads a thing, the best basis first, by documents of these places where any are given; each body once a
        basis."""
        if record.kind == "cluster":
            found = self._of_cluster(record)
        elif record.kind == "measure":
            found = self._of_measure(record)
        elif record.kind == "platform":
            found = [lead for iri in record.measures if (m := self._records.get(iri)) for lead in self._of_measure(m)]
        elif record.kind == "category":
            found = self._of_umbrella(record)
        else:
            found = [lead for cluster in self._records.clusters_of(record) for lead in self._of_cluster(cluster)]
        found = [lead for lead in found if self._records.is_of(lead.holder.document or lead.holder.iri, within)]
        unique = {(lead.part.agency, lead.basis): lead for lead in reversed(found)}
        return sorted(unique.values(), key=lambda lead: (ORDER[lead.basis], found.index(lead)))[:_MANY]

    def written(self, record: Record, lead: Lead) -> Json:
        """A lead as an answer about this thing."""
        others = []
        for other in lead.others:
            agency = self._answers.agency(other.agency)
            role = _WITH.get(other.role, other.role)
            others.append({key: agency[key] for key in ("iri", "kind", "label")} | {"role": role})
        return {
            "agency": self._answers.agency(lead.part.agency),
            "role": lead.role,
            "basis": lead.basis,
            "about": self._answers.thing(lead.holder if record.kind == "measure" else record),
            "with": others,
            "evidence": self._answers.evidence([lead.part.evidence]),
        }

    def query(self, records: Sequence[Record], within: Collection[str] = ()) -> str:
        """A query that gives the bodies of these things in the order printed, from which the leads are read."""
        holders = dict.fromkeys(lead.holder for record in records for lead in self.of(record, within))
        documents = [holder.iri for holder in holders if holder.kind == "document"]
        measures = [holder.iri for holder in holders if holder.kind != "document"]
        if documents:
            found = f"VALUES ?plan {{ {_listed(documents)} }} ?plan ckg:issuance ?part ."
        else:
            found = f"VALUES ?measure {{ {_listed(measures)} }} ?part ckg:measure ?measure ; ckg:role ?role ."
        return (
            f"SELECT ?agency ?label ?role ?position WHERE {{\n  {found}\n"
            "  ?part ckg:agency ?agency ; ckg:position ?position .\n"
            '  ?agency rdfs:label ?label FILTER(LANG(?label) = "zh")\n} ORDER BY ?part ?position'
        )

    def _of_cluster(self, cluster: Record) -> list[Lead]:
        found = []
        for plan in cluster.plans:
            issuers = sorted(self._records.issuances.get(plan, ()), key=lambda p: p.position)
            holder = self._records.get(plan)
            if issuers and holder:
                found.append(Lead(issuers[0], "lead", "first-issuer", tuple(issuers[1:]), holder))
        return found

    def _of_umbrella(self, umbrella: Record) -> list[Lead]:
        """An umbrella is led where all that is under it shares one plan."""
        under = [cluster for cluster in self._records.kind("cluster") if umbrella.iri in cluster.umbrellas]
        plans = {cluster.plans for cluster in under}
        return self._of_cluster(under[0]) if len(under) > 1 and len(plans) == 1 else []

    def _of_measure(self, measure: Record) -> list[Lead]:
        """By the clause of the passage itself, or else by that of the nearest passage above that has one."""
        for holder in (measure, *self._records.ancestors(measure)):
            parts = self._records.assignments.get(holder.iri)
            if parts:
                return sorted(clause_leads(holder, parts), key=lambda lead: ORDER[lead.basis])
        return []


def clause_leads(holder: Record, parts: tuple[Part, ...]) -> Iterator[Lead]:
    """The leads that each clause of a passage or document names, by the parts that it gives to bodies."""
    for _, group in groupby(parts, key=lambda p: p.evidence):
        clause = tuple(group)
        for part, role, basis in _leads_of(clause):
            others = tuple(p for p in clause if p.agency != part.agency)
            yield Lead(part, role, basis, others, holder)


def _leads_of(clause: tuple[Part, ...]) -> Iterator[tuple[Part, str, str]]:
    """The leads of one clause: those it calls so; else the sole body; else the one printed first."""
    stated = [part for part in clause if part.role == "lead"]
    if stated:
        yield from ((part, "lead", "explicit") for part in stated)
        return
    first = [part for part in clause if part.position == 1 and part.role in {"joint", "responsible"}]
    for part in first[:1]:
        yield part, part.role, "sole" if _SOLE_RULE in part.rules else "first-named"


def _listed(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)
