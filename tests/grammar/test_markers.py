"""Numbers of headings stand in the order that official documents give them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.grammar.markers import is_addressee, marker_at, starts_heading

LADDER = ("第一章", "第二节", "三、", "（四）", "5.", "（6）", "⑦")


def test_the_ladder_of_headings_goes_down_step_by_step() -> None:
    markers = [marker_at(f"{number}工作目标") for number in LADDER]
    assert [m.number for m in markers if m] == list(LADDER)
    assert all(above.level < below.level for above, below in pairwise(m for m in markers if m))


@pytest.mark.parametrize(
    "text", ["2.5亿元", "2025年", "三大工程", "第一，坚持创新", "（如下）", "一带一路", "1万家", ""]
)
def test_other_numbers_begin_no_heading(text: str) -> None:
    assert marker_at(text) is None


@given(st.sampled_from(LADDER), st.text("深圳产业。", max_size=8), st.text("工作目标", max_size=4))
def test_a_marker_is_found_where_it_stands(number: str, before: str, after: str) -> None:
    marker = marker_at(before + number + after, len(before))
    assert marker is not None and marker.number == number
    assert starts_heading(number + after)


@pytest.mark.parametrize("text", ["各有关单位：", "各区人民政府，市政府直属各单位：", "市各有关部门:"])
def test_an_addressee_is_known_by_its_colon(text: str) -> None:
    assert is_addressee(text)


@pytest.mark.parametrize("text", ["各有关单位", "各有关单位：请遵照执行", "会议指出：", "责任《单位》："])
def test_other_lines_address_nobody(text: str) -> None:
    assert not is_addressee(text)
