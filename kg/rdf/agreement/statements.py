"""Which facts of a set of readings state the same: one statement, however many documents make it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from kg.facts import Reading, Target
from kg.names import Names
from kg.rdf.agreement.figures import TELLING_DIGITS, Figure, Measure, Said, figures_of
from kg.slugs import content_slug


@dataclass(frozen=True)
class Statement:
    """One target or observation: all figures that state it, the first of the first document in front."""

    said: tuple[Said, ...]

    @property
    def first(self) -> Said:
        """The figure whose words stand for all."""
        return self.said[0]

    @property
    def kind(self) -> str:
        """``target`` or ``observation``."""
        return "target" if isinstance(self.first.figure, Target) else "observation"

    @property
    def documents(self) -> tuple[str, ...]:
        """The slugs of the documents that state it, sorted."""
        return tuple(sorted({said.document.slug for said in self.said}))

    @cached_property
    def slug(self) -> str:
        """Its address: a hash of what is said."""
        return content_slug(self.kind, *_parts(self.first.measure), self.first.when, *self.first.value, self.first.own)


class Agreement:
    """The statements of a set of readings, by address, and which of them a figure makes."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.statements = tuple(sorted(statements, key=lambda one: (one.kind, one.slug)))
        self._of = {said.figure: one for one in self.statements for said in one.said}

    def of(self, figure: Figure) -> Statement:
        """The statement that a figure of these readings makes."""
        return self._of[figure]


def _parts(measure: Measure) -> tuple[object, ...]:
    worded = measure.wording
    said = (worded.words, worded.whole, worded.share)
    return (measure.about, measure.place, measure.part, *said, measure.unit, measure.added)


def agree(readings: Iterable[Reading], names: Names) -> Agreement:
    """What the figures of a set of readings state; a function of the set, whatever its order."""
    groups: dict[tuple[object, ...], list[Said]] = defaultdict(list)
    for reading in sorted(readings, key=lambda r: r.document.slug):
        for said in figures_of(reading, names):
            groups[_key(said)].append(said)
    return Agreement(Statement(tuple(sorted(group, key=_order))) for group in _with_whole(groups))


def _key(said: Said) -> tuple[object, ...]:
    kind = type(said.figure).__name__
    return (kind, said.measure, said.when, said.value, said.own)


def _order(said: Said) -> tuple[object, ...]:
    """The earlier document first; one without a date comes after those that have one."""
    evidence = said.figure.evidence
    return (said.date or "9", said.document.slug, evidence.start, evidence.end)


def _with_whole(groups: dict[tuple[object, ...], list[Said]]) -> list[list[Said]]:
    """The groups, where a share of an unnamed whole joins the one telling share of the same value that names it."""
    named: dict[tuple[object, ...], list[tuple[object, ...]]] = defaultdict(list)
    for key, group in groups.items():
        if group[0].measure.wording.share and group[0].measure.wording.whole:
            named[_open(key, group[0])].append(key)
    found = {key: list(group) for key, group in groups.items()}
    for key, group in groups.items():
        first = group[0]
        worded = first.measure.wording
        homes = named.get(key, []) if worded.share and not worded.whole and first.when else []
        if len(homes) == 1 and first.digits >= TELLING_DIGITS:
            found[homes[0]] += [replace(said, measure=groups[homes[0]][0].measure) for said in found.pop(key)]
    return list(found.values())


def _open(key: tuple[object, ...], said: Said) -> tuple[object, ...]:
    left = replace(said.measure, wording=replace(said.measure.wording, whole=""))
    return (key[0], left, *key[2:])
