"""Reads the graph into records, by the queries beside this file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.lookup.things import DistrictPart, Part, Quantity, Record
from kg.rdf.terms import ID, ckg
from kg.store import Row, Store

_QUERIES = Path(__file__).parent / "queries"
_CLASSES = (
    *("Industry", "IndustryCategory", "Subsector", "District", "City", "Agency", "Enterprise", "Platform"),
    "PolicyDocument",
)
# The rule that reads a lead in running text: its place is a sentence of the text, not a note.
_RUNNING = "responsibilities/running-lead"

_OPTIONAL = ("about", "value", "low", "high", "comparator", "normal", "least", "measure")

_Values = dict[str, dict[str, list[str]]]
Texts = dict[str, str]


@cache
def query(name: str) -> str:
    """The text of one of the queries beside this file."""
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def read(store: Store, name: str) -> list[Texts]:
    """The rows that one of the queries gives, as texts."""
    return [texts(row) for row in store.rows(query(name))]


def texts(row: Row) -> Texts:
    """The terms of a row as plain texts."""
    return {name: term.value for name, term in row.items() if not isinstance(term, ox.Triple)}


def things(store: Store) -> Iterator[Record]:
    """All named things but passages."""
    values = _described(store)
    for row in read(store, "subsectors"):
        values[row["item"]]["cluster"].append(row["value"])
    for row in read(store, "mentioned"):
        values[row["item"]]["mentions"].append(row["evidence"])
        values[row["item"]]["measures"].extend([row["measure"]] if "measure" in row else [])
        values[row["item"]]["documents"].append(row["document"])
    return (_thing(iri, found) for iri, found in values.items() if found.get("label@zh"))


def clauses(store: Store) -> tuple[dict[str, tuple[Part, ...]], dict[str, tuple[str, ...]]]:
    """The parts of bodies in each passage in the order printed, and the words of its notes that say nothing else."""
    rules, quotes = defaultdict[str, list[str]](list), {}
    for row in read(store, "rules"):
        rules[row["evidence"]].append(row["rule"])
        quotes[row["evidence"]] = row["quote"]
    found = _parts(read(store, "assignments"), rules)
    notes = {
        passage: tuple(sorted({quotes[p.evidence] for p in parts if p.rules and _RUNNING not in p.rules}))
        for passage, parts in found.items()
    }
    return found, notes


def issuances(store: Store) -> dict[str, tuple[Part, ...]]:
    """The issuers of each document in the order printed."""
    return _parts(read(store, "issuances"), {})


def passages(store: Store, notes: dict[str, tuple[str, ...]]) -> Iterator[Record]:
    """All headed passages, their texts without the notes in brackets that say who is responsible."""
    for row in read(store, "measures"):
        text = row["text"]
        for note in notes.get(row["item"], ()):
            text = text.replace(note, "")
        yield Record(
            iri=row["item"],
            kind="measure",
            label=row["label"],
            parent=row["parent"],
            document=row["document"],
            heading=row["heading"],
            text=text,
        )


def roles(store: Store) -> tuple[DistrictPart, ...]:
    """The parts of districts in clusters, by cluster, then by district."""
    rows = read(store, "roles")
    found = (
        DistrictPart(r["cluster"], r["district"], r["text"], r["evidence"], "report" not in r, r["document"])
        for r in rows
    )
    return tuple(sorted(found, key=lambda r: (r.cluster, r.district, r.text, r.evidence)))


def quantities(store: Store) -> Iterator[Quantity]:
    """All goals and statements about the past, by address, each with all the places that state it."""
    grouped = defaultdict[str, list[Texts]](list)
    for row in read(store, "quantities"):
        grouped[row["item"]].append(row)
    for iri in sorted(grouped):
        found = sorted(grouped[iri], key=lambda row: (row["document"], row["evidence"]))
        first = found[0]
        yield Quantity(
            iri=iri,
            kind=_kind(iri),
            subject=first["subject"],
            metric=first["metric"],
            unit=first["unit"],
            text=first["text"],
            **{name: first.get(name, "") for name in _OPTIONAL},
            when=first.get("year", first.get("period", "")),
            documents=tuple(dict.fromkeys(row["document"] for row in found)),
            quotes=tuple(dict.fromkeys(row["quote"] for row in found)),
            evidence=tuple(dict.fromkeys(row["evidence"] for row in found)),
        )


def _described(store: Store) -> _Values:
    """What is said of all named things: from IRI to property (local name, with the language) to values."""
    found: _Values = defaultdict(lambda: defaultdict(list))
    for name in _CLASSES:
        for row in store.rows(query("things"), {"class": ckg(name)}):
            said, term = texts(row), row["value"]
            key = said["property"].replace("#", "/").rsplit("/", 1)[1]
            tag = f"@{term.language}" if isinstance(term, ox.Literal) and term.language else ""
            found[said["item"]][key + tag].append(said["value"])
    return found


def _kind(iri: str) -> str:
    return iri.removeprefix(ID).split("/", 1)[0]


def _thing(iri: str, values: dict[str, list[str]]) -> Record:
    def many(*keys: str) -> tuple[str, ...]:
        return tuple(sorted({value for key in keys for value in values.get(key, ())}))

    return Record(
        iri=iri,
        kind=_kind(iri),
        label=min(values["label@zh"]),
        label_en=min(values.get("label@en", ()), default=""),
        names=many("altLabel@zh", "fullName"),
        names_en=many("altLabel@en"),
        hidden=many("hiddenLabel@zh", "hiddenLabel@en"),
        clusters=many("cluster"),
        districts=many("district"),
        umbrellas=many("category", "broader"),
        plans=many("plan"),
        measures=many("measures"),
        mentions=many("mentions"),
        documents=many("documents"),
    )


def _parts(rows: list[Texts], rules: Mapping[str, list[str]]) -> dict[str, tuple[Part, ...]]:
    """The parts of each passage or document, place by place in the order printed."""
    parts = defaultdict[str, set[Part]](set)
    for row in rows:
        role, evidence = row.get("role", "#issuer").rsplit("#", 1)[1].lower(), row["evidence"]
        part = Part(row["agency"], role, int(row["position"]), evidence, tuple(rules.get(evidence, ())))
        parts[row["subject"]].add(part)
    return {
        subject: tuple(sorted(found, key=lambda p: (p.evidence, p.position, p.agency, p.role)))
        for subject, found in parts.items()
    }
