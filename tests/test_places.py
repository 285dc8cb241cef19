"""Places: which holds which, and the one whose bodies a text names."""

from __future__ import annotations

import pytest

from kg.places import (
    city_of,
    english_name,
    leading_county,
    leading_place,
    most_named,
    names_within,
    parse,
    place_at,
    place_names,
    short_name,
)


@pytest.mark.parametrize(
    ("name", "province", "city", "county"),
    [
        ("浙江省", "浙江省", "", ""),
        ("杭州市", "浙江省", "杭州市", ""),
        ("杭州市余杭区", "浙江省", "杭州市", "余杭区"),
        ("浙江省德清县", "浙江省", "", "德清县"),
        ("上海市浦东新区", "上海市", "上海市", "浦东新区"),
        ("义乌市", "浙江省", "金华市", "义乌市"),
        ("江苏省苏州市常熟市", "江苏省", "苏州市", "常熟市"),
        ("海南省文昌市", "海南省", "", "文昌市"),
        ("恩施土家族苗族自治州", "湖北省", "恩施土家族苗族自治州", ""),
        ("", "", "", ""),
    ],
)
def test_a_place_knows_what_holds_it(name: str, province: str, city: str, county: str) -> None:
    place = parse(name)
    assert (place.province, place.city, place.county) == (province, city, county)


@pytest.mark.parametrize(
    ("place", "level", "meant"),
    [
        ("杭州市", "市", "杭州市"),
        ("杭州市", "省", "浙江省"),
        ("杭州市", "区", ""),
        ("上海市", "市", "上海市"),
        ("杭州市余杭区", "区", "杭州市余杭区"),
        ("杭州市余杭区", "市", "杭州市"),
        ("内蒙古自治区", "自治区", "内蒙古自治区"),
        ("恩施土家族苗族自治州", "州", "恩施土家族苗族自治州"),
        ("浙江省", "市", ""),
        ("", "市", ""),
    ],
)
def test_a_bare_level_means_the_place_of_the_document(place: str, level: str, meant: str) -> None:
    assert parse(place).at(level) == meant


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("杭州市智能物联产业行动计划", "杭州市"),
        ("杭州市余杭区数字经济方案", "杭州市余杭区"),
        ("江苏省南京市江宁区政府", "南京市江宁区"),
        ("德清县人民政府", "德清县"),
        ("广州数字经济方案", "广州市"),
        ("杭州市开发区建设方案", "杭州市"),
        ("常熟市工业发展方案", "常熟市"),
        ("东方市场建设方案", ""),
        ("杭州市区域协调方案", "杭州市"),
        ("关于推进示范区建设", ""),
        ("全市产业发展", ""),
    ],
)
def test_a_text_begins_with_a_place(text: str, place: str) -> None:
    assert place_at(text) == place


def test_short_names_and_english_ones() -> None:
    assert [short_name(name) for name in ("杭州市", "浙江省", "内蒙古自治区", "恩施土家族苗族自治州")] == [
        "杭州",
        "浙江",
        "内蒙古",
        "恩施",
    ]
    assert english_name("杭州市余杭区") == "Yuhang District, Hangzhou"
    assert english_name("陕西省") == "Shaanxi"


def test_a_county_gets_the_city_that_a_text_gives_it() -> None:
    assert city_of("余杭区", "为推进余杭区发展，根据杭州市余杭区规划") == "杭州市"
    assert city_of("余杭区", "余杭区") == ""
    assert leading_county("余杭区政府") == "余杭区"
    assert leading_county("各区政府") == ""


def test_a_text_that_begins_with_a_place_begins_with_the_longest_of_its_names() -> None:
    for name in sorted(place_names()):
        _, end = leading_place(f"{name}，")
        assert end == len(name), name
    assert leading_place("吉林市产业")[1] == len("吉林市")
    assert leading_place("产业") == leading_place("市") == leading_place("") == ("", 0)


def test_the_place_named_most_often_goes_before_others() -> None:
    assert most_named("浙江省支持杭州市建设。杭州市要推进。") == "杭州市"
    assert most_named("产业发展") == ""


@pytest.mark.parametrize(
    ("place", "names", "others"),
    [
        ("杭州市余杭区", {"杭州市", "杭州", "余杭区", "余杭"}, {"浙江", "宁波"}),
        ("浙江省", {"浙江省", "浙江", "宁波市", "宁波"}, {"苏州"}),
        ("上海市", {"上海市", "上海"}, {"江苏"}),
        ("", set(), {"浙江"}),
    ],
)
def test_a_place_goes_by_its_own_names_and_a_province_by_its_cities_too(
    place: str, names: set[str], others: set[str]
) -> None:
    assert names <= names_within(place)
    assert not others & names_within(place)
