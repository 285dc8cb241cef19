"""Questions for lists and numbers."""

from __future__ import annotations

from typing import Any

import pytest

from kg.lookup import Lookup
from kg.store import Store


def labels(answer: dict[str, Any]) -> set[str]:
    return {item["label"] for item in answer["answers"]}


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("光明区有哪些产业集群？", "clusters-of"),
        ("which clusters are in Longgang district?", "clusters-of"),
        ("福田区", "clusters-of"),
        ("新能源产业布局在哪些区", "districts-of"),
        ("市公安局在哪些产业集群的行动计划里有任务", "participates"),
        ("市公安局", "participates"),
        ("市发展改革委牵头哪些产业集群", "led-by"),
        ("哪些部门参与新材料产业集群", "agencies-of"),
        ("高端医疗器械有哪些企业", "enterprises-of"),
        ("光明区有哪些平台", "platforms-of"),
        ("合成生物有哪些细分领域", "subsectors-of"),
        ("到2025年深圳要建成多少个5G基站？", "target"),
        ("2021年软件与信息服务产业增加值是多少", "observation"),
        ("未来产业有哪些", "clusters"),
        ("深圳有哪些战略性新兴产业集群", "clusters"),
        ("市商务局牵头什么", "led-by"),
        ("what does the transport bureau take part in", "participates"),
        ("海洋集装箱吞吐量", "target"),
        ("创世纪净利润", "observation"),
        ("深圳新能源汽车保有量", "observation"),
        ("服装产业全国知名品牌", "target"),
        ("智能传感器由谁牵头", "leads"),
        ("智能传感器", "leads"),
    ],
)
def test_the_intent_is_told(lookup: Lookup, question: str, intent: str) -> None:
    answer = lookup.ask(question)
    assert answer["intent"] == intent
    assert answer["answers"]


@pytest.mark.parametrize(
    "question",
    [
        "光明区有哪些产业集群",
        "新能源产业布局在哪些区",
        "市公安局参与哪些产业集群",
        "哪些部门参与新材料产业集群",
        "市发展改革委牵头哪些产业集群",
        "市商务局牵头什么",
        "深圳有哪些战略性新兴产业集群",
        "未来产业有哪些",
        "合成生物有哪些细分领域",
        "光明区有哪些平台",
        "高端医疗器械有哪些企业",
    ],
)
def test_the_query_of_a_list_gives_the_same_things(lookup: Lookup, store: Store, question: str) -> None:
    answer = lookup.ask(question)
    rows = store.rows(answer["sparql"])
    assert {row["label"].value for row in rows} == labels(answer)


@pytest.mark.parametrize(
    "question", ["智能传感器由谁牵头", "精准招商引资工程由谁负责", "到2025年深圳要建成多少个5G基站"]
)
def test_the_query_of_a_lead_or_number_finds_something(lookup: Lookup, store: Store, question: str) -> None:
    answer = lookup.ask(question)
    assert answer["answers"]
    assert store.rows(answer["sparql"])


def test_what_policy_documents_say_of_a_district_is_told_apart_from_what_reports_say(lookup: Lookup) -> None:
    answer = lookup.ask("光明区有哪些产业集群")
    assert {one["basis"] for one in answer["answers"]} == {"policy"}
    assert {one["basis"] for one in answer["also"]} == {"report"}
    assert "合成生物" in {one["label"] for one in answer["also"]}
    assert all(one["evidence"] for one in (*answer["answers"], *answer["also"]))


@pytest.mark.parametrize("question", ["广州市工业和信息化局牵头哪些集群", "北京市发展和改革委员会牵头什么"])
def test_a_body_of_another_city_is_not_taken_for_ours(lookup: Lookup, question: str) -> None:
    assert lookup.ask(question)["answers"] == []


def test_what_could_not_be_read_at_all_is_said_with_what_can_be_asked(lookup: Lookup) -> None:
    answer = lookup.ask("qwzx vbnm")
    assert answer["answers"] == [] and "没有读懂" in answer["message"]["zh"]
    assert all(lookup.ask(example)["answers"] for told in answer["examples"].values() for example in told)


def test_an_agencys_plans_are_those_that_name_it_or_that_it_issued(lookup: Lookup) -> None:
    assert labels(lookup.ask("市公安局参与哪些产业集群")) == {
        "网络与通信",
        "超高清视频显示",
        "安全节能环保",
        "智能网联汽车",
    }


def test_a_plan_that_clusters_share_counts_for_their_umbrella(lookup: Lookup) -> None:
    assert "未来产业" in labels(lookup.ask("市科技创新委牵头哪些产业集群"))


def test_a_goal_is_told_with_its_unit_year_and_place(lookup: Lookup) -> None:
    first = lookup.ask("到2025年深圳要建成多少个5G基站？")["answers"][0]
    assert (first["value"], first["unit"], first["year"]) == (6, "万个", 2025)
    assert first["evidence"][0]["quote"]


@pytest.mark.parametrize(
    "question",
    [
        "到2030年深圳要登陆火星多少次",
        "2035年深圳要建成多少个5G基站",
        "茶叶产业2025年增加值目标是多少",
        "低空经济的企业有哪些",
    ],
)
def test_a_number_or_list_that_is_not_there_is_not_answered(lookup: Lookup, question: str) -> None:
    answer = lookup.ask(question)
    assert answer["answers"] == []
    assert set(answer["message"]) == {"zh", "en"}


def test_nothing_found_suggests_what_is_near(lookup: Lookup) -> None:
    assert any("智能终端" in item["label"] for item in lookup.ask("智能终端的总体情况由谁负责")["suggestions"])
