"""What becomes of each number of a text: read, ignored by a named rule, or doubted. None is passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kg.grammar.markers import marker_at
from kg.grammar.numerals import fold
from kg.grammar.periods import find_times
from kg.grammar.quantities import label_spans
from kg.structure.figures.clauses import Clause, LeftOut
from kg.text import Span

Outcome = Literal["read", "ignored", "doubted"]

_NUMBER = re.compile(r"\d+(?:\.\d+)*")
# 20大产业集群 says how many there are of what is listed; 2022粤港澳大湾区车展 is the edition of that year.
_GROUP = re.compile(r"\d+(?=大)")
_EDITION = re.compile(r"(?<!\d)(?:19|20)\d\d(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits, or a quantity in words, at its place in the text, with the rule that decided."""

    start: int
    end: int
    outcome: Outcome
    rule: str


def account(
    text: str, span: Span, clauses: Iterable[Clause], left_out: Iterable[LeftOut], date: str, titled: bool
) -> Iterator[Number]:
    """Every number of a passage, in order; ``titled`` holds for the printed title of a document."""
    plain = fold(text)
    digits = [Span(*match.span()) for match in _NUMBER.finditer(plain)]
    stated = [Span(c.found.number, c.found.end) for c in clauses]
    idle = [(Span(one.found.number, one.found.end), one.reason) for one in left_out]
    spelled = [one for one in [*stated, *(s for s, _ in idle)] if not any(_meet(one, d) for d in digits)]
    if not digits and not spelled:
        return
    ignored = [*idle, *_known(text, date, titled)] if digits else idle
    for number in sorted([*digits, *spelled], key=lambda one: one.start):
        start, end = span.start + number.start, span.start + number.end
        if any(_meet(number, one) for one in stated):
            yield Number(start, end, "read", "a figure")
            continue
        rule = next((rule for place, rule in ignored if _meet(number, place)), None)
        yield Number(start, end, "ignored", rule) if rule else Number(start, end, "doubted", "no known unit or name")


def _known(text: str, date: str, titled: bool) -> Iterator[tuple[Span, str]]:
    """The places of a passage whose digits are known to be no quantity, each with the rule that knows it."""
    if titled:
        yield Span(0, len(text)), "the printed title"
    marker = marker_at(text)
    if marker is not None:
        yield Span(0, len(marker.number)), "the number of a heading"
    for time in find_times(text, date):
        yield Span(time.start, time.end), "a time"
    for pattern, rule in ((_GROUP, "a count that restates a list"), (_EDITION, "a year that names an edition")):
        yield from ((Span(*match.span()), rule) for match in pattern.finditer(fold(text)))
    for start, end in label_spans(text):
        yield Span(start, end), "a label, date, rank or code"


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
