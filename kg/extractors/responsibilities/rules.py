"""Reads every responsibility note of a document, and leadership stated in its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extractors.responsibilities.notes import Part, has_cue, read_note
from kg.extractors.responsibilities.running import statements
from kg.facts import Assignment, Doubt
from kg.structure.outline import Outline, Sentence
from kg.vocabulary import Vocabulary

_OPENING = {"（": "）", "(": ")", "[": "]", "［": "］", "【": "】", "〔": "〕"}
# Sources mix full and half width: a bracket may be closed by its twin.
_CLOSING = "）)]］】〕"
_RUNNING_HINT = re.compile("牵头|组织|负责|统筹|联合|会同|活动")


def read(outline: Outline, vocabulary: Vocabulary) -> Iterator[Assignment | Doubt]:
    """The assignments of a document, in the order of its text."""
    quoted: set[str] = set()
    for sentence in outline.sentences:
        text = outline.sentence_text(sentence)
        taken: list[tuple[int, int]] = []
        for start, end in _brackets(text):
            facts = list(_note(outline, vocabulary, sentence, start, end))
            taken.extend([(start, end)] if facts else [])
            yield from facts
        # A magazine prints a sentence again as a pull-quote: that states nothing new.
        if _RUNNING_HINT.search(text) and text not in quoted:
            quoted.add(text)
            yield from _running(outline, vocabulary, sentence, text, taken)


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """What outermost brackets hold, without the brackets."""
    depth, start = 0, 0
    for index, char in enumerate(text):
        if char in _OPENING:
            start = index + 1 if depth == 0 else start
            depth += 1
        elif char in _CLOSING and depth:
            depth -= 1
            if depth == 0:
                yield start, index


def _note(
    outline: Outline, vocabulary: Vocabulary, sentence: Sentence, start: int, end: int
) -> Iterator[Assignment | Doubt]:
    content = outline.slice(sentence.start + start, sentence.start + end)
    if not has_cue(content):
        return
    parts = read_note(content, outline.document.place, vocabulary)
    first, last = sentence.start + start, sentence.start + end
    if parts is None:
        reason = "A note on responsibility names something that is no body, or gives it no role."
        yield Doubt("responsibilities", reason, outline.evidence(first, last, "responsibilities/unread-note"))
        return
    yield from _assignments(outline, parts, first, last)


def _assignments(outline: Outline, parts: tuple[Part, ...], first: int, last: int) -> Iterator[Assignment]:
    """One assignment a body; positions count through the whole note."""
    position = 0
    measure = outline.measure_key(first)
    for part in parts:
        rule = "responsibilities/sole" if part.sole else f"responsibilities/{part.role}-note"
        for named in part.bodies:
            position += 1
            yield Assignment(measure, named.body, part.role, position, outline.evidence(first, last, rule))


def _running(
    outline: Outline, vocabulary: Vocabulary, sentence: Sentence, text: str, taken: list[tuple[int, int]]
) -> Iterator[Assignment]:
    """Assignments that a sentence states outside its notes."""
    for found in statements(text, outline.document.place, vocabulary):
        if any(start <= found.start < end for start, end in taken):
            continue
        first, last = sentence.start + found.start, sentence.start + found.end
        measure = outline.measure_key(first)
        evidence = outline.evidence(first, last, f"responsibilities/{found.rule}")
        for position, named in enumerate(found.bodies, 1):
            yield Assignment(measure, named.body, found.role, position, evidence)
