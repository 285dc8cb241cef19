"""What leaves the analysis: files for Gephi, plots with Chinese characters, the command, and scores in the graph."""

from __future__ import annotations

import argparse
import csv
import io
import json
import subprocess
import sys
import warnings
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from kg.analysis import drawing
from kg.analysis.drawing import Bar, draw
from kg.analysis.files import gexf, graphml
from kg.analysis.measures import measure
from kg.analysis.projections import View
from kg.analysis.scores import KEPT, score_triples
from kg.commands.analysis import register
from kg.errors import KgError
from kg.rdf import terms as t
from kg.rdf.terms import CKG, PROV, RDF
from kg.rdf.validation import validate
from kg.store import Store
from tests.analysis.small import Silent

BARS = [Bar("深圳市工业和信息化局", 3.0, "(1–2)"), Bar("Ω 海洋", 1.5)]


def run(store_folder: Path, *words: str) -> int:
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())
    arguments = parser.parse_args(["analyze", *words, "--store", str(store_folder)])
    status: int = arguments.run(arguments)
    return status


@pytest.mark.parametrize("name", ["agency-cluster", "agency-agency", "district-district"])
def test_files_hold_the_network_with_labels_and_scores(name: str, store: Store, tmp_path: Path) -> None:
    one = View.load(store, name)
    degree = measure(one, "degree")
    path = tmp_path / "one.graphml"
    path.write_text(graphml(one, [degree]), encoding="utf-8")
    graph = nx.read_graphml(path)
    assert set(graph) == set(one.network.nodes) and graph.number_of_edges() == len(one.network.weights)
    for score in degree.scores:
        held = graph.nodes[score.things[0]]
        assert held["degree"] == score.value and held["label"] == one.names.label(score.things[0])
    path = tmp_path / "one.gexf"
    path.write_text(gexf(one, [degree]), encoding="utf-8")
    assert set(nx.read_gexf(path)) == set(one.network.nodes)
    assert "lastmodifieddate" not in path.read_text(encoding="utf-8")


def test_scores_of_pairs_stand_on_edges(store: Store) -> None:
    one = View.load(store, "district-cluster")
    assert gexf(one, [measure(one, "specialisation")]).count('title="specialisation"') == 1


NEEDS_FONT = pytest.mark.skipif(
    not drawing.has_font("深圳"), reason="no Chinese font is installed (Debian: fonts-wqy-microhei)"
)


@NEEDS_FONT
@pytest.mark.parametrize("ending", [".svg", ".png"])
def test_a_plot_has_its_characters_and_is_the_same_every_time(ending: str, tmp_path: Path) -> None:
    first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of a glyph that its font does not have.
        draw(BARS, "机构 · 度中心性", "degree", first)
        draw(BARS, "机构 · 度中心性", "degree", second)
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size > 4000


@NEEDS_FONT
def test_a_plot_without_matplotlib_font_or_bars_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KgError, match=r"ends in \.svg or \.png, not to a\.gif"):
        draw(BARS, "", "", tmp_path / "a.gif")
    with pytest.raises(KgError, match="nothing to draw"):
        draw([], "", "", tmp_path / "a.svg")
    with pytest.raises(KgError, match="fonts-wqy-microhei"):
        draw([Bar("\U000f1234", 1.0)], "", "", tmp_path / "a.svg")
    with pytest.raises(KgError, match="can't be written"):
        draw(BARS, "", "", tmp_path / "none" / "a.svg")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(KgError, match=r"cluster-kg\[plot\]"):
        draw(BARS, "", "", tmp_path / "a.svg")


@NEEDS_FONT
def test_the_font_is_the_first_known_one_that_has_the_characters() -> None:
    assert drawing._font("深圳") in drawing._FONTS


