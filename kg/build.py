"""The one place that sees both halves: sources are planned, read, merged, checked, and published as a generation.

The steps are separate so that the same code can run on many machines: a plan depends on the sources alone, reading is
pure, merging depends on the set of readings and not on their order, and publishing is one atomic rename.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.analysis.scores import score_triples
from kg.errors import ValidationError
from kg.facts import Reading
from kg.generations import GRAPH, publish, writing
from kg.lookup.keeping import keep
from kg.names import resolve
from kg.planning import kept_files, plan, read
from kg.provisions import keep_sources, prune_readings, readings_folder, write_manifest
from kg.rdf import terms as t
from kg.rdf.accounts import account_triples
from kg.rdf.agreement.statements import agree
from kg.rdf.conflicts import conflict_triples
from kg.rdf.dataset import digest, lines_of, merged, named
from kg.rdf.derivation import derive
from kg.rdf.mapping import document_graph
from kg.rdf.validation import validate
from kg.reading import Slice
from kg.store import Store
from kg.vocabulary import ONTOLOGY, Vocabulary, load

Progress = Callable[[str], None]

# The graphs of what follows from the documents, and of what is computed over all of it.
_DERIVED, _ANALYSIS = "derived", "analysis"


@dataclass(frozen=True, slots=True)
class Report:
    """What a build made: the generation's name, its number of statements, and the facts of each kind it read."""

    generation: str
    quads: int
    documents: int
    facts: dict[str, int]


def merge(readings: Iterable[Reading], vocabulary: Vocabulary) -> dict[str, list[ox.Triple]]:
    """The named graphs of all documents, of what they contradict, the ontology and the lexicon.

    A function of the set of readings.
    """
    ordered = sorted(readings, key=lambda reading: reading.document.slug)
    names = resolve(ordered, vocabulary)
    agreement = agree(ordered, names)
    graphs = {
        reading.document.slug: [*document_graph(reading, names, agreement), *account_triples(reading)]
        for reading in ordered
    }
    graphs[_DERIVED] = conflict_triples(agreement, vocabulary)
    words = sorted((ONTOLOGY / "vocabulary").glob("*.ttl"))
    return {**graphs, "ontology": _parsed([ONTOLOGY / "cluster-kg.ttl"]), "lexicon": _parsed(words)}


def _parsed(paths: Iterable[Path]) -> list[ox.Triple]:
    return [quad.triple for path in paths for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]


def build(paths: Sequence[Path], store: Path, progress: Progress = lambda step: None) -> Report:
    """Read the sources and publish their graph in a store folder; the old graph stays until the new one is whole.

    Raises SourceError, ValidationError or StoreError, and then leaves the store as it was.
    """
    slices = plan(paths)
    with writing(store) as scratch:
        return build_slices(slices, store, scratch, progress)


def build_slices(slices: Sequence[Slice], store: Path, scratch: Path, progress: Progress) -> Report:
    """Read slices and publish their graph from a scratch folder that ``writing`` gave."""
    kept = kept_files(slices, readings_folder(store))
    readings = read(slices, kept, progress)
    progress("writing the graph")
    name, count = _write(merge(readings, load()), scratch / GRAPH)
    facts = dict(sorted(Counter(type(fact).__name__ for reading in readings for fact in reading.facts).items()))
    keep_sources(slices, scratch)
    write_manifest(slices, readings, facts, scratch)
    publish(store, scratch, name)
    prune_readings(kept, store)
    progress("preparing the search")
    keep(Store.open(store))
    return Report(name, count, len(readings), facts)


def _write(graphs: dict[str, list[ox.Triple]], folder: Path) -> tuple[str, int]:
    """Fill a folder with the graph and all that follows from it; returns its digest and its number of statements.

    Loading to disk leaves Python's lock alone, so derivation and validation go on in memory meanwhile.
    """
    lines = {name: lines_of(triples) for name, triples in graphs.items()}
    default = merged(lines)
    with ThreadPoolExecutor(max_workers=1) as pool:
        loading = pool.submit(_load, folder, named(lines) + default)
        memory = ox.Store()
        memory.bulk_load(default, format=ox.RdfFormat.N_TRIPLES)
        more = following(memory)
        adding = pool.submit(_add, loading, named(more) + merged(more))
        for graph, added in more.items():
            lines[graph] = sorted({*lines.get(graph, ()), *added})
        name = digest(lines)
        breaches = validate(memory)
        adding.result()
    if breaches:
        raise ValidationError("The graph breaks its shapes and was not published: " + " ".join(breaches[:3]))
    return name, sum(map(len, lines.values()))


def following(graph: ox.Store) -> dict[str, list[bytes]]:
    """What a merged graph's rules derive and what its analysis finds, by named graph; both are put into it."""
    derived = [quad.triple for quad in derive(graph, t.graph(_DERIVED))]
    scores = score_triples(Store(graph, "", {}))
    graph.extend(ox.Quad(one.subject, one.predicate, one.object) for one in scores)
    return {_DERIVED: lines_of(derived), _ANALYSIS: lines_of(scores)}


def _load(folder: Path, data: bytes) -> ox.Store:
    graph = ox.Store(str(folder))
    graph.bulk_load(data, format=ox.RdfFormat.N_QUADS)
    return graph


def _add(loading: Future[ox.Store], data: bytes) -> None:
    """Load more into the store that is being loaded, merge the two, so that joins read less, and close it."""
    graph = loading.result()
    graph.bulk_load(data, format=ox.RdfFormat.N_QUADS)
    graph.flush()
    graph.optimize()
