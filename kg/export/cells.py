"""Cells of CSV files: written so that spreadsheets show text as text and numbers as numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

# By this mark spreadsheets know that a file is UTF-8.
BOM = "\ufeff"
# A spreadsheet takes text that begins so for a formula, and would run it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(value: Any) -> str:
    """A value as a cell: text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, Decimal)):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    text = str(value)
    # A sign alone, as a comparator is, runs nothing.
    return f"'{text}" if text.startswith(_FORMULA) and len(text) > 1 else text


def write_rows(out: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[str]], *, mark: bool) -> int:
    """Write rows as CSV (RFC 4180) in UTF-8, with the mark for spreadsheets where wanted; returns their number."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    text.write(BOM if mark else "")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    text.detach()
    return count
