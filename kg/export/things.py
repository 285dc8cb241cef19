"""The merged graph read as things: what each is, what is said of it in words and numbers, and what it points to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from kg.rdf.terms import ALT_LABEL, CKG, ID, LABEL, OA, SKOS, TYPE, XSD
from kg.store import Store

Value = str | int | Decimal | bool
_WHOLE = {f"{XSD}integer", f"{XSD}gYear"}
# Words to search by and the scheme of a vocabulary say nothing to a reader of tables, and Web Annotation says again
# what our own terms say.
_LEFT_OUT = (f"{SKOS}hiddenLabel", f"{SKOS}inScheme", f"{SKOS}notation", OA)


@dataclass(frozen=True, slots=True)
class Thing:
    """A node of the graph with an address; properties by their local name, values and links in a fixed order."""

    iri: str
    kind: str
    classes: tuple[str, ...]
    label: str
    label_en: str
    other_names: tuple[str, ...]
    values: Mapping[str, tuple[Value, ...]]
    links: Mapping[str, tuple[str, ...]]


def read_things(store: Store) -> dict[str, Thing]:
    """All things of the merged graph by IRI, in the order of IRIs."""
    said: dict[str, list[tuple[str, ox.NamedNode | ox.Literal]]] = {}
    for quad in store.quads():
        subject, term = quad.subject, quad.object
        if not isinstance(quad.graph_name, ox.DefaultGraph) or not isinstance(term, (ox.NamedNode, ox.Literal)):
            continue
        if isinstance(subject, ox.NamedNode) and _is_thing(subject):
            said.setdefault(subject.value, []).append((quad.predicate.value, term))
    return {iri: _thing(iri, sorted(said[iri], key=lambda pair: (pair[0], str(pair[1])))) for iri in sorted(said)}


def _is_thing(node: ox.NamedNode) -> bool:
    return node.value.startswith(ID)


def _thing(iri: str, said: list[tuple[str, ox.NamedNode | ox.Literal]]) -> Thing:
    labels = {term.language: term.value for p, term in said if p == LABEL.value and isinstance(term, ox.Literal)}
    named = {LABEL.value, ALT_LABEL.value, TYPE.value}
    values: dict[str, list[Value]] = {}
    links: dict[str, list[str]] = {}
    for predicate, term in said:
        if predicate in named or predicate.startswith(_LEFT_OUT):
            continue
        if isinstance(term, ox.NamedNode) and _is_thing(term):
            links.setdefault(local_name(predicate), []).append(term.value)
        elif isinstance(term, ox.Literal) or term.value.startswith(CKG):
            values.setdefault(local_name(predicate), []).append(_value(term))
    return Thing(
        iri=iri,
        kind=iri.removeprefix(ID).partition("/")[0],
        classes=tuple(local_name(t.value) for p, t in said if p == TYPE.value and t.value.startswith(CKG)),
        label=labels.get("zh", next(iter(labels.values()), "")),
        label_en=labels.get("en", ""),
        other_names=tuple(dict.fromkeys(t.value for p, t in said if p == ALT_LABEL.value)),
        values={name: tuple(found) for name, found in values.items()},
        links={name: tuple(found) for name, found in links.items()},
    )


def local_name(iri: str) -> str:
    """What stands after the last ``#`` or ``/``."""
    return re.split(r"[#/]", iri)[-1]


def _value(term: ox.NamedNode | ox.Literal) -> Value:
    """A literal as a value; a term of the ontology by its own name."""
    if isinstance(term, ox.NamedNode):
        return local_name(term.value)
    datatype = term.datatype.value
    if datatype in _WHOLE:
        return int(term.value)
    if datatype == f"{XSD}decimal":
        return Decimal(term.value)
    return term.value == "true" if datatype == f"{XSD}boolean" else term.value
