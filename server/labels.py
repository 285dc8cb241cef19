"""What everything in the graph is called, and what has a name."""

from __future__ import annotations

import threading
from collections import defaultdict

from server.naming import Json
from server.rows import Rows, said
from server.urls import address


class Labels:
    """The names of a generation of a graph, read when first asked for and kept."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._lock = threading.RLock()
        self._held: dict[str, Json] | None = None
        self._named: dict[tuple[str, str], list[str]] | None = None

    def held(self) -> dict[str, Json]:
        """By IRI, each thing's label, labelEn and altLabels, as far as it has them."""
        with self._lock:
            if self._held is None:
                self._held = self._load()
            return self._held

    def named(self, kind: str, name: str) -> list[str]:
        """The IRIs of the things of a kind that have exactly this name in either tongue, whatever its letter case."""
        with self._lock:
            if self._named is None:
                self._named = defaultdict(list)
                for iri, held in self.held().items():
                    place = address(iri)
                    for text in (held.get("label"), held.get("labelEn"), *held["altLabels"]) if place else ():
                        self._named[place.kind if place else "", str(text).lower()].append(iri)
            return self._named.get((kind, name.lower()), [])

    def _load(self) -> dict[str, Json]:
        names: dict[str, Json] = defaultdict(lambda: {"altLabels": []})
        for row in self._rows.of("names"):
            name, key, value = names[said(row["item"])], said(row["key"]), said(row["value"])
            if key == "altLabels":
                name[key].append(value)
            else:
                name[key] = min(value, name.get(key, value))
        for name in names.values():
            name["altLabels"] = sorted(set(name["altLabels"]), key=lambda other: (other.isascii(), other))
        return dict(names)
