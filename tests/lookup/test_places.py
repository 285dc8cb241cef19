"""A graph of several cities: a question that names one of them is answered from its documents alone."""

from __future__ import annotations

import pytest

from kg.build import build
from kg.lookup import Lookup
from kg.store import Store

PLANS = {
    "hangzhou.txt": """杭州市培育智能传感器产业行动计划（2024—2026年）
一、主要目标
到2026年，智能传感器产业规模达到300亿元。
二、重点任务
（一）建设传感器中试平台。支持杭州湾传感器实验室开展工艺验证。（牵头单位：市科技局；责任单位：市财政局）
（二）举办产业大会。每年举办一次产业大会。（责任单位：市商务局）
三、智能传感器
建设钱塘传感器研究院。
""",
    "ningbo.txt": """宁波市智能传感器产业发展三年行动方案（2024—2026年）
一、主要目标
到2026年，智能传感器产业规模达到450亿元。
二、重点任务
（一）建设传感器中试平台。支持甬江传感器实验室开展中试验证。（牵头单位：市经信局；责任单位：市财政局）
（二）建设检测中心。（责任单位：市市场监管局）
三、智能传感器
建设甬江传感器研究院。
""",
}


@pytest.fixture(scope="module")
def two_cities(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("cities")
    for name, text in PLANS.items():
        (folder / name).write_text(text, encoding="utf-8")
    build([folder / name for name in PLANS], folder / "store")
    return Store.open(folder / "store")


def led_by(lookup: Lookup, question: str) -> set[str]:
    return {answer["agency"]["label"] for answer in lookup.ask(question)["answers"]}


@pytest.mark.parametrize("ending", ["传感器中试平台由谁牵头？", "传感器中试平台的牵头单位是哪个？"])
def test_the_body_that_leads_is_that_of_the_city_named(two_cities: Store, ending: str) -> None:
    lookup = Lookup(two_cities)
    hangzhou, ningbo = "杭州市科学技术局", "宁波市经济和信息化局"
    assert led_by(lookup, f"杭州{ending}") == led_by(lookup, f"杭州市{ending}") == {hangzhou}
    assert led_by(lookup, f"宁波{ending}") == {ningbo}
    assert led_by(lookup, ending) == {hangzhou, ningbo}
    assert {a["agency"]["label"] for a in lookup.leads(f"宁波{ending}")["answers"]} == {ningbo}


def test_what_only_the_other_city_does_is_not_answered(two_cities: Store) -> None:
    lookup = Lookup(two_cities)
    assert led_by(lookup, "宁波建设检测中心由谁负责？") == {"宁波市市场监督管理局"}
    assert led_by(lookup, "杭州建设检测中心由谁负责？") == set()


def test_numbers_and_lists_are_those_of_the_city_named(two_cities: Store) -> None:
    lookup = Lookup(two_cities)
    goals = {city: lookup.ask(f"{city}2026年智能传感器产业规模的目标是多少？") for city in ("杭州", "宁波")}
    assert {city: [a["value"] for a in goal["answers"]] for city, goal in goals.items()} == {
        "杭州": [300],
        "宁波": [450],
    }
    placed = {city: lookup.ask(f"{city}智能传感器有哪些平台？") for city in ("", "宁波")}
    named = {city: {answer["label"] for answer in found["answers"]} for city, found in placed.items()}
    assert named == {"": {"钱塘传感器研究院", "甬江传感器研究院"}, "宁波": {"甬江传感器研究院"}}
    assert [row["label"].value for row in two_cities.rows(placed["宁波"]["sparql"])] == ["甬江传感器研究院"]


def test_the_query_beside_an_answer_gives_no_other_city(two_cities: Store) -> None:
    answer = Lookup(two_cities).ask("宁波传感器中试平台由谁牵头？")
    assert {row["label"].value for row in two_cities.rows(answer["sparql"])} == {"宁波市经济和信息化局", "宁波市财政局"}
