"""The rows that the lists are made of: one query a kind (``queries/*.rq``), each asked as the whole result."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.store import Row, Store, Term
from server.errors import Problem

_QUERIES = Path(__file__).parent / "queries"
TOO_LARGE = 413
"""The status of what is too large to be listed."""
_TOO_MANY = (
    "图谱中的事物太多，无法在此列出：请提问、搜索，或用 SPARQL 查询。"
    "The graph has more things than can be listed here: ask, search, or query it by SPARQL."
)


class Rows:
    """The results of these queries over one generation of a graph, which never changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._refused: set[str] = set()

    def of(self, name: str) -> list[Row]:
        """All rows of a query.

        Raises Problem 413 where they are more than the service can hold; a query that was too large once is not asked
        again.
        """
        if name not in self._refused:
            try:
                return self._store.rows((_QUERIES / f"{name}.rq").read_text(encoding="utf-8"))
            except Problem as problem:
                if problem.status != TOO_LARGE:
                    raise
                self._refused.add(name)
        raise Problem(_TOO_MANY, TOO_LARGE)


def said(term: Term) -> str:
    """What a term says: the IRI of a node, the characters of a literal."""
    return str(term) if isinstance(term, ox.Triple) else term.value
