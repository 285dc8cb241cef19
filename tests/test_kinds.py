"""Kinds of bodies: what is printed short has one official name in its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.kinds import is_kind, is_ministry, official


@pytest.mark.parametrize(
    ("name", "place", "full"),
    [
        ("杭州市发展改革委", "杭州市", "杭州市发展和改革委员会"),
        ("浙江省经信厅", "浙江省", "浙江省经济和信息化厅"),
        ("浙江省发展改革委", "浙江省", "浙江省发展和改革委员会"),
        ("上海市经济信息化委", "上海市", "上海市经济和信息化委员会"),
        ("上海市科委", "上海市", "上海市科学技术委员会"),
        ("上海市国资委", "上海市", "上海市国有资产监督管理委员会"),
        ("杭州市国资委", "杭州市", "杭州市人民政府国有资产监督管理委员会"),
        ("北京市科委、中关村管委会", "北京市", "北京市科学技术委员会、中关村科技园区管理委员会"),
        ("北京市交通委", "北京市", "北京市交通委员会"),
        ("杭州市交通局", "杭州市", "杭州市交通运输局"),
        ("宁波市资规局", "宁波市", "宁波市自然资源和规划局"),
        ("杭州市委宣传部", "杭州市", "中共杭州市委宣传部"),
        ("杭州市税务局", "杭州市", "国家税务总局杭州市税务局"),
        ("杭州市团市委", "杭州市", "共青团杭州市委员会"),
        ("杭州市市监局", "杭州市", "杭州市市场监督管理局"),
        ("广东省政务和数据局", "广东省", "广东省政务服务和数据管理局"),
        ("广东省法院", "广东省", "广东省高级人民法院"),
        ("杭州市法院", "杭州市", "杭州市中级人民法院"),
        ("余杭区政府", "杭州市", "余杭区人民政府"),
        ("余杭区发改局", "杭州市", "杭州市余杭区发展和改革局"),
        ("杭州市余杭区发改局", "杭州市余杭区", "杭州市余杭区发展和改革局"),
        ("杭州市规划资源局余杭分局", "杭州市余杭区", "杭州市规划和自然资源局余杭分局"),
        ("杭州市规划资源余杭分局", "杭州市余杭区", "杭州市规划和自然资源局余杭分局"),
        ("常熟市工信局", "苏州市", "常熟市工业和信息化局"),
        ("贵安新区经发局", "贵阳市", "贵安新区经济发展局"),
        ("柳州市大数据发展局", "柳州市", "柳州市大数据发展局"),
        ("交通运输部", "杭州市", "中华人民共和国交通运输部"),
        ("杭州海关", "杭州市", "杭州海关"),
    ],
)
def test_a_short_form_has_one_official_name(name: str, place: str, full: str) -> None:
    found = official(name, place)
    assert found is not None
    assert found.name == full


@pytest.mark.parametrize(
    "name", ["杭州市大江东集团", "杭州市科委、中关村管委会", "广东金融监管局", "发展改革委", "浙江大学", ""]
)
def test_what_is_of_no_known_kind_or_of_no_place_has_none(name: str) -> None:
    assert official(name, "杭州市") is None


def test_an_official_name_says_what_it_is_in_english() -> None:
    found = official("杭州市经信局", "杭州市")
    assert found is not None
    assert found.english == "Economy and Information Technology Bureau of Hangzhou"


@pytest.mark.parametrize("place", ["杭州市", "浙江省", "上海市", "杭州市余杭区", "内蒙古自治区"])
@pytest.mark.parametrize(
    "short", ["发改委", "科技局", "委网信办", "团委", "总工会", "政府办公室", "税务局", "公积金中心"]
)
def test_an_official_name_is_its_own(place: str, short: str) -> None:
    found = official(place + short, place)
    assert found is not None
    again = official(found.name, place)
    assert again is None or again.name == found.name


def test_kinds_are_known_without_their_place() -> None:
    assert all(map(is_kind, ["经信局", "委宣传部", "团市委", "国资委", "市监局"]))
    assert not any(map(is_kind, ["企业", "专班", "经信", "管委会"]))
    assert is_ministry("住房城乡建设部")
    assert not is_ministry("宣传部") and not is_ministry("投资促进部")


@given(st.text("杭州市余区浙江省委发改科技局部厅、（）", max_size=12), st.sampled_from(["杭州市", "浙江省", ""]))
def test_any_name_can_be_asked_for(name: str, place: str) -> None:
    found = official(name, place)
    assert found is None or found.name
