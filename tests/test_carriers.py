"""Carriers named with and without their place are one; alike names of two places are two."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.carriers import carriers
from kg.vocabulary import load

CITIES = st.sampled_from(["深圳市", "杭州市", "杭州市余杭区", "浙江省", ""])
NAMES = st.text("深圳杭州南山光明海马谷园国家", min_size=1, max_size=8)
VOCABULARY = load()


def meant(*found: tuple[str, str]) -> dict[tuple[str, str], tuple[str, str]]:
    return {key: (one.name, one.home) for key, one in carriers(found, VOCABULARY).items()}


def test_a_name_is_that_of_the_one_which_only_puts_its_place_before_it() -> None:
    found = meant(("深圳市", "国际低碳谷"), ("深圳市", "深圳国际低碳谷"), ("深圳市", "国家低碳谷"))
    assert found["深圳市", "国际低碳谷"] == found["深圳市", "深圳国际低碳谷"] == ("深圳国际低碳谷", "")
    assert found["深圳市", "国家低碳谷"] == ("国家低碳谷", "深圳市")


def test_a_province_and_a_district_are_places_of_a_city_document() -> None:
    found = meant(
        ("深圳市", "脑图谱平台"), ("深圳市", "广东省脑图谱平台"), ("深圳市", "海马谷"), ("深圳市", "光明海马谷")
    )
    assert found["深圳市", "脑图谱平台"][0] == "广东省脑图谱平台"
    assert found["深圳市", "海马谷"][0] == "光明海马谷"


def test_where_two_places_make_a_fuller_name_it_is_neithers() -> None:
    found = meant(("深圳市", "海马谷"), ("深圳市", "南山海马谷"), ("深圳市", "光明海马谷"))
    assert found["深圳市", "海马谷"] == ("海马谷", "深圳市")


def test_a_name_of_another_place_is_no_fuller_one() -> None:
    found = meant(("深圳市", "脑机谷"), ("深圳市", "杭州脑机谷"), ("杭州市", "脑机谷"))
    assert found["深圳市", "脑机谷"] == ("脑机谷", "深圳市")
    assert found["杭州市", "脑机谷"] == ("杭州脑机谷", "")


def test_alike_names_without_a_place_are_one_in_a_place_and_two_in_two() -> None:
    found = carriers([("深圳市", "国际会展中心"), ("杭州市", "国际会展中心")], VOCABULARY)
    assert {one.home for one in found.values()} == {"深圳市", "杭州市"}


@given(st.lists(st.tuples(CITIES, NAMES), max_size=8))
def test_every_mention_has_one_carrier_whose_names_were_all_mentioned(mentions: list[tuple[str, str]]) -> None:
    found = carriers(mentions, VOCABULARY)
    assert found == carriers(mentions[::-1], VOCABULARY) and set(found) == set(mentions)
    names = {name for _, name in mentions}
    for (_, name), carrier in found.items():
        assert {carrier.name, *carrier.alt} <= names and name in {carrier.name, *carrier.alt}
        assert carrier.name.endswith(name)
