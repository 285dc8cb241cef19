"""Printed units are brought to units that can be compared, exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.units import normalize

VALUES = st.decimals(0, 10**9, places=2)
BASES = st.sampled_from(["元", "家", "个", "米", "吨", "人次", "平方米", "平方公里", "标箱", "千瓦", "%"])
MULTIPLIERS = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "亿": 10**8, "千亿": 10**11, "万亿": 10**12}


@pytest.mark.parametrize(
    ("value", "unit", "expected", "base"),
    [
        ("2700", "亿元", "270000000000", "CNY"),
        ("12.50", "万亿元", "12500000000000", "CNY"),
        ("35", "%", "0.35", "ratio"),
        ("1.5", "个百分点", "0.015", "ratio"),
        ("600", "万辆", "6000000", "count"),
        ("20", "平方公里", "20000000", "m2"),
        ("3000", "万标箱", "30000000", "TEU"),
        ("5", "万", "50000", "count"),
        ("2", "千米", "2000", "m"),
        ("8", "千瓦时", "8000", "Wh"),
    ],
)
def test_a_printed_unit_has_its_size(value: str, unit: str, expected: str, base: str) -> None:
    assert normalize(Decimal(value), unit) == (Decimal(expected), base)


@given(VALUES, BASES, st.sampled_from(sorted(MULTIPLIERS)))
def test_a_multiplier_multiplies(value: Decimal, base: str, multiplier: str) -> None:
    plain, multiplied = normalize(value, base), normalize(value, multiplier + base)
    if base == "米" and multiplier == "千":
        return
    assert plain is not None and multiplied is not None
    assert multiplied == (plain[0] * MULTIPLIERS[multiplier], plain[1])


@given(VALUES, VALUES, BASES)
def test_normalizing_keeps_sums(one: Decimal, other: Decimal, unit: str) -> None:
    first, second, both = normalize(one, unit), normalize(other, unit), normalize(one + other, unit)
    assert first is not None and second is not None and both is not None
    assert first[0] + second[0] == both[0]


@pytest.mark.parametrize("unit", ["", "光年", "元素", "亿光年", "人民"])
def test_an_unknown_unit_has_none(unit: str) -> None:
    assert normalize(Decimal(1), unit) is None
