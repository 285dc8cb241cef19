"""Reads the named carriers of a document, each where it is mentioned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extractors.platforms.judging import Judge
from kg.extractors.platforms.mentions import Mention, mentions
from kg.extractors.platforms.naming import Naming
from kg.extractors.platforms.places import places
from kg.facts import Platform
from kg.grammar.words import any_of
from kg.places import leading_county, leading_place
from kg.structure.context import cluster_of
from kg.structure.outline import Outline
from kg.structure.passages import passages
from kg.text import Span
from kg.vocabulary import Entry, Vocabulary

# A county before the word for its government, after no other word.
_GOVERNMENT = re.compile("人民政府|政府")
_GOVERNED = re.compile(r"(?:^|[^\u4e00-\u9fff])(?P<name>(?![各全本我该省])[\u4e00-\u9fff]{2,3}[市区县旗])$")
_LONGEST_COUNTY = 4
_CITIES = ("市", "州", "盟", "地区")


def read(outline: Outline, vocabulary: Vocabulary) -> Iterator[Platform]:
    """One fact a mention of a named carrier; a carrier that is mentioned in several forms has one name."""
    where = places(vocabulary)
    found = tuple(_mentions(outline, vocabulary))
    naming = Naming(((mention.name, mention.proper) for _, mention in found), where.cities, where.areas)
    types = {mention.name: mention.type for _, mention in reversed(found)}
    clusters = {name: _cluster_in(name, vocabulary) for name in types}
    leading = {p: where.leading(outline.slice(p.start, p.end)) for p in dict.fromkeys(passage for passage, _ in found)}
    for passage, mention in found:
        start, end = passage.start + mention.start, passage.start + mention.end
        name = naming.whole(mention.name)
        yield Platform(
            name=name,
            type=types.get(name, mention.type),
            cluster=cluster_of(outline, outline.section_at(start), vocabulary) or clusters[mention.name],
            district=where.district(outline.slice(start, end), mention.start, leading[passage]),
            evidence=outline.evidence(start, end, f"platforms/{mention.rule}"),
            printed=mention.name if mention.name != name else None,
        )


def _cluster_in(name: str, vocabulary: Vocabulary) -> str | None:
    """The cluster whose name, the longest of all, stands in that of a carrier."""
    names, worth = _clusters(vocabulary)
    return next((entry.slug for label, entry in names if label in name), None) if worth.search(name) else None


@cache
def _clusters(vocabulary: Vocabulary) -> tuple[tuple[tuple[str, Entry], ...], re.Pattern[str]]:
    """The names of clusters, the longest first, and a pattern that finds any of them."""
    names = vocabulary.names("cluster")
    return names, re.compile(any_of(name for name, _ in names))


def _topics(outline: Outline) -> tuple[str, ...]:
    """The cities that the headings of a document begin with, and the counties whose governments it names."""
    found = (leading_place(section.heading)[0] for section in outline.sections)
    return tuple(sorted({place for place in found if place.endswith(_CITIES)} | _counties(outline)))


def _counties(outline: Outline) -> set[str]:
    """The counties and county-level cities that a document names with their governments (柯桥区人民政府)."""
    first, last = (outline.blocks[0].start, outline.blocks[-1].end) if outline.blocks else (0, 0)
    governments = (match.start() for match in _GOVERNMENT.finditer(outline.text.chars, first, last))
    before = {outline.slice(max(first, at - _LONGEST_COUNTY - 1), at) for at in governments}
    found = {match["name"] for text in before if (match := _GOVERNED.search(text))}
    return {name for name in found if not leading_place(name)[1] and (name[-1] == "市" or leading_county(name) == name)}


def _mentions(outline: Outline, vocabulary: Vocabulary) -> Iterator[tuple[Span, Mention]]:
    """The names of all passages but the titles of numbered sections, which say tasks; a table's cell tells all."""
    judge = Judge(vocabulary, outline.document, _topics(outline))
    where, cells = places(vocabulary), {block.start for block in outline.blocks if block.kind == "cell"}
    for passage in passages(outline):
        index = outline.section_at(passage.start)
        titled = index is not None and outline.sections[index].number and passage.start < outline.sections[index].body
        if titled and passage.start not in cells:
            continue
        for mention in mentions(outline.slice(passage.start, passage.end), judge, where):
            yield passage, mention
