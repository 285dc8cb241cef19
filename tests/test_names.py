"""Names lead to the thing meant, whatever the order in which they are read."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.facts import Assignment, Body, Document, Enterprise, Evidence, Fact, Platform, Reading
from kg.names import Names, is_short_for, resolve
from kg.vocabulary import Vocabulary

VOCABULARY = Vocabulary.load()
PLACE = "深圳市"
EVIDENCE = Evidence("doc", 0, 1, "文", (), "doc", "room/rule")
CHARS = st.text("市发展改革监督管理工业和信息化委员会局", max_size=10)


def reading(slug: str, *facts: Fact) -> Reading:
    return Reading(Document(slug, slug, "a.txt", "Article", 0, 1, PLACE), facts)


def company(name: str, full: str | None = None) -> Enterprise:
    return Enterprise(name, full, None, None, EVIDENCE)


def platform(name: str) -> Platform:
    return Platform(name, "Platform", None, None, EVIDENCE)


@pytest.mark.parametrize(
    ("short", "full", "verdict"),
    [
        ("市监局", "市市场监督管理局", True),
        ("发展改革委", "发展和改革委员会", True),
        ("工信局", "工业和信息化局", True),
        ("改革发展委", "发展和改革委员会", False),
        ("市监委", "市市场监督管理局", False),
        ("", "市市场监督管理局", False),
    ],
)
def test_a_short_form_has_the_characters_in_order_and_the_last_one(short: str, full: str, verdict: bool) -> None:
    assert is_short_for(short, full) is verdict


@given(CHARS, CHARS)
def test_being_short_for_goes_one_way_and_makes_shorter(one: str, other: str) -> None:
    assert not is_short_for(one, one)
    if one and other and is_short_for(one, other):
        assert len(one) < len(other)
        assert not is_short_for(other, one)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("深圳市发展和改革委员会", "深圳市发展和改革委员会"),
        ("市发展改革委", "深圳市发展和改革委员会"),
        ("深圳市工信局", "深圳市工业和信息化局"),
    ],
)
def test_a_body_is_the_one_official_body_that_its_name_abbreviates(name: str, label: str) -> None:
    named = Names(VOCABULARY).agency(Body(name, name), PLACE)
    assert (named.label, named.known) == (label, True)


def test_a_body_that_nobody_knows_keeps_its_name() -> None:
    named = Names(VOCABULARY).agency(Body("广州市海珠区某局", "广州市海珠区某局"), PLACE)
    assert (named.label, named.known) == ("广州市海珠区某局", False)
    assert named.slug.isascii()


def test_a_short_form_that_fits_two_bodies_is_neither() -> None:
    ends_alike = [e for e in VOCABULARY.entries("agency") if e.label.startswith(PLACE) and e.label.endswith("局")]
    assert len(ends_alike) > 1
    assert not Names(VOCABULARY).agency(Body("局", f"{PLACE}局"), PLACE).known


def test_a_company_has_all_names_that_one_mention_gives_together() -> None:
    names = resolve([reading("a", company("比亚迪", "比亚迪股份有限公司"), company("华为"))], VOCABULARY)
    assert names.enterprise("比亚迪").label == "比亚迪"
    assert names.enterprise("比亚迪股份有限公司") == names.enterprise("比亚迪")
    assert names.enterprise("比亚迪").alt == ("比亚迪股份有限公司",)
    assert names.enterprise("华为").alt == ()


def test_a_short_name_of_two_companies_joins_none_of_them() -> None:
    facts = (company("中科", "中科甲有限公司"), company("中科", "中科乙有限公司"))
    names = resolve(
        [reading("a", *facts), reading("b", company("中科甲有限公司"), company("中科乙有限公司"))], VOCABULARY
    )
    assert names.enterprise("中科甲有限公司") != names.enterprise("中科乙有限公司")


def test_names_that_sound_the_same_get_addresses_of_their_own() -> None:
    names = resolve([reading("a", platform("石岩实验室"), platform("实验实验室"), platform("试验实验室"))], VOCABULARY)
    slugs = [names.slug("platform", name) for name in ("石岩实验室", "实验实验室", "试验实验室")]
    assert len(set(slugs)) == 3
    assert sorted(slugs, key=len)[0] == "shi-yan-shi-yan-shi"


FACTS = [
    company("比亚迪", "比亚迪股份有限公司"),
    company("比亚迪公司", "比亚迪股份有限公司"),
    company("中科", "中科甲有限公司"),
    company("中科", "中科乙有限公司"),
    platform("石岩实验室"),
    platform("实验实验室"),
]


@given(st.randoms(use_true_random=False), st.integers(1, 3))
@settings(deadline=None)
def test_what_names_mean_does_not_depend_on_the_order_of_reading(order: random.Random, documents: int) -> None:
    facts = list(FACTS)
    order.shuffle(facts)
    readings = [reading(f"d{n}", *facts[n::documents]) for n in range(documents)]
    found, plain = resolve(readings, VOCABULARY), resolve([reading("d", *FACTS)], VOCABULARY)
    for fact in FACTS:
        if isinstance(fact, Enterprise):
            assert found.enterprise(fact.name) == plain.enterprise(fact.name)
        elif isinstance(fact, Platform):
            assert found.slug("platform", fact.name) == plain.slug("platform", fact.name)


def assigned(place: str, *bodies: Body) -> Reading:
    facts = tuple(Assignment("m", body, "lead", n, EVIDENCE) for n, body in enumerate(bodies, 1))
    return Reading(Document(f"d-{place}", place, "a.txt", "ActionPlan", 0, 1, place), facts)


def body(printed: str, name: str) -> Body:
    return Body(printed, name)


def test_a_body_of_another_city_is_that_city_s() -> None:
    reform = body("市发展改革委", "杭州市发展改革委")
    names = resolve(
        [assigned("杭州市", reform), assigned("深圳市", body("市发展改革委", "深圳市发展改革委"))], VOCABULARY
    )
    found = names.agency(reform, "杭州市")
    assert (found.label, found.known) == ("杭州市发展和改革委员会", False)
    assert found.label_en == "Development and Reform Commission of Hangzhou"
    assert found.alt == ("市发展改革委", "杭州市发展改革委")
    assert names.agency(body("市发展改革委", "深圳市发展改革委"), "深圳市").slug == "sz-development-and-reform"


def test_short_and_full_forms_are_one_body() -> None:
    forms = [
        body("市经信局", "杭州市经信局"),
        body("市经济和信息化局", "杭州市经济和信息化局"),
        body("经信局", "杭州市经信局"),
    ]
    names = resolve([assigned("杭州市", *forms)], VOCABULARY)
    assert len({names.agency(form, "杭州市").slug for form in forms}) == 1
    assert "经信局" not in names.agency(forms[0], "杭州市").alt


def test_groups_of_different_places_are_kept_apart_under_one_name() -> None:
    group = Body("各区政府", "各区政府", group=True)
    names = resolve([assigned("杭州市", group), assigned("苏州市", group), assigned("深圳市", group)], VOCABULARY)
    found = [names.agency(group, place) for place in ("杭州市", "苏州市", "深圳市")]
    assert {named.label for named in found} == {"各区政府"}
    assert len({named.slug for named in found}) == 3
    assert [named.known for named in found] == [False, False, True]


def test_a_body_of_the_nation_is_the_same_everywhere() -> None:
    ministry = body("工业和信息化部", "工业和信息化部")
    assert Names(VOCABULARY).agency(ministry, "杭州市") == Names(VOCABULARY).agency(ministry, "深圳市")


@given(st.permutations(["杭州市经信局", "杭州市经济和信息化局", "杭州市科技局", "杭州市某某中心"]))
def test_addresses_of_bodies_do_not_depend_on_the_order_of_reading(order: list[str]) -> None:
    bodies = [body(name.removeprefix("杭州"), name) for name in order]
    together = resolve([assigned("杭州市", *bodies)], VOCABULARY)
    plain = resolve([assigned("杭州市", *sorted(bodies, key=lambda b: b.name))], VOCABULARY)
    assert [together.agency(b, "杭州市") for b in bodies] == [plain.agency(b, "杭州市") for b in bodies]
