"""When a document was published, as far as its own lines say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.dating import date_of


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["某市行动方案", "2023年10月24日", "一、总体要求"], "2023-10-24"),
        (["某市人民政府2020年4月22日"], "2020-04-22"),
        (["（2025年6月9日）"], "2025-06-09"),
        (["来源：某局 发布日期：2023-07-24 浏览次数：3", "2022年1月1日"], "2023-07-24"),
        (["——2026年1月26日在某市第十八届人民代表大会第四次会议上"], "2026-01-26"),
        (["2021年8月5日，记者从发布会上获悉，工业增长较快。"], "2021-08-05"),
        (["二○○九年七月三十日"], "2009-07-30"),
        (["２０２４年５月７日"], "2024-05-07"),
        (["2024-10-25来源：某日报"], "2024-10-25"),
        (["园区运行平稳2023-08-1408:30:10来源:某报"], "2023-08-14"),
        (["某经济技术开发区2021-07-28"], "2021-07-28"),
        (["2022年06月19日21:04某周刊"], "2022-06-19"),
        (["某市行动计划（2023-2025年）", "完成时限2025年12月31日"], ""),
        (["津滨政办发〔2019〕22号"], "2019"),
        (["到2025年，产值达到500亿元。", "2023年13月40日"], ""),
        (["根据国发〔2017〕35号文件，制定本方案。"], ""),
        ([], ""),
    ],
)
def test_the_lines_of_a_document_date_it(lines: list[str], date: str) -> None:
    assert date_of(lines) == date


@given(
    st.dates(),
    st.sampled_from(["{0}年{1}月{2}日", "（{0}年{1}月{2}日）", "发布日期：{0}-{1}-{2}", "某市人民政府{0}年{1}月{2}日"]),
)
def test_every_day_of_these_centuries_is_read_back(day: object, form: str) -> None:
    year, month, number = (int(part) for part in str(day).split("-"))
    expected = str(day) if 1900 <= year < 2100 else ""
    assert date_of([form.format(year, month, number)]) == expected
