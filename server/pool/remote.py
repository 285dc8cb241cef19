"""The store of a pool, asked like any other: the front has none of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.generations import TEXTS
from kg.store import Result, Store, Term
from server.execution import PLAIN, Answer, Dataset, Question, Remote
from server.pool.pool import Pool


class PooledStore(Remote):
    """The current generation of a store folder, whichever that is, asked through the workers of a pool."""

    def __init__(self, folder: Path, pool: Pool) -> None:
        self.folder = folder
        self.pool = pool
        self.largest_change = pool.limits.body
        super().__init__(ox.Store(), "", folder)

    def current(self) -> str:
        """The name of the current generation. Raises StoreError where there is none."""
        name = self.pool.pointer.name()
        if name is None:
            raise StoreError("There is no graph to ask.")
        self.generation = name
        return name

    def run(self, question: Question) -> Answer:
        """The result of a query, from a worker."""
        return self.pool.run(question)

    def change(self, head: dict[str, Any], bodies: list[bytes]) -> dict[str, Any]:
        """Make a change, by the writer."""
        return self.pool.change(head, bodies)

    def figures(self) -> dict[str, int]:
        """What the pool is doing."""
        return self.pool.figures()

    def index(self) -> None:
        """Make the search index, in a process of its own."""
        self.pool.index()

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[ox.NamedNode] | None = None,
        named_graphs: Sequence[ox.NamedNode] | None = None,
        bindings: Mapping[str, Term] | None = None,
    ) -> Result:
        """The result of a query of the service's own, read again from what a worker wrote."""
        dataset = Dataset(*(tuple(graph.value for graph in found or ()) for found in (default_graphs, named_graphs)))
        body = self.run(Question(sparql, PLAIN, dataset, bindings=bindings or {}, ours=True)).whole()
        if body.startswith(b"{"):
            return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        return Store.in_memory(ox.parse(body, format=ox.RdfFormat.N_TRIPLES)).query("CONSTRUCT WHERE { ?s ?p ?o }")

    @property
    def place(self) -> Path | None:
        """The folder of the current generation."""
        return self.folder / "generations" / self.current()

    def describe(self, iri: str) -> Iterator[ox.Triple]:
        """The triples of the merged graph that have this thing as their subject, in no order."""
        node = ox.NamedNode(iri)
        found = self.query(f"CONSTRUCT {{ {node} ?p ?o }} WHERE {{ {node} ?p ?o }}")
        if isinstance(found, ox.QueryTriples):
            yield from found

    def has(self, iri: str) -> bool:
        """Whether anything is said of this thing."""
        return bool(self.query(f"ASK {{ {ox.NamedNode(iri)} ?p ?o }}"))

    def source_text(self, source_file: str) -> str:
        """The characters of a source file of the current generation."""
        self._texts = self.folder / "generations" / self.current() / TEXTS
        return super().source_text(source_file)
