"""Triples of a quantity: the value in its printed unit, as printed, and in a unit that can be compared."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.facts import Quantity
from kg.rdf import terms as t
from kg.rdf.units import normalize


def quantity_triples(
    node: ox.NamedNode, about: ox.NamedNode | None, subject: str, metric: str, quantity: Quantity
) -> Iterator[ox.Triple]:
    """What a target and an observation have in common."""
    if about is not None:
        yield ox.Triple(node, t.ckg("about"), about)
    yield ox.Triple(node, t.ckg("subjectText"), t.string(subject))
    yield ox.Triple(node, t.ckg("metric"), t.string(metric))
    yield ox.Triple(node, t.ckg("valueText"), t.string(quantity.text))
    yield ox.Triple(node, t.ckg("unit"), t.string(quantity.unit))
    yield from _values(node, quantity)


def _values(node: ox.NamedNode, quantity: Quantity) -> Iterator[ox.Triple]:
    low = normalize(quantity.low, quantity.unit)
    if low is not None:
        yield ox.Triple(node, t.ckg("normalizedUnit"), t.string(low[1]))
    if quantity.high is None:
        yield ox.Triple(node, t.ckg("value"), t.decimal(quantity.low))
        if low is not None:
            yield ox.Triple(node, t.ckg("normalizedValue"), t.decimal(low[0]))
        return
    yield ox.Triple(node, t.ckg("minValue"), t.decimal(quantity.low))
    yield ox.Triple(node, t.ckg("maxValue"), t.decimal(quantity.high))
    high = normalize(quantity.high, quantity.unit)
    if low is not None and high is not None:
        yield ox.Triple(node, t.ckg("normalizedMinValue"), t.decimal(low[0]))
        yield ox.Triple(node, t.ckg("normalizedMaxValue"), t.decimal(high[0]))
