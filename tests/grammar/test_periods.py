"""Times are resolved against the day of publication; bases of comparison and years of papers are none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.grammar.periods import find_times


@pytest.mark.parametrize(
    ("text", "published", "label", "first", "last"),
    [
        ("2021年", "", "2021", "2021-01-01", "2021-12-31"),
        ("截至2021年底", "2022", "2021", "2021-01-01", "2021-12-31"),
        ("去年前三季度", "2024-01-19", "2023-Q1/Q3", "2023-01-01", "2023-09-30"),
        ("今年一季度", "2022", "2022-Q1", "2022-01-01", "2022-03-31"),
        ("前三季度", "2023", "2023-Q1/Q3", "2023-01-01", "2023-09-30"),
        ("2020年上半年", "", "2020-H1", "2020-01-01", "2020-06-30"),
        ("前7个月", "2022-08-16", "2022-01/07", "2022-01-01", "2022-07-31"),
        ("今年前十个月", "2022-11", "2022-01/10", "2022-01-01", "2022-10-31"),
        ("2022年1-4月", "", "2022-01/04", "2022-01-01", "2022-04-30"),
        ("2024年2月", "", "2024-02", "2024-02-01", "2024-02-29"),
        ("2024年6月份", "", "2024-06", "2024-06-01", "2024-06-30"),
        ("“十三五”期间", "", "“十三五”期间", "2016-01-01", "2020-12-31"),
        ("“十四五”末", "", "2025", "2025-01-01", "2025-12-31"),
        ("2017年至2019年", "", "2017/2019", "2017-01-01", "2019-12-31"),
    ],
)
def test_a_time_is_a_period(text: str, published: str, label: str, first: str, last: str) -> None:
    (time,) = find_times(f"{text}，产业增长", published)
    assert (time.label, time.first, time.last) == (label, first, last)


@pytest.mark.parametrize(
    "text",
    [
        "比2017年增长",
        "比上年同期提高",
        "较上年增长",
        "是去年同期的两倍",
        "比一季度前移",
        "较6月份提高",
        "较“十三五”末提高",
        "2022年深圳市《政府工作报告》指出",
        "《行动计划（2022-2025年）》",
        "2002年开始",
        "今年的报告中提出",
        "未来产业",
    ],
)
def test_some_years_tell_nothing_of_when(text: str) -> None:
    assert not [t for t in find_times(text, "2022") if t.year]


def test_a_year_to_come_is_told_apart() -> None:
    (time,) = find_times("到2025年，建成", "2022")
    assert (time.year, time.by) == (2025, True)


def test_words_of_now_name_no_year() -> None:
    (time,) = find_times("目前，已建成", "2022")
    assert (time.year, time.now) == (None, True)


def test_without_a_day_of_publication_last_year_is_unknown() -> None:
    assert find_times("去年增长", "") == ()


@given(st.integers(1950, 2049), st.integers(1, 12))
def test_a_month_ends_on_its_last_day(year: int, month: int) -> None:
    (time,) = find_times(f"{year}年{month}月，", "")
    assert time.first == f"{year}-{month:02d}-01"
    assert time.first < time.last < f"{year}-{month:02d}-32"


@given(st.text(alphabet="到2025年前三季度“十四五”末比去《》月-至1", max_size=20))
def test_any_text_is_read_in_order(text: str) -> None:
    times = find_times(text, "2022")
    assert all(0 <= t.start < t.end <= len(text) for t in times)
    assert all(a.end <= b.start for a, b in pairwise(times))


def test_the_year_before_counts_from_the_year_that_the_text_speaks_of() -> None:
    (alone,) = find_times("从上一年500件增至620件", "2023")
    (told,) = find_times("从上一年500件增至620件", "2023", 2021)
    assert (alone.year, told.year) == (2022, 2020)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("未来五年，产值翻番", 2027),
        ("今后3年引进人才", 2025),
        ("自2021年起，用5年时间建成", 2025),
        ("2012年起5年内", 2016),
        ("年内建成", 2022),
    ],
)
def test_a_number_of_years_to_come_ends_with_its_last(text: str, year: int) -> None:
    (time,) = find_times(text, "2022-06-20")
    assert time.year == year


@pytest.mark.parametrize("text", ["3年内培育企业", "未来5至10年内成长", "两年内淘汰"])
def test_years_that_count_from_no_known_year_name_none(text: str) -> None:
    assert all(time.year is None for time in find_times(text, "2022"))


def test_months_may_each_be_named() -> None:
    (time,) = find_times("1月至9月，产值增长", "2023")
    assert (time.label, time.day) == ("2023-01/09", False)


def test_what_is_counted_up_to_a_month_holds_then() -> None:
    (until,) = find_times("截至9月末，拥有企业30家", "2023")
    (in_month,) = find_times("9月签约企业30家", "2023")
    assert (until.label, until.day, in_month.day) == ("2023-09", False, True)


def test_months_that_are_not_over_on_the_day_of_publication_are_those_of_the_year_before() -> None:
    assert [time.label for time in find_times("1-10月，产值增长", "2025-01-07")] == ["2024-01/10"]
    assert [time.label for time in find_times("1-10月，产值增长", "2025-11-07")] == ["2025-01/10"]
