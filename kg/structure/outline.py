"""The outline of one document: its headed passages, its sentences, and evidence for what is read in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.documents.source import Block, Field, Link, Table
from kg.facts import Document, Evidence, MeasureKind
from kg.text import Text


@dataclass(frozen=True, slots=True)
class Section:
    """A headed passage; positions are characters of the text.

    It spans ``start`` to ``end`` with its children; ``heading`` is its title without number, which ends at
    ``body``; its own text goes from there to ``own_end``. ``level`` 1 is outermost, ``parent`` an index. ``key``
    identifies it by what its headings say, never by where it stands.
    """

    index: int
    key: str
    parent: int | None
    level: int
    number: str
    heading: str
    kind: MeasureKind
    start: int
    body: int
    own_end: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its final punctuation, and the index of the section that holds it (None: none does)."""

    start: int
    end: int
    section: int | None


@dataclass(frozen=True, slots=True)
class Outline:
    """A document laid out for reading. ``head`` is the range of its printed title with the issuers."""

    document: Document
    text: Text
    head: Block | None
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    links: tuple[Link, ...] = ()
    header: Mapping[str, Field] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _paths: dict[int | None, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(section.start for section in self.sections))

    def slice(self, start: int, end: int) -> str:
        """The characters of a range."""
        return self.text.chars[start:end]

    def sentence_text(self, sentence: Sentence) -> str:
        """The characters of one sentence."""
        return self.text.chars[sentence.start : sentence.end]

    def chain(self, index: int | None) -> tuple[Section, ...]:
        """A section and those that hold it, outermost first."""
        found: list[Section] = []
        while index is not None:
            found.append(self.sections[index])
            index = found[-1].parent
        return tuple(reversed(found))

    def path(self, index: int | None) -> tuple[str, ...]:
        """The headings above a place, each with its number, outermost first."""
        if index not in self._paths:
            self._paths[index] = tuple(section.number + section.heading for section in self.chain(index))
        return self._paths[index]

    def section_at(self, position: int) -> int | None:
        """Index of the innermost section that holds a position."""
        index = bisect_right(self._starts, position) - 1
        while index >= 0 and self.sections[index].end <= position:
            parent = self.sections[index].parent
            index = -1 if parent is None else parent
        return index if index >= 0 else None

    def measure_key(self, position: int) -> str:
        """Key of the innermost headed passage at a position; outside all of them, the document's slug."""
        return self._key(self.section_at(position))

    def evidence(self, start: int, end: int, rule: str) -> Evidence:
        """Evidence for the characters ``start`` to ``end`` (exclusive), found by a named rule."""
        span = self.text.source_span(start, end)
        index = self.section_at(start)
        path, measure = self.path(index), self._key(index)
        return Evidence(self.document.slug, span.start, span.end, self.text.printed[start:end], path, measure, rule)

    def _key(self, index: int | None) -> str:
        return self.document.slug if index is None else self.sections[index].key
