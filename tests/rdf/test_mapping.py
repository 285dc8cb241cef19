"""Facts become the same triples in whatever order, and keep their address when the text around them moves."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.facts import (
    Assignment,
    Body,
    CategoryMember,
    DistrictRole,
    Document,
    Doubt,
    Enterprise,
    Evidence,
    Fact,
    Issuance,
    Measure,
    Observation,
    Platform,
    Quantity,
    Reading,
    Subsector,
    Target,
    Thing,
)
from kg.names import resolve
from kg.rdf import terms as t
from kg.rdf.agreement.statements import agree
from kg.rdf.mapping import document_graph
from kg.rdf.validation import validate
from kg.vocabulary import Vocabulary
from tests.rdf.graphs import vocabulary_quads

VOCABULARY = Vocabulary.load()
DOCUMENT = Document("doc", "海洋产业集群行动计划", "a.txt", "ActionPlan", 0, 900, "深圳市", ("marine",))
AMOUNT = Quantity(Decimal("12.50"), None, "亿元", "12.50亿元")
MARINE = Thing("cluster", "marine")


def place(start: int, quote: str, measure: str = "m1") -> Evidence:
    return Evidence("doc", start, start + len(quote), quote, ("一、任务",), measure, "room/rule")


BODY = Body("市商务局", "市商务局")
TARGET = Target(MARINE, "海洋产业", "增加值", ">", AMOUNT, 2025, place(20, "增加值超过12.50亿元"))
FACTS: tuple[Fact, ...] = (
    Issuance(
        "doc", Body("深圳市规划和自然资源局", "深圳市规划和自然资源局"), 1, place(0, "深圳市规划和自然资源局", "doc")
    ),
    Measure("m1", "doc", None, "一、", "任务", "KeyTask", 1, "正文", place(12, "一、任务")),
    Assignment("m1", BODY, "lead", 1, place(300, "（市商务局负责）")),
    Assignment("m1", Body("某某协会", "某某协会"), "joint", 2, place(300, "（市商务局负责）")),
    TARGET,
    Target(
        None, "企业", "数量", "range", Quantity(Decimal(3), Decimal(5), "家", "3-5家"), None, place(60, "3-5家企业")
    ),
    Observation(MARINE, "海洋产业", "增加值", AMOUNT, "2021", "2021-01-01", "2021-12-31", place(80, "达12.50亿元")),
    DistrictRole("marine", "yantian", "集聚区", ("生产制造",), place(100, "支持盐田建设集聚区")),
    Platform("深圳船舶产业园", "IndustrialPark", "marine", "yantian", place(120, "深圳船舶产业园")),
    Enterprise("某船厂", "某船厂有限公司", "marine", None, place(140, "某船厂"), "sz000001"),
    Subsector(MARINE, "海洋渔业", place(160, "海洋渔业")),
    CategoryMember("marine", "marine", place(180, "海洋经济聚焦海洋")),
    Doubt("targets", "看似目标。", place(200, "若干")),
)


def graph(*facts: Fact, date: str = "") -> set[ox.Triple]:
    reading = Reading(replace(DOCUMENT, date=date), facts)
    names = resolve([reading], VOCABULARY)
    triples = document_graph(reading, names, agree([reading], names))
    assert len(triples) == len(set(triples))
    return set(triples)


def of_kind(triples: set[ox.Triple], kind: str) -> set[str]:
    return {x.subject.value for x in triples if f"{t.ID}{kind}/" in x.subject.value}


def objects(triples: set[ox.Triple], name: str) -> list[str]:
    return sorted(x.object.value for x in triples if x.predicate == t.ckg(name))


def test_facts_of_every_kind_keep_to_the_shapes() -> None:
    name = t.graph("doc")
    quads = [ox.Quad(x.subject, x.predicate, x.object, name) for x in graph(*FACTS)]
    assert validate(quads + vocabulary_quads()) == []


@given(st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=25)
def test_the_order_of_facts_changes_nothing(order: random.Random) -> None:
    facts = [*FACTS, replace(TARGET, evidence=place(400, "增加值超过12.50亿元"))]
    shuffled = facts[:]
    order.shuffle(shuffled)
    assert graph(*shuffled) == graph(*facts)


@given(st.integers(1, 500))
@settings(deadline=None, max_examples=25)
def test_addresses_do_not_move_with_the_text(by: int) -> None:
    moved = [
        replace(f, evidence=replace(f.evidence, start=f.evidence.start + by, end=f.evidence.end + by)) for f in FACTS
    ]
    assert {x.subject for x in graph(*moved)} == {x.subject for x in graph(*FACTS)}


def test_a_rule_renamed_renames_nothing_that_is_said() -> None:
    renamed = [replace(f, evidence=replace(f.evidence, rule="room/other")) for f in FACTS]
    before, after = graph(*FACTS), graph(*renamed)
    assert {x.predicate for x in before ^ after} == {t.ckg("extractor")}


def test_a_fact_said_twice_is_one_with_a_restatement() -> None:
    again = replace(TARGET, evidence=place(400, "增加值超过12.50亿元"))
    triples = graph(again, TARGET)
    assert len(of_kind(triples, "target")) == 1
    assert len(objects(triples, "restatement")) == 1
    (first,) = objects(triples, "evidence")
    assert {x.object.value for x in triples if x.subject.value == first and x.predicate == t.ckg("start")} == {"20"}


def test_the_same_words_in_two_places_are_two_pieces_of_evidence() -> None:
    triples = graph(Doubt("a", "一。", place(5, "若干")), Doubt("a", "二。", place(9, "若干")))
    assert len(of_kind(triples, "evidence")) == 2


def test_facts_of_one_place_share_its_evidence_and_name_their_rules() -> None:
    both = (Doubt("a", "一。", place(5, "若干")), Doubt("b", "二。", replace(place(5, "若干"), rule="other/rule")))
    triples = graph(*both)
    assert len(of_kind(triples, "evidence")) == 1
    assert objects(triples, "extractor") == ["other/rule", "room/rule"]


@pytest.mark.parametrize(
    "changed",
    [
        {"subject": "海洋装备"},
        {"metric": "产值"},
        {"comparator": ">="},
        {"year": 2030},
        {"about": None},
        {"quantity": replace(AMOUNT, low=Decimal(13))},
        {"quantity": replace(AMOUNT, unit="亿美元")},
        {"quantity": replace(AMOUNT, high=Decimal(13))},
    ],
)
def test_targets_that_say_something_else_are_other_targets(changed: dict[str, Any]) -> None:
    other = replace(TARGET, **changed)
    assert len(of_kind(graph(TARGET, other), "target")) == 2


def test_wording_a_subject_otherwise_makes_no_other_target() -> None:
    other = replace(TARGET, subject="深圳海洋产业集群")
    assert len(of_kind(graph(TARGET, other), "target")) == 1


def test_printing_a_value_otherwise_makes_no_other_target() -> None:
    other = replace(TARGET, quantity=Quantity(Decimal("12.5"), None, "亿元", "12.5亿元"))
    assert len(of_kind(graph(TARGET, other), "target")) == 1


def test_a_body_is_described_where_the_vocabulary_does_not_know_it() -> None:
    labels = {x.subject.value: x.object.value for x in graph(*FACTS) if x.predicate == t.LABEL}
    assert "某某协会" in labels.values()
    assert "深圳市商务局" not in labels.values()


def test_a_quantity_is_about_a_company_only_where_a_company_is_read() -> None:
    """The shapes ask evidence of every company, and a quantity alone is none."""
    fact = replace(TARGET, about=Thing("enterprise", "某船厂"))
    company = Enterprise("某船厂", None, None, None, place(140, "某船厂"))
    assert objects(graph(fact), "about") == []
    assert objects(graph(fact, company), "about") == sorted(of_kind(graph(fact, company), "enterprise"))


@pytest.mark.parametrize(("date", "used"), [("2022-06", ["2022-06"]), ("", []), ("2022年6月", [])])
def test_a_dated_document_tells_when_the_name_of_an_agency_was_used(date: str, used: list[str]) -> None:
    assert sorted(set(objects(graph(*FACTS, date=date), "usedOn"))) == used
