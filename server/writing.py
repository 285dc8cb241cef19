"""Answers and lists in the format that a client asks for: JSON, CSV (for programs and for spreadsheets) and JSON-LD."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyoxigraph as ox
from flask import Response, request

from kg.export.cells import BOM, guarded
from kg.rdf.terms import ID, ckg
from kg.store import Store
from server.compacting import compacted
from server.naming import Json
from server.negotiate import Format, choose

JSON = Format(("json",), ("application/json",))
CSV = Format(("csv",), ("text/csv",))
# The same with a mark by which spreadsheets know the encoding, as a file to save.
SHEET = Format(("excel",), ("text/csv; header=present",))
LINKED = Format(("jsonld", "json-ld"), ("application/ld+json",), graph=ox.RdfFormat.JSON_LD)
FORMATS = (JSON, CSV, SHEET, LINKED)
_BESIDE = {ckg("evidence"), ckg("restatement"), ckg("issuance")}
_QUOTED = ("quote", "heading", "start", "end", "url")


def to_json(data: Any) -> Response:
    """A JSON response in readable Chinese."""
    return Response(json.dumps(data, ensure_ascii=False, separators=(",", ":")), content_type=JSON.content_type)


def respond(store: Store, whole: Json, rows: Sequence[Json]) -> Response:
    """An answer as a client wants it: all of it in JSON, its rows in CSV, what the graph says of them in JSON-LD.

    Raises NotAcceptable where the client takes none of these.
    """
    written = choose(request, FORMATS)
    if written is LINKED:
        response = Response(compacted(_described(store, whole, rows)), content_type=LINKED.content_type)
    elif written is JSON:
        response = to_json(whole)
    else:
        response = _table(rows, written)
    response.headers["Vary"] = "Accept"
    return response


def _table(rows: Sequence[Json], written: Format) -> Response:
    text = to_csv(rows)
    if written is CSV:
        return Response(text, content_type=CSV.content_type)
    name = request.path.rstrip("/").rsplit("/", 1)[-1]
    saved = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(BOM + text, content_type=CSV.content_type, headers=saved)


def to_csv(rows: Sequence[Json]) -> str:
    """Rows as a table with the columns of all of them; a thing takes two columns, its label and its IRI."""
    flat = [dict(_flat(row)) for row in rows]
    columns = list(dict.fromkeys(name for row in flat for name in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([guarded(row.get(name)) for name in columns] for row in flat)
    return out.getvalue()


def _flat(row: Json) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if name == "evidence":
            yield from _first_evidence(value)
        elif isinstance(value, dict):
            yield name, value.get("label")
            yield f"{name}Iri", value.get("iri")
        elif isinstance(value, list):
            yield name, "; ".join(str(one.get("label", "")) if isinstance(one, dict) else str(one) for one in value)
        else:
            yield name, value


def _first_evidence(evidence: Sequence[Json]) -> Iterator[tuple[str, Any]]:
    """Where the first of the places that state it stands."""
    first = evidence[0] if evidence else {}
    for name in _QUOTED:
        value = first.get(name)
        yield name, " > ".join(value) if isinstance(value, list) else value
    yield "documentTitle", first.get("document", {}).get("title")


def _described(store: Store, whole: Json, rows: Sequence[Json]) -> list[ox.Triple]:
    """What the graph says of the things of an answer, and where the text states it."""
    iris = {row["iri"] for row in rows} if all("iri" in row for row in rows) else set(_iris(whole))
    triples: set[ox.Triple] = set()
    for iri in iris:
        own = list(store.describe(iri))
        beside = {t.object.value for t in own if t.predicate in _BESIDE and isinstance(t.object, ox.NamedNode)}
        triples.update(own, *(store.describe(other) for other in beside))
    return sorted(triples, key=str)


def _iris(value: Any) -> Iterable[str]:
    """The things that are named anywhere in an answer."""
    if isinstance(value, dict):
        if str(value.get("iri", "")).startswith(ID):
            yield value["iri"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _iris(one)
