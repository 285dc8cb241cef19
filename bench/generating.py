"""A large graph in our terms, made of what the documents say: plans of many cities, each with a hundred passages.

The same numbers give the same graph. Cities, bodies and places are made up; headings and texts are put together from
clauses of the real ones, so that their characters are as common and as rare as in the language.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path
from random import Random

import pyoxigraph as ox

from kg.generations import GRAPH, MANIFEST, publish, writing
from kg.rdf.terms import CKG, ID
from kg.store import Store

_SEED = 20
_CITIES, _CHAPTERS = 100, 6
_KINDS = (
    "发展和改革委员会",
    "工业和信息化局",
    "科技创新局",
    "财政局",
    "商务局",
    "人力资源和社会保障局",
    "教育局",
    "生态环境局",
)
_ISSUERS = 3
_PLACES = ("创新中心", "重点实验室", "公共服务平台", "产业园", "检测中心")
_VERBS = ("推进", "加快", "支持", "建设", "完善", "培育", "提升", "优化", "打造", "强化")
_METRICS = (("增加值", "亿元"), ("营业收入", "亿元"), ("规模以上企业", "家"), ("研发投入强度", "%"), ("发明专利", "件"))
_FIRST, _SECOND = "云江河海山湖松柏梅兰金银玉龙凤鹤安宁和平", "川州城阳阴源口港丰泽"
_CLAUSE = re.compile(r"[^，。；、：:;（）()“”\s]{4,24}")
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_INTEGER = "^^<http://www.w3.org/2001/XMLSchema#integer>"
_DECIMAL = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
_YEAR = "^^<http://www.w3.org/2001/XMLSchema#gYear>"

_CLUSTERS = """PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?c ?l { ?c a ckg:Cluster ; rdfs:label ?l FILTER(LANG(?l) = "zh") } ORDER BY ?c"""
_TEXTS = """PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
SELECT ?m ?h ?t { ?m a ckg:Measure ; ckg:heading ?h ; ckg:text ?t } ORDER BY ?m"""


def generate(seeds: Store, folder: Path, documents: int, passages: int) -> int:
    """Publish the graph of the seeds with so many plans more, of so many passages; returns how many statements it has.

    The shelf of the lookup is not made here.
    """
    with writing(folder) as scratch:
        graph = ox.Store(str(scratch / GRAPH))
        graph.bulk_extend(quad for quad in seeds.quads() if isinstance(quad.graph_name, ox.DefaultGraph))
        lines = Plans(seeds, passages).lines(documents)
        while part := "".join(line for _, line in zip(range(500_000), lines, strict=False)):
            graph.bulk_load(part, format=ox.RdfFormat.N_TRIPLES)
        graph.flush()
        (scratch / MANIFEST).write_text('{"sources": [], "facts": {}}\n', encoding="ascii")
        publish(folder, scratch, f"generated-{documents}-{passages}")
        return len(graph)


class Plans:
    """Writes plans as N-Triples."""

    def __init__(self, seeds: Store, passages: int) -> None:
        self._random = Random(_SEED)
        self._passages = passages
        self._clusters = [(str(row["c"]), _text(row["l"])) for row in seeds.rows(_CLUSTERS)]
        texts = [(_text(row["h"]), _text(row["t"])) for row in seeds.rows(_TEXTS)]
        self._clauses = sorted({clause for pair in texts for text in pair for clause in _CLAUSE.findall(text)})
        names = [first + second for first in _FIRST for second in _SECOND]
        self._cities = self._random.sample(names, _CITIES)
        self._numbers = count(1)

    def lines(self, documents: int) -> Iterator[str]:
        """The statements of so many plans, and of the bodies and cities in them."""
        for number, city in enumerate(self._cities):
            yield from _thing("district", f"g{number}", "District", f"{city}市")
            for kind, name in enumerate(_KINDS):
                yield from _thing("agency", f"g{number}-{kind}", "Agency", f"{city}市{name}")
        for number in range(documents):
            yield from self._document(number)

    def _document(self, number: int) -> Iterator[str]:
        city, document = number % _CITIES, _id("document", f"g{number}")
        cluster, label = self._clusters[number * 7 % len(self._clusters)]
        title = f"{self._cities[city]}市培育发展{label}产业集群行动计划（第{number}号）"
        yield from _thing("document", f"g{number}", "PolicyDocument", title)
        yield from (f"{document} {_ckg('cluster')} {cluster} .\n", f"{cluster} {_ckg('plan')} {document} .\n")
        for position in range(1, _ISSUERS + 1):
            issuance = self._new("issuance")
            yield f"{document} {_ckg('issuance')} {issuance} .\n"
            yield from self._part(issuance, city, position)
            yield from self._place(issuance, document, document, f"{self._cities[city]}市")
        chapters: list[str] = []
        for order in range(self._passages):
            chapters = yield from self._passage(document, city, order, chapters)
        for _ in range(max(1, self._passages // 20)):
            yield from self._named(document, chapters[-1], cluster, city)
        for _ in range(max(1, self._passages // 10)):
            yield from self._target(document, chapters[-1], cluster, label)

    def _passage(self, document: str, city: int, order: int, chapters: list[str]) -> Generator[str, None, list[str]]:
        """A chapter or a passage in the last one; returns the chapters so far."""
        chapter = order % max(1, self._passages // _CHAPTERS) == 0
        measure = self._new("measure")
        heading = self._random.choice(_VERBS) + self._random.choice(self._clauses)
        text = "" if chapter else "，".join(self._random.choices(self._clauses, k=self._random.randint(8, 20))) + "。"
        values = {
            "heading": _said(heading),
            "text": _said(text),
            "order": f'"{order}"{_INTEGER}',
            "document": document,
            "partOf": document if chapter else chapters[-1],
        }
        yield f"{measure} {_TYPE} {_ckg('Measure')} .\n{measure} {_LABEL} {_said(f'（{order}）{heading}')}@zh .\n"
        yield from (f"{measure} {_ckg(name)} {value} .\n" for name, value in values.items())
        if chapter:
            return [*chapters, measure]
        if self._random.random() < 0.8:
            yield from self._clause(document, measure, city)
        return chapters

    def _clause(self, document: str, measure: str, city: int) -> Iterator[str]:
        """Who is responsible for a passage: one body leads in half of the clauses, else the first of several."""
        evidence, lead = self._new("evidence"), self._random.random() < 0.5
        yield from self._evidence(
            evidence, document, measure, f"（{self._cities[city]}市有关部门负责）", "responsibilities/joint"
        )
        for position in range(1, self._random.randint(2, 4)):
            assignment = self._new("assignment")
            role = "Lead" if lead and position == 1 else "Joint"
            yield f"{assignment} {_TYPE} {_ckg('Assignment')} .\n{assignment} {_ckg('role')} {_ckg(role)} .\n"
            yield f"{assignment} {_ckg('measure')} {measure} .\n{assignment} {_ckg('evidence')} {evidence} .\n"
            yield from self._part(assignment, city, position)

    def _part(self, subject: str, city: int, position: int) -> Iterator[str]:
        agency = _id("agency", f"g{city}-{self._random.randrange(len(_KINDS))}")
        yield f'{subject} {_ckg("agency")} {agency} .\n{subject} {_ckg("position")} "{position}"{_INTEGER} .\n'

    def _named(self, document: str, measure: str, cluster: str, city: int) -> Iterator[str]:
        """A platform and a company of a plan."""
        name = f"{self._cities[city]}{self._random.choice(self._clauses)[:6]}"
        for kind, cls, ending in (
            ("platform", "Platform", self._random.choice(_PLACES)),
            ("enterprise", "Enterprise", "公司"),
        ):
            slug = f"g{next(self._numbers)}"
            yield from _thing(kind, slug, cls, name + ending)
            yield f"{_id(kind, slug)} {_ckg('cluster')} {cluster} .\n"
            yield f"{_id(kind, slug)} {_ckg('district')} {_id('district', f'g{city}')} .\n"
            yield from self._place(_id(kind, slug), document, measure, name + ending)

    def _target(self, document: str, measure: str, cluster: str, label: str) -> Iterator[str]:
        target, (metric, unit) = self._new("target"), self._random.choice(_METRICS)
        value = self._random.randint(2, 9000)
        said = {
            "about": cluster,
            "subjectText": _said(f"{label}产业"),
            "metric": _said(metric),
            "unit": _said(unit),
            "value": f'"{value}"{_DECIMAL}',
            "valueText": _said(f"{value}{unit}"),
            "comparator": _said(">="),
            "year": f'"{self._random.randint(2023, 2030)}"{_YEAR}',
        }
        yield f"{target} {_TYPE} {_ckg('Target')} .\n"
        yield from (f"{target} {_ckg(name)} {value} .\n" for name, value in said.items())
        yield from self._place(target, document, measure, f"{label}产业{metric}达到{value}{unit}")

    def _place(self, subject: str, document: str, measure: str, quote: str) -> Iterator[str]:
        evidence = self._new("evidence")
        yield f"{subject} {_ckg('evidence')} {evidence} .\n"
        yield from self._evidence(evidence, document, measure, quote, "generated/place")

    def _evidence(self, evidence: str, document: str, measure: str, quote: str, rule: str) -> Iterator[str]:
        start = next(self._numbers)
        yield f"{evidence} {_TYPE} {_ckg('Evidence')} .\n{evidence} {_ckg('document')} {document} .\n"
        yield f"{evidence} {_ckg('measure')} {measure} .\n" if measure != document else ""
        yield f"{evidence} {_ckg('quote')} {_said(quote)} .\n{evidence} {_ckg('extractor')} {_said(rule)} .\n"
        yield f'{evidence} {_ckg("start")} "{start}"{_INTEGER} .\n{evidence} {_ckg("end")} "{start + 9}"{_INTEGER} .\n'

    def _new(self, kind: str) -> str:
        return _id(kind, f"g{next(self._numbers)}")


def _thing(kind: str, slug: str, cls: str, label: str) -> Iterator[str]:
    yield f"{_id(kind, slug)} {_TYPE} {_ckg(cls)} .\n{_id(kind, slug)} {_LABEL} {_said(label)}@zh .\n"


def _id(kind: str, slug: str) -> str:
    return f"<{ID}{kind}/{slug}>"


def _ckg(name: str) -> str:
    return f"<{CKG}{name}>"


def _said(text: str) -> str:
    return str(ox.Literal(text))


def _text(term: object) -> str:
    assert isinstance(term, ox.Literal)
    return term.value
