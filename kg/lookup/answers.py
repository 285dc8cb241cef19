"""The shapes of answers in JSON, as the contract lays them down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.lookup.loading import query, texts
from kg.lookup.records import Records
from kg.lookup.things import Record
from kg.rdf.terms import PREFIXES
from kg.store import Store

Json = dict[str, Any]


class Answers:
    """Writes things and places of evidence; places are read from the store when they are asked for."""

    def __init__(self, store: Store, records: Records) -> None:
        self._store = store
        self._records = records

    def thing(self, record: Record) -> Json:
        """What identifies a thing: address, kind, label, and the cluster where it has one."""
        clusters = self._records.clusters_of(record) if record.kind != "cluster" else (record,)
        cluster = clusters[0].label if len(clusters) == 1 else None
        return {"iri": record.iri, "kind": record.kind, "label": record.label, "cluster": cluster}

    def card(self, record: Record, score: float) -> Json:
        """A thing as a result of search."""
        return {
            **self.thing(record),
            "labelEn": record.label_en or None,
            "altLabels": [*record.names, *record.names_en],
            "score": round(min(1.0, score), 3),
        }

    def agency(self, iri: str) -> Json:
        """A body with its other names."""
        record = self._records.get(iri)
        if record is None:
            return {"iri": iri, "kind": "agency", "label": iri.rsplit("/", 1)[1], "labelEn": None, "altLabels": []}
        return {
            "iri": iri,
            "kind": "agency",
            "label": record.label,
            "labelEn": record.label_en or None,
            "altLabels": list(record.names),
        }

    def evidence(self, places: Iterable[str]) -> list[Json]:
        """Places in full: the words, the document, the headings above, the offsets, and the page that shows them."""
        wanted = list(places)
        found = self.all_evidence(wanted)
        return [found[iri] for iri in wanted if iri in found]

    def all_evidence(self, places: Iterable[str]) -> dict[str, Json]:
        """The same for many places at once, by address."""
        listed = " ".join(sorted(f"<{iri}>" for iri in set(places)))
        if not listed:
            return {}
        rows = self._store.rows(query("evidence").replace("VALUES ?evidence { }", f"VALUES ?evidence {{ {listed} }}"))
        return {row["evidence"]: self._written(row) for row in map(texts, rows)}

    def _written(self, row: dict[str, str]) -> Json:
        measure = self._records.get(row.get("measure", ""))
        start, end = int(row["start"]), int(row["end"])
        slug = row["document"].rsplit("/", 1)[1]
        return {
            "quote": row["quote"],
            "document": {"iri": row["document"], "title": row["title"]},
            "heading": self._records.path(measure) if measure else [],
            "start": start,
            "end": end,
            "url": f"/source/{slug}#char={start},{end}",
        }


def sparql(body: str) -> str:
    """A query with the prefixes that it uses."""
    used = [f"PREFIX {name}: <{base}>" for name, base in PREFIXES.items() if f" {name}:" in body or f"^{name}:" in body]
    return "\n".join([*used, body])
