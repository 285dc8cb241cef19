"""A graph of any size in the ontology's terms, the same at every run: documents, their measures, who is to do them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.generations import GRAPH, MANIFEST, publish, writing
from kg.rdf.terms import CKG, ID

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
CLUSTERS, AGENCIES = 28, 60
# Of each measure: itself and two assignments; of each document: fifty measures.
MEASURES_A_DOCUMENT = 50
PER_MEASURE = 18
_TOPICS = ("智能传感器", "网络与通信", "新能源", "海洋", "生物医药", "现代时尚", "工业母机", "超高清视频显示")


def triples(wanted: int) -> Iterator[str]:
    """About so many triples as lines of N-Triples."""
    for number in range(CLUSTERS):
        topic = _TOPICS[number % len(_TOPICS)]
        label = topic if number < len(_TOPICS) else f"{topic}{number}"
        yield from _thing("cluster", number, "Cluster", f'{LABEL} "{label}"@zh')
    for number in range(AGENCIES):
        yield from _thing("agency", number, "Agency", f'{LABEL} "深圳市第{number}局"@zh')
    for number in range(wanted // PER_MEASURE):
        document = number // MEASURES_A_DOCUMENT
        if number % MEASURES_A_DOCUMENT == 0:
            cluster = f"{_term('cluster')} {_iri('cluster', document % CLUSTERS)}"
            yield from _thing("document", document, "PolicyDocument", cluster)
        yield from _measure(number, document)


def things(wanted: int) -> list[str]:
    """The IRIs of the measures of a graph of this size, at most 5,000, spread over it."""
    count = wanted // PER_MEASURE
    return [f"{ID}measure/m{n}" for n in range(0, count, max(1, count // 5000))]


def fill(folder: Path, wanted: int) -> Path:
    """Publish a graph of this size as a store, and keep it as N-Triples beside; returns that file."""
    lines = folder / "million.nt"
    with lines.open("w", encoding="utf-8") as out:
        out.writelines(f"{triple} .\n" for triple in triples(wanted))
    with writing(folder / "store") as scratch:
        graph = ox.Store(str(scratch / GRAPH))
        graph.bulk_load(path=str(lines), format=ox.RdfFormat.N_TRIPLES)
        graph.flush()
        graph.optimize()
        del graph
        (scratch / MANIFEST).write_text('{"sources": [], "facts": {}}\n', encoding="ascii")
        publish(folder / "store", scratch, f"generated-{wanted}")
    return lines


def _measure(number: int, document: int) -> Iterator[str]:
    at = number % MEASURES_A_DOCUMENT
    parent = _iri("measure", number - 1 - at % 3) if at % 7 else _iri("document", document)
    topic = _TOPICS[number % len(_TOPICS)]
    yield from _thing(
        "measure",
        number,
        "Measure",
        f'{_term("heading")} "第{number}条 推动{topic}发展"',
        f'{_term("text")} "支持第{number}批企业围绕{topic}开展技术攻关，建设公共服务平台。"',
        f"{_term('partOf')} {parent}",
        f"{_term('document')} {_iri('document', document)}",
        f'{_term("order")} "{at}"^^<{INTEGER}>',
    )
    for position in (1, 2):
        yield from _thing(
            "assignment",
            2 * number + position,
            "Assignment",
            f"{_term('measure')} {_iri('measure', number)}",
            f"{_term('agency')} {_iri('agency', (number * 7 + position * position * 11) % AGENCIES)}",
            f"{_term('role')} {_term('Lead' if number % 5 == 0 and position == 1 else 'Joint')}",
            f'{_term("position")} "{position}"^^<{INTEGER}>',
        )


def _thing(kind: str, number: int, of: str, *said: str) -> Iterator[str]:
    subject = _iri(kind, number)
    yield f"{subject} {TYPE} {_term(of)}"
    yield from (f"{subject} {one}" for one in said)


def _iri(kind: str, number: int) -> str:
    return f"<{ID}{kind}/{kind[0]}{number}>"


def _term(name: str) -> str:
    return f"<{CKG}{name}>"
