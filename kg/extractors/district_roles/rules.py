"""Reads which part a district plays in a cluster, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extractors.district_roles.clauses import Saying, is_layout, is_note, sayings
from kg.extractors.district_roles.places import Places, places
from kg.extractors.district_roles.portraits import portraits
from kg.facts import DistrictRole, Doubt
from kg.structure.context import cluster_of
from kg.structure.outline import Outline, Sentence
from kg.vocabulary import Vocabulary

# A weaker saying about a district counts only where the document gives the district nothing stronger in the cluster.
_RANKS = {"stage": 1, "deed": 1, "laid-out": 2}
_UNREAD = "A passage on layout names districts without a part that could be read."


def read(outline: Outline, vocabulary: Vocabulary) -> Iterator[DistrictRole | Doubt]:
    """The district roles of a document.

    Passages with a cluster of their own are read clause by clause; an article's portrait of a district is read for
    the clusters that it furthers. A sentence on layout that names districts and gives none a part is a Doubt.
    """
    found = list(_said(outline, vocabulary))
    best: dict[tuple[str, str], int] = {}
    functions: dict[tuple[str, str], dict[str, None]] = {}
    for cluster, saying in found:
        key = (cluster, saying.district)
        best[key] = min(best.get(key, 2), _RANKS.get(saying.rule, 0))
        functions.setdefault(key, {}).update(dict.fromkeys(saying.functions))
    for cluster, saying in found:
        key = (cluster, saying.district)
        if _RANKS.get(saying.rule, 0) == best[key]:
            evidence = outline.evidence(saying.start, saying.end, f"district_roles/{saying.rule}")
            yield DistrictRole(cluster, saying.district, saying.role, tuple(functions[key]), evidence)
    yield from portraits(outline, vocabulary)
    yield from _doubts(outline, vocabulary, found)


def _said(outline: Outline, vocabulary: Vocabulary) -> Iterator[tuple[str, Saying]]:
    finder = places(vocabulary)
    for sentence in _with_districts(outline, finder):
        cluster = cluster_of(outline, sentence.section, vocabulary)
        if cluster is not None:
            yield from ((cluster, saying) for saying in sayings(outline, sentence, finder))


def _doubts(outline: Outline, vocabulary: Vocabulary, found: list[tuple[str, Saying]]) -> Iterator[Doubt]:
    finder = places(vocabulary)
    for sentence in _with_districts(outline, finder):
        text = outline.sentence_text(sentence)
        if not is_layout(outline, sentence.section) or is_note(text) or not any(finder.find(text)):
            continue
        if not any(sentence.start <= saying.start < sentence.end for _, saying in found):
            yield Doubt(
                "district_roles", _UNREAD, outline.evidence(sentence.start, sentence.end, "district_roles/unread")
            )


def _with_districts(outline: Outline, finder: Places) -> Iterator[Sentence]:
    for sentence in outline.sentences:
        if finder.may_find(outline.sentence_text(sentence)):
            yield sentence
