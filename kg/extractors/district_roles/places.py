"""Where a text means a district: 支持南山打造, 南山、宝安等区, but not 光明科学城 and not 福田区政府."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kg.grammar.enumerations import NameRuns, Run
from kg.grammar.words import any_of, load_words
from kg.vocabulary import Vocabulary

WORDS = load_words(Path(__file__).parent)

_CITY = "City"
_OTHER = re.compile(any_of(WORDS["not_a_district"]))
_BEFORE = re.compile(rf"(?:{any_of(WORDS['before'])}|[，。；：、（(—]|^)$")
_AFTER = re.compile(rf"(?:{any_of(WORDS['after'])}|[，；。）)]|$)")
_LONGEST_BEFORE = 3


class Places:
    """Finds the districts that a text means."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        districts = [e for e in vocabulary.entries("district") if _CITY not in e.types]
        slugs = {e.slug for e in districts}
        self._shortest = re.compile(any_of({min(e.own_names, key=len) for e in districts}))
        self._full = frozenset(name for e in districts for name in e.own_names if name.endswith("区"))
        self._runs = NameRuns(((n, e.slug) for n, e in vocabulary.names("district") if e.slug in slugs), WORDS["tails"])

    def may_find(self, text: str) -> bool:
        """Whether a text has a district's shortest name, without which it names none."""
        return self._shortest.search(text) is not None

    def find(self, text: str) -> Iterator[Run]:
        """The runs of districts in a clause, in order."""
        for run in self._runs.find(text):
            if not _OTHER.match(text, run.names_end) and not _OTHER.match(text, run.end) and self._means(text, run):
                yield run

    def any(self, text: str) -> Iterator[Run]:
        """All runs of the districts' names, also where they are part of another name."""
        return self._runs.find(text)

    def _means(self, text: str, run: Run) -> bool:
        """Whether the run means districts: by what stands before it, and by a full name, a tail or what follows it."""
        if not _BEFORE.search(text[max(0, run.start - _LONGEST_BEFORE) : run.start]):
            return False
        if run.end > run.names_end or any(text.endswith(name, 0, run.names_end) for name in self._full):
            return True
        return bool(_AFTER.match(text, run.end))


@cache
def places(vocabulary: Vocabulary) -> Places:
    """The finder of a vocabulary's districts, built once."""
    return Places(vocabulary)
