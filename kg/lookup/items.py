"""Things of a list with what is said of each, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.lookup.records import Records
from kg.lookup.things import Record

IN_CHINESE = 'FILTER(LANG(?label) = "zh")'


@dataclass(frozen=True, slots=True)
class Item:
    """A thing of a list, what is said of it there, and the places that say so.

    ``basis`` is policy where a policy document says so, report where only an article or a briefing does, the basis of
    a lead for what a body leads, and empty where there is nothing to tell apart.
    """

    record: Record
    note: str
    places: tuple[str, ...]
    basis: str = ""


def grouped(records: Records, found: Iterable[tuple[str, str, str]]) -> list[Item]:
    """One item a thing (its address, a note, a place), its notes put together, in the order of addresses."""
    notes, places = defaultdict[str, dict[str, None]](dict), defaultdict[str, dict[str, None]](dict)
    for iri, note, place in found:
        notes[iri].update({note: None} if note else {})
        places[iri][place] = None
    known = [(iri, record) for iri in sorted(places) if (record := records.get(iri))]
    return [Item(record, "、".join(notes[iri]), tuple(places[iri])) for iri, record in known]


def listed(things: Iterable[Record]) -> str:
    """The addresses of things as a query writes them."""
    return " ".join(f"<{thing.iri}>" for thing in things)
