"""``kg eval``: the graph against gold."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from kg.commands.options import add_store
from kg.commands.tables import add_format, print_rows
from kg.evaluation import measuring
from kg.evaluation.claims import KINDS, Claim
from kg.evaluation.figures import Figures, RuleFigures
from kg.evaluation.kept import Change, changes, raised, read_kept, write_kept
from kg.store import Store

_ROOT = Path(__file__).resolve().parents[2]
_SIDES = ("comparator", "when", "about", "role")

Row = dict[str, object]


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("eval", help="measure the graph against gold: facts found by careful readers")
    parser.add_argument("gold", type=Path, metavar="GOLD_DIR", help="folder of gold, one JSON file a unit")
    parser.add_argument("--kind", choices=(*KINDS, "evidence"), action="append", help="only this kind (all)")
    parser.add_argument("--show", action="store_true", help="list what was missed and what was invented")
    parser.add_argument("--sources", type=Path, default=_ROOT / "seeds", help="folder of the sources (the seeds)")
    parser.add_argument(
        "--against", type=Path, default=_ROOT / "tests" / "quality.toml", help="figures to compare with (the project's)"
    )
    parser.add_argument("--update", type=Path, metavar="FILE", help="raise the figures in FILE where they rose")
    add_store(parser)
    add_format(parser)
    parser.set_defaults(run=_eval)


def _eval(arguments: argparse.Namespace) -> int:
    found = measuring.measure(Store.open(arguments.store), arguments.gold, arguments.sources)
    found = found.only(arguments.kind or (*KINDS, "evidence"))
    for words in found.unplaced:
        print(f"kg: gold quotes words that the source does not hold: {words}", file=sys.stderr)
    kept = read_kept(arguments.update or arguments.against)
    if arguments.update:
        write_kept(arguments.update, raised(kept, found.figures))
    if arguments.show:
        print_rows(_differences(found), arguments.format)
    else:
        _print(found.figures, found.rules, changes(kept, found.figures), arguments.format)
    return 0


def _print(figures: Sequence[Figures], rules: Sequence[RuleFigures], changed: Sequence[Change], form: str) -> None:
    """Print the figures: three tables, one JSON object, or one list of comma-separated rows."""
    kinds, moves = [_kind_row(one) for one in figures], [asdict(change) for change in changed]
    rows = [asdict(rule) for rule in rules]
    if form == "json":
        whole = {"kinds": [asdict(one) for one in figures], "rules": rows, "changes": moves}
        print(json.dumps(whole, ensure_ascii=False, indent=1))
    elif form == "csv":
        print_rows(_flat(kinds, rows), form)
    else:
        print_rows(kinds, form)
        _print_titled("rules (规则)", rows)
        _print_titled("changes (增减)", moves)


def _print_titled(title: str, rows: Sequence[Row]) -> None:
    if rows:
        print(f"\n{title}")
        print_rows(rows, "table")


def _kind_row(one: Figures) -> Row:
    row: Row = {"kind": one.kind, "gold": one.gold, "optional": one.optional, "given": one.given, "hits": one.hits}
    row |= {"precision": one.precision, "recall": one.recall, "f1": one.f1}
    return row | {name: one.sides.get(name, "") for name in _SIDES}


def _flat(kinds: Iterable[Row], rules: Iterable[Row]) -> list[Row]:
    """Kinds and rules under one heading, for a reader that takes one table."""
    blank: Row = {"low": "", "high": ""}
    rows: list[Row] = [{"of": "kind", "name": row["kind"], **row, **blank} for row in kinds]
    rows += [{"of": "rule", "name": rule["rule"], **rule, "hits": rule["right"]} for rule in rules]
    return [{name: value for name, value in row.items() if name != "kind"} for row in rows]


def _differences(found: measuring.Measurement) -> list[Row]:
    rows = [_difference("missed", v.kind, claim, found) for v in found.verdicts for claim in v.missed]
    rows += [_difference("invented", v.kind, claim, found) for v in found.verdicts for claim in v.invented]
    rows += [
        {"verdict": "inexact", "kind": "evidence", "unit": "", "said": "", "where": f"{p.file}:{p.start}-{p.end}"}
        for p in found.inexact
    ]
    return rows


def _difference(verdict: str, kind: str, claim: Claim, found: measuring.Measurement) -> Row:
    said = [str(part) for part in claim.key if part is not None] if verdict == "missed" else _said(claim)
    place = claim.place
    return {
        "verdict": verdict,
        "kind": kind,
        "unit": claim.unit or found.unit_of(claim),
        "said": " ".join([*said, claim.comparator, claim.about, *claim.times, *claim.roles]).strip(),
        "where": f"{place.file}:{place.start}-{place.end}" if place else "",
        "text": found.words(claim),
        "rule": ", ".join(claim.rules),
    }


def _said(claim: Claim) -> list[str]:
    """A claim of the graph in words: its names, where its key is an IRI."""
    if claim.names:
        return [min(claim.names, key=lambda name: (len(name), name)), *map(str, claim.key[1:])]
    return [str(part) for part in claim.key if part is not None]
