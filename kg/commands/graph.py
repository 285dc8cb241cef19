"""``kg build``, ``add``, ``remove``, ``export`` and ``validate``: the graph as a whole."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable
from pathlib import Path

from kg.build import Report, build
from kg.changes import add, remove
from kg.commands.options import Progress, add_store
from kg.commands.tables import add_format, print_rows
from kg.errors import KgError, ValidationError
from kg.export import FILES, NAMES, export
from kg.rdf.validation import validate
from kg.store import Store

_SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    parser = commands.add_parser("build", help="read sources and publish their graph")
    parser.add_argument("sources", nargs="*", type=Path, help="files or folders (the seeds of this project)")
    add_store(parser)
    add_format(parser)
    parser.set_defaults(run=_build)
    parser = commands.add_parser("add", help="publish the graph with more sources")
    parser.add_argument("sources", nargs="+", type=Path, help="files or folders")
    add_store(parser)
    add_format(parser)
    parser.set_defaults(run=_add)
    parser = commands.add_parser("remove", help="publish the graph without some sources")
    parser.add_argument("documents", nargs="+", help="a source's file name, or the slug of a document")
    add_store(parser)
    add_format(parser)
    parser.set_defaults(run=_remove)
    parser = commands.add_parser("export", help="write the whole graph: RDF, tables, networks, what Neo4j imports")
    parser.add_argument("file", type=Path, help=f"where to; its ending says the format: {', '.join(FILES)}")
    parser.add_argument(
        "--format",
        choices=NAMES,
        default="",
        help="the format where the ending doesn't say it; csv and neo4j fill a folder",
    )
    add_store(parser)
    parser.set_defaults(run=_export)
    parser = commands.add_parser("validate", help="hold the graph to the ontology's shapes")
    add_store(parser)
    parser.set_defaults(run=_validate)


def _build(arguments: argparse.Namespace) -> int:
    sources = arguments.sources or [_SEEDS]
    if not arguments.sources and not _SEEDS.is_dir():
        raise KgError("No source was named: give files or folders to read.")
    return _change(arguments, lambda progress: build(sources, arguments.store, progress))


def _add(arguments: argparse.Namespace) -> int:
    return _change(arguments, lambda progress: add(arguments.sources, arguments.store, progress))


def _remove(arguments: argparse.Namespace) -> int:
    return _change(arguments, lambda progress: remove(arguments.documents, arguments.store, progress))


def _change(arguments: argparse.Namespace, work: Callable[[Progress], Report]) -> int:
    """Do work that publishes a generation, with its progress, and print what came of it."""
    progress = Progress()
    # What a build makes lives until it ends: looking for garbage among it, or at the end, costs a tenth of the time.
    gc.disable()
    try:
        report = work(progress)
    finally:
        gc.freeze()
        gc.enable()
        progress.close()
    rows: list[dict[str, object]] = [{"what": "documents", "number": report.documents}]
    rows += [{"what": kind, "number": number} for kind, number in report.facts.items()]
    rows += [{"what": "quads", "number": report.quads}, {"what": "generation", "number": report.generation}]
    print_rows(rows, arguments.format)
    return 0


def _export(arguments: argparse.Namespace) -> int:
    count = export(Store.open(arguments.store), arguments.file, arguments.format)
    print(f"{count} {_counted(arguments)} written to {arguments.file}")
    return 0


def _counted(arguments: argparse.Namespace) -> str:
    """What the number of an export counts."""
    form = arguments.format or arguments.file.suffix.lower().removeprefix(".")
    return {"csv": "rows", **dict.fromkeys(("neo4j", "graphml", "gexf"), "nodes and edges")}.get(form, "statements")


def _validate(arguments: argparse.Namespace) -> int:
    breaches = validate(Store.open(arguments.store).quads())
    if breaches:
        raise ValidationError(" ".join(["The graph breaks its shapes:", *breaches]))
    print("The graph keeps to its shapes.")
    return 0
