"""Reads the companies of a document: found once by their form, then looked for everywhere in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from kg.extractors.enterprises.naming import Naming
from kg.extractors.enterprises.ties import Ties
from kg.facts import Doubt, Enterprise
from kg.grammar.words import any_of
from kg.structure.context import cluster_of
from kg.structure.outline import Outline
from kg.structure.passages import passages
from kg.text import Span
from kg.vocabulary import Vocabulary

_RESPONSIBLE = re.compile(r"负责[)）\]】]?。?$")


def read(outline: Outline, vocabulary: Vocabulary) -> Iterator[Enterprise | Doubt]:
    """One fact a mention of a company; a doubt for each linked name that only continues another word."""
    slugs = {name: entry.slug for name, entry in vocabulary.names("district") if "City" not in entry.types}
    places = re.compile(any_of(name for name, _ in vocabulary.names("district")))
    texts = tuple(p for p in passages(outline) if not _RESPONSIBLE.search(outline.slice(p.start, p.end)))
    fields = frozenset(
        w for kind in ("cluster", "category") for e in vocabulary.entries(kind) for w in e.own_names + e.hidden
    )
    naming = Naming(outline, texts, places, fields)
    for span in naming.gather():
        reason = "A name linked to a stock code continues the word before it."
        yield Doubt("enterprises", reason, outline.evidence(span.start, span.end, "enterprises/linked-name"))
    found = tuple(naming.mentions())
    spans: dict[str, list[Span]] = defaultdict(list)
    names: dict[str, set[str]] = defaultdict(set)
    for mention in found:
        company = naming.full[mention.name] or mention.name
        spans[company].append(mention.span)
        names[company].add(mention.name)
    ties = Ties(vocabulary)
    # A full name that only the word list knows is no fact of this document.
    printed = {
        full for full in naming.full.values() if full and any(full in outline.slice(p.start, p.end) for p in texts)
    }
    tied = {company: ties.cluster(outline, sorted(names[company]), spans[company]) for company in spans}
    for mention in found:
        full = naming.full[mention.name]
        company = full or mention.name
        above = cluster_of(outline, outline.section_at(mention.span.start), vocabulary)
        yield Enterprise(
            name=mention.name,
            full_name=full if full and full in printed else None,
            cluster=above or tied[company],
            district=_district(outline, mention.span, slugs),
            evidence=outline.evidence(mention.span.start, mention.span.end, mention.rule),
            code=naming.codes.get(mention.name),
        )


def _district(outline: Outline, span: Span, slugs: dict[str, str]) -> str | None:
    """The district whose name stands right before or after a company's."""
    before, after = outline.slice(max(0, span.start - 8), span.start), outline.slice(span.end, span.end + 8)
    found = (slug for name, slug in slugs.items() if before.endswith(name) or after.startswith(name))
    return next(found, None)
