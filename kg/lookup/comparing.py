"""Clusters or districts side by side, and how fast a goal asks them to grow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from kg.lookup.answers import Answers, Json, sparql
from kg.lookup.figures import said_of
from kg.lookup.growth import Pair, headline, pairs
from kg.lookup.intents import Wish
from kg.lookup.items import IN_CHINESE, listed
from kg.lookup.leads import Leading
from kg.lookup.records import Records
from kg.lookup.things import Quantity, Record

_PERCENT = 100
# What is told of each, in this order, and how it is called.
_CALLED = {
    "leadAgencies": "牵头",
    "clusters": "集群",
    "districts": "区域",
    "lastFigure": "最近数据",
    "target": "目标",
    "growth": "年均增长",
    "platforms": "平台",
    "enterprises": "企业",
    "subsectors": "细分领域",
}
_BASES = {"first-issuer": "（第一发文单位）", "first-named": "（列名第一）"}
_COUNTED = {"platforms": "platform", "enterprises": "enterprise", "subsectors": "subsector"}


class Comparisons:
    """Puts together what the documents say of each of some things."""

    def __init__(self, records: Records, answers: Answers, leading: Leading) -> None:
        self._records = records
        self._answers = answers
        self._leading = leading

    def growth(self, wish: Wish, text: str) -> tuple[list[Json], str]:
        """How fast each thing named must grow from its last figure to its goal, and a query for both ends.

        Of a thing with several goals, those whose measure the question names, or else the one that says most.
        """
        found = [pair for record in (*wish.clusters, *wish.districts) for pair in self._pairs(record, text)]
        found = [pair for pair in found if pair.yearly is not None]
        return [self._grown(pair) for pair in found], _growth_query(found) if found else ""

    def compare(self, wish: Wish) -> tuple[list[Json], list[Json], str]:
        """An answer for each thing, with its facts; what they have in common; a query for the same."""
        things = wish.clusters if len(wish.clusters) > 1 else wish.districts
        told = [self._facts(thing, wish) for thing in things]
        common = Counter((name, one["iri"]) for facts in told for name in _LISTS for one in facts.get(name, ()))
        shared = {
            one["iri"]: one for facts in told for n in _LISTS for one in facts.get(n, ()) if common[n, one["iri"]] > 1
        }
        answers = [self._compared(thing, facts) for thing, facts in zip(things, told, strict=True)]
        return answers, list(shared.values()), _compare_query(things)

    def _pairs(self, record: Record, text: str) -> Sequence[Pair]:
        goals, figures = self._quantities(record)
        found = pairs(goals, figures)
        asked = [pair for pair in found if str(pair.target["metric"]).casefold() in text]
        goal, figure = headline(goals, figures)
        foremost = [pair for pair in found if goal and figure and pair.target["iri"] == goal["iri"]]
        return asked or foremost or found

    def _quantities(self, record: Record) -> tuple[list[Json], list[Json]]:
        """The goals and the figures about a thing, in the form that they are compared in."""
        held = [(quantity.kind, _comparable(quantity)) for quantity in self._records.quantities_about(record.iri)]
        return [q for kind, q in held if kind == "target"], [q for kind, q in held if kind == "observation"]

    def _grown(self, pair: Pair) -> Json:
        goal, last = pair.target["quantity"], pair.observation["quantity"]
        about = self._records.get(goal.about)
        rate = round(_PERCENT * (pair.yearly or 0.0), 1)
        return {
            "kind": "growth",
            "label": f"{goal.subject}{goal.metric} 年均增长 {rate}%",
            "subject": goal.subject,
            "metric": f"{goal.metric}年均增长",
            "value": rate,
            "unit": "%",
            "comparator": goal.comparator,
            "year": int(goal.when),
            "reached": round(pair.reached, 3),
            "lastFigure": said_of(last),
            "target": said_of(goal),
            "about": self._answers.thing(about) if about else None,
            "evidence": self._answers.evidence([*last.evidence[:1], *goal.evidence[:1]]),
        }

    def _facts(self, thing: Record, wish: Wish) -> Json:
        parts = [p for p in self._records.roles if p.policy and thing.iri in (p.cluster, p.district)]
        beside = dict.fromkeys(p.district if thing.kind == "cluster" else p.cluster for p in parts)
        goals, figures = self._quantities(thing)
        goal, figure = headline(goals, figures)
        pair = next((p for p in pairs([goal], [figure]) if p.yearly is not None), None) if goal and figure else None
        leads = self._leading.of(thing, wish.within) if thing.kind == "cluster" else []
        facts: Json = {
            "leadAgencies": [{**self._answers.agency(lead.part.agency), "basis": lead.basis} for lead in leads],
            "districts" if thing.kind == "cluster" else "clusters": self._things(beside),
            "lastFigure": said_of(figure["quantity"]) if figure else None,
            "target": said_of(goal["quantity"]) if goal else None,
            "growth": round(_PERCENT * (pair.yearly or 0.0), 1) if pair else None,
            **{name: counts[thing.iri] for name, counts in self._held.items()},
            "places": [
                *(q["quantity"].evidence[0] for q in (figure, goal) if q),
                *(lead.part.evidence for lead in leads[:1]),
                *(part.evidence for part in parts[:1]),
            ],
        }
        return {name: value for name, value in facts.items() if value}

    def _compared(self, thing: Record, facts: Json) -> Json:
        told = {name: value for name, value in facts.items() if name != "places"}
        said = (f"{_CALLED[name]}：{_said(told[name], name)}" for name in _CALLED if name in told)
        evidence = self._answers.evidence(facts.get("places", ()))
        return {**self._answers.thing(thing), "role": "；".join(said), "facts": told, "evidence": evidence}

    def _things(self, iris: Iterable[str]) -> list[Json]:
        return [self._answers.thing(record) for iri in sorted(iris) if (record := self._records.get(iri))]

    @cached_property
    def _held(self) -> dict[str, Counter[str]]:
        return {name: self._counts(kind) for name, kind in _COUNTED.items()}

    def _counts(self, kind: str) -> Counter[str]:
        """How many things of a kind each cluster and each district has."""
        return Counter(iri for record in self._records.kind(kind) for iri in {*record.clusters, *record.districts})


_LISTS = ("leadAgencies", "districts", "clusters")


def _said(value: object, name: str) -> str:
    if isinstance(value, list):
        return "、".join(one["label"] + _BASES.get(one.get("basis", ""), "") for one in value)
    if isinstance(value, dict):
        return f"{value.get('year') or value.get('period') or ''} {value['metric']} {value['valueText']}".strip()
    return f"{value}%" if name == "growth" else str(value)


def _comparable(quantity: Quantity) -> Json:
    """A quantity as growth is reckoned from it; the record itself stands beside."""
    numbers = {"normalizedValue": quantity.normal, "normalizedMinValue": quantity.least}
    return {
        "quantity": quantity,
        "iri": quantity.iri,
        "about": {"iri": quantity.about},
        "subjectText": quantity.subject,
        "metric": quantity.metric,
        "unit": quantity.unit,
        "normalizedUnit": quantity.measure or None,
        "comparator": quantity.comparator,
        "year" if quantity.kind == "target" else "period": quantity.when,
        **{name: float(number) for name, number in numbers.items() if number},
    }


def _growth_query(found: Sequence[Pair]) -> str:
    ends = "\n    ".join(f"(<{pair.observation['iri']}> <{pair.target['iri']}>)" for pair in found)
    # SPARQL 1.1 has no roots: the yearly rate is ratio^(1/years) - 1.
    return sparql(
        "SELECT ?subject ?metric ?from ?period ?to ?year (?to / ?from AS ?ratio) (xsd:integer(STR(?year)) - "
        "xsd:integer(STR(?period)) AS ?years) WHERE {\n"
        f"  VALUES (?figure ?goal) {{\n    {ends}\n  }}\n"
        "  ?figure ckg:normalizedValue ?from ; ckg:period ?period .\n"
        "  ?goal ckg:subjectText ?subject ; ckg:metric ?metric ; ckg:year ?year .\n"
        "  { ?goal ckg:normalizedValue ?to } UNION { ?goal ckg:normalizedMinValue ?to }\n}"
    )


def _compare_query(things: Sequence[Record]) -> str:
    return sparql(
        "SELECT DISTINCT ?thing ?aspect ?other ?label WHERE {\n"
        f"  VALUES ?thing {{ {listed(things)} }}\n"
        '  { ?thing ckg:leadAgency ?other BIND("leadAgencies" AS ?aspect) }\n'
        '  UNION { ?other ckg:supports ?thing BIND("districts" AS ?aspect) }\n'
        '  UNION { ?thing ckg:supports ?other BIND("clusters" AS ?aspect) }\n'
        '  UNION { ?thing ckg:hasTarget ?other BIND("targets" AS ?aspect) }\n'
        '  UNION { ?other a ckg:Observation ; ckg:about ?thing BIND("figures" AS ?aspect) }\n'
        '  UNION { ?other a ckg:Platform ; ckg:cluster|ckg:district ?thing BIND("platforms" AS ?aspect) }\n'
        '  UNION { ?other a ckg:Enterprise ; ckg:cluster|ckg:district ?thing BIND("enterprises" AS ?aspect) }\n'
        '  UNION { ?thing ckg:subsector ?other BIND("subsectors" AS ?aspect) }\n'
        f"  OPTIONAL {{ ?other rdfs:label ?label {IN_CHINESE} }}\n}} ORDER BY ?thing ?aspect ?other"
    )
