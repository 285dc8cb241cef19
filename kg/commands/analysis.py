"""``kg analyze``: measures on projections of the graph, how far to trust them, and what if."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from kg.analysis.chance import intervals
from kg.analysis.drawing import Bar, draw
from kg.analysis.files import WRITERS
from kg.analysis.measures import Result, Score, judged, measure
from kg.analysis.projections import View
from kg.analysis.reports import Intervals, best, change_rows, overview, rows
from kg.analysis.whatif import changed, compared
from kg.commands.options import Progress, add_store
from kg.commands.tables import print_rows
from kg.errors import KgError
from kg.store import Store

_UNITS = ("clause", "document")
_TOP = 10


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("analyze", help="who stands at the centre: measures on projections of the graph")
    parser.add_argument("projection", nargs="?", help="which network; without it, what there is to ask for")
    parser.add_argument("--measure", default="degree", help="which measure (degree)")
    parser.add_argument("--top", type=_count, default=_TOP, help=f"how many of each side, 0 for all ({_TOP})")
    parser.add_argument("--interval", action="store_true", help="how far each rank can be trusted (bootstrap)")
    parser.add_argument("--null", action="store_true", help="what chance would give (co-occurrence, modularity)")
    parser.add_argument("--merge", metavar="A,B", help="what if these things were one")
    parser.add_argument("--remove", metavar="A", action="append", default=[], help="what if nobody named this thing")
    parser.add_argument(
        "--without-document", metavar="D", action="append", default=[], help="what if this document were missing"
    )
    parser.add_argument("--plot", metavar="FILE", type=Path, help="draw the scores to a file .svg or .png as well")
    parser.add_argument("--format", choices=("table", "json", "csv", *WRITERS), default="table", help="how to print")
    add_store(parser)
    parser.set_defaults(run=_analyze)


def _count(text: str) -> int:
    value = int(text) if text.isascii() and text.isdigit() else -1
    if value < 0:
        raise argparse.ArgumentTypeError(f"a whole number from 0 is needed, not {text!r}")
    return value


def _analyze(arguments: argparse.Namespace) -> int:
    if arguments.projection is None:
        _check_printed(arguments.format)
        print_rows(overview(), arguments.format)
        return 0
    view = View.load(Store.open(arguments.store), arguments.projection)
    merge = [name.strip() for name in arguments.merge.split(",")] if arguments.merge else []
    if merge or arguments.remove or arguments.without_document:
        return _what_if(view, changed(view, merge, arguments.remove, arguments.without_document), arguments)
    return _scores(view, arguments)


def _scores(view: View, arguments: argparse.Namespace) -> int:
    result = judged(view, arguments.measure) if arguments.null else measure(view, arguments.measure)
    trusted = _intervals(view, arguments) if arguments.interval else {}
    if arguments.plot:
        _plot(view, result, trusted, arguments)
    if arguments.format in WRITERS:
        print(WRITERS[arguments.format](view, [result]), end="")
        return 0
    print_rows(rows(view, result, arguments.top, trusted), arguments.format)
    if arguments.format == "table":
        print(f"\n{result.definition.definition}\nRange: {result.definition.range}. How: {result.method}.")
        print(f"Beware: {result.definition.caution}")
    return 0


def _intervals(view: View, arguments: argparse.Namespace) -> Intervals:
    return _with_progress(
        lambda progress: {unit: intervals(view, arguments.measure, unit, progress=progress) for unit in _UNITS}
    )


def _with_progress(work: Callable[[Progress], Intervals]) -> Intervals:
    progress = Progress()
    try:
        return work(progress)
    finally:
        progress.close()


def _what_if(before: View, after: View, arguments: argparse.Namespace) -> int:
    if arguments.interval or arguments.null or arguments.plot:
        raise KgError("What if prints before and after alone: leave out --interval, --null and --plot.")
    if arguments.format in WRITERS:
        print(WRITERS[arguments.format](after, [measure(after, arguments.measure)]), end="")
        return 0
    changes = compared(before, after, arguments.measure)
    print_rows(change_rows(before, changes, arguments.top), arguments.format)
    return 0


def _plot(view: View, result: Result, trusted: Intervals, arguments: argparse.Namespace) -> None:
    shown = [score for score in best(result.scores, arguments.top) if score.value is not None]
    bars = [Bar(_name(view, score), score.value or 0.0, _note(score, trusted)) for score in shown]
    draw(bars, f"{view.projection.zh} · {result.definition.zh}", result.definition.name, arguments.plot)


def _name(view: View, score: Score) -> str:
    return " — ".join(view.names.label(iri) for iri in score.things) or view.projection.zh


def _note(score: Score, trusted: Intervals) -> str:
    held = trusted.get(_UNITS[0], {}).get(score.things[0]) if score.things else None
    return f"({held.low}–{held.high})" if held else ""


def _check_printed(form: str) -> None:
    if form in WRITERS:
        raise KgError(f"The list of what there is to ask for is no network: {form} needs a projection.")
