"""``kg doubts`` and ``kg coverage``: what was not read, and the account of what was."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.commands.options import add_store
from kg.commands.tables import add_format, print_rows
from kg.store import Row, Store

_QUERIES = Path(__file__).parent / "lists"


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    for name, what in (
        ("doubts", "what looked like a fact and was not read, with its place and the reason"),
        ("coverage", "what became of every number, responsibility note and heading, document by document"),
    ):
        parser = commands.add_parser(name, help=what)
        parser.add_argument("--document", help="the slug of one document")
        add_store(parser)
        add_format(parser)
        parser.set_defaults(run=_list, query=name)


def _list(arguments: argparse.Namespace) -> int:
    query = (_QUERIES / f"{arguments.query}.rq").read_text(encoding="utf-8")
    rows = [_plain(row) for row in Store.open(arguments.store).rows(query)]
    if arguments.document:
        rows = [row for row in rows if row["document"] == arguments.document]
    print_rows(rows, arguments.format)
    return 0


def _plain(row: Row) -> dict[str, object]:
    """A row's values; a document by its slug, whole numbers as numbers."""
    found = {name: getattr(term, "value", str(term)) for name, term in row.items()}
    found["document"] = found["document"].rsplit("/", 1)[1]
    return {name: int(value) if name in ("count", "start", "end") else value for name, value in found.items()}
