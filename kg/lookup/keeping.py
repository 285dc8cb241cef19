"""The shelf of a generation: a file beside the graph, made when the graph is made, and used where it fits the code."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from functools import cache
from pathlib import Path

from kg.errors import StoreError
from kg.lookup.making import made
from kg.lookup.shelf import Shelf
from kg.store import Store

SHELF = "search.shelf"


def keep(store: Store) -> None:
    """Make the shelf of a generation in its folder, if it has none; a half-made one never stands under its name."""
    folder = store.place
    if folder is None or kept_shelf(folder) is not None:
        return
    draft = folder / f"{SHELF}.{os.getpid()}"
    draft.write_bytes(made(store, generation=folder.name, stamp=_stamp()))
    draft.replace(folder / SHELF)


def shelf_of(store: Store) -> Shelf:
    """The shelf kept beside a graph; made now, in memory, where there is none for it and this code."""
    found = kept_shelf(store.place) if store.place is not None else None
    return found or Shelf(memoryview(made(store)))


def kept_shelf(folder: Path) -> Shelf | None:
    """The shelf in the folder of a generation; None where there is none for it and this code."""
    try:
        shelf = Shelf.open(folder / SHELF)
        about = shelf.table("about")
        said = [json.loads(bytes(about.get(name) or b"null")) for name in ("generation", "stamp")]
    except (OSError, StoreError, ValueError):
        return None
    return shelf if said == [folder.name, _stamp()] else None


@cache
def _stamp() -> str:
    """What tells the code and words by which a shelf is made: a shelf of other ones would answer otherwise."""
    here = Path(__file__).parent
    found = hashlib.sha256(sys.byteorder.encode())
    for path in sorted(p for pattern in ("*.py", "*.toml", "queries/*.rq") for p in here.glob(pattern)):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
