"""An exported graph says what the store says, in an order of its own."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.export import FORMATS, export
from kg.rdf import terms as t
from kg.store import Store

NODE = t.thing("cluster", "x")
STATEMENTS = [
    ox.Quad(NODE, t.LABEL, t.zh("海洋\n“产业”"), name) for name in (ox.DefaultGraph(), t.graph("lexicon"))
] + [
    ox.Quad(NODE, t.ckg("value"), t.decimal(t.Decimal("12.50"))),
    ox.Quad(NODE, t.ckg("year"), t.year(2025)),
    ox.Quad(NODE, t.ckg("cluster"), t.thing("cluster", "y"), t.graph("doc")),
]


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_a_format_gives_back_what_was_written(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"graph{ending}"
    count = export(Store.in_memory(STATEMENTS), path)
    found = list(ox.parse(path=str(path), format=FORMATS[ending]))
    whole = FORMATS[ending].supports_datasets
    wanted = [q for q in STATEMENTS if whole or isinstance(q.graph_name, ox.DefaultGraph)]
    assert set(found) == set(wanted)
    assert count == len(found) == len(wanted)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@given(st.permutations(STATEMENTS))
@settings(max_examples=20, deadline=None)
def test_the_bytes_depend_on_nothing_but_the_statements(
    tmp_path_factory: pytest.TempPathFactory, quads: list[ox.Quad]
) -> None:
    folder = tmp_path_factory.mktemp("export")
    for ending in FORMATS:
        export(Store.in_memory(quads), folder / f"one{ending}")
        export(Store.in_memory(STATEMENTS), folder / f"two{ending}")
        assert (folder / f"one{ending}").read_bytes() == (folder / f"two{ending}").read_bytes()


@pytest.mark.parametrize("name", ["graph.csv", "graph", ".nq"])
def test_an_unknown_ending_is_refused_with_those_that_are_known(tmp_path: Path, name: str) -> None:
    with pytest.raises(KgError, match=r"use one of \.nq"):
        export(Store.in_memory(STATEMENTS), tmp_path / name)


def test_a_file_that_can_not_be_written_is_left_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="can't be written"):
        export(Store.in_memory(STATEMENTS), tmp_path / "none" / "graph.nq")
    (tmp_path / "graph.nq").mkdir()
    with pytest.raises(KgError, match="can't be written"):
        export(Store.in_memory(STATEMENTS), tmp_path / "graph.nq")
    assert [p.name for p in tmp_path.iterdir()] == ["graph.nq"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "graph.nq"
    path.write_text("old", encoding="ascii")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.export.statements.ox.serialize", full)
    with pytest.raises(KgError, match="No space left"):
        export(Store.in_memory(STATEMENTS), path)
    assert path.read_text(encoding="ascii") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["graph.nq"]
