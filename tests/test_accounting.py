"""Nothing is lost in silence: every number of the sources is read, ignored by a named rule, or doubted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.accounting import account
from kg.documents.catalogue import read_catalogue
from kg.grammar.numerals import fold
from kg.reading import Slice, outlines, read_outline
from kg.structure.figures.reading import figures
from kg.structure.outline import Outline
from kg.vocabulary import Vocabulary

SEEDS = Path(__file__).parents[1] / "seeds"
_DIGITS = re.compile(r"\d+(?:\.\d+)*")


def _outlines() -> list[Outline]:
    vocabulary, catalogue = Vocabulary.load(), read_catalogue(SEEDS)
    return [one for name in sorted(catalogue) for one in outlines(Slice(SEEDS / name, catalogue[name]), vocabulary)]


@pytest.mark.parametrize("outline", _outlines(), ids=lambda outline: outline.document.slug)
def test_every_number_of_a_document_is_accounted_for(outline: Outline) -> None:
    accounted = [(n.start, n.end) for n in figures(outline, Vocabulary.load()).numbers]
    lost = [
        outline.slice(block.start + match.start() - 8, block.start + match.end() + 8)
        for block in outline.blocks
        for match in _DIGITS.finditer(fold(outline.slice(block.start, block.end)))
        if not any(start < block.start + match.end() and block.start + match.start() < end for start, end in accounted)
    ]
    assert lost == []


def test_each_number_that_is_doubted_is_a_doubt_with_its_place() -> None:
    vocabulary = Vocabulary.load()
    outline = max(_outlines(), key=lambda one: len(one.blocks))
    reading = read_outline(outline, vocabulary)
    doubted = sum(t.count for t in reading.account if t.what == "number" and t.outcome == "doubted")
    places = {f.evidence.start for f in reading.facts if type(f).__name__ == "Doubt" and f.room == "observations"}
    assert doubted == len(places) > 0


def test_the_account_counts_each_note_once() -> None:
    vocabulary = Vocabulary.load()
    outline = next(one for one in _outlines() if "网络与通信" in one.document.title)
    facts = read_outline(outline, vocabulary).facts
    notes = [t for t in account(outline, vocabulary, facts) if t.what == "note"]
    assert sum(t.count for t in notes) == 24
