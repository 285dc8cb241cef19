"""The graph of the seeds is no worse than it was: quality.toml keeps the figures that it has reached."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.evaluation.kept import changes, read_kept
from kg.evaluation.measuring import Measurement, measure
from kg.store import Store

TESTS = Path(__file__).parent


@pytest.fixture(scope="module")
def found(store: Store) -> Measurement:
    return measure(store, TESTS / "gold", TESTS.parent / "seeds")


def test_no_figure_is_below_the_one_that_is_kept(found: Measurement) -> None:
    kept = read_kept(TESTS / "quality.toml")
    assert kept, "tests/quality.toml keeps no figures"
    assert not [change for change in changes(kept, found.figures) if change.now < change.before]


def test_every_piece_of_evidence_stands_where_it_says(found: Measurement) -> None:
    assert not found.inexact


def test_every_quote_of_gold_stands_in_its_source(found: Measurement) -> None:
    assert not found.unplaced


def test_gold_covers_every_kind(found: Measurement) -> None:
    assert not [one.kind for one in found.figures if not one.gold]
