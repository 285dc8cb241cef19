"""The one place that sees both halves: sources are planned, read, merged, checked, and published as a generation.

The steps are separate so that the same code can run on many machines: a plan depends on the sources alone, reading is
pure, merging depends on the set of readings and not on their order, and publishing is one atomic rename.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.documents.catalogue import Entry, read_catalogue
from kg.documents.files import source_files
from kg.errors import SourceError, StoreError, ValidationError
from kg.facts import Doubt, Reading
from kg.names import resolve
from kg.rdf import terms as t
from kg.rdf.derivation import derive
from kg.rdf.mapping import document_graph
from kg.rdf.validation import validate
from kg.reading import read_source
from kg.store import publish, writing
from kg.vocabulary import ONTOLOGY, Vocabulary

Progress = Callable[[str], None]

_DIGEST = 16


@dataclass(frozen=True, slots=True)
class Report:
    """What a build made: the generation's name, its number of quads, and the facts of each kind it read."""

    generation: str
    quads: int
    documents: int
    facts: dict[str, int]


def plan(paths: list[Path]) -> list[tuple[Path, Entry]]:
    """The source files to read, each with its catalogue entry; raises SourceError where there is none to read."""
    files = source_files(paths)
    if not files:
        raise SourceError("No source was named: give files or folders to read.")
    catalogues = {folder: read_catalogue(folder) for folder in {file.parent for file in files}}
    names = Counter(file.name for file in files)
    twice = next((name for name, count in sorted(names.items()) if count > 1), None)
    if twice:
        raise SourceError(f"Two sources are named {twice}: give each a name of its own.")
    return [(file, catalogues[file.parent].get(file.name, Entry(file=file.name))) for file in files]


def read(sources: Iterable[tuple[Path, Entry]], vocabulary: Vocabulary, progress: Progress) -> list[Reading]:
    """Read the sources one by one, each held to what its catalogue entry expects."""
    readings: list[Reading] = []
    for path, entry in sources:
        progress(f"reading {path.name}")
        found = read_source(path, entry, vocabulary)
        _hold_to_expectations(path, entry, found)
        readings.extend(found)
    slugs = Counter(reading.document.slug for reading in readings)
    twice = next((slug for slug, count in sorted(slugs.items()) if count > 1), None)
    if twice:
        raise SourceError(f"Two documents have the same title ({twice}): leave one of them out.")
    return readings


def _hold_to_expectations(path: Path, entry: Entry, readings: Iterable[Reading]) -> None:
    counts = Counter(type(fact).__name__ for reading in readings for fact in reading.facts)
    for kind, (least, most) in entry.expect.items():
        if not least <= counts[kind] <= most:
            raise SourceError(
                f"The file {path} gave {counts[kind]} facts of kind {kind}, where {least} to {most} are expected: "
                f"see what changed, or change the catalogue."
            )


def merge(readings: Iterable[Reading], vocabulary: Vocabulary) -> list[ox.Quad]:
    """The named graphs of all documents, the ontology and the lexicon; a function of the set of readings."""
    ordered = sorted(readings, key=lambda reading: reading.document.slug)
    names = resolve(ordered, vocabulary)
    quads = list(_curated())
    for reading in ordered:
        name = t.graph(reading.document.slug)
        quads.extend(
            ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in document_graph(reading, names)
        )
    return quads


def _curated() -> Iterator[ox.Quad]:
    """What is written by hand: the ontology, its shapes left out, and the vocabulary."""
    sources = [("ontology", ONTOLOGY / "cluster-kg.ttl")]
    sources += [("lexicon", path) for path in sorted((ONTOLOGY / "vocabulary").glob("*.ttl"))]
    for graph, path in sources:
        name = t.graph(graph)
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=False):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, name)


def build(paths: list[Path], store: Path, progress: Progress = lambda step: None) -> Report:
    """Read the sources and publish their graph in a store folder; the old graph stays until the new one is whole.

    Raises SourceError, ValidationError or StoreError, and then leaves the store as it was.
    """
    sources = plan(paths)
    vocabulary = Vocabulary.load()
    with writing(store) as scratch:
        readings = read(sources, vocabulary, progress)
        progress("writing the graph")
        try:
            digest, count = _write(merge(readings, vocabulary), scratch)
        except OSError as error:
            raise StoreError(f"The store {store} can't be written: {error.strerror or error}.") from error
        publish(store, scratch, digest)
    facts = Counter(type(fact).__name__ for reading in readings for fact in reading.facts)
    return Report(digest, count, len(readings), dict(sorted(facts.items())))


def _write(quads: list[ox.Quad], scratch: Path) -> tuple[str, int]:
    """Fill a folder with the graph and all that follows from it; returns its digest and its number of quads."""
    graph = ox.Store(str(scratch))
    merged = {ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads}
    graph.bulk_extend(quads)
    graph.bulk_extend(merged)
    derived = derive(graph, t.graph("derived"))
    graph.extend(derived)
    quads += derived
    breaches = validate(quads)
    if breaches:
        raise ValidationError("The graph breaks its shapes and was not published: " + " ".join(breaches[:3]))
    graph.flush()
    lines = sorted(map(str, quads))
    digest = hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()[:_DIGEST]
    return digest, len(lines)


def doubts(readings: Iterable[Reading]) -> list[Doubt]:
    """What looked like a fact in these readings and was not read."""
    return [fact for reading in readings for fact in reading.facts if isinstance(fact, Doubt)]
