"""The search index: which entries hold which grams, how telling a gram is, how much of a question an entry covers."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

UNSEEN = 5.0
"""How telling something is that stands nowhere in the documents (in the unit of ``Index.idf``)."""

_NONE: dict[int, float] = {}


@dataclass(frozen=True, slots=True)
class Option:
    """One way to cover an atom: all of these grams have to be there; ``worth`` from 0 to 1 is what that is worth."""

    grams: tuple[str, ...]
    worth: float = 1.0


@dataclass(frozen=True, slots=True)
class Atom:
    """The smallest part of a question that an entry covers or does not: what it weighs, and the ways to cover it."""

    weight: float
    options: tuple[Option, ...]


class Index:
    """Grams of entries in fields of different worth; an entry is a number that the caller gives out.

    An index may stand on another one: then it answers for both (the text of passages on their headings).
    """

    def __init__(self, below: Index | None = None) -> None:
        self._postings: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._below = below
        self._merged: dict[str, dict[int, float]] = {}
        self._size = 0

    def add(self, entry: int, grams: Iterable[str], worth: float) -> None:
        """Say that an entry holds these grams in a field of this worth (0 to 1); the best field counts.

        All is added before anything is asked.
        """
        self._size = max(self._size, entry + 1)
        for gram in grams:
            found = self._postings[gram]
            if found.get(entry, 0.0) < worth:
                found[entry] = worth

    def holds(self, gram: str) -> bool:
        """Whether any entry holds this gram."""
        return gram in self._postings or (self._below is not None and self._below.holds(gram))

    def entries(self, gram: str) -> Mapping[int, float]:
        """The entries that hold a gram, and the worth of the best field that does."""
        own = self._postings.get(gram, _NONE)
        below = self._below.entries(gram) if self._below else _NONE
        if not own or not below:
            return own or below
        if gram not in self._merged:
            self._merged[gram] = own | {e: worth for e, worth in below.items() if worth > own.get(e, 0.0)}
        return self._merged[gram]

    def idf(self, gram: str) -> float:
        """How telling a gram is: from about 0.5 (in most entries) to ``UNSEEN`` (in none, or in very few)."""
        found, size = len(self.entries(gram)), max(self._size, self._below._size if self._below else 0)
        return min(UNSEEN, math.log(1 + size / found)) if found else UNSEEN

    def cover(self, atoms: Iterable[Atom], among: frozenset[int] | None = None) -> dict[int, float]:
        """The share of the atoms' weight that each entry covers, from 0 to 1; entries that cover none are left out."""
        total, sums = 0.0, defaultdict[int, float](float)
        for atom in atoms:
            total += atom.weight
            for entry, value in self._best(atom).items():
                if among is None or entry in among:
                    sums[entry] += atom.weight * value
        return {entry: value / total for entry, value in sums.items()} if total else {}

    def value(self, entry: int, option: Option) -> float:
        """How well one entry covers an atom in this way, from 0 to 1."""
        worth = 1.0
        for gram in option.grams:
            worth = min(worth, self.entries(gram).get(entry, 0.0))
        return worth * option.worth

    def _best(self, atom: Atom) -> dict[int, float]:
        best: dict[int, float] = {}
        for option in atom.options:
            for entry, value in self._all_of(option.grams).items():
                if best.get(entry, 0.0) < value * option.worth:
                    best[entry] = value * option.worth
        return best

    def _all_of(self, grams: tuple[str, ...]) -> Mapping[int, float]:
        found = sorted((self.entries(gram) for gram in grams), key=len)
        if len(found) == 1:
            return found[0]
        return {e: min(f[e] for f in found) for e in found[0] if all(e in f for f in found)} if found else {}
