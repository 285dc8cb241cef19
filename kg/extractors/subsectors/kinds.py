"""Reads the kinds of a cluster out of running text, for plans that do not say what their cluster consists of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extractors.subsectors.lists import WORDS
from kg.extractors.subsectors.names import Industries
from kg.facts import Subsector, Thing
from kg.grammar.enumerations import items, pieces
from kg.grammar.words import any_of
from kg.structure.outline import Outline
from kg.text import Span
from kg.vocabulary import Entry

_FIELD = any_of(WORDS["fields"])
_ABOUT = any_of(WORDS["about"])
_LIST = re.compile(rf"^(?:.*?{_ABOUT})?(?P<list>[^等]*?[、和][^等]*?)(?:等[^，]{{0,4}}?)?{_FIELD}")
_BRINGS_FORTH = re.compile(
    rf"在(?P<list>[^等]*、[^等]*)等[^，]{{0,4}}?{_FIELD}{any_of(WORDS['brings_forth'])}[^，]*企业"
)
_EMPHASIS = re.compile(rf"{any_of(WORDS['works_on'])}(?P<list>[^，；。]+?)(?:等[^，]*)?$")
_NAME_JOINT = re.compile(any_of(WORDS["name_joints"]))
_MARKS = "，,；;。"
_LONGEST = 16


def kinds(outline: Outline, cluster: Entry, names: Industries) -> Iterator[Subsector]:
    """Lists of fields that bear the cluster's own words, that companies are to grow in, or that are emphasised."""
    own = _own_words(cluster.label)
    worth = _worth(own)
    parent = Thing("cluster", cluster.slug)
    for sentence in outline.sentences:
        text = outline.sentence_text(sentence)
        if not worth.search(text):
            continue
        layout = sentence.section is not None and outline.sections[sentence.section].kind == "SpatialLayout"
        for clause in pieces(text, _MARKS):
            words, offset = text[clause.start : clause.end], sentence.start + clause.start
            for rule, spans in _lists(words, own, layout):
                if names.are_fields(words[span.start : span.end] for span in spans):
                    yield from _facts(outline, parent, spans, offset, rule)


@cache
def _worth(own: tuple[str, ...]) -> re.Pattern[str]:
    """A word without which a sentence holds no such list."""
    return re.compile(any_of((*own, *WORDS["works_on"], *WORDS["brings_forth"])))


def _facts(outline: Outline, parent: Thing, spans: list[Span], offset: int, rule: str) -> Iterator[Subsector]:
    for span in spans:
        start, end = offset + span.start, offset + span.end
        yield Subsector(parent, outline.slice(start, end), outline.evidence(start, end, f"subsectors/{rule}"))


def _own_words(label: str) -> tuple[str, ...]:
    """The words that only this cluster's fields bear: 激光, 增材制造; 机器人 of 智能机器人."""
    parts = _NAME_JOINT.split(label)
    return tuple(parts) if len(parts) > 1 else (label[2:],)


def _lists(words: str, own: tuple[str, ...], layout: bool) -> Iterator[tuple[str, list[Span]]]:
    """The lists of fields in a clause, each with the name of the rule that tells it is one."""
    if match := _LIST.match(words):
        spans = _spans(match)
        if len(spans) > 1 and all(any(word in words[s.start : s.end] for word in own) for s in spans):
            yield "own-words", spans
    if match := _BRINGS_FORTH.search(words):
        yield "companies-in", _spans(match)
    if layout and (match := _EMPHASIS.search(words)):
        yield "emphasis-in-layout", _spans(match)


def _spans(match: re.Match[str]) -> list[Span]:
    at = match.start("list")
    spans = [Span(at + item.start, at + item.end) for item in items(match["list"])]
    return spans if all(span.end - span.start <= _LONGEST for span in spans) else []
