"""The store on disk: a folder of generations, of which one is current.

``generations/NAME`` holds one whole graph each, named by the digest of what it says: ``graph`` is the Oxigraph,
``sources`` the source files as they were given, ``texts`` their characters (what the offsets of evidence count), and
``manifest.json`` what it was built from. The file ``CURRENT`` names the generation that is served. A build fills a new
one and swaps it in by replacing that file, so that a reader sees one whole graph and a build that dies leaves the old.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import StoreError

GRAPH = "graph"
SOURCES = "sources"
TEXTS = "texts"
MANIFEST = "manifest.json"
# The file of a store folder that names the generation which is served.
POINTER = "CURRENT"

_SCRATCH = ".next"


def current_generation(folder: Path) -> str | None:
    """The name of the generation that a store folder serves, None where it has none."""
    try:
        name = (folder / POINTER).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"The store {folder} can't be read: {error}.") from error
    return name or None


def current_folder(folder: Path) -> Path:
    """The folder of the current generation; raises StoreError where there is none."""
    name = current_generation(folder)
    if name is None or not (folder / "generations" / name / GRAPH).is_dir():
        raise StoreError(f"There is no graph in {folder}: run 'kg build --store {folder}' first.")
    return folder / "generations" / name


class Pointer:
    """Which generation a store folder serves: the file that says so is read again only where it has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / POINTER
        self._known: tuple[tuple[int, int], str | None] = ((0, 0), None)

    def name(self) -> str | None:
        """The name of the current generation, None where there is none."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        mark = found.st_ino, found.st_mtime_ns
        if mark != self._known[0]:
            # In one piece, since several threads may do this.
            self._known = mark, current_generation(self._folder)
        return self._known[1]


def manifest(generation: Path) -> dict[str, Any]:
    """What a generation was built from; raises StoreError where it does not say."""
    try:
        found: dict[str, Any] = json.loads((generation / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"The generation {generation} has no readable manifest: build the graph again.") from error
    return found


@contextmanager
def writing(folder: Path) -> Iterator[Path]:
    """Hold a store folder for one writer; yields an empty folder to fill with the next generation.

    Raises StoreError where another process is writing, or the folder can't be made. What was not published when the
    block ends is removed.
    """
    scratch = folder / "generations" / _SCRATCH
    try:
        scratch.parent.mkdir(parents=True, exist_ok=True)
        lock = (folder / "LOCK").open("w")
    except OSError as error:
        raise StoreError(f"The store {folder} can't be written: {error.strerror}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(f"The store {folder} is in use by another build: wait until it is done.") from error
        shutil.rmtree(scratch, ignore_errors=True)
        try:
            scratch.mkdir()
            yield scratch
        except OSError as error:
            raise StoreError(f"The store {folder} can't be written: {error.strerror or error}.") from error
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def publish(folder: Path, scratch: Path, generation: str) -> None:
    """Make a filled scratch folder the current generation; the one before it is kept, older ones go.

    Call inside ``writing``. The swap is one atomic rename: a reader sees the old graph or the new one, whole.
    """
    previous = current_generation(folder)
    final = folder / "generations" / generation
    if generation != previous or not final.is_dir():
        shutil.rmtree(final, ignore_errors=True)
        scratch.rename(final)
    pointer = folder / "CURRENT.next"
    with pointer.open("w", encoding="ascii") as out:
        out.write(generation + "\n")
        out.flush()
        os.fsync(out.fileno())
    pointer.replace(folder / POINTER)
    for old in final.parent.iterdir():
        if old.name not in {generation, previous, _SCRATCH}:
            shutil.rmtree(old, ignore_errors=True)
