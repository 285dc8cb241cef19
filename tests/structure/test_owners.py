"""Figures of articles go to the company that their sentence speaks of, and to no other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.facts import Enterprise, Evidence, Fact, Observation
from kg.reading import ROOMS
from kg.structure.figures.owners import owned
from kg.structure.outline import Outline
from kg.vocabulary import load
from tests.rooms import outline

NAMES = ("云杉科技", "青石")


def facts_of(page: Outline) -> list[Fact]:
    """The observations of a text, and a mention of each company wherever its name stands."""
    found: list[Fact] = list(ROOMS["observations"](page, load()))
    for name in NAMES:
        start = page.text.chars.find(name)
        while start >= 0:
            evidence: Evidence = page.evidence(start, start + len(name), "enterprises/list")
            found.append(Enterprise(name, None, None, None, evidence))
            start = page.text.chars.find(name, start + 1)
    return found


def owners(text: str) -> list[tuple[str, str]]:
    """Whom each figure of an article is about, and what it measures."""
    page = outline({"text": f"深圳产业稳步发展。\n\n{text}", "date": "2023"})
    told = [fact for fact in owned(facts_of(page), page) if isinstance(fact, Observation)]
    return [(fact.about.name if fact.about else "", fact.metric) for fact in told]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云杉科技机器人销量达3万台。", [("云杉科技", "机器人销量")]),
        ("比如，云杉科技采用新工艺，产品合格率达98%。", [("云杉科技", "产品合格率")]),
        ("总部位于深圳的云杉科技宣布，累计申请专利90项。", [("云杉科技", "申请专利数量")]),
        ("云杉科技发布年报。公司员工达2000人。", [("云杉科技", "员工数量")]),
        ("云杉科技、青石等20家企业入选名单。", [("shenzhen", "企业入选名单数量")]),
        ("云杉科技获奖，6家企业入围决赛。", [("shenzhen", "企业入围决赛数量")]),
        ("云杉科技成立多年。去年，净利润增长12%。", [("云杉科技", "净利润增速")]),
        ("云杉科技参展。深圳企业达300万家。", [("shenzhen", "企业数量")]),
    ],
)
def test_a_figure_is_of_the_company_that_its_sentence_speaks_of(text: str, expected: list[tuple[str, str]]) -> None:
    assert owners(text) == expected


def test_a_plan_speaks_of_its_industry() -> None:
    title = "深圳市工业和信息化局关于印发《深圳市培育发展新能源产业集群行动计划（2022-2025年）》的通知"
    page = outline({"title": title, "text": "一、总体情况\n\n2021年，云杉科技产值达5亿元。"})
    assert list(owned(facts_of(page), page)) == facts_of(page)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["云杉科技", "青石", "，", "。", "专利90项", "产值5亿元", "等", "公司"]), max_size=10))
def test_tying_changes_neither_the_figures_nor_their_places(parts: list[str]) -> None:
    page = outline({"text": "深圳产业稳步发展。" + "".join(parts), "date": "2023"})
    before = facts_of(page)
    after = list(owned(before, page))
    assert [getattr(f, "evidence", None) for f in after] == [getattr(f, "evidence", None) for f in before]
