"""A question read: its language, what it is about, and the atoms that an answer has to cover."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.lookup.frames import asking_sounds, asks_by_sound, frames, industry_sounds, sound_subject, subject, word_lists
from kg.lookup.home import Home
from kg.lookup.index import UNSEEN, Atom, Index, Option
from kg.lookup.mentions import Space
from kg.lookup.normal import (
    Syllabary,
    Unit,
    around,
    fold,
    fold_width,
    grams,
    has_chinese,
    sound_grams,
    sounds_around,
    syllables,
    units,
    words,
)
from kg.lookup.slips import mended

_BY_SOUND = 0.8
_FILLER_WEIGHT = 0.3
# A character whose pairs are as rare as this may be a slip for another that sounds the same.
_RARE = 4.0
_LATIN_RUN = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Question:
    """What a folded question asks about.

    ``units`` are those of the subject: characters, syllables of pinyin, or English words, and ``weights`` tells how
    telling each is; ``atoms`` are what an answer has to cover, each once; ``elsewhere`` are the places
    named that are not the documents' own, and ``within`` those of several own places that it is about; ``unknown``
    tells that a word of two characters stands nowhere in them.
    """

    text: str
    subject: str
    space: Space
    units: tuple[str, ...]
    weights: tuple[float, ...]
    atoms: tuple[Atom, ...]
    elsewhere: tuple[str, ...]
    unknown: bool = False
    within: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether nothing is asked about, or nothing but words that say nothing (产业)."""
        return all(weight <= _FILLER_WEIGHT for weight in self.weights)


