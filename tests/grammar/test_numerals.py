"""Numbers printed and read give themselves back, in digits of any width and in Chinese numerals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.grammar.numerals import fold, print_han, read_number


@given(st.integers(min_value=1, max_value=9999))
def test_a_chinese_numeral_reads_as_what_was_printed(value: int) -> None:
    assert read_number(print_han(value)) == value


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_may_be_set_apart(value: int) -> None:
    assert read_number(f"{value:,}") == read_number(str(value)) == value


@given(st.text(max_size=60))
def test_folding_keeps_every_place(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("一百二十", 120),
        ("百", 100),
        ("十二", 12),
        ("一千零五", 1005),
        ("两千", 2000),
        ("三", 3),
        ("12.50", Decimal("12.5")),
    ],
)
def test_numerals(printed: str, value: Decimal) -> None:
    assert read_number(printed) == value


@pytest.mark.parametrize("printed", ["三五", "千千", "十百", "", "零十", "一二三", "个"])
def test_what_is_no_numeral_is_none(printed: str) -> None:
    assert read_number(printed) is None


@pytest.mark.parametrize("value", [0, -3, 10_000])
def test_only_numerals_below_ten_thousand_are_printed(value: int) -> None:
    with pytest.raises(ValueError, match=str(value)):
        print_han(value)
