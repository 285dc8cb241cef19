"""A document's tree of tasks: chapters, sections and items with the bodies that are responsible for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.catalogue import Catalogue
from server.naming import Json

# Parts of bodies in the order in which a reader wants them.
_ORDER = ("lead", "responsible", "joint", "participant")


@dataclass(frozen=True, slots=True)
class Task:
    """A headed passage: who is responsible for it by role, what it says in numbers, and the passages within it."""

    measure: Json
    duties: tuple[tuple[str, tuple[Json, ...]], ...]
    within: tuple[Task, ...]
    depth: int


def tree_of(catalogue: Catalogue, document: str, agency: str = "") -> tuple[Task, ...]:
    """The tasks of a document by their IRI; with an agency, only those where it has a part, and what leads to them."""
    measures = catalogue.mentions(document).get(("measure", "document"), [])
    under: dict[str, list[Json]] = {}
    for measure in measures:
        under.setdefault((measure.get("partOf") or {}).get("iri", document), []).append(measure)
    return _grown(catalogue, under, document, agency, 0)


def bodies_of(catalogue: Catalogue, document: str) -> tuple[tuple[Json, int], ...]:
    """The bodies that have a part in a document's tasks, and in how many; the busiest first."""
    counts: dict[str, int] = {}
    held: dict[str, Json] = {}
    for measure in catalogue.mentions(document).get(("measure", "document"), []):
        for assignment in _assignments(catalogue, measure):
            agency = assignment["agency"]
            counts[agency["iri"]] = counts.get(agency["iri"], 0) + 1
            held[agency["iri"]] = agency
    return tuple((held[iri], n) for iri, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _grown(
    catalogue: Catalogue, under: Mapping[str, Sequence[Json]], parent: str, agency: str, depth: int
) -> tuple[Task, ...]:
    tasks = []
    for measure in sorted(under.get(parent, ()), key=lambda m: (m.get("order") or 0, m["iri"])):
        within = _grown(catalogue, under, measure["iri"], agency, depth + 1)
        own = _assignments(catalogue, measure)
        if not agency or within or any(a["agency"]["iri"] == agency for a in own):
            tasks.append(Task(measure, _duties(own), within, depth))
    return tuple(tasks)


def _assignments(catalogue: Catalogue, measure: Json) -> list[Json]:
    found = catalogue.mentions(measure["iri"]).get(("assignment", "measure"), [])
    return [a for a in found if a.get("agency")]


def _duties(assignments: Sequence[Json]) -> tuple[tuple[str, tuple[Json, ...]], ...]:
    """The bodies by role, each group in the order printed."""
    ordered = sorted(assignments, key=lambda a: (a.get("position") or 0, a["iri"]))
    groups = ((role, tuple(a for a in ordered if a.get("role") == role)) for role in _ORDER)
    return tuple((role, group) for role, group in groups if group)
