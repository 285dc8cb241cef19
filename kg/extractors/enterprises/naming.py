"""What one document calls its companies."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.extractors.enterprises.forms import (
    called,
    core,
    full_names,
    goes_on,
    known,
    known_in_full,
    known_pattern,
    says_which,
    short_names,
    stood_before,
    well_known,
)
from kg.extractors.enterprises.found import finder_of
from kg.grammar.words import any_of, begins_with, load_words
from kg.places import leading_place
from kg.structure.outline import Outline
from kg.text import Span

_WORDS = load_words(Path(__file__).parent)
# A shorter name that its place alone shows is not looked for elsewhere: it may be part of other words.
_LEAST_SEARCHED = 3
_GROUP = "集团"
_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_EDGE = re.compile(any_of((*_WORDS["before"], *_WORDS["leads"], *_WORDS["nouns"])) + "$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a company where it stands in the text, and the rule that found it."""

    span: Span
    name: str
    rule: str


@dataclass(slots=True)
class Naming:
    """The companies of a document: ``full`` gives the full name of each name (None where the text gives none).

    ``home`` are the places that short names leave out, ``printed`` the full names that stand in the text.
    """

    outline: Outline
    texts: tuple[Span, ...]
    places: re.Pattern[str]
    fields: frozenset[str]
    home: re.Pattern[str]
    full: dict[str, str | None] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    printed: set[str] = field(default_factory=set)
    _rules: dict[str, str] = field(default_factory=dict)
    _placed: list[Mention] = field(default_factory=list)
    _chars: str = ""

    def __post_init__(self) -> None:
        self._chars = self.outline.slice(self.texts[0].start, self.texts[-1].end) if self.texts else ""

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
        covered = 0
        for mention in sorted(found, key=lambda m: (m.span.start, -m.span.end)):
            if mention.span.start >= covered:
                covered = mention.span.end
                yield mention

    def _note(self, name: str, full: str | None, rule: str) -> None:
        self.full[name] = self.full.get(name) or full
        self._rules.setdefault(name, f"enterprises/{rule}")

    def _gather_known(self) -> None:
        for text in self.texts:
            for match in known_pattern().finditer(self.outline.text.chars, text.start, text.end):
                if match[0] in known() and not goes_on(self.outline.text.chars, match.end()):
                    self._note(match[0], known()[match[0]], "known-name")

    def _gather_full(self) -> None:
        given: list[tuple[str, str | None]] = []
        for text in self.texts:
            passage = self.outline.slice(text.start, text.end)
            if "公司" not in passage:
                continue
            for span in full_names(passage, self.places):
                full = passage[span.start : span.end]
                if not says_which(core(full, self.places)):
                    continue
                given.append((full, called(passage, span.end) or stood_before(passage, span.start)))
        likely = {full: self._likely(full) for full in dict.fromkeys(full for full, short in given if not short)}
        starts = _starts((name for names in likely.values() for name in names), self._chars)
        shorter = {full: self._used(names, full, starts) for full, names in likely.items()}
        for full, short in given:
            self.printed.add(full)
            for name in (short,) if short else shorter[full]:
                self._note(name, full, "full-name")

    def _used(self, likely: tuple[str, ...], full: str, starts: dict[str, list[int]]) -> tuple[str, ...]:
        """The short names of a full one that the document uses, else the likeliest."""
        found = ((name, starts.get(name[:_LEAST_SEARCHED], ())) for name in likely)
        return tuple(name for name, at in found if _stands_outside(name, full, self._chars, at)) or likely[:1]

    def _likely(self, full: str) -> tuple[str, ...]:
        """The short names that a company of this full one may go by, the likeliest first."""
        if full in known_in_full():
            return (known_in_full()[full],)
        middle = core(full, self.home)
        middle = middle if says_which(middle) else core(full, self.places)
        likely = (*short_names(middle), *((middle + _GROUP,) if _GROUP in full and not middle.endswith(_GROUP) else ()))
        bare = middle[leading_place(middle)[1] :]
        return (*likely, *(short_names(bare) if bare != middle and says_which(bare) else ()))

    def _gather_links(self) -> tuple[Span, ...]:
        """Take the names that the markup links to a stock code, and return those that continue a word, or are a word
        or a place's name."""
        doubtful: list[Span] = []
        for link in self.outline.links:
            name = self.outline.slice(link.start, link.end)
            before = self.outline.slice(max(0, link.start - 4), link.start)
            inside = _LETTER.match(before[-1:]) and not _EDGE.search(before)
            ordinary = name in _WORDS["ordinary"] or leading_place(name)[1] == len(name)
            if (inside or ordinary) and name not in self.full:
                doubtful.append(Span(link.start, link.end))
                continue
            self._note(name, known().get(name), "linked-name")
            self.codes[name] = link.identifier
        return tuple(doubtful)

    def _gather_short(self) -> None:
        finder, gathered = finder_of(self.places, self.fields), tuple(self.full)
        again: dict[str, bool] = {}
        for text in self.texts:
            for found in finder.names(self.outline.slice(text.start, text.end), gathered):
                span = Span(text.start + found.start, text.start + found.end)
                name = self.outline.slice(span.start, span.end)
                if not found.sure and name not in again:
                    again[name] = self._chars.find(name, self._chars.find(name) + len(name)) >= 0
                if found.sure or again[name]:
                    self._note(name, well_known(name), found.rule)
                    self._placed.append(Mention(span, name, f"enterprises/{found.rule}"))


def _starts(names: Iterable[str], chars: str) -> dict[str, list[int]]:
    """Where the first characters of names stand in a text that is searched once for all of them."""
    heads = {name[:_LEAST_SEARCHED] for name in names if len(name) >= _LEAST_SEARCHED}
    found: dict[str, list[int]] = defaultdict(list)
    if heads:
        for match in re.finditer(f"{begins_with(heads, depth=2)}(?=({any_of(heads)}))", chars):
            found[match[1]].append(match.start())
    return found


def _stands_outside(name: str, full: str, chars: str, starts: Iterable[int]) -> bool:
    """Whether a short name stands at one of these places beside the full name that holds it."""
    within = full.find(name)
    return any(
        chars.startswith(name, at) and not (0 <= within <= at and chars.startswith(full, at - within)) for at in starts
    )
