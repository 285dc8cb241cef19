"""A change makes a whole generation or none, readers keep theirs, and a copy is a whole graph."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import Store
from server.copying import backup, restore
from server.pool.worker import end_leases, lease_of, open_current
from server.pool.writer import change, create
from tests.server.service import TOKEN, Service, small_store

MARKED = "SELECT ?n { ?s <urn:test:number> ?n }"


def insert(number: int) -> str:
    return f"INSERT DATA {{ <urn:test:{number}> <urn:test:number> {number} }}"


def update(folder: Path, text: str) -> str:
    head = {"op": "update", "base": "http://localhost/", "using": [], "using_named": []}
    return change(folder, head, [text.encode()])[0]


def numbers(store: Store) -> set[int]:
    return {int(row["n"].value) for row in store.rows(MARKED) if hasattr(row["n"], "value")}


def test_a_change_makes_a_generation_and_leaves_the_one_before(tmp_path: Path) -> None:
    folder = small_store(tmp_path / "store")
    before = Store.open(folder)
    update(folder, insert(1))
    after = Store.open(folder)
    assert numbers(before) == set() and numbers(after) == {1}
    assert before.generation == "g1" != after.generation
    assert sorted(p.name for p in (folder / "generations").iterdir()) == sorted({"g1", after.generation})


def test_a_generation_lasts_as_long_as_it_is_read(tmp_path: Path) -> None:
    folder = small_store(tmp_path / "store")
    read = open_current(folder)
    for number in range(3):
        update(folder, insert(number))
    assert not (folder / "generations" / "g1").exists()
    assert numbers(read) == set() and len(read.rows("SELECT * { GRAPH ?g { ?s ?p ?o } }")) > 10
    assert lease_of(folder, os.getpid()).is_dir()
    (folder / "leases" / "999999999").mkdir()
    end_leases(folder)
    assert [lease.name for lease in (folder / "leases").iterdir()] == [str(os.getpid())]


def test_a_change_that_fails_leaves_nothing(tmp_path: Path) -> None:
    folder = small_store(tmp_path / "store")
    with pytest.raises(Exception, match="expected"):
        update(folder, "INSERT DATA { <urn:a> <urn:b> }")
    assert Store.open(folder).generation == "g1"
    assert [p.name for p in (folder / "generations").iterdir()] == ["g1"]


def test_the_same_changes_give_the_same_name(tmp_path: Path) -> None:
    folders = [small_store(tmp_path / name) for name in ("one", "two")]
    assert len({update(folder, insert(1)) for folder in folders}) == 1


def test_an_empty_store_begins_without_a_triple_and_only_once(tmp_path: Path) -> None:
    create(tmp_path / "store")
    update(tmp_path / "store", insert(3))
    create(tmp_path / "store")
    assert numbers(Store.open(tmp_path / "store")) == {3}


def test_a_backup_is_a_store_and_comes_back(tmp_path: Path) -> None:
    folder = small_store(tmp_path / "store")
    update(folder, insert(1))
    name = backup(folder, tmp_path / "kept")
    update(folder, insert(2))
    assert numbers(Store.open(tmp_path / "kept")) == {1}
    assert restore(folder, tmp_path / "kept") == name
    assert numbers(Store.open(folder)) == {1}
    update(folder, insert(3))
    assert numbers(Store.open(tmp_path / "kept")) == {1}
    with pytest.raises(StoreError, match="not empty"):
        backup(folder, tmp_path / "kept")


def test_the_graph_changes_under_load_and_no_request_fails(tmp_path: Path) -> None:
    statuses: list[int] = []
    seen: list[int] = []
    done = threading.Event()
    counted = "SELECT (COUNT(*) AS ?n) { ?s <urn:test:number> ?o }"
    with Service(small_store(tmp_path / "store"), "--update-token", TOKEN) as service:

        def read() -> None:
            while not done.is_set():
                reply = service.query(counted)
                statuses.append(reply.status)
                seen.append(reply.count())

        reader = threading.Thread(target=read)
        reader.start()
        for number in range(12):
            assert service.update(insert(number)).status == 204
            assert service.query(counted).count() == number + 1
        done.set()
        reader.join()
    assert set(statuses) == {200}
    assert seen == sorted(seen)
