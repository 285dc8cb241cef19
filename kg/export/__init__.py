"""Writes the graph to files: RDF, tables for spreadsheets, networks for Gephi, and what Neo4j imports."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from kg.errors import KgError
from kg.export.neo4j import write_neo4j
from kg.export.statements import FORMATS, write_statements
from kg.export.tables import write_tables
from kg.store import Store

Writer = Callable[[Store, Path], int]


def _network(store: Store, path: Path, *, writer: str) -> int:
    """Write a network: the library for that is loaded only where one is written."""
    count: int = getattr(import_module("kg.export.network"), writer)(store, path)
    return count


FILES: dict[str, Writer] = {
    **{ending: partial(write_statements, form=form) for ending, form in FORMATS.items()},
    ".graphml": partial(_network, writer="write_graphml"),
    ".gexf": partial(_network, writer="write_gexf"),
}
FOLDERS: dict[str, Writer] = {"csv": write_tables, "neo4j": write_neo4j}
NAMES = (*(ending.removeprefix(".") for ending in FILES), *FOLDERS)


def export(store: Store, path: Path, form: str = "") -> int:
    """Write the whole graph; returns how many statements, rows, or nodes and edges were written.

    The format is the one named, else the ending of the path says it; ``csv`` and ``neo4j`` write a folder. Files are
    replaced whole. Raises KgError for an unknown format or what can't be written.
    """
    writer = FOLDERS.get(form) or FILES.get(f".{form}" if form else path.suffix.lower())
    if writer is None:
        known = ", ".join(FILES)
        folders = " or ".join(f"--format {name}" for name in FOLDERS)
        raise KgError(f"The ending of {path} says no format that is known: use one of {known}, or {folders}.")
    return writer(store, path)
