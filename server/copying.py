"""Copies of a generation: for the writer, which changes one, and for those who keep one in another place."""

from __future__ import annotations

import errno
import os
import shutil
import time
from pathlib import Path

from kg.errors import KgError, StoreError
from kg.generations import GRAPH, current_folder, publish, writing
from kg.store import Store

_ATTEMPTS = 5
_PAUSE = 0.05


def copy_generation(generation: Path, target: Path, *, but: str = "") -> None:
    """Fill an empty folder with a copy of a generation, without the files whose names begin with ``but``.

    What the engine never writes again is linked where both are in one file system; the rest of its files are small.
    Raises OSError.
    """
    for path in sorted(generation.rglob("*")):
        if path.name.startswith(but or "/"):
            continue
        own = target / path.relative_to(generation)
        if path.is_dir():
            own.mkdir()
        elif path.parent.name != GRAPH or path.suffix == ".sst":
            _link(path, own)
        elif path.name != "LOCK":
            shutil.copyfile(path, own)


def backup(store: Path, target: Path) -> str:
    """Keep the current generation of a store as a store of its own, in a folder that holds none; returns its name.

    Raises StoreError where there is nothing to keep, the folder is taken, or it can't be written.
    """
    if target.exists() and any(target.iterdir()):
        raise StoreError(f"The folder {target} is not empty: name a new one.")
    return _transfer(store, target)


def restore(store: Path, source: Path) -> str:
    """Make what a backup holds the current generation of a store; returns its name.

    A running service swaps to it. Raises StoreError where the backup can't be opened or the store not written.
    """
    Store.open(source)
    return _transfer(source, store)


def _transfer(source: Path, target: Path) -> str:
    for attempt in range(_ATTEMPTS):
        generation = current_folder(source)
        with writing(target) as scratch:
            try:
                copy_generation(generation, scratch)
            except FileNotFoundError:
                # Two changes while we copied: the generation is gone, and there is a newer one.
                if attempt == _ATTEMPTS - 1:
                    raise
                time.sleep(_PAUSE)
                continue
            publish(target, scratch, generation.name)
            return generation.name
    raise KgError("The store changes too fast to be copied.")


def _link(path: Path, own: Path) -> None:
    try:
        os.link(path, own)
    except OSError as error:
        if error.errno not in {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP}:
            raise
        shutil.copyfile(path, own)
