"""Reads the quantified goals of a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.facts import Fact, Target
from kg.grammar.words import load_words
from kg.structure.figures.figure import Figure
from kg.structure.figures.reading import figures
from kg.structure.outline import Outline
from kg.vocabulary import Vocabulary

_WORDS = load_words(Path(__file__).parent)


def read(outline: Outline, vocabulary: Vocabulary) -> Iterator[Fact]:
    """Every figure that the document aims at.

    In a chapter of goals each figure is one, and takes the chapter's year where its sentence prints none; elsewhere
    the sentence must look ahead (力争, 计划到, a year to come).
    """
    for figure in figures(outline, vocabulary).stated:
        if figure.goal:
            yield Target(
                about=figure.about,
                subject=figure.subject,
                metric=figure.metric,
                comparator=figure.comparator,
                quantity=figure.quantity,
                year=figure.time.year,
                evidence=outline.evidence(figure.start, figure.end, f"targets/{_rule(outline, figure)}"),
            )


def _rule(outline: Outline, figure: Figure) -> str:
    quote = outline.slice(figure.start, figure.end)
    if any(word in quote for word in _WORDS["yearly"]):
        return "goal-each-year"
    if figure.metric.endswith(_WORDS["growth"]):
        return "goal-of-growth"
    if figure.comparator == "range":
        return "goal-with-range"
    return "goal" if figure.comparator == "=" else "goal-with-comparator"
