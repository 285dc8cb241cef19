"""Tables in a file, and the shelf of a generation."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.lookup import Lookup
from kg.lookup.keeping import SHELF, keep
from kg.lookup.shelf import Shelf, Table, packed, shelved
from kg.store import Store

TABLES = st.dictionaries(st.text(alphabet="智能传感器ab"), st.binary(max_size=9), max_size=20)


@given(TABLES, st.text(alphabet="智能传感器ab", max_size=3))
def test_a_table_gives_what_was_put_in_and_what_begins_alike(held: dict[str, bytes], start: str) -> None:
    table = Table(memoryview(packed(held.items())))
    assert [key.decode() for key in table] == sorted(held)
    assert {key: bytes(table.get(key) or b"") for key in held} == held
    assert (table.get(start) is not None) == (start in held)
    assert bytes(table.beginning(start)) == b"".join(held[key] for key in sorted(held) if key.startswith(start))


def test_a_shelf_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "shelf"
    path.write_bytes(shelved({"one": packed([("a", b"1")]), "two": packed([])}))
    shelf = Shelf.open(path)
    assert bytes(shelf.table("one").get("a") or b"") == b"1"
    assert len(shelf.table("two")) == 0
    with pytest.raises(StoreError):
        shelf.table("three")


@pytest.mark.parametrize("data", [b"", b"no shelf at all", b"ckgshelf\2\0\0\0\0\0\0\0{{"])
def test_what_is_no_shelf_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "shelf"
    path.write_bytes(data)
    with pytest.raises(StoreError):
        Shelf.open(path)


QUESTIONS = ("谁牵头智能传感器产业", "zhineng chuanganqi", "smart sensors", "南山区有哪些产业集群", "茶叶", "8K")


class Placed(Store):
    """A store that stands in a folder."""

    def __init__(self, store: Store, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        super().__init__(store._graph, folder.name, folder / "texts")


@pytest.fixture(scope="module")
def kept_in(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where the shelf of the seeds is kept."""
    folder = tmp_path_factory.mktemp("kept") / "same"
    keep(Placed(store, folder))
    return folder


def test_a_kept_shelf_answers_as_one_made_in_memory(store: Store, lookup: Lookup, kept_in: Path) -> None:
    kept = Lookup(Placed(store, kept_in))
    for question in QUESTIONS:
        assert kept.ask(question) == lookup.ask(question)
        assert kept.search(question) == lookup.search(question)
        assert kept.suggest(question[:2]) == lookup.suggest(question[:2])


def test_the_same_graph_gives_the_same_bytes(store: Store, kept_in: Path, tmp_path: Path) -> None:
    keep(Placed(store, tmp_path / kept_in.name))
    assert (tmp_path / kept_in.name / SHELF).read_bytes() == (kept_in / SHELF).read_bytes()


def test_a_shelf_is_made_once_and_that_of_another_generation_not_used(store: Store, tmp_path: Path) -> None:
    empty = Placed(Store.in_memory([]), tmp_path / "one")
    keep(empty)
    keep(Placed(store, tmp_path / "one"))
    assert not Lookup(Placed(store, tmp_path / "one")).leads("智能传感器")["answers"]
    (tmp_path / "one").rename(tmp_path / "other")
    assert Lookup(Placed(store, tmp_path / "other")).leads("智能传感器")["answers"]
