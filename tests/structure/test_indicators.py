"""Tables of indicators: goals and levels from the cells under years."""

from __future__ import annotations

import pytest

from kg.documents.bundles import split
from kg.documents.catalogue import Entry
from kg.documents.files import read_text
from kg.documents.identity import identify
from kg.structure.figures.reading import Figures, figures
from kg.structure.reading import lay_out
from kg.vocabulary import load

HEAD = "宁波市产业发展规划\n\n2021年6月1日\n\n一、发展指标\n\n"


def read(text: str) -> Figures:
    source = read_text("a.txt", HEAD + text)
    part = split(source)[0]
    document = identify(source, part, Entry(file="a.txt"), load(), bundled=False)
    return figures(lay_out(document, source, part.blocks, part.head), load())


def stated(text: str) -> list[tuple[bool, str, str, str, int | None]]:
    return [(f.goal, f.metric, format(f.quantity.low, "f"), f.quantity.unit, f.time.year) for f in read(text).stated]


@pytest.mark.parametrize("gap", ["\t", "    ", "|"])
def test_a_year_to_come_heads_goals_and_a_year_gone_by_levels(gap: str) -> None:
    rule = "---|---|---|---|---\n" if gap == "|" else ""
    rows = gap.join(("指标", "单位", "2020年", "2025年", "属性")) + "\n" + rule
    rows += gap.join(("研发投入强度", "%", "1.9", "2.5左右", "预期性")) + "\n"
    rows += gap.join(("高新技术企业数量", "家", "—", "＞800", "预期性")) + "\n"
    assert stated(rows) == [
        (False, "研发投入强度", "1.9", "%", 2020),
        (True, "研发投入强度", "2.5", "%", 2025),
        (True, "高新技术企业数量", "800", "家", 2025),
    ]


def test_every_number_of_such_a_table_is_accounted_for() -> None:
    rows = "| 序号 | 指标 | 单位 | 2020年 | 2025年目标 |\n| --- | --- | --- | --- | --- |\n"
    rows += "| 1 | 港口吞吐量 | 亿吨 | 11.7 | 13 |\n"
    assert {number.outcome for number in read(rows).numbers} == {"read", "ignored"}


def test_growth_and_ranks_are_no_levels() -> None:
    rows = "| 指标 | 单位 | 2020年 | 年均增长 |\n| --- | --- | --- | --- |\n| 总产值 | 亿元 | 300 | 8.0 |\n"
    assert [low for _, _, low, _, _ in stated(rows)] == ["300"]


def test_a_table_without_indicators_is_no_table_of_them() -> None:
    assert stated("| 人员 | 2020年 |\n| --- | --- |\n| 某某 | 3 |\n") == []
