"""The graph that is asked: the current generation of a store folder, or one in memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, StoreError
from kg.generations import GRAPH, TEXTS, current_folder

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = dict[str, Term]
Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_PLACE = re.compile(r"error at (\d+):(\d+)")


class Store:
    """A graph that can be asked. Opened read-only, so any number of processes can read beside one another."""

    def __init__(self, graph: ox.Store, generation: str, texts: Path | Mapping[str, str]) -> None:
        self._graph = graph
        self._texts = texts
        self.generation = generation

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open the current generation of a store folder for reading.

        Raises StoreError where there is no store.
        """
        generation = current_folder(folder)
        try:
            graph = ox.Store.read_only(str(generation / GRAPH))
        except (OSError, RuntimeError) as error:
            raise StoreError(f"The graph in {folder} can't be opened ({error}): build it again.") from error
        return cls(graph, generation.name, generation / TEXTS)

    @classmethod
    def in_memory(
        cls, quads: Iterable[ox.Quad], generation: str = "memory", texts: Mapping[str, str] | None = None
    ) -> Store:
        """A store that lives as long as the process, for tests and for small graphs."""
        graph = ox.Store()
        graph.bulk_extend(quads)
        return cls(graph, generation, texts or {})

    @property
    def place(self) -> Path | None:
        """The folder of the generation; None for a graph in memory."""
        return self._texts.parent if isinstance(self._texts, Path) else None

    def source_text(self, source_file: str) -> str:
        """The characters of a source file, which the offsets of evidence count.

        Raises StoreError where the store does not hold it.
        """
        if isinstance(self._texts, Mapping):
            found = self._texts.get(source_file)
        else:
            path = self._texts / f"{source_file}.txt"
            inside = path.parent == self._texts and path.is_file()
            found = path.read_bytes().decode("utf-8") if inside else None
        if found is None:
            raise StoreError(f"The store holds no source named {source_file}.")
        return found

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[ox.NamedNode] | None = None,
        named_graphs: Sequence[ox.NamedNode] | None = None,
        bindings: Mapping[str, Term] | None = None,
    ) -> Result:
        """Run a SPARQL query against the merge of all graphs (the default graph).

        ``bindings`` gives variables their value before the query runs. Raises QueryError with line and column where
        the query is not SPARQL.
        """
        substitutions = {ox.Variable(name): term for name, term in (bindings or {}).items()}
        try:
            return self._graph.query(
                sparql,
                default_graph=None if default_graphs is None else list(default_graphs),
                named_graphs=None if named_graphs is None else list(named_graphs),
                substitutions=substitutions or None,
            )
        except SyntaxError as error:
            place = _PLACE.search(str(error))
            line, column = (int(place[1]), int(place[2])) if place else (None, None)
            raise QueryError(str(error), line, column) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryError(str(error)) from error

    def rows(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> list[Row]:
        """The solutions of a SELECT query, unbound variables left out."""
        solutions = self.query(sparql, bindings=bindings)
        if not isinstance(solutions, ox.QuerySolutions):
            raise QueryError("This needs a SELECT query.")
        names = [variable.value for variable in solutions.variables]
        return [{n: s[n] for n in names if s[n] is not None} for s in solutions]

    def describe(self, iri: str) -> Iterator[ox.Triple]:
        """The triples of the merged graph that have this thing as their subject, in no order."""
        for quad in self._graph.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph()):
            yield quad.triple

    def has(self, iri: str) -> bool:
        """Whether anything is said of this thing."""
        return next(self.describe(iri), None) is not None

    def quads(self) -> Iterator[ox.Quad]:
        """All quads, named graphs and their merge."""
        return self._graph.quads_for_pattern(None, None, None, None)
