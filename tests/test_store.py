"""A store serves one whole graph: the old one until the new one is published."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError, StoreError
from kg.generations import GRAPH, TEXTS, current_generation, publish, writing
from kg.rdf import terms as t
from kg.store import Store


def graph(word: str) -> list[ox.Quad]:
    node = t.thing("cluster", "x")
    return [ox.Quad(node, t.LABEL, t.zh(word)), ox.Quad(node, t.LABEL, t.zh(word), t.graph("lexicon"))]


def put(folder: Path, word: str, name: str) -> None:
    with writing(folder) as scratch:
        store = ox.Store(str(scratch / GRAPH))
        store.extend(graph(word))
        store.flush()
        del store
        publish(folder, scratch, name)


def labels(store: Store) -> list[str]:
    return sorted(row["label"].value for row in store.rows("SELECT ?label { ?x ?p ?label }"))


def test_what_is_published_is_served(tmp_path: Path) -> None:
    put(tmp_path / "store", "海洋", "one")
    store = Store.open(tmp_path / "store")
    assert (labels(store), store.generation) == (["海洋"], "one")


def test_a_reader_keeps_the_graph_that_it_opened(tmp_path: Path) -> None:
    put(tmp_path, "海洋", "one")
    reader = Store.open(tmp_path)
    put(tmp_path, "氢能", "two")
    assert labels(reader) == ["海洋"]
    assert labels(Store.open(tmp_path)) == ["氢能"]


def test_the_generation_before_is_kept_and_older_ones_go(tmp_path: Path) -> None:
    for number, name in enumerate(("one", "two", "three")):
        put(tmp_path, str(number), name)
    assert sorted(p.name for p in (tmp_path / "generations").iterdir()) == ["three", "two"]


def test_publishing_the_same_graph_again_leaves_it_as_it_is(tmp_path: Path) -> None:
    put(tmp_path, "海洋", "one")
    put(tmp_path, "海洋", "one")
    assert labels(Store.open(tmp_path)) == ["海洋"]
    assert [p.name for p in (tmp_path / "generations").iterdir()] == ["one"]


def test_what_fails_before_it_is_published_leaves_the_old_graph(tmp_path: Path) -> None:
    put(tmp_path, "海洋", "one")
    with pytest.raises(RuntimeError, match="broken"), writing(tmp_path) as scratch:
        ox.Store(str(scratch / GRAPH)).extend(graph("氢能"))
        raise RuntimeError("broken")
    assert labels(Store.open(tmp_path)) == ["海洋"]
    assert [p.name for p in (tmp_path / "generations").iterdir()] == ["one"]


def test_a_second_writer_is_told_that_the_store_is_in_use(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(StoreError, match="in use by another build"), writing(tmp_path):
        pytest.fail("two writers hold one store")
    with writing(tmp_path):
        assert current_generation(tmp_path) is None


def test_a_folder_without_a_graph_says_how_to_make_one(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(StoreError, match="run 'kg build --store"):
            Store.open(folder)


def test_a_store_that_is_gone_but_for_its_pointer_has_no_graph(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("lost\n", encoding="ascii")
    with pytest.raises(StoreError, match="run 'kg build --store"):
        Store.open(tmp_path)


def test_a_graph_that_is_broken_says_to_build_again(tmp_path: Path) -> None:
    put(tmp_path, "海洋", "one")
    for file in (tmp_path / "generations" / "one" / GRAPH).iterdir():
        file.write_bytes(b"broken")
    with pytest.raises(StoreError, match="build it again"):
        Store.open(tmp_path)


def test_a_store_that_can_not_be_written_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="ascii")
    with pytest.raises(StoreError, match="can't be written"), writing(file / "store"):
        pytest.fail("a file is no folder")


def test_a_query_asks_the_merge_of_all_graphs_each_statement_once() -> None:
    store = Store.in_memory(graph("海洋"))
    assert len(store.rows("SELECT ?x { ?x ?p ?o }")) == 1
    assert len(store.rows("SELECT ?x { GRAPH ?g { ?x ?p ?o } }")) == 1


def test_bindings_give_variables_their_value() -> None:
    store = Store.in_memory(graph("海洋"))
    query = "SELECT ?x ?label { ?x ?p ?label }"
    assert store.rows(query, {"label": t.zh("海洋")})
    assert not store.rows(query, {"label": t.zh("氢能")})


@pytest.mark.parametrize(
    "query", ["SELECT ?x", "SELEC ?x {}", "SELECT ?x {\n ?x ?p }", "INSERT DATA { <a:a> <a:b> 1 }"]
)
def test_what_is_no_query_is_refused_with_its_place(query: str) -> None:
    with pytest.raises(QueryError) as caught:
        Store.in_memory([]).query(query)
    assert (caught.value.line or 0) >= 1 and (caught.value.column or 0) >= 1


def test_rows_need_a_select() -> None:
    with pytest.raises(QueryError, match="SELECT"):
        Store.in_memory([]).rows("ASK {}")


@given(st.lists(st.sampled_from("甲乙丙丁戊"), unique=True))
def test_describing_a_thing_gives_what_the_merge_says_of_it(words: list[str]) -> None:
    store = Store.in_memory([quad for word in words for quad in graph(word)])
    said = {triple.object.value for triple in store.describe(t.thing("cluster", "x").value)}
    assert said == set(words)
    assert store.has(t.thing("cluster", "x").value) == bool(words)
    assert not store.has(t.thing("cluster", "y").value)


def test_the_text_that_offsets_count_is_kept_with_the_graph(tmp_path: Path) -> None:
    put(tmp_path, "海洋", "one")
    texts = tmp_path / "generations" / "one" / TEXTS
    texts.mkdir()
    (texts / "a.txt.txt").write_bytes("深圳\r\n市".encode())
    for store in (Store.open(tmp_path), Store.in_memory([], texts={"a.txt": "深圳\r\n市"})):
        assert store.source_text("a.txt") == "深圳\r\n市"
        for name in ("b.txt", "../CURRENT", "../../../CURRENT", ""):
            with pytest.raises(StoreError, match="no source named"):
                store.source_text(name)
