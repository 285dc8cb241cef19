"""Reads an article's portrait of a district for the clusters that the district furthers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extractors.district_roles.places import WORDS, Places, places
from kg.facts import DistrictRole
from kg.grammar.enumerations import NameRuns, Run, pieces
from kg.grammar.words import any_of
from kg.structure.outline import Outline, Section
from kg.text import Span
from kg.vocabulary import Vocabulary

_INDUSTRY = any_of(WORDS["industry_nouns"])
_FURTHERS = re.compile(any_of(WORDS["furthers"]))
_AS_INDUSTRY = re.compile(rf"(?:等[^，。；]{{0,10}}?)?{_INDUSTRY}")
_VERBS = re.compile(f"(?:{any_of(WORDS['furthers'])})+")
_INDUSTRY_ALONE = re.compile(_INDUSTRY)
_IS_INDUSTRY = re.compile(rf"{_INDUSTRY}$")
_IS_PLACE = re.compile(any_of(WORDS["not_an_industry"]) + "(?!动)")
_COMES = re.compile(rf"[^，。；]{{0,16}}{any_of(WORDS['comes'])}")
_CONTINUES = re.compile(any_of(WORDS["continues"]))
_DAMAGED = re.compile("^(?P<rest>[\u4e00-\u9fff]{1,4}区)[：:]")
_AND = re.compile("[与和]")
_MARKS = "，,。；;！？"


@cache
def _clusters(vocabulary: Vocabulary) -> NameRuns:
    """Finds runs of clusters; a category in a run (智能网联汽车、生物医药与健康) is read as a name without a slug.

    Half of a double name (脑科学 of 脑科学与类脑智能) names its cluster too, where 产业 follows it.
    """
    slugs = {name: "" for name, _ in vocabulary.names("category")}
    for entry in vocabulary.entries("cluster"):
        halves = _AND.split(entry.label) if _AND.search(entry.label) else ()
        slugs.update((half, entry.slug) for half in halves if half in entry.hidden)
    slugs.update((name, entry.slug) for name, entry in vocabulary.names("cluster"))
    return NameRuns(slugs.items())


def portraits(outline: Outline, vocabulary: Vocabulary) -> Iterator[DistrictRole]:
    """The roles stated in an article's passages under a district's name, and in sentences that begin with one."""
    if outline.document.clusters or outline.head is not None:
        return
    finder = places(vocabulary)
    subjects = {s.index: _district(outline, s, finder) for s in outline.sections if s.parent is None}
    for sentence in outline.sentences:
        above = outline.chain(sentence.section)
        district = subjects.get(above[0].index) if above else None
        district = district or _leading(outline.sentence_text(sentence), finder)
        if district:
            span = Span(sentence.start, sentence.end)
            yield from _sentence(outline, span, district, vocabulary)


def _district(outline: Outline, section: Section, finder: Places) -> str | None:
    """The district whose name a heading begins with.

    A heading whose first characters are lost (田区：) names the first district of its passage that ends so.
    """
    leading = _leading(section.heading, finder)
    if leading is not None:
        return leading
    damaged = _DAMAGED.match(section.heading)
    if damaged is None:
        return None
    body = outline.slice(section.body, section.end)
    return next((r.keys[0] for r in finder.find(body) if body[r.start : r.names_end].endswith(damaged["rest"])), None)


def _leading(text: str, finder: Places) -> str | None:
    """The one district that a text begins with."""
    first = next(finder.find(text), None)
    return first.keys[0] if first is not None and first.start == 0 and len(first.keys) == 1 else None


def _sentence(outline: Outline, sentence: Span, district: str, vocabulary: Vocabulary) -> Iterator[DistrictRole]:
    """What each clause furthers; a clause that goes on with a list takes the words of the one that began it."""
    text = outline.slice(sentence.start, sentence.end)
    begun: Span | None = None
    for clause in pieces(text, _MARKS):
        words = text[clause.start : clause.end]
        if not _CONTINUES.match(words):
            verb = _FURTHERS.search(words)
            begun = Span(clause.start + verb.start(), clause.end) if verb else None
        for run in _clusters(vocabulary).find(words):
            said = _said(words, run, clause.start, begun)
            if said is None:
                continue
            evidence = outline.evidence(
                sentence.start + said.start, sentence.start + clause.end, "district_roles/portrait"
            )
            names = Span(clause.start + run.start, clause.start + run.names_end)
            for cluster in filter(None, run.keys):
                label = vocabulary.entry("cluster", cluster).label if len(run.keys) > 1 else ""
                yield DistrictRole(cluster, district, _role(text, said, names, label), (), evidence)


def _said(words: str, run: Run, offset: int, begun: Span | None) -> Span | None:
    """The words that say what becomes of a run of industries, if they are meant as such and it is said at all."""
    if not _is_industry(words, run):
        return None
    if begun is not None and begun.start < offset + run.start:
        return begun
    return Span(offset + run.start, offset + len(words)) if _COMES.match(words, run.end) else None


def _role(text: str, said: Span, names: Span, label: str) -> str:
    """The words said, without their verb; of several industries (``label``: the one's name) what is said of them all.

    壮大数字创意、大健康产业 makes 数字创意产业 of the first, 发展数字创意、大健康等7大未来产业 makes 7大未来产业.
    """
    verbs = _VERBS.match(text, said.start)
    if not label or not said.start <= names.start < said.end:
        return text[verbs.end() if verbs else said.start : said.end]
    shared = text[names.end : said.end].removeprefix("等")
    return label + (shared or "产业") if not shared or _INDUSTRY_ALONE.fullmatch(shared) else shared


def _is_industry(words: str, run: Run) -> bool:
    """Whether the names stand for industries (新能源产业) rather than for a part of another word (新能源汽车)."""
    if _IS_INDUSTRY.search(words[run.start : run.names_end]):
        return not _IS_PLACE.match(words, run.names_end)
    match = _AS_INDUSTRY.match(words, run.names_end)
    return match is not None and not _IS_PLACE.match(words, match.end())
