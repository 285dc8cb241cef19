"""A small graph with every kind of fact, and a search over it that knows two questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.rdf.terms import GRAPH, ID
from kg.store import Store

SOURCE = (
    "深圳市培育发展智能传感器产业集群行动计划\n\n深圳市工业和信息化局 深圳市发展和改革委员会\n\n"
    "一、发展目标\n\n到2025年，智能传感器产业增加值达到\n\n80亿元，位居全国前列。\n\n"
    "二、重点工程\n\n（一）中试线工程。建设广东省智能传感器创新中心。（市工业和信息化局、市发展改革委按职责分工负责）\n\n"
    "支持南山区建设总部引领区。2021年产业增加值41.5亿元。\n"
)
FILE = "plan.txt"


def place(words: str) -> tuple[int, int]:
    """Where these words stand in the source, line breaks aside."""
    joined = [(i, c) for i, c in enumerate(SOURCE) if not c.isspace()]
    at = "".join(c for _, c in joined).index(words.replace(" ", ""))
    return joined[at][0], joined[at + len(words.replace(" ", "")) - 1][0] + 1


def _evidence(name: str, quote: str) -> str:
    start, end = place(quote)
    return f"""evidence:{name} a ckg:Evidence ; ckg:document document:plan ; ckg:quote "{quote}" ;
      ckg:start {start} ; ckg:end {end} ; ckg:extractor "test/rule" ; ckg:measure measure:pilot ;
      ckg:headingPath "二、重点工程 > （一）中试线工程" ."""


def trig() -> str:
    """The graph in Turtle."""
    quotes = {
        "issuer": "深圳市工业和信息化局",
        "second": "深圳市发展和改革委员会",
        "heading1": "一、发展目标",
        "heading2": "二、重点工程",
        "heading3": "（一）中试线工程",
        "goal": "智能传感器产业增加值达到80亿元",
        "center": "广东省智能传感器创新中心",
        "duty": "市工业和信息化局、市发展改革委按职责分工负责",
        "role": "支持南山区建设总部引领区",
        "past": "2021年产业增加值41.5亿元",
    }
    facts = (Path(__file__).parent / "graph.ttl").read_text(encoding="utf-8")
    return facts + "\n".join(_evidence(name, quote) for name, quote in quotes.items())


def store() -> Store:
    """The small graph in two named graphs that share a triple, and their merge as the default graph."""
    triples = [q.triple for q in ox.parse(trig(), format=ox.RdfFormat.TURTLE)]
    graphs: list[ox.DefaultGraph | ox.NamedNode] = [
        ox.DefaultGraph(),
        ox.NamedNode(f"{GRAPH}plan"),
        ox.NamedNode(f"{GRAPH}twin"),
    ]
    quads = [ox.Quad(t.subject, t.predicate, t.object, g) for t in triples for g in graphs]
    return Store.in_memory(quads, "test", {FILE: SOURCE})


class Search:
    """Knows who leads the one cluster with a plan, and finds things by a part of their label."""

    things = (
        ("cluster", "smart-sensors", "智能传感器"),
        ("agency", "sz-industry", "深圳市工业和信息化局"),
        ("district", "nanshan", "南山区"),
    )

    def leads(self, q: str) -> dict[str, Any]:
        """The contract's answer."""
        if "智能传感器" not in q:
            return {"query": q, "matched": None, "answers": [], "suggestions": self.suggest(q)}
        start, end = place("深圳市工业和信息化局")
        document = {"iri": f"{ID}document/plan", "title": "深圳市培育发展智能传感器产业集群行动计划"}
        evidence = {"quote": "深圳市工业和信息化局", "document": document, "heading": [], "start": start, "end": end}
        answer = {
            "agency": self._thing("agency", "sz-industry", "深圳市工业和信息化局"),
            "role": "lead",
            "basis": "first-issuer",
            "about": self._thing("cluster", "smart-sensors", "智能传感器"),
            "with": [{"label": "深圳市发展和改革委员会", "role": "joint"}],
            "evidence": [{**evidence, "url": f"/source/plan#char={start},{end}"}],
        }
        matched = self._thing("cluster", "smart-sensors", "智能传感器")
        return {"query": q, "matched": matched, "answers": [answer], "suggestions": []}

    def ask(self, q: str) -> dict[str, Any]:
        """The same with an intent."""
        return {**self.leads(q), "intent": "leads", "sparql": "ASK {}"}

    def search(self, q: str, kinds: list[str] | None = None, limit: int = 20) -> list[dict[str, Any]]:
        """Things whose label holds the words."""
        found = [self._thing(*thing) for thing in self.things if q in thing[2]]
        return [f for f in found if not kinds or f["kind"] in kinds][:limit]

    def suggest(self, q: str, limit: int = 8) -> list[dict[str, Any]]:
        """The first things there are."""
        return [self._thing(*thing) for thing in self.things][:limit]

    def _thing(self, kind: str, slug: str, label: str) -> dict[str, Any]:
        return {"iri": f"{ID}{kind}/{slug}", "kind": kind, "label": label, "score": 1.0, "altLabels": []}
