"""Slips of the pen in the words of asking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lookup.slips import mended


def never(pair: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("数字创意产业集群谁牵投", "数字创意产业集群谁牵头"),
        ("精密仪器产业集裙牵头单位", "精密仪器产业集群牵头单位"),
        ("新材料产业由哪个部们负责", "新材料产业由哪个部门负责"),
        ("新材料由谁负责", "新材料由谁负责"),
    ],
)
def test_a_word_of_asking_that_sounds_right_is_spelled_right(said: str, meant: str) -> None:
    assert mended(said, never) == meant


def test_a_word_that_the_documents_know_is_left_alone() -> None:
    assert mended("航业谁牵头", lambda pair: pair == "航业") == "航业谁牵头"


@given(st.text(alphabet="产业牵投头部门们集群裙谁的 a1，"))
def test_mending_twice_changes_nothing_more_and_keeps_the_length(text: str) -> None:
    once = mended(text, never)
    assert len(once) == len(text)
    assert mended(once, never) == once
