"""What README says was found, each a statement that a reader can verify in the documents."""

from __future__ import annotations

import json
import re
import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.analysis.measures import Result, measure
from kg.analysis.projections import Names, View
from kg.store import Store

EXAMPLES = Path(__file__).parents[2] / "examples"
SCRIPTS = sorted(path.stem for path in EXAMPLES.glob("*.py"))
FILE = "004_486d7e6b52a526cb.txt"


@pytest.fixture(scope="module")
def names(store: Store) -> Names:
    return Names(store)


@pytest.fixture(scope="module")
def load(store: Store) -> dict[str, dict[str, int]]:
    return {row["agency"]: row for row in script("task_load")["rows"](store)}


def script(name: str) -> dict[str, Any]:
    return runpy.run_path(str(EXAMPLES / f"{name}.py"))


def values(result: Result, names: Names, side: str) -> dict[str, float]:
    return {names.label(s.things[0]): s.value or 0.0 for s in result.scores if s.side == side}


def plans(store: Store) -> list[str]:
    """The text of each action plan without white space, cut at the notices that open them: read without the graph."""
    text = re.sub(r"\s+", "", store.source_text(FILE))
    starts = [m.start() for m in re.finditer(r"(?:深圳市[^，。（）《》：]{2,40}){1,6}关于发布《", text)]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def notes(plan: str) -> list[str]:
    """What the notes in brackets that say who is responsible begin with: the names."""
    held = re.findall(r"[（(]([^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*)[）)]", plan)
    named = [re.fullmatch(r"责任单位：(.+)|(.+?)(?:负责|牵头|配合)", note) for note in held]
    return [one[1] or one[2] for one in named if one]


def test_the_industry_bureau_signs_all_plans_and_eleven_first(store: Store, load: dict[str, dict[str, int]]) -> None:
    industry, reform = load["深圳市工业和信息化局"], load["深圳市发展和改革委员会"]
    assert (industry["signs"], industry["signs first"]) == (21, 11)
    assert (reform["signs"], reform["signs first"]) == (20, 7)
    heads = [plan[: plan.index("关于发布《")] for plan in plans(store)]
    assert len(heads) == 21
    assert sum("工业和信息化局" in head for head in heads) == 21
    assert next(head for head in heads if "发展和改革委" not in head).startswith("深圳市文化广电旅游体育局")
    assert sum("发展和改革委" in head for head in heads) == 20
    first = Counter(head[3:7] for head in heads)
    assert (first["工业和信"], first["发展和改"]) == (11, 7)


def test_four_bureaus_have_work_in_all_twenty_plans_that_name_who_does_it(store: Store, names: Names) -> None:
    found = values(measure(View.load(store, "agency-cluster", names), "degree"), names, "left")
    everywhere = {name for name, value in found.items() if value == 1}
    assert everywhere == {"深圳市发展和改革委员会", "深圳市工业和信息化局", "深圳市科技创新委员会", "深圳市教育局"}
    naming = [" ".join(found) for plan in plans(store) if (found := notes(plan))]
    assert len(naming) == 20
    for bureau in ("发展改革委|发展和改革委", "工业和信息化局", "科技创新委", "教育局"):
        assert sum(bool(re.search(bureau, note)) for note in naming) == 20
    for bureau in ("财政局", "市场监督?管?理?监?管?局", "人力资源"):
        assert sum(bool(re.search(bureau, note)) for note in naming) == 19


def test_nanshan_has_a_part_in_most_clusters_and_hetao_in_one(store: Store, names: Names) -> None:
    view = View.load(store, "district-cluster", names)
    clusters = {names.label(d): len(view.network.neighbours[d]) for d in view.network.members("left")}
    assert (clusters["南山区"], clusters["宝安区"], clusters["河套"]) == (16, 15, 1)
    assert max(clusters.values()) == 16


def test_baoan_and_longhua_compete_most(store: Store, names: Names) -> None:
    view = View.load(store, "district-district", names)
    first = measure(view, "co-occurrence").scores[0]
    assert [names.label(thing) for thing in first.things] == ["宝安区", "龙华区"] and first.value == 8
    held: dict[str, set[str]] = {}
    for tie in view.ties:
        held.setdefault(names.label(tie.right), set()).add(tie.left)
    both = sorted(unit.split(" ") for unit in held["宝安区"] & held["龙华区"])
    assert len({cluster for cluster, _ in both}) == 5
    text = re.sub(r"\s+", "", store.source_text(FILE))
    for sentence in (
        "在宝安区、龙华区布局研发设计与生产制造环节",
        "在宝安区、龙华区、坪山区布局研发设计和生产制造环节",
        "在光明区、宝安区、龙华区布局研发设计和生产制造环节",
        "宝安、龙华、坪山为生产制造",
    ):
        assert text.count(sentence) == 1


def test_the_state_assets_commission_is_asked_in_fifteen_plans_and_never_first(
    store: Store, load: dict[str, dict[str, int]]
) -> None:
    commission = load["深圳市人民政府国有资产监督管理委员会"]
    assert (commission["plans"], commission["first"]) == (15, 0)
    asked = [[note for note in notes(plan) if "国资委" in note] for plan in plans(store)]
    assert sum(bool(own) for own in asked) == 15
    assert not [note for own in asked for note in own if re.match("市?国资委", note)]


def test_the_examples_find_what_readme_says(store: Store) -> None:
    first = script("indispensable")["rows"](store, top=1)[0]
    assert (first["agency"], first["rank"]) == ("深圳市工业和信息化局", "1 (1–1)")
    twins = {(row["one"], row["other"]): row for row in script("twins")["rows"](store)}
    fashion = twins["现代时尚", "智能终端"]
    assert fashion["alike"] > 0.97 and fashion["districts"] == 7
    cards = {card["district"]: card for card in script("district_cards")["rows"](store)}
    assert cards["宝安区"]["competes with"].startswith("龙华区 8") and cards["河套"]["clusters"] == 1
    worth = {row["cluster"]: row for row in script("targets_size")["rows"](store)}
    assert [worth["软件与信息服务"][name] for name in ("goal", "now", "times")] == ["4200", "2300", "1.83"]
    assert [worth["智能传感器"][name] for name in ("goal", "now", "times")] == ["80", "40", "2.00"]
    tied = [
        row["enterprise"]
        for row in script("cluster_to_enterprise")["rows"](store, "新能源")
        if row["through"] == "the text"
    ]
    assert {"中广核", "新宙邦"} <= set(tied)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_runs_as_readme_says(
    name: str, store_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = {
        "gephi": [str(tmp_path / "a.gexf"), "agency-cluster", str(store_folder)],
        "cluster_to_enterprise": ["新能源", str(store_folder)],
    }
    monkeypatch.setattr("sys.argv", [name, *words.get(name, [str(store_folder)])])
    runpy.run_path(str(EXAMPLES / f"{name}.py"), run_name="__main__")
    printed = capsys.readouterr().out
    assert len(printed.splitlines()) > 2 or (tmp_path / "a.gexf").read_text(encoding="utf-8").startswith("<gexf")


def test_the_notebook_runs_from_its_first_cell_to_its_last(
    store_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(store_folder.parent)
    notebook = json.loads((EXAMPLES / "exploring.ipynb").read_text(encoding="utf-8"))
    held: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            exec("".join(cell["source"]), held)
    assert "深圳市工业和信息化局" in capsys.readouterr().out
