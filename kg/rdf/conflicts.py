"""Triples of conflicts: the statements that can't both hold, the reason, and the direct edge between them."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.facts import Target
from kg.rdf import terms as t
from kg.rdf.agreement.conflicts import Conflict, conflicts
from kg.rdf.agreement.statements import Agreement, Statement
from kg.vocabulary import Vocabulary

# Why two statements conflict, in Chinese and English.
_REASONS = {
    "OtherValue": "同一对象、指标与时间有不同数值 (another value for the same thing, metric and time)",
    "LaterDocument": "后出文件给出不同数值，以后者为准 (a later document gives another value and prevails)",
    "OtherScope": "同一表述所指范围不同 (the same words with another scope)",
    "TargetBelowObservation": "目标低于此前已达到的数值 (the target lies below what had been reached)",
    "PartsOverWhole": "各部分之和超过整体 (the parts add up to more than the whole)",
}


def conflict_triples(agreement: Agreement, vocabulary: Vocabulary) -> list[ox.Triple]:
    """What the statements of all documents contradict; a function of the set of statements."""
    return [triple for conflict in conflicts(agreement.statements, vocabulary) for triple in _triples(conflict)]


def _triples(conflict: Conflict) -> Iterator[ox.Triple]:
    node, first = t.thing("conflict", conflict.slug), _node(conflict.between[0])
    yield ox.Triple(node, t.TYPE, t.ckg("Conflict"))
    yield ox.Triple(node, t.ckg("kind"), t.ckg(conflict.kind))
    said = "；".join(map(_said, conflict.between))
    yield ox.Triple(node, t.ckg("reason"), t.string(f"{_REASONS[conflict.kind]}：{said}"))
    yield from (ox.Triple(node, t.ckg("between"), _node(one)) for one in conflict.between)
    if conflict.prevails is not None:
        yield ox.Triple(node, t.ckg("prevails"), _node(conflict.prevails))
    for other in map(_node, conflict.between[1:]):
        yield ox.Triple(first, t.ckg("conflictsWith"), other)
        yield ox.Triple(other, t.ckg("conflictsWith"), first)


def _node(statement: Statement) -> ox.NamedNode:
    return t.thing(statement.kind, statement.slug)


def _said(statement: Statement) -> str:
    """A statement in a few words: 南山区战略性新兴产业增加值 4088亿元 (2021)."""
    said = statement.first
    sign = f"{said.figure.comparator} " if isinstance(said.figure, Target) and said.figure.comparator != "range" else ""
    words = f"{said.measure.part}{said.figure.subject}{said.figure.metric}"
    return f"{words} {sign}{said.figure.quantity.text} ({said.when})"
