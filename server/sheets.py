"""Tables as files for spreadsheets: CSV with the mark by which they know that it is UTF-8."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from flask import Response, request

from kg.export.cells import guarded, write_rows
from server.naming import Json
from server.tables import Table
from server.tongue import pick, say
from server.urls import lit_source_path

_SEPARATOR = "；"


def wanted() -> bool:
    """Whether the address of this request asks for CSV."""
    return request.args.get("format") == "csv"


def sheet(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A CSV file to save under this name (without ending; ASCII)."""
    out = io.BytesIO()
    write_rows(out, header, ([guarded(value) for value in row] for row in rows), mark=True)
    saved = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(out.getvalue(), content_type="text/csv; charset=utf-8", headers=saved)


def sheet_of(name: str, tables: Iterable[Table]) -> Response:
    """The rows of some tables one below another, each with its sentence and where that stands."""
    tables = tuple(tables)
    columns = {column.key: column for table in tables for column in table.columns}
    header = [say("类别", "Kind"), *(pick(c.names) for c in columns.values()), *_quoted(), "IRI"]
    return sheet(name, header, (row for table in tables for row in _rows(table, tuple(columns))))


def _quoted() -> list[str]:
    return [say("原文", "Quote"), say("文件", "Document"), say("章节", "Heading"), say("网址", "URL")]


def _rows(table: Table, columns: Sequence[str]) -> Iterable[list[object]]:
    places = {column.key: i for i, column in enumerate(table.columns)}
    for line in table.lines:
        texts = [_SEPARATOR.join(c.text for c in line.cells[places[k]]) if k in places else "" for k in columns]
        first = next(iter(line.evidence), None)
        yield [pick(table.title), *texts, *(_place(first) if first else [""] * 4), line.item["iri"]]


def _place(evidence: Json) -> list[str]:
    """The quote, its document and heading, and the address where it is lit."""
    document = evidence["document"]
    path = lit_source_path(document["slug"], evidence["start"], evidence["end"])
    title = document.get("title") or document["label"]
    return [evidence["quote"], title, " › ".join(evidence["heading"]), request.url_root.rstrip("/") + path]
