"""Where a text names an industry: a cluster, or a category of clusters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from kg.facts import Thing, ThingKind
from kg.grammar.words import any_of
from kg.vocabulary import Vocabulary

_KINDS: tuple[ThingKind, ...] = ("cluster", "category")
_GROUP = "IndustryCategory"
_LEAD = "[^，。；、]{0,12}?"
_AS_INDUSTRY = re.compile("产业|集群")


class Industries:
    """Finds names of clusters and categories; a category with a cluster's name is read as the cluster."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._things: dict[str, Thing] = {}
        for kind in _KINDS:
            for name, entry in vocabulary.names(kind):
                if _GROUP in entry.types or kind == "cluster":
                    self._things.setdefault(name, Thing(kind, entry.slug))
        self._places = frozenset(name for name, _ in vocabulary.names("district"))
        self._name = re.compile(any_of(self._things))
        long = [name for name in self._things if _AS_INDUSTRY.search(name)]
        self._opening = re.compile(rf"^{_LEAD}(?P<name>{any_of(long)})(?:（[^（）]*）)?")

    def are_fields(self, names: Iterable[str], parent: Thing | None = None) -> bool:
        """Whether a list can be one of fields: none of its items is a place or one of the industries themselves.

        A class of the statistics can be called as its industry is (``parent``: 软件和信息技术服务业).
        """
        return not any(name in self._places or self._things.get(name, parent) != parent for name in names)

    def opening(self, words: str) -> tuple[Thing, int] | None:
        """The industry that a clause opens with (其中，我市新材料产业…), and where its name ends."""
        match = self._opening.match(words)
        return (self._things[match["name"]], match.end()) if match else None

    def all(self, words: str) -> Iterator[tuple[int, int, Thing]]:
        """Every name in a clause with its range."""
        for match in self._name.finditer(words):
            yield match.start(), match.end(), self._things[match[0]]


@cache
def industries(vocabulary: Vocabulary) -> Industries:
    """The finder of a vocabulary's industries, built once."""
    return Industries(vocabulary)
