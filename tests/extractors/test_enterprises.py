"""Names of companies: full and short forms, links, and ties to clusters."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents.files import read_text
from kg.documents.source import Link
from kg.extractors.enterprises import naming
from kg.extractors.enterprises.forms import core, full_names, known, may_be_name, short_names, well_known
from kg.extractors.enterprises.rules import read
from kg.facts import Doubt, Enterprise
from kg.structure.outline import Outline
from kg.vocabulary import load
from tests.rooms import outline

PLACES = re.compile("深圳市|深圳|宝安")
PIECES = (
    "深圳市",
    "海蓝",
    "生物",
    "科技",
    "有限公司",
    "公司",
    "集团",
    "董事长",
    "比亚迪",
    "等3家企业",
    "企业",
    "、",
    "，",
    "。",
    "的",
    "“松涛”",
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("批准了深圳海蓝医疗科技有限公司的申请", "深圳海蓝医疗科技有限公司"),
        ("其中华为技术有限公司排名第一", "华为技术有限公司"),
        ("合作伙伴松涛天地股份有限公司推出方案", "松涛天地股份有限公司"),
        ("飞梭机器人（深圳）有限公司创始人说", "飞梭机器人（深圳）有限公司"),
    ],
)
def test_a_full_name_begins_at_its_place_or_after_what_ends_before_a_name(text: str, name: str) -> None:
    assert [text[s.start : s.end] for s in full_names(text, PLACES)] == [name]


def test_a_short_name_leaves_out_place_form_and_trade() -> None:
    middle = core("深圳市海蓝电气科技有限公司", PLACES)
    assert middle == "海蓝电气科技"
    assert short_names(middle) == ("海蓝电气",)
    assert "澄光医疗" in short_names("澄光数字医疗科技")


HAN = st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=12)


@given(st.lists(st.text("甲乙丙丁", min_size=3, max_size=5), min_size=1, max_size=6), HAN)
def test_the_places_of_names_are_those_where_their_first_characters_stand(names: list[str], chars: str) -> None:
    heads = {name[:3] for name in names}
    wanted = {head: [at for at in range(len(chars)) if chars.startswith(head, at)] for head in heads}
    assert naming._starts(names, chars) == {head: places for head, places in wanted.items() if places}


def companies(text: str) -> set[str]:
    return {fact.name for fact in read(outline({"text": text}), load()) if isinstance(fact, Enterprise)}


@pytest.mark.parametrize(
    ("after", "name"), [("", "甲乙丙生物"), ("甲乙丙扩产。", "甲乙丙"), ("甲乙生物扩产。", "甲乙生物")]
)
def test_a_full_name_is_shortened_as_its_document_does(after: str, name: str) -> None:
    assert companies("深圳市甲乙丙生物科技有限公司投产。" + after) == {name}


def test_words_for_kinds_of_companies_are_no_name() -> None:
    assert may_be_name("海蓝生物")
    assert not may_be_name("上市")
    assert not may_be_name("会展服务")


def test_a_well_known_company_goes_by_the_beginning_of_its_name_where_only_one_does() -> None:
    assert well_known("中兴") == known()["中兴通讯"]
    assert well_known("大族") is None


def linked(text: str, name: str) -> Outline:
    """The outline of a text in which a name is linked to a stock code."""
    page = outline({"text": text})
    at = page.text.chars.index(name)
    links = (Link(at, at + len(name), "sz000001"),)
    return Outline(page.document, page.text, page.head, page.blocks, page.sections, page.sentences, links)


def test_a_linked_name_carries_its_code() -> None:
    facts = list(read(linked("今年，海蓝光电扩产。", "海蓝光电"), load()))
    assert [(f.name, f.code) for f in facts if isinstance(f, Enterprise)] == [("海蓝光电", "sz000001")]


def test_a_linked_name_that_continues_a_word_is_a_doubt() -> None:
    facts = list(read(linked("之前深圳的创新产业比较分散。", "新产业"), load()))
    assert [type(fact) for fact in facts] == [Doubt]


@settings(deadline=None)
@given(TEXTS)
def test_every_fact_has_its_quote_in_the_text_and_mentions_stand_in_order_and_never_overlap(text: str) -> None:
    facts = list(read(outline({"text": text + "。"}), load()))
    assert all(fact.evidence.quote in text for fact in facts)
    assert all(fact.name not in ("", "有限公司", "公司") for fact in facts if isinstance(fact, Enterprise))
    spans = [(fact.evidence.start, fact.evidence.end) for fact in facts]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_a_well_known_company_under_several_names_is_one() -> None:
    facts = list(read(outline({"text": "徐工集团稳居前列，徐工的产品出口，徐工机械是另一家。"}), load()))
    assert [f.name for f in facts if isinstance(f, Enterprise)] == ["徐工集团", "徐工集团", "徐工机械"]


@pytest.mark.parametrize(
    "text",
    [
        "推动机械、化工、纺织等传统产业和企业转型，支持企业与高校、院所等单位合作。",
        "以创新为核心，以新能源产业为龙头，以数字经济为代表的新业态快速发展。",
        "装备制造业实现产值500亿元，休闲食品实现产值20亿元，绿色食品实现营收30亿元。",
        "培育单项冠军、独角兽、瞪羚等优质企业，引进新能源、新材料、机器人等企业。",
        "引导国有产业集团做强，组建省数据集团，支持骨干企业上市。",
    ],
)
def test_trades_praise_and_kinds_of_companies_are_no_companies(text: str) -> None:
    assert not [
        fact for fact in read(outline({"text": text, "place": "宁波市"}), load()) if isinstance(fact, Enterprise)
    ]


def test_a_company_beside_two_fields_is_tied_to_none() -> None:
    text = "海蓝实业股份有限公司半导体和机器人业务增长。"
    facts = list(read(outline({"text": text}), load()))
    assert [fact.cluster for fact in facts if isinstance(fact, Enterprise)] == [None]


def test_the_reader_of_tests_is_that_of_sources() -> None:
    """A text of an example has the offsets of a file."""
    assert read_text("example.txt", "海蓝").text.chars == "海蓝"
