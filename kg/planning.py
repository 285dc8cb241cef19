"""What a build reads: sources become slices, and slices become readings, side by side."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from threading import Thread

from kg.documents.catalogue import Entry, read_catalogue
from kg.documents.files import source_files
from kg.errors import SourceError
from kg.facts import Reading
from kg.reading import Slice, read_slice, rules_version, slice_key

# About what one process reads in half a second.
_SLICE_BYTES = 200_000


def plan(paths: Sequence[Path]) -> list[Slice]:
    """What to read, in slices that depend on the sources alone; raises SourceError where there is nothing to read."""
    files = source_files(list(paths))
    if not files:
        raise SourceError("No source was named: give files or folders to read.")
    catalogues = {folder: read_catalogue(folder) for folder in {file.parent for file in files}}
    entries = [(file, catalogues[file.parent].get(file.name, Entry(file=file.name))) for file in files]
    return slices_of(entries)


def slices_of(entries: Iterable[tuple[Path, Entry]]) -> list[Slice]:
    """The slices of source files with their catalogue entries; raises SourceError where two have one name."""
    slices: list[Slice] = []
    for file, entry in sorted(entries, key=lambda pair: pair[0].name):
        if slices and slices[-1].path.name == file.name:
            raise SourceError(f"Two sources are named {file.name}: give each a name of its own.")
        shares = 1 + file.stat().st_size // _SLICE_BYTES
        slices.extend(Slice(file, entry, first, shares) for first in range(shares))
    return slices


def read(slices: Sequence[Slice], kept: Sequence[Path], progress: Callable[[str], None]) -> list[Reading]:
    """Read the slices, side by side where there are several; each file is held to what its catalogue entry expects.

    ``kept`` names the file of each slice's reading: what an earlier build left there is not read again.
    """
    found: dict[Path, list[Reading]] = {part.path: [] for part in slices}
    for part, readings in zip(slices, _read_all(slices, kept), strict=True):
        progress(f"read {part.path.name}")
        found[part.path].extend(readings)
    for part in slices:
        _hold_to_expectations(part, found[part.path])
    everything = [reading for readings in found.values() for reading in readings]
    slugs = Counter(reading.document.slug for reading in everything)
    twice = next((slug for slug, count in sorted(slugs.items()) if count > 1), None)
    if twice:
        raise SourceError(f"Two documents have the same title ({twice}): leave one of them out.")
    return everything


def kept_files(slices: Sequence[Slice], folder: Path) -> list[Path]:
    """Where the readings of these slices are kept: named by all that a reading depends on."""
    rules = rules_version()
    return [folder / f"{slice_key(part, rules)}.json" for part in slices]


def _read_all(slices: Sequence[Slice], kept: Sequence[Path]) -> Iterator[tuple[Reading, ...]]:
    """The readings of the slices in their order. A worker that starts as a copy of this process has nothing to load."""
    workers = min(sum(not file.exists() for file in kept), os.cpu_count() or 1)
    if workers <= 1 or "fork" not in get_all_start_methods():
        yield from map(read_slice, slices, kept)
        return
    ends = os.pipe()
    try:
        with ProcessPoolExecutor(workers, get_context("fork"), _end_with_the_build, ends) as pool:
            yield from pool.map(read_slice, slices, kept)
    except BrokenProcessPool as error:
        raise SourceError("Reading was ended from outside (no memory left?): start the build again.") from error
    finally:
        for end in ends:
            os.close(end)


def _end_with_the_build(reader: int, writer: int) -> None:
    """End this worker when the build that started it is gone: it would hold the store's lock for ever."""
    os.close(writer)
    Thread(target=lambda: (os.read(reader, 1), os._exit(1)), daemon=True).start()


def _hold_to_expectations(part: Slice, readings: Iterable[Reading]) -> None:
    counts = Counter(type(fact).__name__ for reading in readings for fact in reading.facts)
    for kind, (least, most) in part.entry.expect.items():
        if not least <= counts[kind] <= most:
            raise SourceError(
                f"The file {part.path} gave {counts[kind]} facts of kind {kind}, where {least} to {most} are expected: "
                f"see what changed, or change the catalogue."
            )
