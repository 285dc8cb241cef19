"""How a text says a number: as a bound or about right, as all that there are or what was added."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from kg.facts import Observation, Quantity, Target
from kg.rdf.agreement.wording import any_of, words
from kg.rdf.units import normalize

Extent = Literal["added", "all", ""]

# A value that is about right may be off by so much, and one that is nearly reached may be short of it by so much.
_NEAR = Decimal("0.1")
# What the words before a number, and those after it, make of it.
_BEFORE = {"above": ">", "below": "<", "nearly": "nearly", "around": "~"}
_AFTER = {"above_after": ">", "below_after": "<", "around_after": "~"}
_YEAR = re.compile(r"\d{4}年|去年|上年|上一年")


@dataclass(frozen=True, slots=True)
class Range:
    """What a number can be, in its comparable unit; None: without bound."""

    low: Decimal | None
    high: Decimal | None

    def apart(self, other: Range) -> bool:
        """Whether no number is in both."""
        return self.below(other) or other.below(self)

    def below(self, other: Range) -> bool:
        """Whether every number in this one is less than every number in the other."""
        return self.high is not None and other.low is not None and self.high < other.low


def extent(fact: Target | Observation) -> Extent:
    """Whether a count is of what was added (新增30家) or of all that there are; empty where the words don't say."""
    before, _ = _around(fact)
    added = _last(_added(), before)
    if added >= 0 and _last(_in_all(), before) < added:
        return "added"
    return "all" if max(_last(_in_all(), before), _last(_reached(), before)) >= 0 else ""


def beginning(fact: Target | Observation) -> bool:
    """Whether a number is where a rise began (从7394亿元跃升到9027亿元), which was so at an earlier time."""
    before, _ = _around(fact)
    found = list(_from().finditer(before))
    return bool(found) and not _YEAR.search(before[found[-1].end() :])


def of_that(fact: Target | Observation) -> bool:
    """Whether the words say only what share of something just measured it is: 占全社会研发投入的94.9%."""
    return _share_of_that().match(fact.evidence.quote) is not None


def printed(fact: Target | Observation) -> Range:
    """The range of a number that its print leaves: 2.1万 is anything that rounds to it; a bound has no other side."""
    return _bounded(*_rounded(fact.quantity), fact.comparator if isinstance(fact, Target) else _sign(fact))


def _sign(fact: Target | Observation) -> str:
    """How the words around a number bound it: by the longest word before it, else by what is in it or follows."""
    before, after = _around(fact)
    signs = {word: sign for name, sign in _BEFORE.items() for word in words("saying", name)}
    found = max((word for word in signs if before.endswith(word)), key=len, default="")
    if found:
        return signs[found]
    if any(word in fact.quantity.text for word in words("saying", "above_within")):
        return ">"
    ends = fact.quantity.text + after
    return next((sign for name, sign in _AFTER.items() if any(w in ends for w in words("saying", name))), "")


def meant(quantity: Quantity) -> Range:
    """The value alone, with what its print rounds away."""
    return Range(*_rounded(quantity))


def _bounded(low: Decimal, high: Decimal, sign: str) -> Range:
    if sign in (">", ">="):
        return Range(low, None)
    if sign in ("<", "<="):
        return Range(None, high)
    room = {"~": (_NEAR, _NEAR), "nearly": (_NEAR, Decimal(0))}.get(sign, (Decimal(0), Decimal(0)))
    return Range(low * (1 - room[0]), high * (1 + room[1]))


def _rounded(quantity: Quantity) -> tuple[Decimal, Decimal]:
    """The least and the greatest value that print as this quantity, in its comparable unit where it has one."""
    high = quantity.low if quantity.high is None else quantity.high
    return _scaled(quantity.low, quantity, -1), _scaled(high, quantity, 1)


def _scaled(value: Decimal, quantity: Quantity, sign: int) -> Decimal:
    exponent = value.as_tuple().exponent
    half = Decimal((0, (5,), min(exponent, 0) - 1)) if isinstance(exponent, int) else Decimal(0)
    found = normalize(value + sign * half, quantity.unit)
    return value + sign * half if found is None else found[0]


def _around(fact: Target | Observation) -> tuple[str, str]:
    """The words of the quote before the number, and the few that follow it."""
    quote, text = fact.evidence.quote, fact.quantity.text
    at = quote.find(text)
    return (quote, "") if at < 0 else (quote[:at], quote[at + len(text) :][:2])


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


@cache
def _added() -> re.Pattern[str]:
    return re.compile(f"(?!{any_of('saying', 'not_added')})(?:{any_of('saying', 'added')})")


@cache
def _in_all() -> re.Pattern[str]:
    return re.compile(any_of("saying", "in_all"))


@cache
def _reached() -> re.Pattern[str]:
    return re.compile(any_of("saying", "reached"))


@cache
def _from() -> re.Pattern[str]:
    return re.compile(f"(?!{any_of('saying', 'not_from')})(?:{any_of('saying', 'from')})")


@cache
def _share_of_that() -> re.Pattern[str]:
    return re.compile(any_of("saying", "share_of_that"))
