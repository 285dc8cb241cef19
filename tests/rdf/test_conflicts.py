"""Statements that can't both hold are linked with the reason; what only looks so is left alone."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.facts import Observation, Reading, Target, Thing
from kg.names import resolve
from kg.rdf import terms as t
from kg.rdf.agreement.conflicts import Conflict, conflicts
from kg.rdf.agreement.statements import agree
from kg.rdf.conflicts import conflict_triples
from tests.rdf.test_agreement import CITY, VOCABULARY, agreed, past, place, quantity, reading

MARINE = Thing("cluster", "marine")


def amount(value: str, unit: str = "亿元") -> Observation:
    return past(CITY, "深圳市", "实际利用外资", quantity(value + unit, value, unit), f"深圳实际利用外资{value}{unit}")


def aim(value: str, unit: str = "亿元", year: int = 2025, sign: str = "=") -> Target:
    said = amount(value, unit)
    assert sign in ("=", ">")
    return Target(CITY, said.subject, said.metric, ">" if sign == ">" else "=", said.quantity, year, said.evidence)


def found(*readings: Reading) -> list[Conflict]:
    return conflicts(agreed(*readings).statements, VOCABULARY)


def kinds(*readings: Reading) -> list[str]:
    return [conflict.kind for conflict in found(*readings)]


def test_two_values_of_one_measure_and_time_conflict() -> None:
    assert kinds(reading("a", amount("110")), reading("b", amount("120"))) == ["OtherValue"]


def test_of_two_values_that_of_the_later_document_prevails() -> None:
    (conflict,) = found(reading("a", amount("110"), date="2023-05"), reading("b", amount("120"), date="2024"))
    assert conflict.kind == "LaterDocument"
    assert conflict.prevails is not None
    assert conflict.prevails.documents == ("b",)


@pytest.mark.parametrize("dates", [("2023", "2023-05"), ("", "2024"), ("2024", "2024")])
def test_a_date_that_leaves_the_order_open_gives_no_later_document(dates: tuple[str, str]) -> None:
    assert kinds(reading("a", amount("110"), date=dates[0]), reading("b", amount("120"), date=dates[1])) == [
        "OtherValue"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (amount("110"), replace(amount("120"), period="2022")),
        (amount("110"), replace(amount("120"), metric="合同利用外资")),
        (amount("110"), amount("120", "亿美元")),
        (amount("110"), amount("110.3")),
        (replace(amount("110"), evidence=place("深圳实际利用外资超过110亿元")), amount("120")),
        (replace(amount("120"), evidence=place("深圳实际利用外资约120亿元")), amount("115")),
        (replace(amount("110"), evidence=place("深圳实际利用外资从110亿元")), amount("120")),
        (replace(amount("110"), evidence=place("深圳新增实际利用外资110亿元")), amount("120")),
        (replace(amount("110"), period=""), replace(amount("120"), period="")),
    ],
)
def test_what_can_be_true_together_is_no_conflict(one: Observation, other: Observation) -> None:
    assert kinds(reading("a", one), reading("b", other)) == []


def test_figures_side_by_side_are_a_list_and_no_conflict() -> None:
    beside, apart = (replace(amount("120"), evidence=place("120亿元", start)) for start in (20, 2000))
    assert kinds(reading("a", amount("110"), beside)) == []
    assert kinds(reading("a", amount("110"), apart)) == ["OtherValue"]


def test_a_measure_of_companies_is_not_held_against_the_city() -> None:
    profit = [
        past(CITY, "深圳市", "净利润率", quantity(f"{n}%", str(n), "%"), f"净利润率为{n}%", "2023") for n in (16, 9)
    ]
    assert kinds(reading("a", profit[0]), reading("b", profit[1])) == []


def test_the_same_words_of_a_district_have_another_scope() -> None:
    strategic = Thing("category", "strategic-emerging-industries")
    whole = past(strategic, "战略性新兴产业", "增加值", quantity("1.21万亿元", "1.21", "万亿元"), "增加值1.21万亿元")
    part = replace(
        whole, quantity=quantity("4088亿元", "4088", "亿元"), evidence=place("增加值4088亿元", 900, ("南山区：新目标",))
    )
    other = replace(
        part, quantity=quantity("172亿元", "172", "亿元"), evidence=place("172亿元", 2900, ("罗湖区：转型",))
    )
    assert kinds(reading("a", whole, part, other)) == ["OtherScope", "OtherScope"]


def test_a_goal_below_what_was_reached_last_conflicts() -> None:
    before, last = replace(amount("130"), period="2021"), replace(amount("110"), period="2022")
    assert kinds(reading("a", before, last), reading("b", aim("100"))) == ["TargetBelowObservation"]
    assert kinds(reading("a", before, last), reading("b", aim("120"))) == []
    assert kinds(reading("a", before, last), reading("b", aim("100", year=2022))) == []


def test_a_goal_told_as_history_may_lie_below() -> None:
    last = replace(amount("110"), period="2018")
    assert kinds(reading("a", last), reading("b", aim("100", year=2020), date="2023")) == []


def test_a_count_that_may_be_of_what_is_added_is_not_held_against_all() -> None:
    reached = past(CITY, "深圳市", "小巨人企业数量", quantity("442家", "442", "家"), "深圳小巨人企业达442家", "2022")
    open_ended = Target(CITY, "深圳市", "小巨人企业数量", "=", quantity("100家", "100", "家"), 2025, place("企业100家"))
    assert kinds(reading("a", reached), reading("b", open_ended)) == []
    said = replace(open_ended, evidence=place("小巨人企业总数达到100家"))
    assert kinds(reading("a", reached), reading("b", said)) == ["TargetBelowObservation"]


def test_less_is_better_for_some_measures() -> None:
    energy = [past(CITY, "深圳市", "单位GDP能耗", quantity("5吨", "5", "吨"), "深圳单位GDP能耗5吨", "2022")]
    less = Target(CITY, "深圳市", "单位GDP能耗", "=", quantity("3吨", "3", "吨"), 2025, place("能耗降至3吨"))
    assert kinds(reading("a", *energy), reading("b", less)) == []


def test_parts_that_add_up_to_more_than_the_whole_conflict() -> None:
    def product(slug: str, value: str) -> Observation:
        about, amount = Thing("district", slug), quantity(f"{value}亿元", value, "亿元")
        return past(about, "", "地区生产总值", amount, f"生产总值{value}亿元", "2021", int(value) * 10)

    parts = [product("nanshan", "6000"), product("futian", "5000")]
    (conflict,) = found(reading("a", *parts, product("shenzhen", "9000")))
    assert conflict.kind == "PartsOverWhole"
    assert [one.first.measure.about.split("/")[1] for one in conflict.between] == ["shenzhen", "futian", "nanshan"]
    assert found(reading("a", *parts, product("shenzhen", "30000"))) == []


READINGS = (
    reading("a", amount("110"), replace(amount("90"), period="2022"), date="2023"),
    reading("b", amount("120"), aim("100"), date="2024"),
    reading("c", amount("120"), aim("300"), aim("80", year=2024)),
)


@given(st.permutations(READINGS))
@settings(deadline=None, max_examples=10)
def test_the_order_of_documents_changes_no_conflict(order: list[Reading]) -> None:
    names = resolve(order, VOCABULARY)
    triples = conflict_triples(agree(order, names), VOCABULARY)
    plain = conflict_triples(agreed(*READINGS), VOCABULARY)
    assert [str(triple) for triple in triples] == [str(triple) for triple in plain]


@given(st.randoms(use_true_random=False), st.lists(st.integers(1, 40), min_size=2, max_size=6, unique=True))
@settings(deadline=None, max_examples=20)
def test_edges_go_both_ways_and_each_has_its_conflict(order: random.Random, values: list[int]) -> None:
    readings = [reading(f"d{n}", amount(str(value * 7))) for n, value in enumerate(values)]
    order.shuffle(readings)
    triples = conflict_triples(agreed(*readings), VOCABULARY)
    edges = {(x.subject, x.object) for x in triples if x.predicate == t.ckg("conflictsWith")}
    assert edges == {(other, one) for one, other in edges}
    assert len(edges) == len(values) * (len(values) - 1)
    assert len({x.subject for x in triples if x.predicate == t.ckg("reason")}) == len(edges) // 2
