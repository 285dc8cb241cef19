"""Reads which clusters a category holds: 绿色低碳产业聚焦新能源、安全节能环保等产业集群."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kg.facts import CategoryMember, Fact
from kg.grammar.enumerations import NameRuns
from kg.grammar.words import any_of, load_words
from kg.structure.outline import Outline
from kg.vocabulary import Vocabulary

_WORDS = load_words(Path(__file__).parent)
_CLOSES = re.compile(rf"等?[^，。；]{{0,12}}?{any_of(_WORDS['closes'])}")


def read(outline: Outline, vocabulary: Vocabulary) -> Iterator[Fact]:
    """The memberships that a document states: a category's name, a verb, and the run of its clusters."""
    statement, clusters = _patterns(vocabulary), _clusters(vocabulary)
    for sentence in outline.sentences:
        text = outline.sentence_text(sentence)
        for match in statement.finditer(text):
            run = next(clusters.find(text, match.end()), None)
            if run is None or run.start != match.end() or not _closed(text, run.names_end):
                continue
            category = vocabulary.find("category", match["category"])
            evidence = outline.evidence(
                sentence.start + match.start("category"), sentence.start + run.names_end, "categories/verb-and-list"
            )
            if category is not None:
                yield from (CategoryMember(category.slug, key, evidence) for key in run.keys)


def _closed(text: str, end: int) -> bool:
    return text.endswith(_WORDS["closes"], 0, end) or _CLOSES.match(text, end) is not None


@cache
def _patterns(vocabulary: Vocabulary) -> re.Pattern[str]:
    names = any_of(name for name, _ in vocabulary.names("category"))
    return re.compile(rf"(?P<category>{names})，?(?:主要)?{any_of(_WORDS['holds'])}")


@cache
def _clusters(vocabulary: Vocabulary) -> NameRuns:
    return NameRuns((name, entry.slug) for name, entry in vocabulary.names("cluster"))
