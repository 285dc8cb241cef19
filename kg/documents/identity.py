"""What a document is: its title, type, date, place, the clusters it is about, and the slug of its address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.documents.bundles import Part
from kg.documents.catalogue import Entry
from kg.documents.dating import date_of
from kg.documents.origin import place_of, without_number
from kg.documents.source import Source
from kg.facts import Document, DocumentType
from kg.grammar.markers import starts_heading
from kg.slugs import pinyin_slug
from kg.vocabulary import Vocabulary

_TYPES: tuple[tuple[str, DocumentType], ...] = (
    ("行动计划", "ActionPlan"),
    ("行动方案", "ActionPlan"),
    ("实施方案", "ActionPlan"),
    ("意见", "Opinion"),
)
_OPENING_LINES = 12
# The kinds of documents that a title ends in.
_TITLE = re.compile(
    r"[^。；！？]{4,80}(?:计划|方案|意见|措施|办法|规划|要点|通知|举措|清单|政策|决定|纲要|条例|规定|指引|报告)(?:（[^）]*）)?"
)
_SIGNED = 40
_FUTURE = "未来产业"
_FUTURE_SLUG = "future-industries"
_KINDS = {"ActionPlan": "action-plan", "Opinion": "opinion"}
_YEAR = re.compile(r"20\d\d")
_DATE = re.compile(r"20\d\d(?:-\d\d(?:-\d\d)?)?")


def identify(source: Source, part: Part, entry: Entry, vocabulary: Vocabulary, bundled: bool) -> Document:
    """The identity of one document of a source, from its catalogue entry, its header and its own title."""
    header = source.header.get("title")
    own = part.title or entry.title or (header.value if header else "")
    title = own or _first_title(source, part)
    place = entry.place or _place(source, part, title)
    kind, clusters = _type(part, title, entry), _clusters(part.title, place, vocabulary)
    slug = entry.id if entry.id and not bundled else _slug(title, kind, place, clusters, vocabulary)
    first, last = (part.blocks[0].start, part.blocks[-1].end) if part.blocks else (0, 0)
    span = source.text.source_span(first, last) if last > first else None
    return Document(
        slug=slug,
        title=title,
        source_file=source.name,
        type=kind,
        start=span.start if span else 0,
        end=span.end if span else 0,
        place=place,
        clusters=clusters,
        publisher=entry.publisher,
        date=entry.date if _DATE.fullmatch(entry.date) else date_of(_edges(source, part)),
    )


def _slug(title: str, kind: DocumentType, place: str, clusters: tuple[str, ...], vocabulary: Vocabulary) -> str:
    """A plan's address says whose it is, of what and for when; any other document's is its title in pinyin."""
    if not clusters or not place:
        return pinyin_slug(title)
    city = vocabulary.find("district", place)
    field = clusters[0] if len(clusters) == 1 else _FUTURE_SLUG
    words = [city.slug if city else pinyin_slug(place), field, _KINDS.get(kind, "document"), *_YEAR.findall(title)]
    return "-".join(words)


def _type(part: Part, title: str, entry: Entry) -> DocumentType:
    named = next((kind for word, kind in _TYPES if word in title), None)
    return (named if part.head is not None else None) or entry.type or named or "PolicyDocument"


def _first_title(source: Source, part: Part) -> str:
    """The first of the opening lines that ends like a title; else the first line, else the file's name."""
    lines = [source.block_text(block) for block in part.blocks[:_OPENING_LINES]]
    found = next((without_number(line) for line in lines if _TITLE.fullmatch(line) and not starts_heading(line)), None)
    return found or (lines[0][:60] if lines else source.name)


def _place(source: Source, part: Part, title: str) -> str:
    heading = source.block_text(part.head) if part.head else ""
    lines = _edges(source, part)
    text = source.text.chars[part.blocks[0].start : part.blocks[-1].end] if part.blocks else ""
    return place_of(heading, title, lines, text)


def _edges(source: Source, part: Part) -> Iterator[str]:
    """The first and the last lines of a document, between which its text stands."""
    return (source.block_text(block) for block in (*part.blocks[:_SIGNED], *part.blocks[-_SIGNED:]))


def _clusters(title: str, place: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The clusters that a plan's title names: 网络与通信产业集群 one, 未来产业 all that are to come.

    The vocabulary's clusters are those of its own city; another city's plan is about industries of its own.
    """
    city = vocabulary.find("district", place)
    if city is None or "City" not in city.types or ("计划" not in title and "方案" not in title):
        return ()
    for name, cluster in vocabulary.names("cluster"):
        if name in title:
            return (cluster.slug,)
    if _FUTURE in title:
        return tuple(c.slug for c in vocabulary.entries("cluster") if "FutureIndustry" in c.types)
    return ()
