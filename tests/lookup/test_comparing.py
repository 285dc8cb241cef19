"""Clusters and districts side by side, and the growth that a goal asks for."""

from __future__ import annotations

import pytest

from kg.lookup import Lookup
from kg.store import Store


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("比较智能传感器和智能机器人", ["智能传感器", "智能机器人"]),
        ("compare smart sensors and new energy", ["智能传感器", "新能源"]),
        ("南山区和宝安区有什么不同", ["南山区", "宝安区"]),
    ],
)
def test_things_are_compared_with_their_facts_and_sentences(lookup: Lookup, question: str, things: list[str]) -> None:
    answer = lookup.ask(question)
    assert answer["intent"] == "compare"
    assert [one["label"] for one in answer["answers"]] == things
    assert all(one["facts"] and one["evidence"] and one["role"] for one in answer["answers"])
    assert answer["shared"]


def test_the_query_of_a_comparison_gives_the_districts_that_are_told(lookup: Lookup, store: Store) -> None:
    answer = lookup.ask("比较智能传感器和工业母机")
    rows = store.rows(answer["sparql"])
    for one in answer["answers"]:
        told = {district["label"] for district in one["facts"]["districts"]}
        aspects = [r for r in rows if r["thing"].value == one["iri"] and r["aspect"].value == "districts"]
        assert told <= {row["label"].value for row in aspects}


def test_a_first_issuer_is_not_presented_as_a_stated_lead(lookup: Lookup) -> None:
    first = lookup.ask("比较智能传感器和智能机器人")["answers"][0]
    assert first["facts"]["leadAgencies"][0]["basis"] == "first-issuer"
    assert "第一发文单位" in first["role"]


@pytest.mark.parametrize(
    "question",
    ["智能传感器需要年均增长多少才能达到目标", "how fast must smart sensors grow", "智能传感器年均增速要多快"],
)
def test_growth_is_reckoned_from_the_last_figure_to_the_goal(lookup: Lookup, store: Store, question: str) -> None:
    answer = lookup.ask(question)
    growth = answer["answers"][0]
    assert (answer["intent"], growth["value"], growth["unit"], growth["year"]) == ("growth", 18.9, "%", 2025)
    assert (growth["lastFigure"]["value"], growth["target"]["value"]) == (40, 80)
    assert len(growth["evidence"]) == 2
    row = store.rows(answer["sparql"])[0]
    ratio, years = float(row["ratio"].value), int(row["years"].value)
    assert 100 * (ratio ** (1 / years) - 1) == pytest.approx(growth["value"], abs=0.05)


def test_where_nothing_was_measured_no_growth_is_made_up(lookup: Lookup) -> None:
    assert lookup.ask("区块链年均增速要多快")["answers"] == []
