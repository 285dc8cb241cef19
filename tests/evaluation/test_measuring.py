"""A small graph held against small gold gives the figures that a hand counts."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from kg.commands import evaluation
from kg.errors import KgError
from kg.evaluation.claims import Place, read_sources
from kg.evaluation.gold import read_gold
from kg.evaluation.measuring import Measurement, measure
from kg.store import Store
from tests.evaluation import small


@pytest.fixture
def found(tmp_path: Path) -> Measurement:
    return measure(small.store(), *small.write(tmp_path))


def test_each_kind_has_the_figures_that_a_hand_counts(found: Measurement) -> None:
    rows = {f.kind: (f.gold, f.optional, f.given, f.hits) for f in found.figures}
    assert rows["targets"] == (2, 0, 2, 1)
    assert rows["responsibilities"] == (1, 0, 1, 1)
    assert rows["platforms"] == (0, 1, 0, 0)
    assert rows["subsectors"] == (2, 0, 1, 1)
    assert rows["evidence"] == (4, 0, 4, 4)
    assert rows["observations"] == (0, 0, 0, 0)


def test_each_rule_is_judged_in_golds_units(found: Measurement) -> None:
    rows = {row.rule: (row.given, row.right) for row in found.rules}
    assert rows == {
        "targets/goal": (1, 1),
        "targets/count": (1, 0),
        "subsectors/list": (1, 1),
        "responsibilities/sole-note": (1, 1),
    }


def test_a_quote_that_the_source_does_not_hold_is_told(found: Measurement) -> None:
    assert found.unplaced == ("甲: 文中没有的话",)


def test_what_is_missed_and_invented_is_told_with_its_words(found: Measurement) -> None:
    targets = next(v for v in found.verdicts if v.kind == "targets")
    assert [found.words(claim) for claim in targets.missed] == ["新增企业100家"]
    assert [found.words(claim) for claim in targets.invented] == ["100家。建设深圳船舶园"]
    assert [found.unit_of(claim) for claim in targets.invented] == ["甲"]


def test_the_figures_of_one_kind_can_be_had_alone(found: Measurement) -> None:
    one = found.only(["subsectors"])
    assert [f.kind for f in one.figures] == [v.kind for v in one.verdicts] == ["subsectors"]
    assert [row.rule for row in one.rules] == ["subsectors/list"]


def test_a_clause_said_twice_is_placed_twice(tmp_path: Path) -> None:
    gold, sources = small.write(tmp_path)
    clause = {"clause": "（市商务局负责）", "agencies": [{"agency": "深圳市商务局", "role": "lead"}]}
    (sources / "a.txt").write_text("甲。（市商务局负责）乙。（市商务局负责）", encoding="utf-8")
    unit = {"unit": "甲", "place": {"file": "a.txt", "start": 0, "end": 20}, "responsibilities": [clause, clause]}
    (gold / "甲.json").write_text(json.dumps(unit), encoding="utf-8")
    claims = read_gold(gold, read_sources(sources)).claims
    assert [claim.place for claim in claims] == [Place("a.txt", 2, 10), Place("a.txt", 12, 20)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("{", "can't be read"),
        ('{"unit": "甲", "place": {"file": "b.txt", "start": 0, "end": 1}}', "b.txt"),
        ('{"unit": "甲", "place": {"file": "a.txt", "start": 0}}', "end"),
        ('{"unit": "甲", "place": {"file": "a.txt", "start": 0, "end": 9999}}', "can't be read"),
        ('{"unit": "甲", "place": {"file": "a.txt", "start": 0, "end": 9}, "targets": [{}]}', "quote"),
    ],
)
def test_gold_that_can_not_be_read_is_named(tmp_path: Path, data: str, reason: str) -> None:
    gold, sources = small.write(tmp_path)
    (gold / "broken.json").write_text(data, encoding="utf-8")
    with pytest.raises(KgError, match=reason) as caught:
        measure(small.store(), gold, sources)
    assert "broken.json" in str(caught.value)


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    gold, sources = small.write(tmp_path)
    for folder in (sources, gold / "none"):
        with pytest.raises(KgError, match=r"no gold|no folder"):
            measure(small.store(), folder, sources)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(Store, "open", lambda _: small.store())
    parser = argparse.ArgumentParser()
    evaluation.register(parser.add_subparsers())
    parsed = parser.parse_args(["eval", *arguments])
    status: int = parsed.run(parsed)
    return status


def test_the_command_prints_figures_rules_and_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, sources = small.write(tmp_path)
    kept = tmp_path / "quality.toml"
    options = (str(gold), "--sources", str(sources), "--kind", "subsectors", "--format", "json")
    assert run(monkeypatch, *options, "--update", str(kept)) == 0
    first = json.loads(capsys.readouterr().out)
    assert [row["kind"] for row in first["kinds"]] == ["subsectors"]
    assert [row["rule"] for row in first["rules"]] == ["subsectors/list"]
    assert {"kind": "subsectors", "figure": "recall", "before": 0.0, "now": 0.5} in first["changes"]
    assert run(monkeypatch, *options, "--against", str(kept)) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []


@pytest.mark.parametrize("form", ["table", "csv"])
def test_the_command_prints_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    gold, sources = small.write(tmp_path)
    assert run(monkeypatch, str(gold), "--sources", str(sources), "--format", form) == 0
    printed = capsys.readouterr()
    assert "targets/goal" in printed.out and "subsectors" in printed.out
    assert "文中没有的话" in printed.err


def test_the_command_lists_what_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, sources = small.write(tmp_path)
    assert run(monkeypatch, str(gold), "--sources", str(sources), "--show", "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["verdict"], row["kind"]) for row in rows] == [
        ("missed", "targets"),
        ("missed", "subsectors"),
        ("invented", "targets"),
    ]
    assert rows[2]["rule"] == "platforms/name, targets/count"
