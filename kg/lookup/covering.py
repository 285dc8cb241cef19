"""How much of a question a thing covers: by its names, and by the one sentence of its text that adds most to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kg.lookup.index import Atom
from kg.lookup.normal import has_latin, is_sound, text_grams

NAME, CONTEXT, ABOVE, TEXT, HIDDEN = 1.0, 0.8, 0.75, 0.85, 0.9
"""What it is worth that a gram stands in a name or heading, in the name of the cluster, in a heading above, in the
text, in a word to search by."""


class Covering:
    """The atoms of one question, ready to be compared with many things."""

    def __init__(self, atoms: Sequence[Atom]) -> None:
        self._atoms = atoms
        self._ways = [[(option.grams, option.worth * TEXT) for option in atom.options] for atom in atoms]
        self._waiting = defaultdict[str, list[int]](list)
        for number, atom in enumerate(atoms):
            for gram in {gram for option in atom.options for gram in option.grams if not is_sound(gram)}:
                self._waiting[gram].append(number)

    def shares(self, known: Sequence[float], text: str, sentences: Sequence[str]) -> tuple[float, float]:
        """The share of the atoms that the names of a thing and the best one of its sentences cover, and its own part.

        ``known`` is how well its names cover each atom. Its own part is what stands in its name or text, of all that
        does not just name its cluster.
        """
        best = self._best_sentence(known, text, sentences)
        total = value = own = left = 0.0
        for number, (atom, before) in enumerate(zip(self._atoms, known, strict=True)):
            after = self._with(best, number, before) if best else before
            total, value = total + atom.weight, value + atom.weight * after
            if before != CONTEXT:
                left, own = left + atom.weight, own + atom.weight * (before > ABOVE or after > before)
        return value / total if total else 0.0, own / left if left else 1.0

    def _best_sentence(self, known: Sequence[float], text: str, sentences: Iterable[str]) -> set[str]:
        """The grams of the sentence that covers most beyond what is covered already; none where none does."""
        wanted = [gram for gram in self._waiting if gram in text]
        best, most = set[str](), 0.0
        for sentence in sentences if wanted else ():
            held = _held(sentence, wanted)
            gain = 0.0
            for number in sorted({number for gram in held for number in self._waiting[gram]}):
                if known[number] < TEXT:
                    after = self._with(held, number, known[number])
                    gain += self._atoms[number].weight * (after - known[number])
            if gain > most:
                best, most = held, gain
        return best

    def _with(self, held: set[str], number: int, value: float) -> float:
        """How well an atom is covered that is covered so well already, with the grams of a sentence beside."""
        if value < TEXT:
            for grams, worth in self._ways[number]:
                if worth > value and held.issuperset(grams):
                    value = worth
        return value


def _held(sentence: str, wanted: Iterable[str]) -> set[str]:
    """Those of the grams that a folded sentence holds: two Chinese characters where they stand, a Latin run whole."""
    held = {gram for gram in wanted if gram in sentence}
    return held & _grams(sentence) if any(map(has_latin, held)) else held


@lru_cache(maxsize=1024)
def _grams(sentence: str) -> set[str]:
    return text_grams(sentence)
