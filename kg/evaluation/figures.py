"""Figures of a measurement: how well each kind is read, and how often each rule is right."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluation.claims import Claim, Place
from kg.evaluation.matching import Verdict
from kg.text import Text

# The quantile of the normal distribution for an interval of 95 %.
_Z = 1.959963984540054
_DIGITS = 4
# The room that reads a kind, where its name is not the kind's.
_ROOMS = {"issuers": "issuance", "leads": "responsibilities"}


@dataclass(frozen=True, slots=True)
class Figures:
    """How well one kind is read: shares from 0 to 1. ``sides`` are shares of the hits that agree on more."""

    kind: str
    gold: int
    optional: int
    given: int
    hits: int
    precision: float
    recall: float
    f1: float
    sides: dict[str, float]

    def shares(self) -> dict[str, float]:
        """The figures that can be better or worse, by name."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1, **self.sides}


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """How often one rule is right in gold's units; ``low`` to ``high`` is Wilson's interval of 95 %."""

    rule: str
    given: int
    right: int
    precision: float
    low: float
    high: float


def figures(verdict: Verdict) -> Figures:
    """The figures of one kind."""
    hits = len(verdict.matches)
    given = hits + len(verdict.invented)
    precision, recall = hits / given if given else 0.0, hits / verdict.wanted if verdict.wanted else 0.0
    agreed: Counter[str] = Counter()
    for match in verdict.matches:
        agreed.update({name: int(right) for name, right in match.sides.items()})
    return Figures(
        verdict.kind,
        verdict.wanted,
        verdict.optional,
        given,
        hits,
        round(precision, _DIGITS),
        round(recall, _DIGITS),
        round(2 * precision * recall / (precision + recall), _DIGITS) if hits else 0.0,
        {name: round(count / hits, _DIGITS) for name, count in agreed.items()},
    )


def evidence_figures(quotes: Sequence[tuple[Place, str]], sources: Mapping[str, Text]) -> tuple[Figures, list[Place]]:
    """The share of evidence whose offsets give back its quote from the source, and the places that do not."""
    wrong = [place for place, quote in quotes if not quote or words_at(place, sources) != quote]
    exact = len(quotes) - len(wrong)
    share = round(exact / len(quotes), _DIGITS) if quotes else 0.0
    return Figures("evidence", len(quotes), 0, len(quotes), exact, share, share, share, {}), wrong


def words_at(place: Place, sources: Mapping[str, Text]) -> str:
    """The bare text of a place; empty where its file is not among the sources."""
    text = sources.get(place.file)
    if text is None:
        return ""
    return text.chars[bisect_left(text.offsets, place.start) : bisect_left(text.offsets, place.end)]


def rule_figures(verdicts: Iterable[Verdict]) -> list[RuleFigures]:
    """How often each rule is right, the most active first; claims that met optional gold count neither way."""
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for verdict in verdicts:
        for match in verdict.matches:
            right.update(_rules(match.given, verdict.kind))
            given.update(_rules(match.given, verdict.kind))
        for claim in verdict.invented:
            given.update(_rules(claim, verdict.kind))
    rows = (RuleFigures(r, n, right[r], round(right[r] / n, _DIGITS), *wilson(right[r], n)) for r, n in given.items())
    return sorted(rows, key=lambda row: (-row.given, row.rule))


def _rules(claim: Claim, kind: str) -> tuple[str, ...]:
    """The rules of a claim; where rooms share its place, those of the room that reads its kind."""
    room = _ROOMS.get(kind, kind)
    return tuple(rule for rule in claim.rules if rule.startswith(f"{room}/")) or claim.rules


def wilson(right: int, given: int) -> tuple[float, float]:
    """Wilson's interval of 95 % for a share; ``given`` must be above 0."""
    share, spread = right / given, _Z * _Z / given
    middle = share + spread / 2
    reach = _Z * math.sqrt(share * (1 - share) / given + spread / (4 * given))
    low, high = (middle - reach) / (1 + spread), (middle + reach) / (1 + spread)
    return round(max(0.0, low), _DIGITS), round(min(1.0, high), _DIGITS)
