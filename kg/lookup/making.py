"""Makes the shelf that the lookup reads: records, what passages and names are found by, what typing suggests.

It is made once a graph and kept beside it, so that a process which answers questions is ready at once.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import groupby
from typing import Any

from kg.lookup import bits, loading
from kg.lookup.answers import Answers
from kg.lookup.covering import ABOVE, CONTEXT, HIDDEN, NAME, TEXT
from kg.lookup.figures import QUANTITIES, quantity_grams
from kg.lookup.forms import english_words, grams_of, name_grams, own_names, sounds_of
from kg.lookup.home import seat_of
from kg.lookup.index import Gathering
from kg.lookup.leads import Leading
from kg.lookup.normal import fold_width, has_chinese, sound_grams, syllables, text_grams
from kg.lookup.records import Records
from kg.lookup.shelf import Shelf, packed, shelved
from kg.lookup.suggesting import suggestion_tables
from kg.lookup.things import DistrictPart, Part, Quantity, Record
from kg.store import Store

Tables = dict[str, bytes]
_Parts = Mapping[str, Sequence[Part]]

_LED_KINDS = ("measure", "platform")


def made(store: Store, **about: str) -> bytes:
    """The bytes of the shelf for a graph; ``about`` is kept in it too."""
    tables, known = _record_tables(store)
    records = Records(Shelf(memoryview(shelved({**tables, "about": _about(known)}))))
    english = sorted({word for record in records.all for word in english_words(record)})
    grams, sounds = _grams(records)
    tables["about"] = _about({**known, "english": english, "sounds": sorted(sounds), **about})
    tables["grams"] = packed(grams.entries())
    tables[QUANTITIES] = packed(quantity_grams(records).entries())
    tables["sets"] = packed(_sets(store, records))
    return shelved({**tables, **suggestion_tables(records)})


def _about(said: dict[str, Any]) -> bytes:
    return packed((name, _json(value)) for name, value in said.items())


def _record_tables(store: Store) -> tuple[Tables, dict[str, Any]]:
    """The records as rows, and by address; the passages' texts are the largest part of the shelf."""
    assignments, notes = loading.clauses(store)
    found = (*loading.things(store), *loading.passages(store, notes))
    ordered = sorted(found, key=lambda record: (record.kind, record.iri))
    listed = {kind: [n for n, _ in same] for kind, same in groupby(enumerate(ordered), key=lambda item: item[1].kind)}
    kinds = {kind: (numbers[0], numbers[-1] + 1) for kind, numbers in listed.items()}
    issuances = loading.issuances(store)
    quantities, about = tuple(loading.quantities(store)), defaultdict[str, list[int]](list)
    for number, quantity in enumerate(quantities):
        about[quantity.about].append(number)
    tables = {
        "records": _rows(ordered),
        "quantities": _rows(quantities),
        "quantities-about": _lists(about),
        "roles": _rows(loading.roles(store)),
        "numbers": _lists({record.iri: (number,) for number, record in enumerate(ordered)}),
        **_part_tables(ordered, assignments, issuances),
        **_place_tables(ordered, issuances),
    }
    return tables, {"kinds": kinds, "metrics": sorted({quantity.metric for quantity in quantities})}


def _part_tables(records: list[Record], assignments: _Parts, issuances: _Parts) -> Tables:
    """The parts of bodies by passage, by document, and by the bodies themselves."""
    given = defaultdict[str, list[int]](list)
    given_in = defaultdict[str, dict[str, Part]](dict)
    for number, record in enumerate(records):
        parts = (issuances if record.kind == "document" else assignments).get(record.iri, ())
        for agency in sorted({part.agency for part in parts}):
            given[agency].append(number)
        if record.kind == "measure":
            for part in parts:
                given_in[record.document].setdefault(part.agency, part)
    firsts = {document: tuple(parts.values()) for document, parts in given_in.items()}
    by_subject: dict[str, _Parts] = {"assignments": assignments, "issuances": issuances, "given-in": firsts}
    listed = {
        name: packed((key, _json([_row(part) for part in parts])) for key, parts in held.items())
        for name, held in by_subject.items()
    }
    return {"given": _lists(given), **listed}


def _place_tables(records: list[Record], issuances: _Parts) -> Tables:
    """The place of each document, and by place its documents, their passages, and what they name."""
    labels = {record.iri: record.label for record in records if record.kind == "agency"}
    seats = dict[str, str]()
    for record in records:
        if record.kind == "document":
            parts = sorted(issuances.get(record.iri, ()), key=lambda part: part.position)
            seats[record.iri] = seat_of((labels.get(part.agency, "") for part in parts), record.label)
    at = defaultdict[str, list[int]](list)
    for number, record in enumerate(records):
        for place in {seats.get(document, "") for document in (record.iri, record.document, *record.documents)}:
            at[place].append(number)
    return {
        "seats": packed((document, seat.encode("utf-8")) for document, seat in seats.items()),
        "at": packed((place, bits.of(numbers, len(records))) for place, numbers in at.items() if place),
    }


def _lists(found: Mapping[str, Iterable[int]]) -> bytes:
    return packed((key, array("I", numbers).tobytes()) for key, numbers in found.items())


def _rows(found: Iterable[Record | Quantity | DistrictPart]) -> bytes:
    return packed((f"{number:09}", _json(_row(one))) for number, one in enumerate(found))


def _row(one: Record | Quantity | Part | DistrictPart) -> list[Any]:
    return [getattr(one, field.name) for field in fields(one)]


def _grams(records: Records) -> tuple[Gathering, set[str]]:
    """What each thing is found by, in what field, and the syllables of all names."""
    found, sounds = Gathering(len(records.all)), set[str]()
    within, above = defaultdict[str, list[int]](list), dict[str, frozenset[str]]()
    for number, record in enumerate(records.all):
        for name in own_names(record):
            heard = syllables(fold_width(name)) if has_chinese(name) else ()
            sounds.update(heard)
            found.add(number, (*name_grams(name), *sound_grams(heard)), NAME)
        for name in record.hidden:
            found.add(number, name_grams(name), HIDDEN)
        for cluster in records.clusters_of(record):
            within[cluster.iri].append(number)
        if record.kind == "measure":
            if record.parent not in above:
                above[record.parent] = grams_of(over.heading for over in records.ancestors(record))
            found.add(number, above[record.parent], ABOVE)
            found.add(number, text_grams(fold_width(record.text)), TEXT)
    for cluster in records.kind("cluster"):
        names = tuple(own_names(cluster))
        found.add_all(within[cluster.iri], grams_of(names) | sounds_of(names), CONTEXT)
    return found, sounds


def _sets(store: Store, records: Records) -> Iterator[tuple[str, bytes]]:
    """The passages and places that anybody leads, and those that belong to a cluster or say its name."""
    leading = Leading(records, Answers(store, records))
    size, clusters = len(records.all), records.kind("cluster")
    names = {cluster.iri: (cluster.label, *cluster.names) for cluster in clusters}
    led, about = list[int](), defaultdict[str, list[int]](list)
    for number in (n for kind in _LED_KINDS for n in bits.members(records.numbers_of(kind))):
        record = records.all[number]
        if leading.of(record):
            led.append(number)
        own, heading = {cluster.iri for cluster in records.clusters_of(record)}, record.heading or record.label
        for iri, said in names.items():
            if iri in own or any(name in heading for name in said):
                about[iri].append(number)
    yield "led", bits.of(led, size)
    for iri, numbers in about.items():
        yield iri, bits.of(numbers, size)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
