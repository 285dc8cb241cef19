"""Reads the quantified statements of a document about what is or was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.facts import Doubt, Fact, Observation
from kg.grammar.words import load_words
from kg.structure.figures.figure import Figure
from kg.structure.figures.reading import figures
from kg.structure.outline import Outline
from kg.vocabulary import Vocabulary

_WORDS = load_words(Path(__file__).parent)
_REASON = "A number that is followed by no known unit and belongs to no known name."


def read(outline: Outline, vocabulary: Vocabulary) -> Iterator[Fact]:
    """Every figure that is no goal, as the bare number, also where the text says 超, 约 or 近.

    The period is that of the sentence, else the one that the sentences before it set. Numbers that neither this room
    nor that of the targets can read are doubts.
    """
    found = figures(outline, vocabulary)
    for figure in found.stated:
        if not figure.goal:
            yield Observation(
                about=figure.about,
                subject=figure.subject,
                metric=figure.metric,
                quantity=figure.quantity,
                period=figure.time.label,
                start=figure.time.first,
                end=figure.time.last,
                evidence=outline.evidence(figure.start, figure.end, f"observations/{_rule(figure)}"),
            )
    for number in found.numbers:
        if number.outcome == "doubted":
            yield Doubt(
                "observations", _REASON, outline.evidence(number.start, number.end, "observations/unread-number")
            )


def _rule(figure: Figure) -> str:
    return next((rule for rule in ("growth", "share", "count") if figure.metric.endswith(_WORDS[rule])), "level")
