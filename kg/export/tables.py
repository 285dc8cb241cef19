"""The graph as CSV tables that spreadsheets read well: one file a class, things by their label beside their IRI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.export.cells import guarded, write_rows
from kg.export.files import folder, replacing
from kg.export.things import Thing, local_name, read_things
from kg.store import Store

# Each file and the kind of its things, from what people ask for first to the places in the text.
TABLES = {
    "clusters": "cluster",
    "categories": "category",
    "subsectors": "subsector",
    "districts": "district",
    "agencies": "agency",
    "enterprises": "enterprise",
    "platforms": "platform",
    "documents": "document",
    "measures": "measure",
    "assignments": "assignment",
    "targets": "target",
    "observations": "observation",
    "district-roles": "role",
    "issuances": "issuance",
    "evidence": "evidence",
}
_NAMES = ("label", "labelEn", "otherNames", "type")
_PLACES = ("evidence", "restatement")
_PLACE = ("quote", "headingPath", "document", "start", "end")
_BETWEEN = "; "
_CELL = 32_000  # A cell of a spreadsheet holds at most 32,767 characters.
# What columns mean whose terms are not of this ontology.
_OWN = {
    "iri": ("地址", "address in the graph"),
    "label": ("名称", "name"),
    "labelEn": ("英文名称", "name in English"),
    "otherNames": ("别名", "other names"),
    "type": ("类别", "classes of the ontology"),
    "title": ("标题", "title in full"),
    "date": ("日期", "date of issue as printed"),
    "publisher": ("发布者", "publisher"),
    "broader": ("上级", "what it belongs to"),
}
_MEANINGS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?term ?label ?comment WHERE {
  ?term rdfs:label ?label . OPTIONAL { ?term rdfs:comment ?comment FILTER(LANG(?comment) = LANG(?label)) }
  FILTER(STRSTARTS(STR(?term), "https://w3id.org/cluster-kg/ontology#"))
}
"""


def write_tables(store: Store, path: Path) -> int:
    """Write a folder of tables, with ``columns.csv`` that says what the columns mean; returns how many rows in all.

    Raises KgError where the folder can't be written.
    """
    things = read_things(store)
    home, count, used = folder(path), 0, []
    for name, kind in TABLES.items():
        own = [thing for thing in things.values() if thing.kind == kind]
        header, rows = _table(own, things)
        used += [(name, column) for column in header]
        with replacing(home / f"{name}.csv") as out:
            count += write_rows(out, header, rows, mark=True)
    with replacing(home / "columns.csv") as out:
        write_rows(out, ("file", "column", "名称", "说明", "label", "comment"), _columns(store, used), mark=True)
    return count


def _table(own: Sequence[Thing], things: Mapping[str, Thing]) -> tuple[list[str], Iterator[list[str]]]:
    """The columns of a table, those that people read first, and its rows.

    A link to things with names takes two columns, their labels and their IRIs; one to others the number of them.
    """
    values = sorted({name for thing in own for name in thing.values})
    links = sorted({name for thing in own for name in thing.links if name not in _PLACES})
    told = [name for name in links if any(_has_name(things, iri) for thing in own for iri in thing.links.get(name, ()))]
    stated = any("evidence" in thing.links for thing in own)
    names = [name for name in _NAMES if len({_named(thing, name) for thing in own} - {""}) > (name == "type")]
    header = [*names, *links, *values, *(f"evidence.{name}" for name in _PLACE if stated), "iri"]
    header += [f"{name}Iri" for name in told]

    def rows() -> Iterator[list[str]]:
        for thing in own:
            row = [guarded(_named(thing, name)) for name in names]
            row += [_link(thing.links.get(name, ()), things, name in told) for name in links]
            row += [_joined(thing.values.get(name, ())) for name in values]
            row += [*(_place(thing, things) if stated else ()), thing.iri]
            yield row + [" ".join(thing.links.get(name, ())) for name in told]

    return header, rows()


def _named(thing: Thing, name: str) -> str:
    if name == "otherNames":
        return _BETWEEN.join(thing.other_names)
    if name == "type":
        return _BETWEEN.join(thing.classes)
    return {"label": thing.label, "labelEn": thing.label_en}[name]


def _has_name(things: Mapping[str, Thing], iri: str) -> bool:
    return iri in things and bool(things[iri].label)


def _link(iris: Sequence[str], things: Mapping[str, Thing], told: bool) -> str:
    return _joined([_label(things, iri) for iri in iris]) if told else str(len(iris))


def _joined(values: Sequence[object]) -> str:
    """The values of a cell; a single number stays a number, and what no spreadsheet holds is cut short."""
    cells = [guarded(value) for value in values]
    cell = cells[0] if len(cells) == 1 else _BETWEEN.join(cells)
    return cell if len(cell) <= _CELL else cell[:_CELL] + "…"


def _label(things: Mapping[str, Thing], iri: str) -> str:
    """What a thing is called; one without a name by the last part of its address."""
    thing = things.get(iri)
    return (thing.label or local_name(iri)) if thing else local_name(iri)


def _place(thing: Thing, things: Mapping[str, Thing]) -> list[str]:
    """Where the first place that states a thing stands."""
    places = [things[iri] for iri in thing.links.get("evidence", ()) if iri in things]
    if not places:
        return [""] * len(_PLACE)
    first = min(places, key=lambda place: (place.links.get("document", ()), place.values.get("start", ())[:1]))
    documents = [_label(things, iri) for iri in first.links.get("document", ())]
    return [_joined(documents if name == "document" else first.values.get(name, ())) for name in _PLACE]


def _columns(store: Store, used: Sequence[tuple[str, str]]) -> Iterator[list[str]]:
    """What each column means, in the words of the ontology."""
    meanings: dict[tuple[str, str], tuple[str, str]] = {}
    for row in store.rows(_MEANINGS):
        label, comment, term = row["label"], row.get("comment"), row["term"]
        if isinstance(label, ox.Literal) and isinstance(term, ox.NamedNode):
            said = comment.value if isinstance(comment, ox.Literal) else ""
            meanings[local_name(term.value), label.language or ""] = (label.value, said)
    for file, column in used:
        name = column.rsplit(".", 1)[-1].removesuffix("Iri")
        own = _OWN.get(name, ("", ""))
        found = [meanings.get((name, tongue), (said, "")) for tongue, said in zip(("zh", "en"), own, strict=True)]
        yield [file, column, *(guarded(text) for pair in found for text in pair)]
