"""The account of a document: every number, responsibility note and heading was read, ignored by a rule, or doubted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.facts import Assignment, Doubt, Fact, Tally
from kg.structure.figures.reading import figures
from kg.structure.outline import Outline
from kg.vocabulary import Vocabulary

_RUNNING = "responsibilities/running"
_DOUBT = "names something that is no body, or gives no role"


def account(outline: Outline, vocabulary: Vocabulary, facts: Iterable[Fact]) -> tuple[Tally, ...]:
    """What became of each number, note and heading of a document, counted by rule."""
    numbers = Counter((number.outcome, number.rule) for number in figures(outline, vocabulary).numbers)
    notes = Counter(_notes(facts))
    headings = Counter("numbered" if section.number else "run-in" for section in outline.sections)
    tallies = [Tally("number", outcome, rule, count) for (outcome, rule), count in numbers.items()]
    tallies += [Tally("note", "doubted" if rule == _DOUBT else "read", rule, count) for rule, count in notes.items()]
    tallies += [Tally("heading", "read", rule, count) for rule, count in headings.items()]
    return tuple(sorted(tallies, key=lambda tally: (tally.what, tally.outcome, tally.rule)))


def _notes(facts: Iterable[Fact]) -> list[str]:
    """One rule a note: that of its first part, or that of the doubt about it."""
    found: dict[tuple[int, int], str] = {}
    for fact in facts:
        place = (fact.evidence.start, fact.evidence.end)
        if isinstance(fact, Assignment) and not fact.evidence.rule.startswith(_RUNNING):
            found.setdefault(place, fact.evidence.rule)
        elif isinstance(fact, Doubt) and fact.room == "responsibilities":
            found.setdefault(place, _DOUBT)
    return list(found.values())