def test_the_command_prints_tables_json_and_csv(store_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(store_folder, "agency-cluster", "--top", "2", "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["rank"] for row in rows] == [1, 1, 1, 2] and {"thing", "id", "degree"} <= set(rows[0])
    assert run(store_folder, "agency-cluster", "--top", "0", "--format", "csv") == 0
    assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) > 80
    assert run(store_folder, "district-cluster", "--measure", "specialisation") == 0
    said = capsys.readouterr().out
    assert "Beware: " in said and "Range: 0 or more" in said
    assert run(store_folder, "agency-agency", "--measure", "modularity", "--null", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)[0]["z"] > 3
    assert run(store_folder) == 0
    assert "cluster-cluster-platforms" in capsys.readouterr().out


def test_the_command_writes_networks_and_plots(
    store_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(store_folder, "district-cluster", "--format", "gexf", "--plot", str(tmp_path / "a.svg")) == 0
    assert capsys.readouterr().out.startswith("<gexf") and (tmp_path / "a.svg").is_file()
    assert run(store_folder, "district-cluster", "--format", "graphml", "--remove", "南山区") == 0
    assert "district/nanshan" not in capsys.readouterr().out


def test_the_command_says_how_far_ranks_can_be_trusted(store_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(store_folder, "district-cluster", "--measure", "strength", "--interval", "--format", "json") == 0
    row = json.loads(capsys.readouterr().out)[0]
    assert set(row) >= {"ranks by clause", "chance by clause", "ranks by document", "chance by document"}


def test_the_command_says_what_a_merger_changes(store_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("agency-cluster", "--measure", "strength", "--merge", "市工业和信息化局,市科技创新委员会")
    assert run(store_folder, *words, "--format", "json") == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    kept, gone = rows["agency/sz-industry-and-information-technology"], rows["agency/sz-science-technology-innovation"]
    assert kept["after"] > kept["before"] and gone["after"] == "" and gone["rank after"] == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nix"], "no projection named nix"),
        (["whole", "--measure", "nix"], "no measure named nix"),
        (["agency-agency", "--measure", "specialisation"], "not for folded ones"),
        (["agency-cluster", "--null"], "null models for"),
        (["agency-cluster", "--remove", "nix"], "nix is not in agency-cluster"),
        (["agency-cluster", "--remove", "深圳市教育局", "--interval"], "leave out --interval"),
        (["--format", "gexf"], "needs a projection"),
        (["agency-cluster", "--measure", "modularity", "--interval"], "has no ranks"),
    ],
)
def test_what_can_not_be_asked_is_told_in_one_sentence(words: list[str], said: str, store_folder: Path) -> None:
    with pytest.raises(KgError, match=said):
        run(store_folder, *words)


def test_scores_in_the_graph_say_method_projection_and_where_from(store: Store) -> None:
    triples = score_triples(store)
    quads = [ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples]
    assert validate(quads) == [] and triples == sorted(set(triples), key=str)
    graph = ox.Store()
    graph.extend(quads)
    typed = [ox.NamedNode(CKG + "CentralityScore"), ox.NamedNode(PROV + "Activity")]
    scores, analyses = (
        {q.subject for q in graph.quads_for_pattern(None, ox.NamedNode(RDF + "type"), name)} for name in typed
    )
    assert len(analyses) == sum(map(len, KEPT.values()))
    for score in scores:
        made = [q.object for q in graph.quads_for_pattern(score, ox.NamedNode(PROV + "wasGeneratedBy"), None)]
        assert len(made) == 1 and made[0] in analyses
    for analysis in analyses:
        assert list(graph.quads_for_pattern(analysis, ox.NamedNode(PROV + "used"), None))


def test_scores_are_those_that_the_command_prints(store: Store) -> None:
    held: dict[tuple[str, str, str], tuple[float, int]] = {}
    rows = store.rows(
        f"PREFIX ckg: <{CKG}> SELECT * WHERE {{ GRAPH <{t.graph('analysis').value}> "
        "{ ?s ckg:scoreOf ?thing ; ckg:projection ?p ; ckg:method ?m ; ckg:score ?v ; ckg:rank ?r } }"
    )
    for row in rows:
        told = {name: term.value for name, term in row.items() if not isinstance(term, ox.Triple)}
        held[told["p"], told["m"], told["thing"]] = (float(told["v"]), int(told["r"]))
    for name, measures in KEPT.items():
        one = View.load(store, name)
        for method in measures:
            for score in measure(one, method).scores:
                value, rank = held[name, method, score.things[0]]
                assert value == pytest.approx(score.value, abs=1e-6)
                assert rank <= score.rank  # Values alike to six digits share the better rank.


def test_what_analysis_finds_stands_in_no_graph_but_its_own(store: Store) -> None:
    rows = store.rows(f"SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ ?score a <{CKG}CentralityScore> }} }}")
    assert [row["graph"] for row in rows] == [t.graph("analysis")]
    merged = store.rows(f"SELECT (COUNT(*) AS ?all) WHERE {{ ?score a <{CKG}CentralityScore> }}")
    apart = store.rows(f"SELECT (COUNT(*) AS ?all) WHERE {{ GRAPH ?graph {{ ?score a <{CKG}CentralityScore> }} }}")
    assert list(merged) == list(apart)


def test_a_graph_that_ties_nothing_has_no_scores() -> None:
    assert score_triples(Silent()) == []


def test_scoring_leaves_networkx_alone() -> None:
    """A build waits for the scores: they must not wait for networkx to be imported."""
    code = "import sys, kg.analysis.scores; sys.exit('networkx' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
