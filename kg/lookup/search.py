"""The things of the graph by what is asked: candidates for a question, and search by name."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from kg.lookup.covering import TEXT, Covering
from kg.lookup.forms import own_names, pair_grams, unit_grams
from kg.lookup.index import Index, Kept
from kg.lookup.mentions import Names
from kg.lookup.normal import fold_width, has_chinese, words
from kg.lookup.reading import Question, Reader
from kg.lookup.records import Records
from kg.lookup.shelf import Shelf
from kg.lookup.things import Record

_SENTENCE = re.compile(r"[^。；;]+")
_FULL_NAME, _LITERAL = 0.15, 0.05
_REFINED = 16
_VERBATIM, _VERBATIM_FROM = 0.98, 6


_KEPT, _LAST_ASKED = 2_000, 4


_Form = list[tuple[float, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class _Passage:
    """A thing's name or heading and its text, folded, and the sentences of the text."""

    heading: str
    text: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant: the share of the question that it covers, and of its name that the question says.

    ``own`` is the share of the question, less the name of the cluster, that stands in its name or text and not only in
    the headings above it; ``literal`` tells that the question says its whole name or heading, character by character.
    """

    record: Record
    coverage: float
    own: float
    named: float
    literal: bool

    @property
    def rank(self) -> float:
        """What candidates are ordered by."""
        return self.coverage + _FULL_NAME * self.named + _LITERAL * self.literal

    @property
    def score(self) -> float:
        """From 0 to 1: how much of the question it covers, less where the question says little of its name."""
        return self.coverage * (1 + self.named) / 2


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that things are compared with, where its atoms stand in names, and the things compared so far."""

    question: Question
    covering: Covering
    said: frozenset[str]
    covers: list[list[tuple[float, bytes]]]
    found: dict[tuple[int, bool], Candidate]

    def known(self, number: int) -> list[float]:
        """How well the names of a thing cover each atom, from 0 to 1."""
        place, bit = number >> 3, number & 7
        known = []
        for cover in self.covers:
            value = 0.0
            for worth, found in cover:
                if found[place] >> bit & 1:
                    value = worth
                    break
            known.append(value)
        return known


class Search:
    """Finds the things that a question may mean; they are numbered in the order of the records."""

    def __init__(self, records: Records, shelf: Shelf) -> None:
        self.records = records
        about = shelf.table("about")
        kept = Kept(shelf.table("grams"), len(records.all))
        self._all = Index(kept)
        self._names = Index(kept, without=TEXT)
        self._passage = lru_cache(_KEPT)(self._read_passage)
        self._asked = lru_cache(_LAST_ASKED)(self._read_question)
        self._forms = lru_cache(_KEPT)(self._read_forms)
        self.clusters = Names(records.kind("cluster"))
        self.english, sounds = (frozenset[str](json.loads(bytes(about.get(n) or b"[]"))) for n in ("english", "sounds"))
        self.reader = Reader(self._all, self.english, sounds, records.home)

    def of_kinds(self, kinds: Collection[str] | None) -> int | None:
        """The numbers of the things of these kinds, as a set of bits; None (all) where none are given."""
        if kinds is None:
            return None
        return sum(self.records.numbers_of(kind) for kind in set(kinds))

    def candidates(
        self, question: Question, among: int | None, *, in_text: bool = True, limit: int = _REFINED
    ) -> list[Candidate]:
        """The best of these things, best first; ``in_text`` says whether the text of passages counts, or headings only.

        Those that come out best at a first look, ``limit`` of them, are looked at sentence by sentence.
        """
        best = (self._all if in_text else self._names).best(question.atoms, among, limit)
        asked = self._asked(question) if best else None
        found = [self._candidate(asked, number, in_text) for number, _ in best] if asked else []
        return sorted(found, key=lambda c: (-c.rank, c.record.iri))

    def _read_question(self, question: Question) -> _Asked:
        said = frozenset(gram for atom in question.atoms for option in atom.options for gram in option.grams)
        size = (len(self.records.all) + 7) // 8
        covers = [
            [(worth, found.to_bytes(size, "little")) for worth, found in self._names.atom_levels(atom)]
            for atom in question.atoms
        ]
        return _Asked(question, Covering(question.atoms), said, covers, {})

    def _candidate(self, asked: _Asked, number: int, in_text: bool) -> Candidate:
        """How well a thing fits a question, which may be asked again of other things with this one among them."""
        found = asked.found.get((number, in_text))
        if found is None:
            found = asked.found[number, in_text] = self._compared(asked, number, in_text)
        return found

    def _compared(self, asked: _Asked, number: int, in_text: bool) -> Candidate:
        question, passage = asked.question, self._passage(number)
        text, sentences = (passage.text, passage.sentences) if in_text else ("", ())
        coverage, own = asked.covering.shares(asked.known(number), text, sentences)
        if in_text and len(question.units) >= _VERBATIM_FROM and question.subject in passage.text:
            coverage = max(coverage, _VERBATIM)
        # What an English question says is words, so characters count; else pairs of them do, which keep the order.
        forms = self._forms(number, question.space == "words")
        named = max((_share(form, asked.said) for form in forms), default=0.0)
        return Candidate(self.records.all[number], coverage, own, named, passage.heading in question.subject)

    def _read_forms(self, number: int, by_unit: bool) -> list[_Form]:
        """The names of a thing as the grams to be said, each with how telling it is."""
        return [self._form(name, by_unit) for name in map(fold_width, own_names(self.records.all[number]))]

    def _form(self, name: str, by_unit: bool) -> _Form:
        if not has_chinese(name):
            return [(self._all.idf(word), frozenset([word])) for word in words(name)]
        found = unit_grams(name) if by_unit else pair_grams(name)
        return [(min(map(self._all.idf, written)), frozenset((*written, *heard))) for written, heard in found]

    def _read_passage(self, number: int) -> _Passage:
        record = self.records.all[number]
        text = fold_width(record.text)
        return _Passage(fold_width(record.heading or record.label), text, tuple(_SENTENCE.findall(text)))


def _share(form: _Form, said: frozenset[str]) -> float:
    total = sum(weight for weight, _ in form)
    return sum(weight for weight, grams in form if not said.isdisjoint(grams)) / total if total else 0.0
