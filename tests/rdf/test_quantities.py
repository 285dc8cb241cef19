"""A quantity says its value as printed, in its printed unit, and in one that can be compared."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.facts import Quantity
from kg.rdf import terms as t
from kg.rdf.quantities import quantity_triples

NODE, ABOUT = t.thing("target", "x"), t.thing("cluster", "marine")
NUMBERS = st.decimals(-(10**13), 10**13, places=3)


def said(quantity: Quantity, about: ox.NamedNode | None = None) -> dict[str, str]:
    triples = list(quantity_triples(NODE, about, "海洋产业", "增加值", quantity))
    assert {triple.subject for triple in triples} == {NODE}
    assert len({triple.predicate for triple in triples}) == len(triples)
    return {triple.predicate.value.removeprefix(t.CKG): triple.object.value for triple in triples}


def test_a_single_value_is_said_in_both_units() -> None:
    assert said(Quantity(Decimal("12.50"), None, "亿元", "12.50亿元"), ABOUT) == {
        "about": ABOUT.value,
        "subjectText": "海洋产业",
        "metric": "增加值",
        "valueText": "12.50亿元",
        "unit": "亿元",
        "value": "12.5",
        "normalizedValue": "1250000000",
        "normalizedUnit": "CNY",
    }


def test_a_range_has_two_ends_and_no_value() -> None:
    found = said(Quantity(Decimal(3), Decimal(5), "家", "3-5家"))
    assert {
        "minValue": "3",
        "maxValue": "5",
        "normalizedMinValue": "3",
        "normalizedMaxValue": "5",
    }.items() <= found.items()
    assert not {"value", "normalizedValue", "about"} & set(found)


@pytest.mark.parametrize("high", [None, Decimal(5)])
def test_an_unknown_unit_is_said_as_printed_alone(high: Decimal | None) -> None:
    assert not [name for name in said(Quantity(Decimal(3), high, "光年", "3光年")) if name.startswith("normalized")]


@given(NUMBERS)
def test_a_number_is_exact_and_never_in_exponent_notation(value: Decimal) -> None:
    found = said(Quantity(value, None, "亿元", "x"))
    assert Decimal(found["value"]) == value
    assert Decimal(found["normalizedValue"]) == value * 10**8
    assert not {"e", "E"} & set(found["value"] + found["normalizedValue"])
