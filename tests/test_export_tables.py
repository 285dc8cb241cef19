"""Tables, networks and what Neo4j imports say what the graph says, and open well where people open them."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import main
from kg.commands.graph import register
from kg.errors import KgError
from kg.export import FOLDERS, export
from kg.export.cells import BOM, guarded, write_rows
from kg.export.tables import TABLES
from kg.rdf import terms as t
from kg.store import Store
from tests.server import graph


@pytest.fixture(scope="module")
def store() -> Store:
    return graph.store()


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_each_class_has_a_table_that_spreadsheets_open(store: Store, tmp_path: Path) -> None:
    count = export(store, tmp_path / "tables", "csv")
    found = {path.stem: path for path in (tmp_path / "tables").iterdir()}
    assert set(found) == {*TABLES, "columns"}
    assert all(path.read_text(encoding="utf-8").startswith(BOM) for path in found.values())
    assert count == sum(len(rows(path)) for name, path in found.items() if name != "columns")


def test_facts_read_well_labels_beside_addresses_and_the_sentence(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path, "csv")
    target = rows(tmp_path / "targets.csv")[0]
    assert (target["about"], target["aboutIri"]) == ("智能传感器", f"{t.ID}cluster/smart-sensors")
    assert (target["value"], target["comparator"], target["year"]) == ("80", "=", "2025")
    assert target["evidence.quote"] == "智能传感器产业增加值达到80亿元"
    cluster = rows(tmp_path / "clusters.csv")[0]
    assert (cluster["label"], cluster["labelEn"], cluster["otherNames"]) == ("智能传感器", "Smart sensors", "传感器")


def test_every_column_is_explained(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path, "csv")
    explained = {(row["file"], row["column"]) for row in rows(tmp_path / "columns.csv")}
    for name in TABLES:
        header = next(csv.reader(io.StringIO((tmp_path / f"{name}.csv").read_text(encoding="utf-8-sig"))))
        assert {(name, column) for column in header} <= explained and len(header) == len(set(header))


@given(st.text(max_size=12) | st.sampled_from(["=1+1", "+x", "-x", "@x", "\tx", "＝1", "=", "-5"]))
def test_no_text_is_run_as_a_formula(text: str) -> None:
    cell = guarded(text)
    assert cell.removeprefix("'") == text or cell == text
    assert len(cell) < 2 or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


def test_numbers_stay_numbers() -> None:
    assert [guarded(value) for value in (-5, Decimal("-1E+3"), 0.5, True, None)] == ["-5", "-1000", "0.5", "true", ""]


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r")), min_size=2, max_size=2)))
def test_cells_come_back_as_they_were_written(cells: list[list[str]]) -> None:
    out = io.BytesIO()
    assert write_rows(out, ("a", "b"), cells, mark=True) == len(cells)
    text = out.getvalue().decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == cells


def test_a_formula_in_the_graph_is_guarded_in_tables(tmp_path: Path) -> None:
    node = t.thing("enterprise", "bad")
    quads = [ox.Quad(node, t.LABEL, t.zh('=HYPERLINK("http://x")')), ox.Quad(node, t.TYPE, t.ckg("Enterprise"))]
    export(Store.in_memory(quads), tmp_path, "csv")
    assert rows(tmp_path / "enterprises.csv")[0]["label"] == '\'=HYPERLINK("http://x")'


@pytest.mark.parametrize(("ending", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)])
def test_a_network_holds_the_named_things_and_their_direct_edges(
    store: Store, tmp_path: Path, ending: str, read: object
) -> None:
    path = tmp_path / f"graph{ending}"
    count = export(store, path)
    assert callable(read)
    network = read(path)
    assert count == network.number_of_nodes() + network.number_of_edges()
    center, cluster = f"{t.ID}platform/center", f"{t.ID}cluster/smart-sensors"
    assert network.nodes[cluster]["label"] == "智能传感器" and network.nodes[cluster]["kind"] == "cluster"
    assert network.has_edge(center, cluster) and f"{t.ID}target/one" not in network
    export(store, tmp_path / f"again{ending}")
    assert path.read_bytes() == (tmp_path / f"again{ending}").read_bytes()


def test_a_network_takes_names_that_xml_can_not_hold(tmp_path: Path) -> None:
    node = t.thing("enterprise", "odd")
    odd = Store.in_memory([ox.Quad(node, t.LABEL, t.zh("a\x01<b>&\x0b"))])
    for ending, read in ((".graphml", nx.read_graphml), (".gexf", nx.read_gexf)):
        export(odd, tmp_path / f"g{ending}")
        assert read(tmp_path / f"g{ending}").nodes[node.value]["label"] == "a <b>& "


def test_neo4j_gets_every_thing_once_and_only_links_between_them(store: Store, tmp_path: Path) -> None:
    count = export(store, tmp_path, "neo4j")
    nodes, links = rows(tmp_path / "nodes.csv"), rows(tmp_path / "relationships.csv")
    known = {node["iri:ID"] for node in nodes}
    assert count == len(nodes) + len(links) and len(known) == len(nodes)
    assert all({link[":START_ID"], link[":END_ID"]} <= known for link in links)
    by_iri = {node["iri:ID"]: node for node in nodes}
    assert "Cluster" in by_iri[f"{t.ID}cluster/smart-sensors"][":LABEL"].split(";")
    target = by_iri[f"{t.ID}target/one"]
    assert (target["value:double"], target["year:long"], target["metric"]) == ("80", "2025", "增加值")
    assert {"LEAD_AGENCY", "EVIDENCE", "PART_OF"} <= {link[":TYPE"] for link in links}
    header = (tmp_path / "nodes.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert len(header) == len(set(header)) and all("\n" not in value for node in nodes for value in node.values())


@pytest.mark.parametrize("form", sorted(FOLDERS))
def test_the_same_graph_gives_the_same_files(store: Store, tmp_path: Path, form: str) -> None:
    for name in ("one", "two"):
        export(store, tmp_path / name, form)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_folder_that_can_not_be_made_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="ascii")
    with pytest.raises(KgError, match="can't be"):
        export(store, tmp_path / "file" / "inside", "csv")


def test_the_command_says_what_it_wrote(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "open", lambda _: store)
    assert main(["export", "--format", "neo4j", str(tmp_path / "out")]) == 0
    assert re.fullmatch(r"\d{2,} nodes and edges written to .+out\n", capsys.readouterr().out)
    assert main(["export", str(tmp_path / "tables.csv")]) == 1
    assert "--format csv" in capsys.readouterr().err


def test_the_command_does_not_load_the_network_library_at_start() -> None:
    code = f"import sys, {register.__module__}; sys.exit('networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
