"""Lists of bodies are cut, completed from their place, and refused where one item is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.grammar.bodies.names import is_body, is_group, is_official, level_of
from kg.grammar.bodies.reading import read_bodies
from kg.vocabulary import load

VOCABULARY = load()


def names(text: str, place: str = "杭州市") -> list[str] | None:
    found = read_bodies(text, place, VOCABULARY)
    return None if found is None else [named.body.name for named in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("市经信局、科技局、市场监管局", ["杭州市经信局", "杭州市科技局", "杭州市市场监管局"]),
        ("省发展改革委、市民政局", ["浙江省发展改革委", "杭州市民政局"]),
        ("市委市政府", ["杭州市委", "杭州市政府"]),
        ("市财政局和市税务局", ["杭州市财政局", "杭州市税务局"]),
        ("市住建局市交通局", ["杭州市住建局", "杭州市交通局"]),
        ("各区、县（市）政府", ["各区、县（市）政府"]),
        ("各市、县（市、区）人民政府", ["各市、县（市、区）人民政府"]),
        ("各省、自治区、直辖市人民政府", ["各省、自治区、直辖市人民政府"]),
        ("各区（开发区、新城）", ["各区政府", "开发区管委会", "新城管委会"]),
        ("萧山区、钱塘新区、建德市", ["萧山区政府", "钱塘新区管委会", "建德市人民政府"]),
        ("宁波、温州等市人民政府", ["宁波市人民政府", "温州市人民政府"]),
        ("市交通局（市道路运输中心）、杭州海关", ["杭州市交通局", "杭州海关"]),
        ("市级有关部门，浙江大学、国网杭州供电公司", ["市级有关部门", "浙江大学", "国网杭州供电公司"]),
        ("市经信局、神秘力量", None),
        ("市经信局推进", None),
        ("13个政府部门", None),
        ("企业", None),
    ],
)
def test_a_list_is_read_wholly_or_not_at_all(text: str, found: list[str] | None) -> None:
    assert names(text) == found


def test_one_body_of_a_place_may_hold_a_comma_in_its_name() -> None:
    text = "市科委、中关村管委会，市教委"
    assert names(text, "北京市") == ["北京市科委、中关村管委会", "北京市教委"]
    assert len(names(text, "上海市") or []) == 3


def test_what_a_body_s_brackets_say_is_kept() -> None:
    found = read_bodies("市财政局（牵头）、市税务局", "杭州市", VOCABULARY) or ()
    assert [named.aside for named in found] == ["牵头", ""]


def test_names_of_bodies_are_told_from_others() -> None:
    assert all(is_official(name) for name in ("市经信局", "省委宣传部", "杭州发改委", "交通运输部"))
    assert not any(is_body(name, VOCABULARY) for name in ("企业", "以下简称管委会", "牵头的单位", "（市财政局"))
    assert [level_of(name) for name in ("市财政局", "市场监管局", "市民政局", "区域办公室", "自治区教育厅")] == [
        "市",
        "",
        "市",
        "",
        "自治区",
    ]
    assert is_group("各有关单位") and not is_group("市财政局")


@given(st.text("市省各区县、，（）委局厅政府和及发改经信等 ", max_size=30))
def test_every_body_stands_where_it_says(text: str) -> None:
    for named in read_bodies(text, "杭州市", VOCABULARY) or ():
        assert 0 <= named.start < named.end <= len(text)
        assert named.body.printed in text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("市经信局、科技局、浙大", ["杭州市经信局", "杭州市科技局", "浙大"]),
        ("市经信局、神秘力量", None),
        ("市经信局、科技局、加快项目建设", None),
        ("塘栖镇、瓶窑镇", None),
    ],
)
def test_a_list_that_is_told_to_be_of_bodies_may_hold_one_that_looks_like_none(
    text: str, found: list[str] | None
) -> None:
    told = read_bodies(text, "杭州市", VOCABULARY, told=True)
    assert (None if told is None else [named.body.name for named in told]) == found


@pytest.mark.parametrize("text", ["☆经信局、科技局", "经信局★、科技局", "科技局、*经信局"])
def test_a_mark_beside_a_body_says_that_it_leads(text: str) -> None:
    found = read_bodies(text, "诸暨市", VOCABULARY)
    assert found is not None
    assert {named.body.name: named.aside for named in found} == {"诸暨市经信局": "牵头", "诸暨市科技局": ""}
