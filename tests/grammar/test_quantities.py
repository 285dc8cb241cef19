"""Quantities are read as printed, and nothing is read where a number is a label, a date or a code."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.grammar.quantities import find_quantities, kind_of

UNITS = ["亿元", "万亿元", "万家", "个", "项", "%", "万平方米", "标箱", "个百分点", "倍", "万户", "GW", "名"]
VALUES = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999"), places=2).filter(bool)


def shown(text: str) -> list[tuple[str, str, str, str]]:
    """Each quantity as low, high, unit and comparator."""
    return [
        (
            format(f.quantity.low, "f"),
            "" if f.quantity.high is None else str(f.quantity.high),
            f.quantity.unit,
            f.comparator,
        )
        for f in find_quantities(text)
    ]


@given(VALUES, st.sampled_from(UNITS))
def test_a_printed_quantity_is_read_as_it_was_printed(value: Decimal, unit: str) -> None:
    (found,) = find_quantities(f"产业增加值达到{value}{unit}。")
    assert (found.quantity.low, found.quantity.high, found.quantity.unit) == (value, None, unit)
    assert found.quantity.text == f"{value}{unit}"


@given(VALUES, st.sampled_from(UNITS))
def test_wide_digits_read_like_narrow_ones(value: Decimal, unit: str) -> None:
    wide = str(value).translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    assert [f.quantity.low for f in find_quantities(f"达{wide}{unit}")] == [value]


@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from(["-", "—", "～", "至"]))
def test_a_range_has_both_ends(low: int, more: int, sign: str) -> None:
    assert shown(f"培育{low}{sign}{low + more}家企业") == [(str(low), str(low + more), "家", "range")]


@given(
    st.sampled_from(["超过", "突破", "不少于", "约", ""]), st.integers(1, 9999), st.sampled_from(["以上", "左右", ""])
)
def test_a_quantity_lies_within_its_text(before: str, value: int, after: str) -> None:
    text = f"建成{before}{value}个{after}平台"
    (found,) = find_quantities(text)
    assert text[found.start : found.end] == f"{before}{value}个{after}"
    assert found.start <= found.number < found.end


@given(st.text(alphabet="超5个G亿元第、“”+-.年月%百十两至约家", max_size=24))
def test_any_text_is_read_without_overlap(text: str) -> None:
    found = find_quantities(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.integers(1, 99), st.sampled_from("GKDX"))
def test_nothing_is_read_in_a_code(number: int, letter: str) -> None:
    assert not find_quantities(f"推进{number}{letter}技术和{letter}{number}平台应用")


@pytest.mark.parametrize(
    "text",
    [
        "“20+8”产业集群",
        "1+11+N体系",
        "“30条”措施",
        "第3家",
        "2021年12月5日",
        "世界500强",
        "12英寸硅基",
        "28纳米工艺",
        "一批企业",
        "若干平台",
        "深府〔2003〕64号",
        "《“十四五”规划（2021-2025年）》",
        "20世纪90年代",
        "数家企业",
        "时速350公里",
        "863项目",
        "发挥倍增作用",
        "“六个一”",
        "实现“双过半”",
        "较上月提高4个位次",
        "上升12位",
        "由全国近80位升至19位",
        "电话13800001111",
        "数字化转型50人会",
        "倍增企业",
    ],
)
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("超过2700亿元", ("2700", "", "亿元", ">")),
        ("不低于8％", ("8", "", "%", ">=")),
        ("30家以上", ("30", "", "家", ">=")),
        ("1000亿元左右", ("1000", "", "亿元", "~")),
        ("不超过20人", ("20", "", "人", "<=")),
        ("5.5%-6%", ("5.5", "6", "%", "range")),
        ("80多家", ("80", "", "家", ">")),
        ("百余项", ("100", "", "项", ">")),
        ("上千家", ("1000", "", "家", ">")),
        ("近六成", ("6", "", "成", "~")),
        ("百亿级", ("100", "", "亿元", "=")),
        ("十一个", ("11", "", "个", "=")),
        ("三分之一", ("33.33", "", "%", "=")),
        ("1/4", ("25", "", "%", "=")),
        ("万分之四", ("0.04", "", "%", "=")),
        ("一半以上", ("50", "", "%", ">=")),
        ("翻番", ("2", "", "倍", "=")),
        ("翻两番", ("4", "", "倍", "=")),
        ("3个多月", ("3", "", "个月", "=")),
        ("突破3万亿", ("3", "", "万亿元", ">")),
        ("第600万辆新能源汽车下线", ("600", "", "万辆", "=")),
        ("总额1143670亿元", ("1143670", "", "亿元", "=")),
        ("达360台/万人", ("360", "", "台/万人", "=")),
        ("用电量6.4亿度", ("6.4", "", "亿度", "=")),
        ("实现GDP307.3亿元", ("307.3", "", "亿元", "=")),
    ],
)
def test_forms_of_quantities(text: str, expected: tuple[str, str, str, str]) -> None:
    assert shown(text) == [expected]


def test_figures_of_a_list_share_the_unit_of_the_last() -> None:
    points = [("2.16", "", "个百分点", "="), ("1.66", "", "个百分点", "=")]
    assert shown("分别回落2.16和1.66个百分点") == points
    assert shown("分别快2.16个、1.66个百分点") == points


def test_a_unit_is_told_by_what_it_measures() -> None:
    assert [kind_of(u) for u in ("万亿元", "亿美元", "%", "万平方米", "万名", "个月", "万")] == [
        "money",
        "money",
        "share",
        "area",
        "people",
        "time",
        "",
    ]
