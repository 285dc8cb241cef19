"""Figures are told apart as goals and observations, each with its time, its thing and its place in the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.structure.figures.figure import Figure
from kg.structure.figures.reading import figures
from kg.vocabulary import load
from tests.rooms import outline

PLAN = "深圳市工业和信息化局关于印发《深圳市培育发展新能源产业集群行动计划（2022-2025年）》的通知"


def read(text: str, title: str = "", date: str = "2022-05") -> tuple[Figure, ...]:
    return figures(outline({"title": title, "text": text, "date": date}), load()).stated


def told(text: str, title: str = "", date: str = "2022-05") -> list[tuple[str, bool, str]]:
    """Each figure as value, goal or not, and time."""
    return [(f"{f.quantity.low}{f.quantity.unit}", f.goal, f.time.label) for f in read(text, title, date)]


def test_a_chapter_of_goals_gives_its_year_to_goals_that_print_none() -> None:
    goals = "二、工作目标\n\n到2024年，建成产业高地。\n\n（一）壮大产业。新增企业5家。"
    text = f"{goals}\n\n三、重点任务\n\n（一）引进企业。引进企业6家。"
    assert told(text, PLAN) == [("5家", True, "2024"), ("6家", True, "2025")]


def test_a_task_is_due_when_the_plan_ends_unless_it_recurs_or_takes_its_own_time() -> None:
    tasks = "引进企业6家。每年培育企业7家。3年内建成园区8个。"
    expected = [("6家", True, "2025"), ("7家", True, ""), ("8个", True, "")]
    assert told(f"三、重点任务\n\n（一）引进企业。{tasks}", PLAN) == expected
    assert told("四、重点工程\n\n（一）引进企业。引进企业6家。", PLAN) == [("6家", True, "")]


def test_a_plan_of_one_year_aims_at_it_with_or_without_a_date() -> None:
    for date in ("2025-02", ""):
        assert told("一、重点任务\n\n新增企业5家。", "德清县2025年产业链工作要点", date) == [("5家", True, "2025")]


def test_what_reports_of_a_year_is_of_it_and_so_are_its_quarters() -> None:
    text = "全县产值5亿元。一季度增长6%。"
    assert told(text, "2021年建水县统计公报", "2022-04") == [("5亿元", False, "2021"), ("6%", False, "2021-Q1")]


def test_a_plan_without_a_year_in_its_goals_aims_at_its_last_year() -> None:
    assert told("二、工作目标\n\n新增企业5家。", PLAN) == [("5家", True, "2025")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2025年，产值超过5亿元。目前，企业达6家。", [("5亿元", True, "2025"), ("6家", False, "")]),
        ("2021年，产值5亿元。力争增长6%。", [("5亿元", False, "2021"), ("6%", True, "")]),
        (
            "2021年，产值5亿元；企业6家。增长7%。",
            [("5亿元", False, "2021"), ("6家", False, "2021"), ("7%", False, "2021")],
        ),
        ("3月2日，7家企业获奖。", [("7家", False, "")]),
        ("计划新增企业8家。其中，国企3家。", [("8家", True, ""), ("3家", True, "")]),
        ("未来产业发展良好，企业9家。", [("9家", False, "")]),
        ("产值连续三年增长4%。", [("4%", False, "")]),
    ],
)
def test_an_article_tells_goals_by_what_looks_ahead(text: str, expected: list[tuple[str, bool, str]]) -> None:
    assert told(text) == expected


def test_a_repeat_speaks_in_the_words_of_the_first() -> None:
    first, other, repeat = read(
        "2021年，深圳国家高新技术企业达2.1万家。商标注册量3万件。全市2.1万家国家高新企业排名第二。"
    )
    assert (repeat.subject, repeat.metric, repeat.time) == (first.subject, first.metric, first.time)
    assert other.metric != first.metric


def test_the_same_number_of_two_districts_is_two_facts() -> None:
    text = "2021年，福田区地区生产总值增长7%。2021年，罗湖区地区生产总值增长7%。"
    assert [f.about.name for f in read(text) if f.about] == ["futian", "luohu"]


def test_a_fall_is_a_negative_growth() -> None:
    (figure,) = read("2021年，进出口总额同比下降2.5%。")
    assert (str(figure.quantity.low), figure.metric) == ("-2.5", "进出口总额增速")


def test_lists_share_the_words_before_them() -> None:
    rates = read("2021年，制造业贷款、绿色信贷余额分别增长3%、4%。")
    assert [(f.subject, f.metric) for f in rates] == [("深圳市", "制造业贷款余额增速"), ("深圳市", "绿色信贷余额增速")]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["2021年，", "力争", "福田区", "产值达5亿元", "、", "，", "。", "8家企业", "增长3%", "“20+8”"]),
        max_size=12,
    )
)
def test_a_figure_lies_in_its_text_and_reading_twice_gives_the_same(parts: list[str]) -> None:
    page = outline({"text": "深圳产业稳步发展。" + "".join(parts), "date": "2022"})
    found = figures(page, load())
    assert all(0 <= f.start < f.end <= len(page.text) for f in found.stated)
    again = figures(outline({"text": "深圳产业稳步发展。" + "".join(parts), "date": "2022"}), load())
    assert again == found
