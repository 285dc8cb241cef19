"""Which cluster the text ties a company to: by its own name, and by what is said right beside its mentions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kg.grammar.words import any_of, begins_with, load_words
from kg.structure.outline import Outline
from kg.text import Span
from kg.vocabulary import Vocabulary

_FIELDS = load_words(Path(__file__).parent, "fields")
_BESIDE = 18
# How far a list goes on after one of its companies, and how long what is said before one in apposition can be.
_LONGEST_LIST, _LONGEST_CLAUSE, _SENTENCE = 60, 40, 160
_MARK = re.compile("[，。；、！？]")
_OWN_NAME, _NEXT, _NEAR = 6, 2, 1
_LISTED = re.compile("(?:、[^，。；、等]{2,12})+等(?P<said>[^，。；、]{0,18})")
# 在比亚迪等企业的带动下，… says what the company brings about.
_LED = re.compile("[^，。；]{0,14}的?(?:带动|引领|推动)下，(?P<said>[^，。；]{0,24})")
_APPOSITION = re.compile(
    f"(?P<said>[^，。；、]+{any_of(load_words(Path(__file__).parent)['appositions'])})，[^，。；、]{{0,3}}$"
)
# 支持周大福等企业做大，…打造珠宝产业集群 says what the companies are to bring about.
_RAISED = re.compile(
    "(?:、[^，。；]{2,40})?等[^，。；、]{0,8}企业[^。；]{0,80}?(?:打造|形成|构建)(?P<said>[^，。；]{0,30}集群)"
)
# A paragraph is about the one industry that it names at least so often.
_OFTEN = 2
# Less than this says nothing: one word somewhere near a company.
_LEAST = 2


class Ties:
    """Knows the words of every cluster."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = {word: slug for slug, words in _FIELDS.items() for word in words}
        for entry in vocabulary.entries("cluster"):
            self._words.update((name, entry.slug) for name in entry.own_names)
        self._pattern = re.compile(begins_with(self._words, depth=2) + any_of(self._words))
        self._names = {n: e.slug for e in vocabulary.entries("cluster") for n in e.own_names}
        self._industry = re.compile(f"(?P<name>{any_of(self._names)})(?:产业|集群)")

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
            score.update(dict.fromkeys(self._slugs(_said_of(outline, mention)), _NEXT))
        if not score:
            score.update(self._raised(outline, mentions) or self._about(outline, mentions))
        best = score.most_common(2)
        if not best or best[0][1] < _LEAST or (len(best) > 1 and best[1][1] == best[0][1]):
            return None
        return best[0][0]

    def _raised(self, outline: Outline, mentions: Iterable[Span]) -> Counter[str]:
        """The industries that the sentences of the mentions say the companies are to bring about."""
        found: Counter[str] = Counter()
        for mention in mentions:
            match = _RAISED.match(outline.slice(mention.end, mention.end + _SENTENCE))
            named = self._industry.findall(match["said"]) if match else ()
            found.update(dict.fromkeys((self._names[name] for name in named), _LEAST))
        return found

    def _about(self, outline: Outline, mentions: Iterable[Span]) -> Counter[str]:
        """The industries that the paragraphs of the mentions are about, each with a weight that is enough."""
        found: Counter[str] = Counter()
        for position in {mention.start for mention in mentions}:
            block = outline.blocks[bisect_right(outline.blocks, position, key=lambda b: b.start) - 1]
            matches = self._industry.finditer(outline.slice(block.start, block.end))
            named = Counter(self._names[match["name"]] for match in matches)
            if len(named) == 1 and named.total() >= _OFTEN:
                found.update(dict.fromkeys(named, _LEAST))
        return found

    def _slugs(self, text: str) -> set[str]:
        return {self._words[match[0]] for match in self._pattern.finditer(text)}


@cache
def ties(vocabulary: Vocabulary) -> Ties:
    """The ties of a vocabulary's clusters, made ready once."""
    return Ties(vocabulary)


def _said_of(outline: Outline, mention: Span) -> str:
    """What the end of its list says of a company, what it is said to bring about, and what stands in apposition."""
    after = outline.slice(mention.end, mention.end + _LONGEST_LIST)
    listed, led = _LISTED.match(after), _LED.match(after)
    beside = _APPOSITION.search(outline.slice(max(0, mention.start - _LONGEST_CLAUSE), mention.start))
    return "，".join(match["said"] for match in (listed, led, beside) if match)
