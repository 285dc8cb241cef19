"""What a document is: its title, type, date, place, the clusters it is about, and the slug of its address."""

from __future__ import annotations

import re

from kg.documents.bundles import Part
from kg.documents.catalogue import Entry
from kg.documents.source import Source
from kg.facts import Document, DocumentType
from kg.slugs import pinyin_slug
from kg.vocabulary import Vocabulary

_TYPES: tuple[tuple[str, DocumentType], ...] = (
    ("行动计划", "ActionPlan"),
    ("行动方案", "ActionPlan"),
    ("实施方案", "ActionPlan"),
    ("意见", "Opinion"),
)
_PLACE = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,8}?(?:省|自治区|市))")
_FUTURE = "未来产业"
_DATE = re.compile(r"20\d\d(?:-\d\d(?:-\d\d)?)?")


def identify(source: Source, part: Part, entry: Entry, vocabulary: Vocabulary, bundled: bool) -> Document:
    """The identity of one document of a source, from its catalogue entry, its header and its own title."""
    header = source.header.get("title")
    own = part.title or entry.title or (header.value if header else "")
    title = own or (source.block_text(part.blocks[0])[:60] if part.blocks else source.name)
    slug = entry.id if entry.id and not bundled else pinyin_slug(title)
    first, last = (part.blocks[0].start, part.blocks[-1].end) if part.blocks else (0, 0)
    span = source.text.source_span(first, last) if last > first else None
    return Document(
        slug=slug,
        title=title,
        source_file=source.name,
        type=_type(part, title, entry),
        start=span.start if span else 0,
        end=span.end if span else 0,
        place=entry.place or _place(title),
        clusters=_clusters(part.title, vocabulary),
        publisher=entry.publisher,
        date=entry.date if _DATE.fullmatch(entry.date) else "",
    )


def _type(part: Part, title: str, entry: Entry) -> DocumentType:
    named = next((kind for word, kind in _TYPES if word in title), None)
    return (named if part.head is not None else None) or entry.type or named or "PolicyDocument"


def _place(title: str) -> str:
    match = _PLACE.match(title)
    return match["place"] if match else ""


def _clusters(title: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The clusters that a plan's title names: 网络与通信产业集群 one, 未来产业 all that are to come."""
    if not title or ("计划" not in title and "方案" not in title):
        return ()
    for name, cluster in vocabulary.names("cluster"):
        if name in title:
            return (cluster.slug,)
    if _FUTURE in title:
        return tuple(c.slug for c in vocabulary.entries("cluster") if "FutureIndustry" in c.types)
    return ()
