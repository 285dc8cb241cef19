"""Reads the companies of a document: found once by their form, then looked for everywhere in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from kg.extractors.enterprises.forms import known_in_full
from kg.extractors.enterprises.naming import Naming
from kg.extractors.enterprises.ties import ties
from kg.facts import Doubt, Enterprise
from kg.grammar.words import any_of
from kg.places import names_within
from kg.structure.context import cluster_of
from kg.structure.outline import Outline
from kg.structure.passages import passages
from kg.text import Span
from kg.vocabulary import Vocabulary

_RESPONSIBLE = re.compile(r"负责[)）\]】]?。?$")


def read(outline: Outline, vocabulary: Vocabulary) -> Iterator[Enterprise | Doubt]:
    """One fact a mention of a company; a doubt for each linked name that only continues another word."""
    texts = tuple(p for p in passages(outline) if not _RESPONSIBLE.search(outline.slice(p.start, p.end)))
    home = _home(vocabulary, outline.document.place)
    naming = Naming(outline, texts, _places(vocabulary), _fields(vocabulary), home)
    for span in naming.gather():
        reason = "A name linked to a stock code continues the word before it, or is a word or a place's name."
        yield Doubt("enterprises", reason, outline.evidence(span.start, span.end, "enterprises/linked-name"))
    found = tuple(naming.mentions())
    spans: dict[str, list[Span]] = defaultdict(list)
    names: dict[str, set[str]] = defaultdict(set)
    for mention in found:
        company = naming.full[mention.name] or mention.name
        spans[company].append(mention.span)
        names[company].add(mention.name)
    # A full name that only the word list knows is no fact of this document.
    whole = "\n".join(outline.slice(p.start, p.end) for p in texts)
    printed = {full for full in naming.full.values() if full and (full in naming.printed or full in whole)}
    tied = {company: ties(vocabulary).cluster(outline, sorted(names[company]), spans[company]) for company in spans}
    called = {company: max(sorted(names[company]), key=len) for company in names if company in known_in_full()}
    for mention in found:
        full = naming.full[mention.name]
        company = full or mention.name
        above = cluster_of(outline, outline.section_at(mention.span.start), vocabulary)
        yield Enterprise(
            # A well-known company goes by its fullest name where the text calls it by several (徐工, 徐工集团).
            name=called.get(company, mention.name),
            full_name=full if full and full in printed else None,
            cluster=above or tied[company],
            district=_district(outline, mention.span, vocabulary),
            evidence=outline.evidence(mention.span.start, mention.span.end, mention.rule),
            code=naming.codes.get(mention.name),
        )


@cache
def _slugs(vocabulary: Vocabulary) -> dict[str, str]:
    """From the names of districts to their slugs, the longest first."""
    return {name: entry.slug for name, entry in vocabulary.names("district") if "City" not in entry.types}


@cache
def _places(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(any_of(name for name, _ in vocabulary.names("district")))


@cache
def _home(vocabulary: Vocabulary, place: str) -> re.Pattern[str]:
    """The names of the vocabulary's places, and of the place whose document it is."""
    own = names_within(place) if place else frozenset()
    return re.compile(any_of({*(name for name, _ in vocabulary.names("district")), *own}))


@cache
def _fields(vocabulary: Vocabulary) -> frozenset[str]:
    entries = (e for kind in ("cluster", "category") for e in vocabulary.entries(kind))
    return frozenset(word for e in entries for word in e.own_names + e.hidden)


def _district(outline: Outline, span: Span, vocabulary: Vocabulary) -> str | None:
    """The district whose name stands right before or after a company's."""
    slugs = _slugs(vocabulary)
    names = tuple(slugs)
    before, after = outline.slice(max(0, span.start - 8), span.start), outline.slice(span.end, span.end + 8)
    if not before.endswith(names) and not after.startswith(names):
        return None
    found = (slug for name, slug in slugs.items() if before.endswith(name) or after.startswith(name))
    return next(found, None)
