"""What one document calls its companies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.extractors.enterprises.forms import (
    called,
    core,
    full_names,
    known,
    known_pattern,
    says_which,
    short_names,
    well_known,
)
from kg.extractors.enterprises.found import Finder
from kg.grammar.words import any_of, load_words
from kg.structure.outline import Outline
from kg.text import Span

_WORDS = load_words(Path(__file__).parent)
# A shorter name that its place alone shows is not looked for elsewhere: it may be part of other words.
_LEAST_SEARCHED = 3
_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_EDGE = re.compile(any_of((*_WORDS["before"], *_WORDS["leads"])) + "$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a company where it stands in the text, and the rule that found it."""

    span: Span
    name: str
    rule: str


@dataclass(slots=True)
class Naming:
    """The companies of a document: ``full`` gives the full name of each name (None where the text gives none)."""

    outline: Outline
    texts: tuple[Span, ...]
    places: re.Pattern[str]
    fields: frozenset[str]
    full: dict[str, str | None] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    _rules: dict[str, str] = field(default_factory=dict)
    _placed: list[Mention] = field(default_factory=list)

    def gather(self) -> tuple[Span, ...]:
        """Find all names; returns the linked ones that only continue another word."""
        self._gather_known()
        self._gather_full()
        doubtful = self._gather_links()
        self._gather_short()
        return doubtful

    def mentions(self) -> Iterator[Mention]:
        """Every mention in the order of the text."""
        found = list(self._placed)
        searched = {n for n in self.full if len(n) >= _LEAST_SEARCHED or n in known()}
        searched |= {full for full in self.full.values() if full}
        if searched:
            pattern = re.compile(any_of(searched))
            by_full = {full: name for name, full in sorted(self.full.items(), reverse=True) if full}
            for text in self.texts:
                for match in pattern.finditer(self.outline.text.chars, text.start, text.end):
                    name = by_full.get(match[0], match[0])
                    found.append(Mention(Span(match.start(), match.end()), name, self._rules[name]))
        covered = -1
        for mention in sorted(found, key=lambda m: (m.span.start, -m.span.end)):
            if mention.span.end > covered:
                covered = mention.span.end
                yield mention

    def _note(self, name: str, full: str | None, rule: str) -> None:
        self.full[name] = self.full.get(name) or full
        self._rules.setdefault(name, f"enterprises/{rule}")

    def _gather_known(self) -> None:
        for text in self.texts:
            for match in known_pattern().finditer(self.outline.text.chars, text.start, text.end):
                if match[0] in known():
                    self._note(match[0], known()[match[0]], "known-name")

    def _gather_full(self) -> None:
        for text in self.texts:
            passage = self.outline.slice(text.start, text.end)
            if "公司" not in passage:
                continue
            for span in full_names(passage, self.places):
                full = passage[span.start : span.end]
                if not says_which(core(full, self.places)):
                    continue
                short = called(passage, span.end)
                for name in (short,) if short else self._short_names(full):
                    self._note(name, full, "full-name")

    def _short_names(self, full: str) -> tuple[str, ...]:
        """The short names of a full one: those that the document uses, else the likeliest."""
        named = next((short for short, whole in known().items() if whole == full), None)
        if named:
            return (named,)
        likely = short_names(core(full, self.places))
        rest = self._chars().replace(full, "")
        used = tuple(name for name in likely if len(name) >= _LEAST_SEARCHED and name in rest)
        return used or likely[:1]

    def _chars(self) -> str:
        return self.outline.slice(self.texts[0].start, self.texts[-1].end) if self.texts else ""

    def _gather_links(self) -> tuple[Span, ...]:
        """Take the names that the markup links to a stock code, and return those that continue a word."""
        doubtful: list[Span] = []
        for link in self.outline.links:
            name = self.outline.slice(link.start, link.end)
            before = self.outline.slice(max(0, link.start - 4), link.start)
            if _LETTER.match(before[-1:]) and not _EDGE.search(before) and name not in self.full:
                doubtful.append(Span(link.start, link.end))
                continue
            self._note(name, known().get(name), "linked-name")
            self.codes[name] = link.identifier
        return tuple(doubtful)

    def _gather_short(self) -> None:
        finder, chars = Finder(self.places, self.fields), self._chars()
        for text in self.texts:
            for found in finder.names(self.outline.slice(text.start, text.end)):
                span = Span(text.start + found.start, text.start + found.end)
                name = self.outline.slice(span.start, span.end)
                if found.sure or chars.count(name) > 1:
                    self._note(name, well_known(name), found.rule)
                    self._placed.append(Mention(span, name, f"enterprises/{found.rule}"))
