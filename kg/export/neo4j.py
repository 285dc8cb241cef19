"""The graph as the pair of CSV files that ``neo4j-admin database import`` takes: all things, and all links of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from kg.export.cells import write_rows
from kg.export.files import folder, replacing
from kg.export.things import Thing, Value, read_things
from kg.store import Store

_BETWEEN = ";"


def write_neo4j(store: Store, path: Path) -> int:
    """Write ``nodes.csv`` and ``relationships.csv`` into a folder; returns how many nodes and relationships.

    Nodes have their IRI as :ID and their classes as :LABEL; a relationship is typed by its property (LEAD_AGENCY).
    Raises KgError where the folder can't be written.
    """
    things = read_things(store)
    home = folder(path)
    columns = _columns(things)
    header = ["iri:ID", ":LABEL", "label", "labelEn", "otherNames:string[]", *columns.values()]
    with replacing(home / "nodes.csv") as out:
        count = write_rows(out, header, (_node(thing, tuple(columns)) for thing in things.values()), mark=False)
    with replacing(home / "relationships.csv") as out:
        return count + write_rows(out, [":START_ID", ":END_ID", ":TYPE"], _relationships(things), mark=False)


def _columns(things: Mapping[str, Thing]) -> dict[str, str]:
    """The header of each property: its name, and its type where it is no string."""
    found: dict[str, list[tuple[Value, ...]]] = {}
    for thing in things.values():
        for name, values in thing.values.items():
            found.setdefault(name, []).append(values)
    return {name: name + _type(found[name]) for name in sorted(found)}


def _type(seen: Sequence[tuple[Value, ...]]) -> str:
    kinds = {type(value) for values in seen for value in values}
    many = "[]" if any(len(values) > 1 for values in seen) else ""
    if kinds == {int}:
        return f":long{many}"
    if kinds <= {int, Decimal}:
        return f":double{many}"
    if kinds == {bool}:
        return f":boolean{many}"
    return f":string{many}" if many else ""


def _node(thing: Thing, names: Sequence[str]) -> list[str]:
    classes = _BETWEEN.join(thing.classes) or "Thing"
    own = [thing.iri, classes, _line(thing.label), _line(thing.label_en), _list(thing.other_names)]
    return [*own, *(_list(thing.values.get(name, ())) for name in names)]


def _list(values: Sequence[Value]) -> str:
    if len(values) == 1:
        return _line(values[0])
    return _BETWEEN.join(_line(value).replace(_BETWEEN, "；") for value in values)


def _line(value: Value) -> str:
    """A value in one line, which the import reads without further options."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else " ".join(str(value).splitlines())


def _relationships(things: Mapping[str, Thing]) -> Iterator[list[str]]:
    for iri, thing in things.items():
        for name, targets in sorted(thing.links.items()):
            yield from ([iri, target, _typed(name)] for target in targets if target in things)


def _typed(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()
