"""Statements that contradict each other, each with the reason; precision goes before completeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Literal

from kg.facts import Target
from kg.rdf.agreement import saying
from kg.rdf.agreement.figures import Measure, Said
from kg.rdf.agreement.statements import Statement
from kg.slugs import content_slug
from kg.vocabulary import Vocabulary

Kind = Literal["OtherValue", "LaterDocument", "OtherScope", "TargetBelowObservation", "PartsOverWhole"]

# Figures so near to each other in a text are a list whose items the reading did not tell apart, or a rise.
_NEAR = 150
# Amounts that add up; shares and speeds do not.
_NO_SUM = ("ratio", "a", "d")


@dataclass(frozen=True)
class Conflict:
    """Two statements that can't both hold (of parts and their whole: the whole, then the parts), and why.

    ``prevails`` is the statement of the later document, where one is later.
    """

    kind: Kind
    between: tuple[Statement, ...]
    prevails: Statement | None = None

    @property
    def slug(self) -> str:
        """Its address: a hash of the reason and the statements."""
        return content_slug(self.kind, *sorted(f"{one.kind}/{one.slug}" for one in self.between))


def conflicts(statements: Iterable[Statement], vocabulary: Vocabulary) -> list[Conflict]:
    """The conflicts among statements, by kind and address."""
    by_measure: dict[Measure, list[Statement]] = defaultdict(list)
    for one in statements:
        if _comparable(one):
            by_measure[replace(one.first.measure, part="")].append(one)
    found = [c for group in by_measure.values() for c in (*_other_values(group), *_targets_below(group))]
    return sorted((*found, *_parts_over_whole(by_measure, vocabulary)), key=lambda c: (c.kind, c.slug))


def _comparable(one: Statement) -> bool:
    """Whether a statement says of what and when; one that many may mean, or where a rise began, says too little."""
    first = one.first
    worded = first.measure.wording
    unnamed = not first.named and worded.of_companies and first.measure.about.startswith(("district/", "category/"))
    began = any(saying.beginning(said.figure) for said in one.said)
    return bool(first.when) and not (first.own or worded.vague or unnamed or began)


def _other_values(group: Sequence[Statement]) -> Iterator[Conflict]:
    """Two values of one measure and time."""
    timely: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in group:
        timely[one.kind, one.first.when].append(one)
    for one, other in (pair for same in timely.values() for pair in combinations(same, 2)):
        if not _apart(one, other) or _beside(one, other):
            continue
        parts = {one.first.measure.part, other.first.measure.part}
        if len(parts) == 1:
            later = _later(one, other)
            yield Conflict("LaterDocument" if later else "OtherValue", (one, other), later)
        elif "" in parts:
            yield Conflict("OtherScope", (one, other))


def _apart(one: Statement, other: Statement) -> bool:
    """Whether no number fits both: of goals, whose sign says how far to go, the values alone are compared."""
    if one.kind == "target":
        return saying.meant(one.first.figure.quantity).apart(saying.meant(other.first.figure.quantity))
    return all(saying.printed(a.figure).apart(saying.printed(b.figure)) for a in one.said for b in other.said)


def _beside(one: Statement, other: Statement) -> bool:
    """Whether a document states both close to each other."""
    return any(
        a.document.slug == b.document.slug and abs(a.figure.evidence.start - b.figure.evidence.start) < _NEAR
        for a in one.said
        for b in other.said
    )


def _later(one: Statement, other: Statement) -> Statement | None:
    """The statement whose last document is later than the other's, by as much of the dates as both give."""
    if set(one.documents) & set(other.documents):
        return None
    mine, theirs = (max(said.date for said in statement.said) for statement in (one, other))
    length = min(len(mine), len(theirs))
    if not length or mine[:length] == theirs[:length]:
        return None
    return one if mine[:length] > theirs[:length] else other


def _targets_below(group: Sequence[Statement]) -> Iterator[Conflict]:
    """Goals that lie below what had been reached last before their year."""
    seen = [one for one in group if one.kind == "observation" and _levels(one.first) and len(one.first.when) == 4]
    for goal in (one for one in group if one.kind == "target" and _levels(one.first)):
        before = [one for one in seen if one.first.when < goal.first.when and _same_part(one, goal)]
        last = max((one.first.when for one in before), default="")
        for one in sorted((one for one in before if one.first.when == last), key=lambda s: s.slug):
            if _current(goal.first) and _goal_range(goal.first).below(saying.printed(one.first.figure)):
                yield Conflict("TargetBelowObservation", (goal, one))


def _same_part(one: Statement, other: Statement) -> bool:
    return one.first.measure.part == other.first.measure.part


def _levels(said: Said) -> bool:
    """Whether it is a level that more is better of; of a count only where the text says that it is of all there are."""
    measure = said.measure
    if measure.added or measure.wording.growth or measure.wording.less_is_better:
        return False
    return measure.unit != "count" or said.extent == "all"


def _current(said: Said) -> bool:
    """Whether a goal was still ahead when its document was written; of one that was not, it is told as history."""
    return said.when >= (said.date or said.when)[:4]


def _goal_range(said: Said) -> saying.Range:
    """What a goal asks for at the least, as a value and not as a bound."""
    figure = said.figure
    bounded = isinstance(figure, Target) and figure.comparator in ("<", "<=")
    return saying.Range(None, None) if bounded else saying.meant(figure.quantity)


def _parts_over_whole(by_measure: dict[Measure, list[Statement]], vocabulary: Vocabulary) -> Iterator[Conflict]:
    """Wholes that are less than the sum of their parts: of the clusters of a category, the districts of a city."""
    holders = {part: whole for whole, part in _holdings(vocabulary)}
    found: dict[tuple[str, str, Measure], dict[str, Statement]] = defaultdict(dict)
    for measure, group in by_measure.items():
        for one in filter(_adds_up, group if measure.about in holders else ()):
            whole = replace(measure, about=holders[measure.about])
            mine = found[one.kind, one.first.when, whole]
            mine[measure.about] = min(mine.get(measure.about, one), one, key=_least)
    for (kind, time, measure), parts in found.items():
        for one in by_measure.get(measure, ()):
            same = (one.kind, one.first.when, one.first.measure.part) == (kind, time, "")
            most = saying.printed(one.first.figure).high
            if same and most is not None and sum(map(_least, parts.values())) > most:
                yield Conflict("PartsOverWhole", (one, *(parts[about] for about in sorted(parts))))


def _adds_up(one: Statement) -> bool:
    measure = one.first.measure
    return measure.unit not in _NO_SUM and not measure.wording.growth and not measure.part


def _least(one: Statement) -> Decimal:
    """The least that a statement leaves room for."""
    return saying.printed(one.first.figure).low or Decimal(0)


def _holdings(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Wholes with their parts: a category and its clusters, the city and its districts."""
    for cluster in vocabulary.entries("cluster"):
        if cluster.category:
            yield f"category/{cluster.category}", f"cluster/{cluster.slug}"
    districts = vocabulary.entries("district")
    cities = [entry for entry in districts if "City" in entry.types]
    for city in cities:
        yield from ((f"district/{city.slug}", f"district/{e.slug}") for e in districts if e not in cities)
