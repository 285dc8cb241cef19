"""A document's text in paragraphs, its facts marked: overlapping ranges flattened into segments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.documents.source import Block, Source
from kg.text import Text


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of the source that states something: its offsets, the kind of fact, and the fact's IRI."""

    start: int
    end: int
    kind: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of characters under the same marks; ``opens`` are the marks that begin with it."""

    text: str
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the marks, each once, in alphabetic order."""
        return tuple(sorted({mark.kind for mark in self.marks}))

    @property
    def anchors(self) -> tuple[str, ...]:
        """The ``char=a,b`` of each range that begins here, each once."""
        return tuple(dict.fromkeys(f"char={m.start},{m.end}" for m in self.opens))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading: its number from 1, its level (0: plain text), and its segments."""

    number: int
    level: int
    segments: tuple[Segment, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The facts that begin in this paragraph."""
        return tuple(m for s in self.segments for m in s.opens if m.iri)


def blocks_of(source: Source, start: int, end: int) -> tuple[Block, ...]:
    """The blocks that lie between these offsets of the source; all where none do."""
    offsets = source.text.offsets
    return tuple(b for b in source.blocks if start <= offsets[b.start] < end) or source.blocks


def cut(source: Source, block: Block, most: int) -> Iterable[Block]:
    """A block in pieces of at most so many characters, each ending with a sentence where one ends in it."""
    start = block.start
    while block.end - start > most:
        found = source.text.chars.rfind("。", start, start + most)
        end = found + 1 if found > start else start + most
        yield Block(start, end)
        start = end
    yield Block(start, block.end)


def header_of(body: Source) -> Source:
    """What stands in a source file before its text (the fields of an article's head), a block a line."""
    end = body.text.offsets[0] if len(body.text) else 0
    lines = [m.span() for m in re.finditer(r"[^\r\n]+", body.raw[:end])]
    return Source(body.name, body.raw, Text(body.raw[:end], range(end)), tuple(Block(a, b) for a, b in lines))


def mark_up(
    source: Source, blocks: Iterable[Block], marks: Sequence[Mark], levels: dict[int, int], first: int = 1
) -> tuple[Paragraph, ...]:
    """The paragraphs of a document with their marks, numbered from ``first``.

    ``levels`` are the levels of headings by their first offset.
    """
    offsets = source.text.offsets
    ranges = [(bisect_left(offsets, m.start), bisect_left(offsets, m.end), m) for m in marks]
    ranges = sorted(((a, b, m) for a, b, m in ranges if a < b), key=lambda r: (r[0], r[1], r[2].kind, r[2].iri))
    paragraphs = []
    for number, block in enumerate(blocks, first):
        own = [r for r in ranges if r[0] < block.end and r[1] > block.start]
        heading = next((m for a, b, m in own if m.start in levels and m.kind == "measure" and a == block.start), None)
        whole = heading is not None and bisect_left(offsets, heading.end) >= block.end - 1
        level = levels[heading.start] if heading and whole else 0
        paragraphs.append(Paragraph(number, level, tuple(_segments(source, block, own))))
    return tuple(paragraphs)


def _segments(source: Source, block: Block, ranges: Sequence[tuple[int, int, Mark]]) -> Iterable[Segment]:
    """The block cut wherever a mark begins or ends."""
    cuts = {block.start, block.end}
    cuts.update(c for a, b, _ in ranges for c in (a, b) if block.start < c < block.end)
    edges = sorted(cuts)
    for left, right in pairwise(edges):
        active = tuple(m for a, b, m in ranges if a < right and b > left)
        opens = tuple(m for a, _, m in ranges if a == left)
        yield Segment(source.text.chars[left:right], active, opens)
