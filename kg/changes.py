"""Adding and removing documents: the next generation from the sources of the current one, with what changed.

What was read from the other sources is taken from the store, and merging is a function of the set of readings, so the
result is the graph that a full build of the same sources gives, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kg.build import Report, build_slices
from kg.documents.catalogue import Entry, entry_of, read_catalogue
from kg.documents.files import source_files
from kg.errors import SourceError, StoreError
from kg.generations import SOURCES, current_folder, current_generation, manifest, writing
from kg.planning import slices_of

Progress = Callable[[str], None]


def add(paths: Sequence[Path], store: Path, progress: Progress = lambda step: None) -> Report:
    """Publish the graph with these sources too; one of a name that is there already takes the other's place."""
    new = source_files(list(paths))
    catalogues = {folder: read_catalogue(folder) for folder in {file.parent for file in new}}
    entries = {file.name: (file, catalogues[file.parent].get(file.name, Entry(file=file.name))) for file in new}
    with writing(store) as scratch:
        known = _sources(store) if current_generation(store) else {}
        return build_slices(slices_of({**known, **entries}.values()), store, scratch, progress)


def remove(names: Sequence[str], store: Path, progress: Progress = lambda step: None) -> Report:
    """Publish the graph without these sources, each named by its file or by a document that it alone holds.

    Raises SourceError where a name is unknown, stands for one of several documents of a file, or nothing is left.
    """
    with writing(store) as scratch:
        known = _sources(store)
        for name in names:
            known.pop(_file_of(name, store), None)
        if not known:
            raise SourceError("Nothing would be left: a graph needs one source at least.")
        return build_slices(slices_of(known.values()), store, scratch, progress)


def _sources(store: Path) -> dict[str, tuple[Path, Entry]]:
    """The sources of the current generation with their catalogue entries, by file name."""
    folder = current_folder(store)
    found = {raw["file"]: entry_of(raw["entry"], folder) for raw in manifest(folder)["sources"]}
    for name in found:
        if not (folder / SOURCES / name).is_file():
            raise StoreError(f"The store {store} has lost its source {name}: build the graph again.")
    return {name: (folder / SOURCES / name, entry) for name, entry in found.items()}


def _file_of(name: str, store: Path) -> str:
    """The file meant by a file's name or a document's slug."""
    sources = manifest(current_folder(store))["sources"]
    for source in sources:
        if name == source["file"] or source["documents"] == [name]:
            return str(source["file"])
    for source in sources:
        if name in source["documents"]:
            count = len(source["documents"])
            raise SourceError(f"{name} is one of {count} documents in {source['file']}: name the file to remove all.")
    raise SourceError(f"The graph has no document {name}: 'kg query' or the page of documents lists them.")
