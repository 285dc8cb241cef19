"""What a running service is made of, handed to each of its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from kg.store import Store
from server.catalogue import Catalogue
from server.federating import Federation

# Where the application keeps its parts, for those who start it.
SITE = "cluster-kg"


class Finder(Protocol):
    """Finds things by their names and answers questions in words; answers are in the contract's JSON."""

    def leads(self, q: str) -> dict[str, Any]:
        """Which agency leads what is asked for."""

    def search(self, q: str, kinds: list[str] | None = None, limit: int = 20) -> list[dict[str, Any]]:
        """Things by name, best first."""

    def ask(self, q: str) -> dict[str, Any]:
        """The answer to a question in words, with its intent and the query that gives the same answer."""

    def suggest(self, q: str, limit: int = 8) -> list[dict[str, Any]]:
        """The nearest things to what was asked or typed."""


@dataclass(slots=True)
class Site:
    """The graph, the search over it and its lists; search and lists are made anew when the graph is another.

    ``federation`` holds the other services that queries may ask.
    """

    store: Store
    lookup: Finder
    catalogue: Catalogue
    federation: Federation = field(default_factory=Federation)