class Reader:
    """Reads questions with the words that the index knows."""

    def __init__(self, index: Index, english: Iterable[str], sounds: Iterable[str], home: Home) -> None:
        self._index = index
        self._home = home
        self._syllabary = Syllabary([*sounds, *asking_sounds()])
        self._english = frozenset(english) | frozenset(w for phrase in self._terms for w in phrase)

    def folded(self, question: str) -> str:
        """A question in the form that is compared, its words of asking spelled right."""
        text = fold(question)
        return mended(text, self._index.holds) if has_chinese(text) else text

    def read(self, question: str) -> Question:
        """The question read; a text of nothing but punctuation gives an empty one."""
        text = self.folded(question)
        return replace(self._read(text), within=self._home.within(text))

    def _read(self, text: str) -> Question:
        if has_chinese(text):
            return self._chinese(text, subject(text))
        tokens = words(text)
        known = frames()
        telling = [w for w in tokens if w not in known.english_stop | self._home.english]
        sounds = self._sounds(tokens)
        if sounds is not None and not any(w in self._english and self._syllabary.cut(w) for w in telling):
            return self._pinyin(text, sound_subject(sounds))
        return self._words(text, tokens)

    def _chinese(self, text: str, about: str) -> Question:
        known = frames()
        found = [u for u in units(about) if u.text not in known.english_stop]
        fillers = _filler_positions(about, found, self._home)
        weights, atoms = [], []
        sounds = syllables("".join(u.text for u in found))
        for number in range(len(found)):
            atom = self._character(found, number, sounds if len(sounds) == len(found) else (), number in fillers)
            weights.append(atom.weight)
            atoms.append(atom)
        elsewhere = self._home.others(about)
        said = tuple(u.text for u in found)
        unknown = any(self._ends_unknown_word(found, sounds, number) for number in range(1, len(found)))
        return Question(text, about, "characters", said, tuple(weights), _merged(atoms), elsewhere, unknown)

    def _character(self, found: Sequence[Unit], number: int, sounds: Sequence[str], filler: bool) -> Atom:
        own = [g for g in around(found, number) if self._index.holds(g)]
        weight = min(map(self._index.idf, own), default=UNSEEN)
        options = [Option((gram,)) for gram in own]
        if weight >= _RARE and sounds:
            heard = [g for g in sounds_around(found, sounds, number) if self._index.holds(g)]
            options += [Option((gram,), _BY_SOUND) for gram in heard]
        return Atom(min(weight, _FILLER_WEIGHT) if filler else weight, tuple(options))

    def _ends_unknown_word(self, found: Sequence[Unit], sounds: Sequence[str], number: int) -> bool:
        """Whether a character and the one before it are a word that stands nowhere, nor sounds like one that does."""
        if not found[number].joined or found[number].latin or found[number - 1].latin:
            return False
        heard = sound_grams(sounds[number - 1 : number + 1]) if len(sounds) == len(found) else ()
        near = {*around(found, number - 1), *around(found, number), *heard}
        return not any(map(self._index.holds, near))

    def _pinyin(self, text: str, sounds: tuple[str, ...]) -> Question:
        atoms, said = [], len(sounds) - industry_sounds(sounds)
        for number in range(len(sounds)):
            near = [g for g in sound_grams(sounds[max(0, number - 1) : number + 2]) if self._index.holds(g)]
            if sounds[number][0].isdigit() and self._index.holds(sounds[number]):
                near.append(sounds[number])
            weight = min(map(self._index.idf, near), default=UNSEEN)
            weight = weight if number < said else min(weight, _FILLER_WEIGHT)
            atoms.append(Atom(weight, tuple(Option((gram,)) for gram in near)))
        return Question(text, " ".join(sounds), "sounds", sounds, tuple(a.weight for a in atoms), _merged(atoms), ())

    def _words(self, text: str, tokens: list[str]) -> Question:
        known = frames()
        weights, atoms, start = [], [], 0
        while start < len(tokens):
            length = next((n for n in (4, 3, 2, 1) if tuple(tokens[start : start + n]) in self._terms), 1)
            phrase = tuple(tokens[start : start + length])
            atom = self._phrase(phrase)
            if set(phrase) <= known.english_stop or len("".join(phrase)) == 1:
                atom = Atom(0.0, ())
            elif set(phrase) <= known.english_filler | self._home.english:
                atom = Atom(_FILLER_WEIGHT, atom.options)
            atoms.append(atom)
            weights += [atom.weight / len(phrase)] * len(phrase)
            start += len(phrase)
        elsewhere = self._home.others_in_english(tokens)
        return Question(text, " ".join(tokens), "words", tuple(tokens), tuple(weights), _merged(atoms), elsewhere)

    def _phrase(self, phrase: tuple[str, ...]) -> Atom:
        """An English phrase: covered by what it is called in Chinese, by itself, or by a name that sounds so."""
        options = [Option(g) for said in self._terms.get(phrase, ()) if (g := self._held(grams(units(said))))]
        if len(phrase) == 1:
            options += [Option((phrase[0],))] if self._index.holds(phrase[0]) else []
            sounds = self._syllabary.cut(phrase[0])
            if sounds and len(sounds) > 1:
                options += [Option(g) for g in [self._held(sound_grams(sounds))] if g]
        weight = max((min(map(self._index.idf, option.grams)) for option in options), default=UNSEEN)
        return Atom(2 * weight, tuple(options))

    def _held(self, found: Iterable[str]) -> tuple[str, ...]:
        """These grams, if all of them are known."""
        needed = tuple(found)
        return needed if all(map(self._index.holds, needed)) else ()

    def _sounds(self, tokens: list[str]) -> tuple[str, ...] | None:
        """The syllables of a question that is written in pinyin; None where it is not.

        A known word among them that is none (IC, MEMS) stays whole where the others ask as pinyin does.
        """
        found: list[str] = []
        whole = False
        for token in tokens:
            cut = self._syllabary.cut(token) if _LATIN_RUN.fullmatch(token) else (token,)
            if cut is None and not self._index.holds(token):
                return None
            whole, found = whole or cut is None, [*found, *(cut or (token,))]
        return tuple(found) if not whole or asks_by_sound(tuple(found)) else None

    @cached_property
    def _terms(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        terms = word_lists("terms")["terms"]
        return {tuple(words(phrase)): tuple(map(fold_width, said)) for phrase, said in terms.items()}


def _merged(atoms: Iterable[Atom]) -> tuple[Atom, ...]:
    """Atoms that are covered in the same way as one, so that what is said twice costs no more time."""
    weights = defaultdict[tuple[Option, ...], float](float)
    for atom in atoms:
        weights[atom.options] += atom.weight
    return tuple(Atom(weight, options) for options, weight in weights.items())


def _filler_positions(text: str, found: Sequence[Unit], home: Home) -> frozenset[int]:
    """Which units stand in words that say nothing about what is meant."""
    known, positions, cursor = frames(), [], 0
    spans = [*home.spans(text), *(match.span() for match in known.filler.finditer(text))]
    for number, unit in enumerate(found):
        cursor = max(cursor, text.find(unit.text, cursor))
        if unit.text in known.filler_characters or any(start <= cursor < end for start, end in spans):
            positions.append(number)
        cursor += len(unit.text)
    return frozenset(positions)
