"""Addresses are plain ASCII, the same each time, and no longer than they may be."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.slugs import content_slug, pinyin_slug

NAMES = st.text("深圳湾实验室ABC-5（）· é", min_size=1, max_size=60)


@given(NAMES)
@settings(deadline=None)
def test_a_slug_is_fit_for_an_address(name: str) -> None:
    slug = pinyin_slug(name)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug)
    assert len(slug) <= 67
    assert slug == pinyin_slug(name)


@pytest.mark.parametrize(("name", "slug"), [("深圳湾实验室", "shen-zhen-wan-shi-yan-shi"), ("5G 基地", "5g-ji-di")])
def test_a_name_is_its_pinyin(name: str, slug: str) -> None:
    assert pinyin_slug(name) == slug


def test_long_names_that_begin_alike_are_told_apart() -> None:
    first, second = (pinyin_slug("深圳市" * 20 + end) for end in "甲乙")
    assert first != second


@given(st.lists(st.text(max_size=3), max_size=3), st.lists(st.text(max_size=3), max_size=3))
def test_what_is_said_differently_has_another_hash(one: list[str], other: list[str]) -> None:
    assert (content_slug(*one) == content_slug(*other)) == ("\x1f".join(one) == "\x1f".join(other))


def test_a_name_without_letters_has_its_hash() -> None:
    assert pinyin_slug("·") == content_slug("·")
