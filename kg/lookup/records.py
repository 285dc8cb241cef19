"""All that the lookup knows of the graph, read once, and how it hangs together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from kg.lookup import loading
from kg.lookup.things import Record
from kg.store import Store


class Records:
    """All that the lookup knows.

    ``all`` is in the order of kinds and IRIs; ``assignments`` has the parts of bodies by passage, ``issuances`` by
    document.
    """

    def __init__(self, store: Store) -> None:
        self.assignments, notes = loading.clauses(store)
        self.issuances = loading.issuances(store)
        self.roles = loading.roles(store)
        self.quantities = tuple(loading.quantities(store))
        found = (*loading.things(store), *loading.passages(store, notes))
        self.all = tuple(sorted(found, key=lambda record: (record.kind, record.iri)))
        self.by_iri = {record.iri: record for record in self.all}
        self._kinds = {kind: tuple(same) for kind, same in groupby(self.all, key=lambda record: record.kind)}
        self._plans = defaultdict[str, list[Record]](list)
        for cluster in self.kind("cluster"):
            for plan in cluster.plans:
                self._plans[plan].append(cluster)

    def kind(self, *kinds: str) -> tuple[Record, ...]:
        """The records of these kinds."""
        return tuple(record for kind in kinds for record in self._kinds.get(kind, ()))

    def get(self, iri: str) -> Record | None:
        """The record of an address; None where the graph has no name for it."""
        return self.by_iri.get(iri)

    def clusters_of(self, record: Record) -> tuple[Record, ...]:
        """The clusters that a thing belongs to: its own, or those of its document's title or plan."""
        own = record.clusters or (self.by_iri[record.document].clusters if record.document in self.by_iri else ())
        planned = self.planned_by(record.document) if not own and record.document else ()
        return tuple(self.by_iri[iri] for iri in own if iri in self.by_iri) or planned

    def planned_by(self, document: str) -> tuple[Record, ...]:
        """The clusters whose plan a document is."""
        return tuple(self._plans.get(document, ()))

    def ancestors(self, measure: Record) -> Iterator[Record]:
        """The passages that hold a passage, innermost first."""
        parent = self.by_iri.get(measure.parent)
        while parent is not None and parent.kind == "measure":
            yield parent
            parent = self.by_iri.get(parent.parent)

    def path(self, measure: Record) -> list[str]:
        """The headings from the outermost to the passage itself, as printed."""
        return [record.label for record in (*reversed(list(self.ancestors(measure))), measure)]
