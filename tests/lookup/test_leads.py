"""Who leads what."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.lookup import Lookup
from kg.store import Store

INDUSTRY = "深圳市工业和信息化局"
REFORM = "深圳市发展和改革委员会"
SCIENCE = "深圳市科技创新委员会"


@pytest.mark.parametrize(
    ("question", "agency"),
    [
        ("智能传感器产业集群的牵头部门是谁？", INDUSTRY),
        ("半導體與集成電路產業集群由誰牽頭", REFORM),
        ("手机产业找哪个局", INDUSTRY),
        ("超高青视频显示产业谁牵头", REFORM),
        ("量孒信息产业由谁牵头", None),
        ("liangzi xinxi", SCIENCE),
        ("hechengshengwu shui qiantou", SCIENCE),
        ("who leads the cells and genes cluster?", SCIENCE),
        ("Which agency is in charge of robots in Shenzhen", INDUSTRY),
        ("未来产业由谁牵头", SCIENCE),
    ],
)
def test_a_cluster_is_led_by_the_first_issuer_of_its_plan(lookup: Lookup, question: str, agency: str | None) -> None:
    answers = lookup.leads(question)["answers"]
    assert [(a["agency"]["label"], a["basis"]) for a in answers[:1]] == ([(agency, "first-issuer")] if agency else [])


@pytest.mark.parametrize(
    ("question", "agency", "basis"),
    [
        ("激光与增材制造前瞻布局前沿基础研究由谁牵头？", SCIENCE, "explicit"),
        ("高端医疗器械的产业联席会议制度由谁牵头？", REFORM, "explicit"),
        ("生物医药保护知识产权由谁负责", "深圳市市场监督管理局", "sole"),
        ("推动会展产业高质量发展由谁负责", "中共深圳市委大湾区办", "first-named"),
        ("Which agency runs targeted investment promotion for smart sensors?", "深圳市商务局", "first-named"),
        ("虚拟电厂由哪个部门负责推进", INDUSTRY, "first-named"),
        ("Who is responsible for the Shenzhen Data Exchange?", "深圳市政务服务数据管理局", "first-named"),
        ("国际金枪鱼交易中心归哪个局", "深圳市规划和自然资源局", "first-named"),
    ],
)
def test_a_lead_is_never_presented_on_a_better_basis(lookup: Lookup, question: str, agency: str, basis: str) -> None:
    first = lookup.leads(question)["answers"][0]
    assert (first["agency"]["label"], first["basis"]) == (agency, basis)


def test_the_lead_of_each_cluster_is_the_graphs(lookup: Lookup, store: Store) -> None:
    rows = store.rows(
        "PREFIX ckg: <https://w3id.org/cluster-kg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "SELECT ?label ?agency WHERE { ?c a ckg:Cluster ; rdfs:label ?label ; ckg:plan/ckg:issuance ?i . "
        '?i ckg:position 1 ; ckg:agency ?agency FILTER(LANG(?label) = "zh") }'
    )
    wrong = [
        row["label"]
        for row in rows
        if lookup.leads(f"{row['label'].value}由谁牵头")["answers"][0]["agency"]["iri"] != row["agency"].value
    ]
    assert len(rows) == 28
    assert wrong == []


def test_each_passage_with_a_clause_is_found_by_its_cluster_and_heading(lookup: Lookup, store: Store) -> None:
    rows = store.rows(
        "PREFIX ckg: <https://w3id.org/cluster-kg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "SELECT DISTINCT ?m ?heading ?label WHERE { ?m ckg:heading ?heading ; ckg:document ?d . ?c ckg:plan ?d ; "
        "a ckg:StrategicCluster ; rdfs:label ?label . ?a a ckg:Assignment ; ckg:measure ?m "
        'FILTER(LANG(?label) = "zh") } ORDER BY ?m'
    )
    missed = []
    for row in rows:
        answers = lookup.leads(f"{row['label'].value}{row['heading'].value}由谁负责")["answers"]
        if row["m"].value not in {answer["about"]["iri"] for answer in answers}:
            missed.append((row["label"].value, row["heading"].value))
    assert len(rows) > 300
    assert missed == []


def test_a_heading_of_two_plans_has_two_answers(lookup: Lookup) -> None:
    answers = lookup.leads("构建金融支撑体系由谁牵头")["answers"]
    assert {a["about"]["cluster"] for a in answers} == {"半导体与集成电路", "超高清视频显示"}


def test_a_passage_without_a_clause_goes_by_the_one_that_holds_it_and_never_by_what_it_holds(lookup: Lookup) -> None:
    assert lookup.leads("激光与增材制造的重点任务由谁负责")["answers"] == []
    assert lookup.leads("智能终端的总体情况由谁负责")["answers"] == []


@pytest.mark.parametrize(
    "question",
    [
        "茶叶产业集群的牵头部门是谁？",
        "金融产业集群谁牵头",
        "今天深圳天气怎么样",
        "who leads the moon base",
        "asdkjh qwpoeiru",
        "？？？",
        "谁",
        "北京市智能传感器产业由谁牵头",
        "上海的集成电路产业归哪个局管",
        "福田区由谁负责",
        "市公安局归谁管",
        "chaye chanye shei fuze",
        "谁是深圳市市长",
        "火星移民由谁负责",
    ],
)
def test_what_the_documents_do_not_say_is_not_answered(lookup: Lookup, question: str) -> None:
    answer = lookup.leads(question)
    assert answer["answers"] == []
    assert answer["matched"] is None


def test_an_answer_has_the_contracts_shape(lookup: Lookup) -> None:
    answer = lookup.leads("谁牵头智能传感器产业")
    assert set(answer) >= {"query", "matched", "answers", "suggestions"}
    assert set(answer["matched"]) >= {"iri", "kind", "label", "score"}
    first = answer["answers"][0]
    assert set(first) >= {"agency", "role", "basis", "about", "with", "evidence"}
    assert set(first["agency"]) >= {"iri", "label", "altLabels"}
    place = first["evidence"][0]
    assert place["quote"] and place["document"]["title"] and place["start"] < place["end"]
    assert re.fullmatch(r"/source/[a-z0-9-]+#char=\d+,\d+", place["url"])
    assert json.dumps(answer, ensure_ascii=False)


def test_the_others_of_a_clause_stand_beside_its_lead(lookup: Lookup) -> None:
    first = lookup.leads("智能传感器精准招商引资工程")["answers"][0]
    assert first["role"] == "joint"
    assert first["evidence"][0]["heading"][-1].endswith("精准招商引资工程")
    assert len(first["with"]) >= 2
    assert first["agency"]["label"] not in {other["label"] for other in first["with"]}


@settings(max_examples=60, deadline=1000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_any_text_gets_an_answer_and_never_an_error(lookup: Lookup, text: str) -> None:
    for answer in (lookup.leads(text), lookup.ask(text)):
        assert isinstance(answer["answers"], list)
    assert len(lookup.suggest(text, 3)) <= 3
    assert len(lookup.search(text, None, 4)) <= 4


@pytest.mark.parametrize(
    "text", ["", "谁" * 10_000, "智能传感器" * 2_000, "\x00", "\ud800", "😀", "مرحبا", "a b " * 3_000]
)
def test_hostile_text_is_not_answered(lookup: Lookup, text: str) -> None:
    assert lookup.ask(text)["answers"] == [] or "智能传感器" in text


@pytest.mark.parametrize(
    ("question", "cluster"),
    [
        ("做机器人的归哪个局管", "智能机器人"),
        ("我们是做存储芯片的，应该找哪个政府部门", "半导体与集成电路"),
        ("MEMS传感器归哪个局", "智能传感器"),
        ("ic chanye shui qiantou", "半导体与集成电路"),
        ("xin cailiao chanye", "新材料"),
        ("会展业谁来管", "现代时尚"),
        ("数字创意产业集群谁牵投", "数字创意"),
        ("which department leads ultra-HD video display", "超高清视频显示"),
    ],
)
def test_a_cluster_is_meant_however_it_is_asked_for(lookup: Lookup, question: str, cluster: str) -> None:
    answer = lookup.leads(question)
    assert (answer["matched"]["label"], answer["answers"][0]["basis"]) == (cluster, "first-issuer")


def test_those_who_issue_a_plan_together_are_joint(lookup: Lookup) -> None:
    assert {other["role"] for other in lookup.leads("智能传感器")["answers"][0]["with"]} == {"joint"}


@pytest.mark.parametrize("question", ["上海数据交易所归谁管", "产业", "杭州数字经济谁牵头"])
def test_another_place_or_nothing_but_industry_is_not_answered(lookup: Lookup, question: str) -> None:
    assert lookup.leads(question)["answers"] == []


@pytest.mark.parametrize("word", ["披萨", "恐龙", "葡萄"])
@pytest.mark.parametrize(
    "name", ["数据要素{}工程", "海洋{}高质量转型升级工程", "渔业{}科研创新平台", "国家{}远洋渔业基地"]
)
def test_a_name_with_a_word_that_stands_nowhere_is_not_taken_for_what_is_like_it(
    lookup: Lookup, name: str, word: str
) -> None:
    assert lookup.leads(name.format(word) + "由谁负责")["answers"] == []


def test_one_wrong_character_is_not_a_word_that_stands_nowhere(lookup: Lookup) -> None:
    assert lookup.leads("数据要素市场建设功程谁负责")["answers"]
    assert lookup.leads("国际创意产业孵化中新谁负责")["answers"]
