"""What becomes of each number of a text: read, ignored by a named rule, or doubted. None is passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.grammar.markers import marker_at
from kg.grammar.numerals import fold
from kg.grammar.periods import Time
from kg.grammar.quantities import label_spans
from kg.structure.figures.clauses import Clause, LeftOut
from kg.text import Span

Outcome = Literal["read", "ignored", "doubted"]

# With the first digit apart, to which a search skips.
_NUMBER = re.compile(r"\d\d*(?:\.\d+)*")
# 20大产业集群 says how many there are of what is listed; 2022粤港澳大湾区车展 is the edition of that year.
_GROUP = re.compile(r"\d+(?=大)")
_EDITION = re.compile(r"(?<!\d)(?:19|20)\d\d(?=[\u4e00-\u9fff])")


# Not frozen: thousands of them are made, and that takes a frozen one three times as long.
@dataclass(slots=True)
class Number:
    """A number in digits, or a quantity in words, at its place in the text, with the rule that decided."""

    start: int
    end: int
    outcome: Outcome
    rule: str


def account(
    text: str, span: Span, clauses: Sequence[Clause], left_out: Sequence[LeftOut], times: Iterable[Time], titled: bool
) -> Iterator[Number]:
    """Every number of a passage, in order.

    ``times`` are those that the passage names; ``titled`` holds for the printed title of a document.
    """
    digits = [match.span() for match in _NUMBER.finditer(fold(text))]
    if not digits and not clauses and not left_out:
        return
    stated = [(c.found.number, c.found.end) for c in clauses]
    idle = [((one.found.number, one.found.end), one.reason) for one in left_out]
    in_digits = {at for place in digits for at in range(*place)} if stated or idle else set()
    spelled = [place for place in [*stated, *(place for place, _ in idle)] if in_digits.isdisjoint(range(*place))]
    read = {at for place in stated for at in range(*place)}
    idle.extend(_told(text, times, titled) if digits else ())
    known, others = _first_rules(idle), None
    for start, end in sorted([*digits, *spelled]):
        first, last = span.start + start, span.start + end
        if not read.isdisjoint(range(start, end)):
            yield Number(first, last, "read", "a figure")
            continue
        rule = _rule(known, start, end)
        if not rule and digits:
            # What is dear to look for, only where nothing before it knows a number.
            others = _first_rules(_looked_for(text)) if others is None else others
            rule = _rule(others, start, end)
        yield Number(first, last, *(("ignored", rule) if rule else ("doubted", "no known unit or name")))


def _first_rules(places: Iterable[tuple[tuple[int, int], str]]) -> dict[int, tuple[int, str]]:
    """For every character of these places, the first rule that knows it, with its rank."""
    found: dict[int, tuple[int, str]] = {}
    for rank, (place, rule) in enumerate(places):
        for at in range(*place):
            found.setdefault(at, (rank, rule))
    return found


def _rule(known: dict[int, tuple[int, str]], start: int, end: int) -> str:
    """The first of the rules that know a character of a range; empty where none does."""
    return min((known[at] for at in range(start, end) if at in known), default=(0, ""))[1]


def cell_account(text: str, span: Span, stated: bool) -> Iterator[Number]:
    """Every number of a cell of a table of indicators: read where the cell states a figure."""
    outcome: Outcome = "read" if stated else "ignored"
    rule = "a figure" if stated else "a table's head, name or order"
    for match in _NUMBER.finditer(fold(text)):
        yield Number(span.start + match.start(), span.start + match.end(), outcome, rule)


def _told(text: str, times: Iterable[Time], titled: bool) -> Iterator[tuple[tuple[int, int], str]]:
    """The places of a passage whose digits are known already to be no quantity, each with the rule that knows it."""
    if titled:
        yield (0, len(text)), "the printed title"
    marker = marker_at(text)
    if marker is not None:
        yield (0, len(marker.number)), "the number of a heading"
    for time in times:
        yield (time.start, time.end), "a time"


def _looked_for(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """The places of a passage whose digits their form shows to be no quantity, each with the rule that knows it."""
    for pattern, rule in ((_GROUP, "a count that restates a list"), (_EDITION, "a year that names an edition")):
        yield from ((match.span(), rule) for match in pattern.finditer(fold(text)))
    yield from ((place, "a label, date, rank or code") for place in label_spans(text))
