"""Prints rows as a table for people, or as JSON or CSV for programs."""

from __future__ import annotations

import argparse
import csv
import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence

Row = Mapping[str, object]

_WIDEST = 60


def add_format(parser: argparse.ArgumentParser) -> None:
    """Give a command the option --format."""
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table", help="how to print (table)")


def print_rows(rows: Sequence[Row], form: str) -> None:
    """Print rows with the columns of the first, in its order."""
    columns = list(rows[0]) if rows else []
    if form == "json":
        print(json.dumps(list(rows), ensure_ascii=False, indent=1, default=str))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([row.get(c, "") for c in columns] for row in rows)
    elif rows:
        _print_table(rows, columns)


def _print_table(rows: Sequence[Row], columns: list[str]) -> None:
    cells = [columns, *([_clipped(str(row.get(c, ""))) for c in columns] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        pairs = zip(line, widths, strict=True)
        print("  ".join(cell + " " * (width - _width(cell)) for cell, width in pairs).rstrip())


def _clipped(text: str) -> str:
    kept = " ".join(text.split())
    while _width(kept) > _WIDEST:
        kept = kept[:-2] + "…"
    return kept


def _width(text: str) -> int:
    """Columns that a terminal needs: two for a wide character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
