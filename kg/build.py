"""The one place that sees both halves: sources are planned, read, merged, checked, and published as a generation.

The steps are separate so that the same code can run on many machines: a plan depends on the sources alone, reading is
pure, merging depends on the set of readings and not on their order, and publishing is one atomic rename.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path

import pyoxigraph as ox

from kg.documents.catalogue import Entry, read_catalogue
from kg.documents.files import source_files
from kg.errors import SourceError, StoreError, ValidationError
from kg.facts import Reading
from kg.names import resolve
from kg.rdf import terms as t
from kg.rdf.dataset import digest, lines_of, merged, named
from kg.rdf.derivation import derive
from kg.rdf.mapping import document_graph
from kg.rdf.validation import validate
from kg.reading import Slice, read_slice
from kg.store import publish, writing
from kg.vocabulary import ONTOLOGY, Vocabulary, load

Progress = Callable[[str], None]

# About what one process reads in half a second.
_SLICE_BYTES = 150_000
_VOCABULARY = sorted((ONTOLOGY / "vocabulary").glob("*.ttl"))


@dataclass(frozen=True, slots=True)
class Report:
    """What a build made: the generation's name, its number of quads, and the facts of each kind it read."""

    generation: str
    quads: int
    documents: int
    facts: dict[str, int]


def plan(paths: list[Path]) -> list[Slice]:
    """What to read, in slices that depend on the sources alone; raises SourceError where there is nothing to read."""
    files = source_files(paths)
    if not files:
        raise SourceError("No source was named: give files or folders to read.")
    catalogues = {folder: read_catalogue(folder) for folder in {file.parent for file in files}}
    names = Counter(file.name for file in files)
    twice = next((name for name, count in sorted(names.items()) if count > 1), None)
    if twice:
        raise SourceError(f"Two sources are named {twice}: give each a name of its own.")
    slices: list[Slice] = []
    for file in files:
        entry = catalogues[file.parent].get(file.name, Entry(file=file.name))
        shares = 1 + file.stat().st_size // _SLICE_BYTES
        slices.extend(Slice(file, entry, first, shares) for first in range(shares))
    return slices


def read(slices: Sequence[Slice], progress: Progress) -> list[Reading]:
    """Read the slices, side by side where there are several; each file is held to what its catalogue entry expects."""
    found: dict[Path, list[Reading]] = {part.path: [] for part in slices}
    for part, readings in zip(slices, _read_all(slices), strict=True):
        progress(f"read {part.path.name}")
        found[part.path].extend(readings)
    for part in slices:
        _hold_to_expectations(part.path, part.entry, found[part.path])
    everything = [reading for readings in found.values() for reading in readings]
    slugs = Counter(reading.document.slug for reading in everything)
    twice = next((slug for slug, count in sorted(slugs.items()) if count > 1), None)
    if twice:
        raise SourceError(f"Two documents have the same title ({twice}): leave one of them out.")
    return everything


def _read_all(slices: Sequence[Slice]) -> Iterator[tuple[Reading, ...]]:
    """The readings of the slices in their order. A worker that starts as a copy of this process has nothing to load."""
    workers = min(len(slices), os.cpu_count() or 1)
    if workers == 1 or "fork" not in get_all_start_methods():
        yield from map(read_slice, slices)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        yield from pool.map(read_slice, slices)


def _hold_to_expectations(path: Path, entry: Entry, readings: Iterable[Reading]) -> None:
    counts = Counter(type(fact).__name__ for reading in readings for fact in reading.facts)
    for kind, (least, most) in entry.expect.items():
        if not least <= counts[kind] <= most:
            raise SourceError(
                f"The file {path} gave {counts[kind]} facts of kind {kind}, where {least} to {most} are expected: "
                f"see what changed, or change the catalogue."
            )


def merge(readings: Iterable[Reading], vocabulary: Vocabulary) -> dict[str, list[ox.Triple]]:
    """The named graphs of all documents, the ontology and the lexicon; a function of the set of readings."""
    ordered = sorted(readings, key=lambda reading: reading.document.slug)
    names = resolve(ordered, vocabulary)
    graphs = {reading.document.slug: document_graph(reading, names) for reading in ordered}
    return {**graphs, "ontology": _parsed([ONTOLOGY / "cluster-kg.ttl"]), "lexicon": _parsed(_VOCABULARY)}


def _parsed(paths: Iterable[Path]) -> list[ox.Triple]:
    return [quad.triple for path in paths for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]


def build(paths: list[Path], store: Path, progress: Progress = lambda step: None) -> Report:
    """Read the sources and publish their graph in a store folder; the old graph stays until the new one is whole.

    Raises SourceError, ValidationError or StoreError, and then leaves the store as it was.
    """
    slices = plan(paths)
    with writing(store) as scratch:
        readings = read(slices, progress)
        progress("writing the graph")
        try:
            digest, count = _write(merge(readings, load()), scratch)
        except OSError as error:
            raise StoreError(f"The store {store} can't be written: {error.strerror or error}.") from error
        publish(store, scratch, digest)
    facts = Counter(type(fact).__name__ for reading in readings for fact in reading.facts)
    return Report(digest, count, len(readings), dict(sorted(facts.items())))


def _write(graphs: dict[str, list[ox.Triple]], scratch: Path) -> tuple[str, int]:
    """Fill a folder with the graph and all that follows from it; returns its digest and its number of statements.

    Loading to disk leaves Python's lock alone, so derivation and validation go on in memory meanwhile.
    """
    lines = {name: lines_of(triples) for name, triples in graphs.items()}
    default = merged(lines)
    with ThreadPoolExecutor(max_workers=1) as pool:
        loading = pool.submit(_load, scratch, named(lines) + default)
        memory = ox.Store()
        memory.bulk_load(default, format=ox.RdfFormat.N_TRIPLES)
        derived = derive(memory, t.graph("derived"))
        breaches = validate(memory)
        graph = loading.result()
    if breaches:
        raise ValidationError("The graph breaks its shapes and was not published: " + " ".join(breaches[:3]))
    graph.extend(derived)
    graph.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in derived)
    graph.flush()
    lines["derived"] = lines_of(quad.triple for quad in derived)
    return digest(lines), sum(map(len, lines.values()))


def _load(folder: Path, data: bytes) -> ox.Store:
    graph = ox.Store(str(folder))
    graph.bulk_load(data, format=ox.RdfFormat.N_QUADS)
    return graph
