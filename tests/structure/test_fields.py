"""What a figure is of where only the words around its clause say so."""

from __future__ import annotations

import pytest

from kg.structure.figures.fields import kind_counted, ranked_anew


@pytest.mark.parametrize(
    ("metric", "kind"),
    [
        ("光电企业数量", "光电企业"),
        ("亿元以上项目数量", "亿元以上项目"),
        ("专利数量", ""),
        ("光电企业", ""),
        ("产值", ""),
    ],
)
def test_only_companies_and_projects_that_were_counted_go_on(metric: str, kind: str) -> None:
    assert kind_counted(metric) == kind


@pytest.mark.parametrize(
    ("metric", "before", "anew"),
    [
        ("省级数量", "国家级龙头企业数量", "省级龙头企业数量"),
        ("市级数量", "新增省级以上中心数量", "新增市级中心数量"),
        ("省级平台数量", "国家级龙头企业数量", ""),
        ("省级数量", "企业数量", ""),
    ],
)
def test_a_rank_alone_takes_the_noun_before_it(metric: str, before: str, anew: str) -> None:
    assert ranked_anew(metric, before) == anew
