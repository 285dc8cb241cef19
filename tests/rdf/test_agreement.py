"""Documents that say the same corroborate each other; what is merely alike stays apart."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.facts import Document, Evidence, Fact, Observation, Quantity, Reading, Target, Thing
from kg.names import resolve
from kg.rdf.agreement.saying import Range, extent, printed
from kg.rdf.agreement.statements import Agreement, agree
from kg.rdf.agreement.wording import Wording, wording
from kg.vocabulary import Vocabulary

VOCABULARY = Vocabulary.load()
CITY = Thing("district", "shenzhen")
STRATEGIC = Thing("category", "strategic-emerging-industries")
OUTPUT = Quantity(Decimal("10393.39"), None, "亿元", "10393.39亿元")


def place(quote: str, start: int = 0, path: tuple[str, ...] = ()) -> Evidence:
    return Evidence("doc", start, start + len(quote), quote, path, "doc", "room/rule")


def quantity(text: str, value: str, unit: str) -> Quantity:
    return Quantity(Decimal(value), None, unit, text)


def past(
    about: Thing | None, subject: str, metric: str, amount: Quantity, quote: str, period: str = "2023", start: int = 0
) -> Observation:
    return Observation(about, subject, metric, amount, period, "", "", place(quote, start))


def goal(subject: str, metric: str, sign: str, amount: Quantity, quote: str, year: int | None = 2025) -> Target:
    assert sign in (">", ">=", "=")
    return Target(STRATEGIC, subject, metric, ">" if sign == ">" else "=", amount, year, place(quote))


def reading(slug: str, *facts: Fact, date: str = "2023", of: str = "深圳市") -> Reading:
    document = Document(slug, slug, f"{slug}.txt", "Article", 0, 9, of, date=date)
    moved = [replace(fact, evidence=replace(fact.evidence, document=slug, measure=slug)) for fact in facts]
    return Reading(document, tuple(moved))


def agreed(*readings: Reading) -> Agreement:
    return agree(readings, resolve(readings, VOCABULARY))


def together(one: Fact, other: Fact, *, of: Sequence[str] = ("深圳市", "深圳市")) -> bool:
    """Whether two facts, each of a document of its own, are one statement."""
    found = agreed(reading("a", one, of=of[0]), reading("b", other, of=of[1])).statements
    return len(found) == 1


VALUE = past(STRATEGIC, "深圳战略性新兴产业", "增加值", OUTPUT, "深圳战略性新兴产业增加值达10393.39亿元")


@pytest.mark.parametrize(
    "subject", ["深圳的战略性新兴产业集群", "全市战新产业", "战略性新兴产业", "深圳市“战略性新兴产业”"]
)
def test_the_same_in_other_words_is_one_statement_of_two_documents(subject: str) -> None:
    (statement,) = agreed(reading("a", VALUE), reading("b", replace(VALUE, subject=subject))).statements
    assert statement.documents == ("a", "b")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("深圳市", "地区生产总值"), ("深圳", "GDP")),
        (("深圳市", "境内外上市公司总数"), ("深圳", "境内外上市公司数量")),
        (("深圳国家高新技术企业", "数量"), ("深圳市", "国高企业数量")),
        (("深圳市", "规上工业增加值"), ("我市", "规模以上工业增加值")),
        (("深圳市", "国家级专精特新“小巨人”企业数量"), ("深圳市", "国家级专精特新小巨人企业数量")),
    ],
)
def test_a_measure_has_one_name(one: tuple[str, str], other: tuple[str, str]) -> None:
    amount = quantity("742家", "742", "家")
    assert together(past(CITY, *one, amount, "共742家"), past(CITY, *other, amount, "有742家"))


def test_a_value_in_another_unit_is_the_same_value() -> None:
    assert together(VALUE, replace(VALUE, quantity=quantity("1.039339万亿元", "1.039339", "万亿元")))


@pytest.mark.parametrize(
    "other",
    [
        replace(VALUE, period="2022"),
        replace(VALUE, metric="产值"),
        replace(VALUE, subject="深圳未来产业", about=Thing("category", "future-industries")),
        replace(VALUE, quantity=quantity("10393.3亿元", "10393.3", "亿元")),
        replace(VALUE, quantity=quantity("10393.39亿美元", "10393.39", "亿美元")),
        replace(VALUE, evidence=place("新增深圳战略性新兴产业增加值10393.39亿元")),
        replace(VALUE, subject="战略性新兴产业", evidence=place("增加值10393.39亿元", path=("南山区：再上台阶",))),
    ],
)
def test_what_is_merely_alike_stays_apart(other: Observation) -> None:
    assert not together(VALUE, other)


def test_the_same_words_of_another_city_are_of_another_city() -> None:
    here, there = replace(VALUE, subject="我市战略性新兴产业"), replace(VALUE, subject="全市战略性新兴产业")
    assert not together(here, there, of=("深圳市", "杭州市"))
    assert together(VALUE, replace(VALUE, subject="深圳战略性新兴产业"), of=("深圳市", "广东省"))


def test_a_goal_with_another_bound_is_another_goal() -> None:
    amount = quantity("1.5万亿元", "1.5", "万亿元")
    above = goal("战略性新兴产业", "增加值", ">", amount, "增加值超过1.5万亿元")
    assert together(above, replace(above, subject="深圳的战略性新兴产业"))
    assert not together(above, replace(above, comparator="="))


def test_a_small_count_of_nobody_named_joins_no_other_document() -> None:
    few, many = quantity("3项", "3", "项"), quantity("742家", "742", "家")
    assert not together(*[past(CITY, "深圳市", "国家标准数量", few, "制定国家标准3项", "")] * 2)
    assert together(*[past(CITY, "深圳市", "小巨人企业数量", many, "小巨人企业742家", "")] * 2)
    assert together(*[past(CITY, "深圳市", "国家标准数量", few, "制定国家标准3项", "2021")] * 2)


SHARE = quantity("94.9%", "94.9", "%")
PART = past(CITY, "企业", "研发投入占比", SHARE, "其中企业研发投入占比达94.9%")
SPENT = past(CITY, "企业", "研发投入", quantity("1785.18亿元", "1785.18", "亿元"), "企业研发投入达到1785.18亿元")
OF_ALL = past(CITY, "深圳市", "占全社会研发投入比重", SHARE, "占全社会研发投入的比例94.9%", start=18)


def test_a_share_is_of_what_was_just_measured() -> None:
    shares = [s for s in agreed(reading("a", PART), reading("b", SPENT, OF_ALL)).statements if len(s.said) > 1]
    assert [statement.documents for statement in shares] == [("a", "b")]


def test_a_share_that_leaves_its_whole_open_joins_none_of_two() -> None:
    other = replace(OF_ALL, metric="占全国研发投入比重")
    found = agreed(reading("a", PART), reading("b", SPENT, OF_ALL), reading("c", SPENT, other))
    assert all(len(one.documents) == 1 for one in found.statements if one.first.measure.unit == "ratio")


def test_the_words_of_the_earliest_document_stand_for_all() -> None:
    early = reading("z", replace(VALUE, subject="战略性新兴产业"), date="2022-06")
    (statement,) = agreed(reading("a", VALUE, date="2023-01-02"), early).statements
    assert statement.first.figure.subject == "战略性新兴产业"


LISTED = [
    past(CITY, "深圳市", "国家高新技术企业数量", quantity("500家", "500", "家"), "新增国家高新技术企业500家"),
    past(CITY, "深圳市", "小巨人企业数量", quantity("100家", "100", "家"), "小巨人企业100家", start=14),
    past(CITY, "深圳市", "上市公司数量", quantity("495家", "495", "家"), "上市公司达到495家", start=23),
]


def test_what_follows_in_a_list_was_added_too_until_the_text_says_that_it_is_all() -> None:
    found = agreed(reading("a", *LISTED))
    measures = [
        found.of(replace(f, evidence=replace(f.evidence, document="a", measure="a"))).first.measure for f in LISTED
    ]
    assert [measure.added for measure in measures] == [True, True, False]


@given(st.randoms(use_true_random=False), st.integers(0, 9))
@settings(deadline=None, max_examples=25)
def test_neither_order_nor_repetition_changes_what_is_stated(order: random.Random, twice: int) -> None:
    pool = [VALUE, PART, SPENT, OF_ALL, *LISTED]
    facts = {name: [f for i, f in enumerate(pool) if i % 3 != n] for n, name in enumerate("abc")}
    plain = agreed(*(reading(name, *found) for name, found in facts.items()))
    readings = []
    for name, found in facts.items():
        shuffled = [*found, found[twice % len(found)]]
        order.shuffle(shuffled)
        readings.append(reading(name, *shuffled))
    order.shuffle(readings)
    shuffled_too = agreed(*readings)
    assert _addresses(shuffled_too) == _addresses(plain)


@given(st.sampled_from([VALUE, PART, OF_ALL, *LISTED]))
@settings(deadline=None, max_examples=10)
def test_a_document_taken_away_again_leaves_no_trace(fact: Observation) -> None:
    mine = [reading("a", VALUE, PART), reading("b", SPENT, OF_ALL)]
    agreed(*mine, reading("c", fact))
    assert _addresses(agreed(*mine)) == _addresses(agreed(*reversed(mine)))


def _addresses(found: Agreement) -> list[tuple[str, tuple[str, ...], str]]:
    return [(one.slug, one.documents, one.first.figure.subject) for one in found.statements]


@pytest.mark.parametrize(
    ("about", "subject", "metric", "expected"),
    [
        (Thing("cluster", "marine"), "深圳市海洋产业集群", "增加值", Wording("深圳市", "增加值")),
        (Thing("cluster", "marine"), "产业", "增加值", Wording("", "增加值")),
        (Thing("cluster", "new-energy"), "新能源汽车", "保有量", Wording("", "新能源汽车保有量")),
        (None, "我国集成电路产业", "销售额", Wording("全国", "集成电路销售额")),
        (CITY, "深圳", "装机占比", Wording("深圳市", "装机", "", True)),
        (STRATEGIC, "战新产业", "占地区GDP比重比重", Wording("", "", "GDP", True)),
    ],
)
def test_a_wording_leaves_out_what_the_thing_is_called(
    about: Thing | None, subject: str, metric: str, expected: Wording
) -> None:
    assert wording(about, subject, metric, VOCABULARY) == expected


@pytest.mark.parametrize(
    ("quote", "text", "low", "high"),
    [
        ("增加值达到425亿元", "425亿元", "42450000000", "42550000000"),
        ("突破3万亿元", "3万亿元", "2500000000000", None),
        ("不足3万亿元", "3万亿元", None, "3500000000000"),
        ("不超过3万亿元", "3万亿元", None, "3500000000000"),
        ("3万亿元以上", "3万亿元", "2500000000000", None),
    ],
)
def test_a_number_leaves_the_room_that_its_print_leaves(
    quote: str, text: str, low: str | None, high: str | None
) -> None:
    value, unit = (text.removesuffix("亿元"), "亿元") if "万" not in text else (text.removesuffix("万亿元"), "万亿元")
    found = printed(past(CITY, "深圳市", "增加值", quantity(text, value, unit), quote))
    assert found == Range(None if low is None else Decimal(low), None if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("quote", "text", "expected"),
    [
        ("新增上市公司30家以上", "30家", "added"),
        ("上市公司增加47家", "47家", "added"),
        ("上市公司增加到47家", "47家", "all"),
        ("新增后累计达到47家", "47家", "all"),
        ("增加值47家", "47家", ""),
        ("上市公司47家", "47家", ""),
    ],
)
def test_what_was_added_is_told_from_all_that_there_are(quote: str, text: str, expected: str) -> None:
    amount = quantity(text, text.removesuffix("家"), "家")
    assert extent(past(CITY, "深圳市", "上市公司数量", amount, quote)) == expected
