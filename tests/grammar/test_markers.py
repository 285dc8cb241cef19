"""Numbers of headings stand in the order that official documents give them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.grammar.markers import is_addressee, is_imprint, marker_at, starts_heading

LADDER = ("第一章", "第二节", "三、", "（四）", "5.", "（6）", "⑦")
ARTICLE = "第十二条"


def test_the_ladder_of_headings_goes_down_step_by_step() -> None:
    markers = [marker_at(f"{number}工作目标") for number in LADDER]
    assert [m.number for m in markers if m] == list(LADDER)
    assert all(above.level < below.level for above, below in pairwise(m for m in markers if m))


def test_an_article_of_a_regulation_stands_as_high_as_a_chapter_of_a_paper() -> None:
    article, chapter = marker_at(f"{ARTICLE}支持企业发展。"), marker_at("三、重点任务")
    assert article is not None and chapter is not None
    assert (article.number, article.level) == (ARTICLE, chapter.level)


@pytest.mark.parametrize("text", ["来源：某局", "发布日期：2023-07-24", "信息来源：区府办 浏览次数：3"])
def test_a_line_says_of_its_page_where_it_is_from(text: str) -> None:
    assert is_imprint(text)
    assert not is_imprint(f"据悉，{text}")


@pytest.mark.parametrize(
    "text",
    [
        "第三条规定",
        "第二条和第四条",
        "2.5亿元",
        "1.4GHz无线政务专网",
        "2025年",
        "三大工程",
        "第一，坚持创新",
        "（如下）",
        "一带一路",
        "1万家",
        "",
    ],
)
def test_other_numbers_begin_no_heading(text: str) -> None:
    assert marker_at(text) is None


@pytest.mark.parametrize("text", ["1.3C 电子领域", "2．5G网络", "3、3D打印", "4.8K超高清"])
def test_a_heading_may_begin_with_a_digit_and_its_letter(text: str) -> None:
    marker = marker_at(text)
    assert marker is not None and (marker.number[0], marker.level) == (text[0], 5)


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
