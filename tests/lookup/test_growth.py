"""Goals beside figures: which belong together, and what growth they imply."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lookup.growth import headline, pairs

Json = dict[str, Any]
ABOUT = {"iri": "https://example.org/cluster/x", "kind": "cluster", "label": "智能传感器"}


def quantity(value: float, **more: object) -> Json:
    item: Json = {"iri": "https://example.org/q", "about": ABOUT, "metric": "增加值", "subjectText": "智能传感器产业"}
    return item | {"value": value, "normalizedValue": value * 1e8, "normalizedUnit": "CNY", "unit": "亿元"} | more


def goal(value: float, year: int = 2025, **more: object) -> Json:
    return quantity(value, kind="target", year=year, comparator=">", **more)


def figure(value: float, period: str | None = "2021", **more: object) -> Json:
    return quantity(value, kind="observation", period=period, **more)


def test_a_goal_is_paired_with_the_latest_earlier_figure() -> None:
    found = pairs([goal(80)], [figure(30, "2019"), figure(40, "2021"), figure(90, "2025")])
    assert len(found) == 1
    assert (found[0].observation["value"], found[0].reached) == (40, 0.5)
    assert found[0].yearly == pytest.approx(2 ** (1 / 4) - 1)


@pytest.mark.parametrize(
    "other",
    [
        figure(40, metric="营业收入"),
        figure(40, normalizedUnit="count"),
        figure(40, about={**ABOUT, "iri": "https://example.org/cluster/y"}),
        figure(40, about=None),
        figure(40, period=None),
        figure(40, "2021-Q1"),
        figure(40, subjectText="无人机产业"),
        figure(0),
        figure(90),
    ],
)
def test_what_can_not_be_compared_is_not(other: Json) -> None:
    assert pairs([goal(80)], [other]) == ()


@pytest.mark.parametrize("subject", ["产业", "传感器产业集群", "深圳市智能传感器产业"])
def test_the_same_thing_has_several_names(subject: str) -> None:
    assert len(pairs([goal(80)], [figure(40, subjectText=subject)])) == 1


def test_a_short_form_of_a_metric_is_the_metric() -> None:
    assert len(pairs([goal(1200, metric="营收")], [figure(676, metric="营业收入")])) == 1


def test_shares_do_not_grow_by_per_cent() -> None:
    found = pairs([goal(0.06, normalizedUnit="ratio")], [figure(0.05, normalizedUnit="ratio")])
    assert found[0].yearly is None


def test_a_bound_from_above_is_no_goal_to_reach() -> None:
    assert pairs([{**goal(80), "comparator": "<="}], [figure(40)]) == ()


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.integers(2000, 2030), st.integers(1, 30))
def test_the_growth_leads_from_the_figure_to_the_goal(start: float, end: float, year: int, years: int) -> None:
    found = pairs([goal(end, year + years)], [figure(start, str(year))])
    if end < start:
        assert found == ()
    else:
        assert found[0].yearly is not None and found[0].yearly >= 0
        assert start * (1 + found[0].yearly) ** years == pytest.approx(end)


def test_the_headline_is_money_and_its_own_figure() -> None:
    goals = [goal(9000, metric="产值"), goal(80), goal(5, normalizedUnit="count")]
    assert headline(goals, [figure(40)]) == (goals[1], figure(40))
    assert headline([], []) == (None, None)
    assert headline([], [figure(40, "2020"), figure(50)]) == (None, figure(50))
