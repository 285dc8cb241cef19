"""What the documents contradict: each conflict with its statements, their sentences and their documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.rdf.terms import CKG
from kg.store import Store

Json = dict[str, Any]
_Rows = Sequence[dict[str, str]]

_QUERY = Path(__file__).parent / "queries" / "conflicts.rq"
# Every kind of conflict, the plainest first.
KINDS = ("OtherValue", "LaterDocument", "TargetBelowObservation", "PartsOverWhole", "OtherScope")


def conflicts(store: Store) -> list[Json]:
    """All conflicts in a fixed order: by kind, then by what is measured.

    Each has ``kind``, ``label`` (what is measured), ``reason``, ``prevails`` (the IRI of the later document's
    statement, or None) and ``between``: the statements with their value, time and evidence.
    """
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in store.rows(_QUERY.read_text(encoding="utf-8")):
        texts = {name: term.value for name, term in row.items() if not isinstance(term, ox.Triple)}
        found[texts["conflict"]].append(texts)
    return sorted((_conflict(iri, rows) for iri, rows in found.items()), key=_order)


def _order(conflict: Json) -> tuple[int, str, str]:
    kind = conflict["kind"]
    return (KINDS.index(kind) if kind in KINDS else len(KINDS), conflict["label"], conflict["iri"])


def _conflict(iri: str, rows: _Rows) -> Json:
    items: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        items[row["item"]].append(row)
    between = [_statement(items[item]) for item in sorted(items)]
    between.sort(key=lambda one: (one["evidence"][0]["document"]["iri"], one["evidence"][0]["start"], one["iri"]))
    return {
        "iri": iri,
        "kind": rows[0]["kind"].removeprefix(CKG),
        "label": between[0]["subject"] + between[0]["metric"],
        "reason": rows[0]["reason"],
        "prevails": rows[0].get("prevails"),
        "between": between,
    }


def _statement(rows: _Rows) -> Json:
    first = rows[0]
    kind = first["class"].removeprefix(CKG).lower()
    about = {"iri": first["about"], "label": first["aboutLabel"]} if "aboutLabel" in first else None
    said = {"comparator": first.get("comparator"), "year" if kind == "target" else "period": first.get("when")}
    places = {(row["document"], int(row["start"]), int(row["end"])): row for row in rows}
    return {
        "iri": first["item"],
        "kind": kind,
        "label": f"{first['subject']}{first['metric']} {first['text']}",
        "about": about,
        "subject": first["subject"],
        "metric": first["metric"],
        "valueText": first["text"],
        **{name: value for name, value in said.items() if value},
        "evidence": [_place(*key, row) for key, row in sorted(places.items())],
    }


def _place(document: str, start: int, end: int, row: dict[str, str]) -> Json:
    return {
        "quote": row["quote"],
        "document": {"iri": document, "title": row["title"]},
        "start": start,
        "end": end,
        "url": f"/source/{document.rsplit('/', 1)[1]}#char={start},{end}",
    }
