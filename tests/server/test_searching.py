"""Search inside SPARQL: every text is found by any part of it, in the generation that is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.rdf import fulltext
from kg.rdf.fulltext import Hit
from kg.rdf.terms import ID
from server.errors import Problem
from server.guard import examine
from server.searching import SEARCH, SERVICE, answered
from tests.server import graph
from tests.server.service import TOKEN, Service, small_store, wait_until

PREFIX = f"PREFIX s: <{SEARCH}> "
ASKED = (
    PREFIX
    + f'SELECT ?thing ?text ?score {{ SERVICE <{SERVICE}> {{ ?thing s:query "%s" ; s:text ?text ; s:score ?score }} }}'
)


def found(words: str, limit: int) -> list[Hit]:
    return [Hit(f"{ID}cluster/{words}", "urn:label", "智能", "zh", 1.5)][:limit]


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    store = ox.Store()
    store.extend(graph.store().quads())
    fulltext.build(store, folder)
    return folder


@pytest.mark.parametrize("words", ["智能传感器", "智能", "传感", "器", "感器", "总部 南山"])
def test_any_part_of_a_text_is_found(generation: Path, words: str) -> None:
    hits = fulltext.find(generation, words, 50)
    assert hits
    assert all(part in hit.text for hit in hits for part in words.split())


@pytest.mark.parametrize("words", ["能智", "火星", "", "   ", '"', "*", "智能 火星", "a OR b"])
def test_what_is_not_there_is_not_found(generation: Path, words: str) -> None:
    assert fulltext.find(generation, words, 50) == []


def test_names_come_before_sentences_and_a_limit_holds(generation: Path) -> None:
    hits = fulltext.find(generation, "智能传感器", 50)
    assert hits[0].property.endswith("#label")
    assert fulltext.find(generation, "智能传感器", 1) == hits[:1]


def test_a_search_becomes_the_rows_that_it_finds() -> None:
    text = PREFIX + f'SELECT * {{ SERVICE <{SERVICE}> {{ ?t s:query "x" ; s:score ?n ; s:text ?l . }} ?t ?p ?o }}'
    assert f'VALUES (?t ?n ?l) {{ (<{ID}cluster/x> "1.5"^^' in answered(text, found)
    assert answered(text, found).endswith("?t ?p ?o }")
    assert "VALUES (?t ?n ?l) {  }" in answered(text, lambda words, limit: [])


@pytest.mark.parametrize(
    "inner",
    ["", "?t", '<a:b> s:query "x"', "?t s:query ?x", '?t s:colour "x"', '?t s:query "x" ; s:score 1', "?t s:text ?l"],
)
def test_a_search_that_can_not_be_understood_says_so(inner: str) -> None:
    with pytest.raises(QueryError):
        answered(PREFIX + f"SELECT * {{ SERVICE <{SERVICE}> {{ {inner} }} }}", found)


def test_only_our_own_search_passes_the_guard() -> None:
    assert examine(ASKED % "x").form == "SELECT"
    for other in ("http://example.org/", "http://example.org/search"):
        with pytest.raises(Problem) as caught:
            examine((ASKED % "x").replace(SERVICE + ">", other + ">", 1).replace(f"<{SERVICE}>", f"<{other}>"))
        assert caught.value.status == 403


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with Service(small_store(tmp_path_factory.mktemp("searched") / "store"), "--update-token", TOKEN) as running:
        yield running


def test_the_service_searches_the_generation_that_it_serves(service: Service) -> None:
    assert wait_until(lambda: service.query(ASKED % "智能传感器").status == 200)
    things = [row["thing"]["value"] for row in service.query(ASKED % "智能传感器").json()["results"]["bindings"]]
    assert f"{ID}cluster/smart-sensors" in things
    assert service.query(ASKED % "石墨烯").json()["results"]["bindings"] == []
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    assert service.update(f'INSERT DATA {{ <urn:new> {label} "石墨烯"@zh }}').status == 204
    assert wait_until(lambda: service.query(ASKED % "石墨烯").status == 200)
    rows = service.query(ASKED % "石墨烯").json()["results"]["bindings"]
    assert [row["text"]["value"] for row in rows] == ["石墨烯"]


def test_of_twenty_thousand_texts_as_many_are_found_as_were_asked_for(tmp_path: Path) -> None:
    store = ox.Store()
    label = ox.NamedNode("urn:label")
    words = ("智能", "传感", "网络", "通信", "新材料", "海洋", "低空", "机器人")
    store.bulk_extend(
        ox.Quad(ox.NamedNode(f"urn:{n}"), label, ox.Literal(f"{words[n % 8]}{words[n // 8 % 8]}产业{n}"))
        for n in range(20_000)
    )
    fulltext.build(store, tmp_path)
    assert len(fulltext.find(tmp_path, "海洋机器人 产业", 10)) == 10
