"""The graph on disk: an embedded Oxigraph in generations, of which one is current.

A store is a folder. ``generations/NAME`` holds one whole graph each, named by the digest of its content, and the file
``CURRENT`` names the one that is served. A build fills a new generation and swaps it in by replacing that file, so
that a reader sees one whole graph and a build that dies leaves the old one.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError, StoreError

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = dict[str, Term]
Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_PLACE = re.compile(r"error at (\d+):(\d+)")


class Store:
    """A graph that can be asked. Opened read-only, so any number of processes can read beside one another."""

    def __init__(self, graph: ox.Store, generation: str) -> None:
        self._graph = graph
        self.generation = generation

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open the current generation of a store folder for reading.

        Raises StoreError where there is no store.
        """
        name = current_generation(folder)
        if name is None:
            raise StoreError(f"There is no graph in {folder}: run 'kg build --store {folder}' first.")
        try:
            return cls(ox.Store.read_only(str(folder / "generations" / name)), name)
        except OSError as error:
            raise StoreError(f"The graph in {folder} can't be opened ({error}): build it again.") from error

    @classmethod
    def in_memory(cls, quads: Iterable[ox.Quad], generation: str = "memory") -> Store:
        """A store that lives as long as the process, for tests and for small graphs."""
        graph = ox.Store()
        graph.bulk_extend(quads)
        return cls(graph, generation)

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


def current_generation(folder: Path) -> str | None:
    """The name of the generation that a store folder serves, None where it has none."""
    try:
        name = (folder / "CURRENT").read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(f"The store {folder} can't be read: {error.strerror}.") from error
    return name or None


@contextmanager
def writing(folder: Path) -> Iterator[Path]:
    """Hold a store folder for one writer; yields an empty folder to fill with the next generation.

    Raises StoreError where another process is writing, or the folder can't be made. What was not published when the
    block ends is removed.
    """
    try:
        (folder / "generations").mkdir(parents=True, exist_ok=True)
        lock = (folder / "LOCK").open("w")
    except OSError as error:
        raise StoreError(f"The store {folder} can't be written: {error.strerror}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(f"The store {folder} is in use by another build: wait until it is done.") from error
        scratch = folder / "generations" / ".next"
        shutil.rmtree(scratch, ignore_errors=True)
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def publish(folder: Path, scratch: Path, generation: str) -> None:
    """Make a filled scratch folder the current generation; the one before it is kept, older ones go.

    Call inside ``writing``. The swap is one atomic rename: a reader sees the old graph or the new one, whole.
    """
    previous = current_generation(folder)
    final = folder / "generations" / generation
    try:
        if generation != previous or not final.is_dir():
            shutil.rmtree(final, ignore_errors=True)
            scratch.rename(final)
        pointer = folder / "CURRENT.next"
        with pointer.open("w", encoding="ascii") as out:
            out.write(generation + "\n")
            out.flush()
            os.fsync(out.fileno())
        pointer.replace(folder / "CURRENT")
    except OSError as error:
        raise StoreError(f"The store {folder} can't be written: {error.strerror or error}.") from error
    for old in (folder / "generations").iterdir():
        if old.name not in {generation, previous, ".next"}:
            shutil.rmtree(old, ignore_errors=True)
