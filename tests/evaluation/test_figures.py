"""Figures are shares of what gold asks for and of what the graph gives, and kept figures only rise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.evaluation.claims import Claim, Place, bare_text
from kg.evaluation.figures import Figures, evidence_figures, figures, rule_figures, wilson
from kg.evaluation.kept import Change, changes, raised, read_kept, write_kept
from kg.evaluation.matching import Match, Verdict

CLAIM = Claim("targets", (1,), None, rules=("targets/goal", "platforms/name"))
SHARES = st.decimals(0, 1, places=4).map(float)
FIGURES = st.builds(
    lambda kind, p, r, f, side: Figures(kind, 1, 0, 1, 1, p, r, f, {"when": side}),
    st.sampled_from(["targets", "issuers"]),
    *[SHARES] * 4,
)
FOUND = st.lists(FIGURES, unique_by=lambda one: one.kind)


def verdict(sides: list[dict[str, bool]], missed: int = 0, invented: int = 0) -> Verdict:
    matches = tuple(Match(CLAIM, CLAIM, side) for side in sides)
    return Verdict("targets", len(sides) + missed, 0, matches, 0, (CLAIM,) * missed, (CLAIM,) * invented)


def test_precision_and_recall_are_of_what_is_given_and_of_what_is_asked_for() -> None:
    found = figures(verdict([{"when": True}, {"when": False}, {}], missed=1, invented=3))
    assert (found.gold, found.given, found.hits) == (4, 6, 3)
    assert (found.precision, found.recall, found.f1) == (0.5, 0.75, 0.6)
    assert found.sides == {"when": 0.3333}


def test_nothing_found_is_zero_and_no_error() -> None:
    assert figures(verdict([])).shares() == {"precision": 0.0, "recall": 0.0, "f1": 0.0}


def test_a_rule_is_judged_on_the_kind_that_its_room_reads() -> None:
    (row,) = rule_figures([verdict([{}] * 8, invented=2)])
    assert (row.rule, row.given, row.right, row.precision) == ("targets/goal", 10, 8, 0.8)
    assert (row.low, row.high) == (0.4902, 0.9433)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_holds_the_share_and_narrows_with_more(counted: tuple[int, int]) -> None:
    right, total = counted
    low, high = wilson(right, total)
    assert 0 <= low <= round(right / total, 4) <= high <= 1
    wide_low, wide_high = wilson(right * 4, total * 4)
    assert wide_high - wide_low <= high - low


def test_evidence_is_exact_where_its_quote_stands_at_its_offsets() -> None:
    sources = {"a.txt": bare_text("深圳市\n12\n海洋 产业")}
    right, wrong = (Place("a.txt", 2, 9), "市海洋"), (Place("a.txt", 2, 9), "市海")
    lost = (Place("b.txt", 0, 1), "深")
    found, inexact = evidence_figures([right, wrong, lost, (Place("a.txt", 4, 5), "")], sources)
    assert (found.gold, found.hits, found.precision) == (4, 1, 0.25)
    assert inexact == [wrong[0], lost[0], Place("a.txt", 4, 5)]


@given(FOUND, FOUND)
def test_kept_figures_only_rise(before: list[Figures], now: list[Figures]) -> None:
    old = raised({}, before)
    new = raised(old, now)
    assert all(new[kind][name] >= share for kind, shares in old.items() for name, share in shares.items())
    assert all(new[one.kind][name] >= share for one in now for name, share in one.shares().items())
    assert raised(new, now) == new


def test_kept_figures_come_back_from_their_file(tmp_path: Path) -> None:
    path = tmp_path / "quality.toml"
    kept = raised({}, [figures(verdict([{"when": True}], missed=1))])
    write_kept(path, kept)
    assert read_kept(path) == kept == {"targets": {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "when": 1.0}}
    assert read_kept(tmp_path / "none.toml") == {}


def test_gains_and_losses_are_what_differs() -> None:
    now = Figures("targets", 1, 0, 1, 1, 0.9, 0.5, 0.7, {})
    kept = {"targets": {"precision": 0.8, "recall": 0.5, "f1": 0.75, "when": 0.9}, "issuers": {"f1": 1.0}}
    assert changes(kept, [now]) == [
        Change("targets", "precision", 0.8, 0.9),
        Change("targets", "f1", 0.75, 0.7),
        Change("targets", "when", 0.9, 0.0),
    ]
    assert changes({"targets": now.shares()}, [now, replace(now, kind="issuers")])[0].before == 0.0


@pytest.mark.parametrize("text", ["targets = 1", "[targets]\nf1 = 'x'", "[["])
def test_a_file_of_other_things_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "quality.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match="can't be read"):
        read_kept(path)


def test_figures_that_can_not_be_written_are_refused(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="can't be written"):
        write_kept(tmp_path / "none" / "quality.toml", {})
