"""Which cluster the text ties a company to: by its own name, and by what is said right beside its mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from kg.grammar.words import any_of, load_words
from kg.structure.outline import Outline
from kg.text import Span
from kg.vocabulary import Vocabulary

_FIELDS = load_words(Path(__file__).parent, "fields")
_BESIDE = 18
_MARK = re.compile("[，。；、！？]")
_OWN_NAME, _NEXT, _NEAR = 6, 2, 1
# Less than this says nothing: one word somewhere near a company.
_LEAST = 2


class Ties:
    """Knows the words of every cluster."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = {word: slug for slug, words in _FIELDS.items() for word in words}
        for entry in vocabulary.entries("cluster"):
            self._words.update((name, entry.slug) for name in entry.own_names)
        self._pattern = re.compile(any_of(self._words))

    def cluster(self, outline: Outline, names: Iterable[str], mentions: Iterable[Span]) -> str | None:
        """The one cluster that a company is tied to in a document; None where two are as near, or none is."""
        score: Counter[str] = Counter()
        for name in names:
            score.update(dict.fromkeys(self._slugs(name), _OWN_NAME))
        for mention in mentions:
            after = outline.slice(mention.end, mention.end + _BESIDE)
            score.update(dict.fromkeys(self._slugs(_MARK.split(after, maxsplit=1)[0]), _NEXT))
            before = outline.slice(max(0, mention.start - _BESIDE), mention.start)
            score.update(dict.fromkeys(self._slugs(_MARK.split(before)[-1]), _NEAR))
        best = score.most_common(2)
        if not best or best[0][1] < _LEAST or (len(best) > 1 and best[1][1] == best[0][1]):
            return None
        return best[0][0]

    def _slugs(self, text: str) -> set[str]:
        return {self._words[match[0]] for match in self._pattern.finditer(text)}
