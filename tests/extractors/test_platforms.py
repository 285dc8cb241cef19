"""Names of carriers: their edges, their forms, and that they hold on any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extractors.platforms.names import candidates, held
from kg.extractors.platforms.naming import Naming
from kg.extractors.platforms.places import Places
from kg.extractors.platforms.rules import read
from kg.vocabulary import load
from tests.rooms import outline

PIECES = (
    "深圳",
    "光明",
    "国家",
    "建设",
    "打造",
    "创新中心",
    "产业园",
    "平台",
    "脑图谱",
    "（二期）",
    "“双创”",
    "等",
    "和",
    "、",
    "，",
    "。",
    "一批",
    "2个",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


def stretches(text: str) -> list[str]:
    return [text[c.start : c.end] for c in candidates(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("加快建设南湖创新中心、北湖实验室", ["南湖创新中心", "北湖实验室"]),
        ("推进南湖创新中心和北湖实验室建设", ["南湖创新中心", "北湖实验室"]),
        ("建设知识产权和科技成果交易中心", ["知识产权和科技成果交易中心"]),
        ("在南湖科学城设立数据交易所", ["南湖科学城", "数据交易所"]),
        ("建设国家（深圳·前海）交换中心", ["国家（深圳·前海）交换中心"]),
        ("《南湖创新中心管理办法》", []),
    ],
)
def test_a_name_begins_after_a_verb_a_mark_or_an_item(text: str, names: list[str]) -> None:
    assert stretches(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "发展“飞地经济”，打造“一核两翼”格局，建设“智慧城市”“海绵城市”，擦亮“中国软件名城”名片。",
        "支持企业建设重点实验室、工程研究中心、企业技术中心等创新平台，建设检验检测中心等载体。",
        "推进“强链补链”工程，加快铁路、公路、机场等重大项目建设，建设全球领先的数据服务平台。",
        "与中国科学院、清华大学合作，举办高峰论坛、创新创业大赛，争创国家级开发区、国家技术创新中心。",
    ],
)
def test_slogans_kinds_wishes_and_partners_are_no_carriers(text: str) -> None:
    assert not list(read(outline({"text": text, "place": "宁波市"}), load()))


def test_a_name_in_quotation_marks_stands_without_them() -> None:
    text = "建设“江南氢岛”，“鸠兹湾”“银湖智谷”坐落于城东。"
    facts = list(read(outline({"text": text, "place": "芜湖市"}), load()))
    assert [fact.name for fact in facts] == ["江南氢岛", "鸠兹湾", "银湖智谷"]


@settings(deadline=None)
@given(TEXTS)
def test_candidates_stand_in_order_and_never_overlap(text: str) -> None:
    found = candidates(text)
    assert all(0 <= c.start <= c.noun_start < c.end <= len(text) for c in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(deadline=None)
@given(TEXTS)
def test_holding_asides_keeps_every_position(text: str) -> None:
    assert len(held(text)) == len(text)


@settings(deadline=None)
@given(TEXTS)
def test_every_fact_has_its_quote_in_the_text_a_name_that_is_no_mark_and_is_read_again(text: str) -> None:
    page = outline({"text": text + "。"})
    facts = list(read(page, load()))
    assert all(fact.evidence.quote in text for fact in facts)
    assert not [fact for fact in facts if set(fact.name) & set("，。、；")]
    assert list(read(page, load())) == facts


@pytest.mark.parametrize(
    ("names", "said", "meant"),
    [
        ({"光明科学城": True, "深圳光明科学城": True}, "深圳光明科学城", "光明科学城"),
        ({"深圳市打印创新中心": True, "打印创新中心": False}, "打印创新中心", "深圳市打印创新中心"),
        ({"国家药检局大湾区分中心": True, "药检局大湾区分中心": True}, "药检局大湾区分中心", "国家药检局大湾区分中心"),
        ({"湾区创新榜单": True, "2022湾区创新榜单": True}, "2022湾区创新榜单", "湾区创新榜单"),
        ({"南湖谷": True, "南湖谷（食品谷）": True}, "南湖谷（食品谷）", "南湖谷"),
        ({"2023湾区车展": True}, "2023湾区车展", "2023湾区车展"),
        ({"南湖实验室": True, "北湖实验室": True}, "南湖实验室", "南湖实验室"),
    ],
)
def test_one_carrier_has_one_name(names: dict[str, bool], said: str, meant: str) -> None:
    assert Naming(names.items(), ("深圳市", "深圳")).whole(said) == meant


@settings(deadline=None)
@given(st.dictionaries(st.text("深圳国家湖心城", min_size=1, max_size=6), st.booleans(), max_size=5))
def test_the_name_that_stands_for_another_is_one_that_was_said(names: dict[str, bool]) -> None:
    naming = Naming(names.items(), ("深圳",))
    assert all(naming.whole(name) in names for name in names)


def test_a_district_is_the_one_in_the_name_before_the_one_that_leads_the_clause() -> None:
    places = Places(load())
    text = "宝安区建设坪山产业园和南湖产业园"
    leading = places.leading(text)
    assert places.district("坪山产业园", 5, leading) == "pingshan"
    assert places.district("南湖产业园", 11, leading) == "baoan"
    assert places.district("南湖产业园", 0, leading) is None
