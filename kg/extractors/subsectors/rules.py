"""Reads the fields of clusters and categories, as definitions, as points of emphasis, and in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extractors.subsectors.kinds import kinds
from kg.extractors.subsectors.lists import WORDS, Fields
from kg.extractors.subsectors.names import Industries, industries
from kg.facts import Fact, Subsector, Thing
from kg.grammar.enumerations import pieces
from kg.grammar.words import any_of, begins_with
from kg.structure.context import cluster_of
from kg.structure.outline import Outline, Sentence
from kg.vocabulary import Vocabulary

_MAINLY = f"{any_of(WORDS['mainly'])}?"
_CONSISTS = re.compile(_MAINLY + any_of(WORDS["consists"]))
_WORKS_ON = re.compile(any_of(WORDS["works_on"]))
_DEVELOPS = re.compile(any_of(WORDS["develops"]))
_DEVELOPS_ONE = re.compile(any_of(WORDS["develops_one"]) + "(?P<field>[^，、的]{2,12}业)$")
_SAYS = re.compile(
    begins_with(WORDS["mainly"], WORDS["consists"], WORDS["works_on"], chars="（(")
    + rf"(?:{_CONSISTS.pattern}|{_WORKS_ON.pattern}|[（(]{any_of(WORDS['holds'])})"
)
_JOINT_END = re.compile(any_of(WORDS["joint_ends"]) + "$")
_NOT_FIELDS = re.compile(any_of(WORDS["not_fields"]))
_PART_INDUSTRY = re.compile("^(?:其中，?)?[\u4e00-\u9fff]{2,8}产业(?=主要集中在|主要分布在)")
_IN_BRACKETS = re.compile(rf"[（(]{any_of(WORDS['holds'])}(?P<field>[^（）()，]{{2,12}})[）)]")
_HELD = re.compile(rf"{any_of(WORDS['consists'])}(?P<field>[^，。；：、的]{{2,12}})的[“‘]?$")
_MARKS = "，,；;。"


def read(outline: Outline, vocabulary: Vocabulary) -> Iterator[Fact]:
    """The subsectors of a document.

    A plan for one cluster that nowhere says what the cluster consists of is read for lists of its kinds instead.
    """
    stated = list(_stated(outline, vocabulary))
    yield from stated
    clusters = outline.document.clusters
    if len(clusters) == 1 and not stated:
        yield from kinds(outline, vocabulary.entry("cluster", clusters[0]), industries(vocabulary))


def _stated(outline: Outline, vocabulary: Vocabulary) -> Iterator[Subsector]:
    names = industries(vocabulary)
    headed: set[int | None] = set()
    for sentence in outline.sentences:
        text = outline.sentence_text(sentence)
        if sentence.section is not None and sentence.start < outline.sections[sentence.section].body:
            continue
        if sentence.section is not None and sentence.section not in headed:
            headed.add(sentence.section)
            if entry := vocabulary.find("cluster", outline.sections[sentence.section].heading):
                yield from _emphasis(outline, names, sentence, Thing("cluster", entry.slug))
                continue
        if _SAYS.search(text):
            yield from _clauses(outline, sentence, names, vocabulary)


def _emphasis(outline: Outline, names: Industries, sentence: Sentence, parent: Thing) -> Iterator[Subsector]:
    """The first sentence of a passage about one cluster: 重点发展智能电网、分布式光伏等细分产业，….

    Its clauses name the fields where they open with such a verb and their list is not one of techniques or projects.
    """
    text = outline.sentence_text(sentence)
    for clause in pieces(text, _MARKS):
        words = text[clause.start : clause.end]
        offset = sentence.start + clause.start
        if one := _DEVELOPS_ONE.match(words):
            yield _fact(outline, parent, one["field"], offset, offset + len(words), "emphasis")
        elif fields := _emphasised(words, names):
            yield from _facts(outline, parent, fields, offset, "emphasis")


def _emphasised(words: str, names: Industries) -> Fields | None:
    """The fields that a clause develops: its list closes with 等 or with a joint verb, and no other things follow."""
    verb = _DEVELOPS.match(words)
    if verb is None or words.startswith("在", verb.end()):
        return None
    body = _JOINT_END.sub("", words)
    fields = Fields(body, verb.end())
    ends = fields.heads[0] or body != words or body.endswith("等")
    if not ends or len(fields.spans) < 2 or _NOT_FIELDS.search(fields.heads[0]):
        return None
    return fields if names.are_fields(name for name, _ in fields.named()) else None


def _clauses(outline: Outline, sentence: Sentence, names: Industries, vocabulary: Vocabulary) -> Iterator[Subsector]:
    """What a sentence says of the industry that opens it, and what its clauses say of one in passing."""
    text = outline.sentence_text(sentence)
    subject: Thing | None = None
    for clause in pieces(text, _MARKS):
        words = text[clause.start : clause.end]
        offset = sentence.start + clause.start
        named = names.opening(words)
        at = 0
        if named is not None:
            subject, at = named
        elif part := _PART_INDUSTRY.match(words):
            only = cluster_of(outline, sentence.section, vocabulary)
            subject, at = (Thing("cluster", only), part.end()) if only else (None, 0)
        yield from _of_subject(outline, names, subject, words, at, offset)
        yield from _in_passing(outline, names, words, offset)


def _of_subject(
    outline: Outline, names: Industries, subject: Thing | None, words: str, at: int, offset: int
) -> Iterator[Subsector]:
    for rule, pattern in (("consists-of", _CONSISTS), ("works-on", _WORKS_ON)):
        verb = pattern.match(words, at)
        if subject is None or verb is None:
            continue
        fields = Fields(words, verb.end())
        if len(fields.spans) > 1 and names.are_fields((name for name, _ in fields.named()), subject):
            yield from _facts(outline, subject, fields, offset, rule)


def _in_passing(outline: Outline, names: Industries, words: str, offset: int) -> Iterator[Subsector]:
    """细胞与基因（含生物育种）, 囊括新能源汽车的“智能网联汽车”."""
    if "含" not in words and "括" not in words and "盖" not in words:
        return
    for start, end, thing in names.all(words):
        within = _IN_BRACKETS.match(words, end)
        holding = _HELD.search(words, 0, start)
        if within:
            yield _fact(outline, thing, within["field"], offset + start, offset + within.end(), "in-brackets")
        if holding:
            yield _fact(outline, thing, holding["field"], offset + holding.start(), offset + end, "held-by")


def _facts(outline: Outline, parent: Thing, fields: Fields, offset: int, rule: str) -> Iterator[Subsector]:
    for name, span in fields.named():
        yield _fact(outline, parent, name, offset + span.start, offset + span.end, rule)


def _fact(outline: Outline, parent: Thing, name: str, start: int, end: int, rule: str) -> Subsector:
    return Subsector(parent, name, outline.evidence(start, end, f"subsectors/{rule}"))
