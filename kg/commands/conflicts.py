"""``kg conflicts``: what the documents contradict, with both sentences, both documents and the reason."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence

from kg.commands.options import add_store
from kg.commands.tables import add_format, print_rows
from kg.lookup.conflicts import KINDS, Json, conflicts
from kg.store import Store


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("conflicts", help="what the documents contradict, with the reason")
    parser.add_argument("--kind", choices=KINDS, action="append", help="only conflicts of this kind (all)")
    add_store(parser)
    add_format(parser)
    parser.set_defaults(run=_conflicts)


def _conflicts(arguments: argparse.Namespace) -> int:
    kinds = arguments.kind or KINDS
    found = [one for one in conflicts(Store.open(arguments.store)) if one["kind"] in kinds]
    if arguments.format == "json":
        print(json.dumps(found, ensure_ascii=False, indent=1))
    elif not found and arguments.format == "table":
        print("文件之间没有发现矛盾 (no conflicts were found)")
    else:
        print_rows(list(_rows(found)), arguments.format)
    return 0


def _rows(found: Sequence[Json]) -> Iterator[dict[str, object]]:
    """One row a pair: the first statement beside each of the others."""
    for one in found:
        first, *others = one["between"]
        for other in others:
            sides = {
                f"{name} {n}": value for n, side in ((1, first), (2, other)) for name, value in _side(side).items()
            }
            yield {"kind": one["kind"], **sides, "reason": one["reason"]}


def _side(statement: Json) -> dict[str, object]:
    """A statement in the columns of its side: what it says of when, its sentence, its document, and where it stands."""
    place = statement["evidence"][0]
    time = statement.get("year") or statement.get("period") or ""
    return {
        "said": f"{statement['label']} ({time})" if time else statement["label"],
        "quote": place["quote"],
        "document": place["document"]["title"],
        "where": place["url"],
    }
