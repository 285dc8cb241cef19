"""A source, gold for half of it, and a graph of it, small enough to count by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox

from kg.store import Store

SOURCE = (
    "一、目标\n到2025年，海洋产业增加值超过500亿元，新增企业\n12\n100家。"
    "建设深圳船舶园。（市商务局负责）\n其他。\n增速10%。"
)
_GRAPH = """
@prefix ckg: <https://w3id.org/cluster-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix x: <https://w3id.org/cluster-kg/id/x/> .
x:doc ckg:sourceFile "a.txt" .
x:marine rdfs:label "海洋"@zh, "Marine"@en ; ckg:subsector x:fishing .
x:bureau rdfs:label "深圳市商务局"@zh, "Commerce"@en .
x:fishing rdfs:label "渔业"@zh ; ckg:evidence x:e1 .
x:t1 a ckg:Target ; ckg:value 500 ; ckg:unit "亿元" ; ckg:comparator ">" ; ckg:year "2025" ; ckg:metric "增加值" ;
    ckg:subjectText "海洋产业" ; ckg:evidence x:e1 .
x:t2 a ckg:Target ; ckg:minValue 90 ; ckg:maxValue 100 ; ckg:unit "家" ; ckg:comparator "range" ; ckg:evidence x:e2 .
x:t3 a ckg:Target ; ckg:value 10 ; ckg:unit "%" ; ckg:evidence x:e4 .
x:a1 a ckg:Assignment ; ckg:agency x:bureau ; ckg:role ckg:Lead ; ckg:evidence x:e3 .
x:p1 a ckg:Platform ; rdfs:label "深圳船舶园"@zh ; ckg:evidence x:e2 .
"""
_EVIDENCE = (
    'x:e{n} a ckg:Evidence ; ckg:document x:doc ; ckg:start {start} ; ckg:end {end} ; ckg:quote "{quote}" ; {rules} .\n'
)
_QUOTES = {
    1: ("海洋产业增加值超过500亿元", 'ckg:extractor "targets/goal", "subsectors/list"'),
    2: ("100家。建设深圳船舶园", 'ckg:extractor "targets/count", "platforms/name"'),
    3: ("市商务局负责", 'ckg:extractor "responsibilities/sole-note"'),
    4: ("增速10%", 'ckg:extractor "targets/goal"'),
}
GOLD = {
    "unit": "甲",
    "place": {"file": "a.txt", "start": 0, "end": 52},
    "issuers": [],
    "responsibilities": [{"clause": "（市商务局 负责）", "agencies": [{"agency": "深圳市商务局", "role": "lead"}]}],
    "targets": [
        {
            "subject": "海洋产业",
            "metric": "增加值",
            "op": ">",
            "low": 500,
            "unit": "亿元",
            "year": 2025,
            "quote": "超过500亿元",
        },
        {
            "subject": "企业",
            "metric": "数量",
            "op": "=",
            "low": 100,
            "unit": "家",
            "year": 2025,
            "quote": "新增企业100家",
        },
        {"subject": "无", "metric": "", "low": 1, "unit": "个", "quote": "文中没有的话"},
    ],
    "platforms": [{"name": "船舶园", "quote": "船舶园", "names": ["船舶园", "深圳船舶园"], "optional": True}],
    "subsectors": [{"cluster": "海洋产业集群", "name": "渔业"}, {"cluster": "海洋", "name": "船舶"}],
}


def write(folder: Path) -> tuple[Path, Path]:
    """Write the gold and the source into a folder; returns the folders of both."""
    gold, sources = folder / "gold", folder / "sources"
    gold.mkdir()
    sources.mkdir()
    (gold / "甲.json").write_text(json.dumps(GOLD, ensure_ascii=False), encoding="utf-8")
    (gold / "questions.json").write_text("[]", encoding="utf-8")
    (sources / "a.txt").write_text(SOURCE, encoding="utf-8")
    return gold, sources


def graph() -> list[ox.Quad]:
    """The graph of the source, in the default graph."""
    text = _GRAPH
    for n, (quote, rules) in _QUOTES.items():
        start = SOURCE.index(quote)
        text += _EVIDENCE.format(n=n, start=start, end=start + len(quote), quote=quote, rules=rules)
    return list(ox.parse(text, format=ox.RdfFormat.TURTLE))


def store() -> Store:
    """The graph, to be asked."""
    return Store.in_memory(graph())
