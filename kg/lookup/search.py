"""The things of the graph by what is asked: candidates for a question, and search by name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kg.lookup.forms import english_words, grams_of, name_grams, own_names, pair_grams, sounds_of, unit_grams
from kg.lookup.index import Atom, Index
from kg.lookup.mentions import Names
from kg.lookup.normal import fold_width, has_chinese, sound_grams, syllables, text_grams, words
from kg.lookup.reading import Question, Reader
from kg.lookup.records import Records
from kg.lookup.things import Record

NAME, CONTEXT, ABOVE, TEXT, HIDDEN = 1.0, 0.8, 0.75, 0.85, 0.9
"""What it is worth that a gram stands in a name or heading, in the name of the cluster, in a heading above, in the
text, in a word to search by."""

_SENTENCE = re.compile(r"[^。；;]+")
_FULL_NAME, _LITERAL = 0.15, 0.05
_REFINED = 16
_VERBATIM, _VERBATIM_FROM = 0.98, 6


_Form = list[tuple[float, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class _Passage:
    """A thing's name or heading and its text, folded, with the grams of each sentence."""

    heading: str
    text: str
    sentences: tuple[set[str], ...]


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


class Search:
    """Finds the things that a question may mean; they are numbered in the order of the records."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.numbers = {record.iri: number for number, record in enumerate(records.all)}
        self._names = Index()
        self._all = Index(below=self._names)
        self._context = {
            cluster.iri: grams_of(own_names(cluster)) | sounds_of(own_names(cluster))
            for cluster in records.kind("cluster")
        }
        self._passages: dict[str, _Passage] = {}
        self._forms: dict[tuple[str, bool], list[_Form]] = {}
        sounds: set[str] = set()
        for number, record in enumerate(records.all):
            self._index(number, record, sounds)
        self.clusters = Names(records.kind("cluster"))
        self.english = frozenset(word for record in records.all for word in english_words(record))
        self.reader = Reader(self._all, self.english, sounds)

    def of_kinds(self, kinds: Collection[str] | None) -> frozenset[int] | None:
        """The numbers of the things of these kinds; None (all) where none are given."""
        if kinds is None:
            return None
        return frozenset(self.numbers[record.iri] for kind in set(kinds) for record in self.records.kind(kind))

    def candidates(
        self, question: Question, among: frozenset[int] | None, *, in_text: bool = True, limit: int = _REFINED
    ) -> list[Candidate]:
        """The best of these things, best first; ``in_text`` says whether the text of passages counts, or headings only.

        Those that come out best at a first look, ``limit`` of them, are looked at sentence by sentence.
        """
        index = self._all if in_text else self._names
        covered = index.cover(question.atoms, among)
        best = sorted(covered.items(), key=lambda item: (-item[1], item[0]))[:limit]
        said = frozenset(gram for atom in question.atoms for option in atom.options for gram in option.grams)
        found = [self._candidate(question, self.records.all[n], said, in_text) for n, _ in best]
        return sorted(found, key=lambda c: (-c.rank, c.record.iri))

    def _index(self, number: int, record: Record, sounds: set[str]) -> None:
        for name in own_names(record):
            heard = syllables(fold_width(name)) if has_chinese(name) else ()
            sounds.update(heard)
            self._names.add(number, (*name_grams(name), *sound_grams(heard)), NAME)
        for name in record.hidden:
            self._names.add(number, name_grams(name), HIDDEN)
        for cluster in self.records.clusters_of(record):
            self._names.add(number, self._context[cluster.iri], CONTEXT)
        if record.kind == "measure":
            self._names.add(number, grams_of(above.heading for above in self.records.ancestors(record)), ABOVE)
            self._all.add(number, text_grams(fold_width(record.text)), TEXT)

    def _candidate(self, question: Question, record: Record, said: frozenset[str], in_text: bool) -> Candidate:
        passage = self._passage(record)
        coverage, own = self._cover(question.atoms, record, passage.sentences if in_text else ())
        if in_text and len(question.units) >= _VERBATIM_FROM and question.subject in passage.text:
            coverage = max(coverage, _VERBATIM)
        return Candidate(
            record, coverage, own, self._named(record, question, said), passage.heading in question.subject
        )

    def _cover(self, atoms: Sequence[Atom], record: Record, sentences: Iterable[set[str]]) -> tuple[float, float]:
        """The share of the atoms that the names of a thing and the best one of its sentences cover, and its own part.

        Its own part is what stands in its name or text, of all that does not just name its cluster.
        """
        number = self.numbers[record.iri]
        known = [max((self._names.value(number, option) for option in atom.options), default=0.0) for atom in atoms]
        best = _best_sentence(atoms, known, sentences)
        total = value = own = left = 0.0
        for atom, before in zip(atoms, known, strict=True):
            after = _in_sentence(atom, before, best)
            total, value = total + atom.weight, value + atom.weight * after
            if before != CONTEXT:
                left, own = left + atom.weight, own + atom.weight * (before > ABOVE or after > before)
        return value / total if total else 0.0, own / left if left else 1.0

    def _named(self, record: Record, question: Question, said: frozenset[str]) -> float:
        """The share of the best covered name of a thing that the question says, weighed by how telling it is.

        What an English question says is words, so characters count; else pairs of them do, which keep the order.
        """
        by_unit = question.space == "words"
        key = record.iri, by_unit
        if key not in self._forms:
            self._forms[key] = [self._form(name, by_unit) for name in map(fold_width, own_names(record))]
        return max((_share(form, said) for form in self._forms[key]), default=0.0)

    def _form(self, name: str, by_unit: bool) -> _Form:
        if not has_chinese(name):
            return [(self._all.idf(word), frozenset([word])) for word in words(name)]
        found = unit_grams(name) if by_unit else pair_grams(name)
        return [(min(map(self._all.idf, written)), frozenset((*written, *heard))) for written, heard in found]

    def _passage(self, record: Record) -> _Passage:
        if record.iri not in self._passages:
            text = fold_width(record.text)
            sentences = tuple(text_grams(part) for part in _SENTENCE.findall(text))
            self._passages[record.iri] = _Passage(fold_width(record.heading or record.label), text, sentences)
        return self._passages[record.iri]


def _share(form: _Form, said: frozenset[str]) -> float:
    total = sum(weight for weight, _ in form)
    return sum(weight for weight, grams in form if not said.isdisjoint(grams)) / total if total else 0.0


def _best_sentence(atoms: Sequence[Atom], known: Sequence[float], sentences: Iterable[set[str]]) -> set[str]:
    """The sentence that covers most beyond what is covered already; an empty one where none does."""
    waiting = defaultdict[str, list[int]](list)
    for number, atom in enumerate(atoms):
        for option in atom.options if known[number] < TEXT else ():
            for gram in option.grams:
                waiting[gram].append(number)
    wanted, best, most = frozenset(waiting), set[str](), 0.0
    for sentence in sentences:
        touched = {number for gram in wanted & sentence for number in waiting[gram]}
        gain = sum(atoms[n].weight * (_in_sentence(atoms[n], known[n], sentence) - known[n]) for n in sorted(touched))
        if gain > most:
            best, most = sentence, gain
    return best


def _in_sentence(atom: Atom, value: float, sentence: set[str]) -> float:
    """How well an atom is covered that is covered so well already, with a sentence beside."""
    if value >= TEXT:
        return value
    return max([value, *(o.worth * TEXT for o in atom.options if sentence.issuperset(o.grams))])
