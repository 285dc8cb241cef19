"""JSON-LD with a context: the terms of the ontology by their short names, the context inside the answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import pyoxigraph as ox

from kg.rdf.terms import TYPE, XSD
from kg.vocabulary import ONTOLOGY
from server.naming import Json

CONTEXT = ONTOLOGY / "context.jsonld"
_STRING = f"{XSD}string"
_LANGUAGE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def compacted(triples: Iterable[ox.Triple]) -> str:
    """These triples as JSON-LD: one node a subject, and a context of what they use."""
    nodes: dict[str, Json] = {}
    used: set[str] = set()
    for triple in triples:
        subject = _named(triple.subject, used)
        node = nodes.setdefault(subject, {"@id": subject})
        if triple.predicate == TYPE and isinstance(triple.object, ox.NamedNode):
            _add(node, "@type", _class(triple.object.value, used))
        else:
            key, value = _said(triple.predicate.value, triple.object, used)
            _add(node, key, value)
    kept = {name: said for name, said in context().items() if name in used or name == "@version"}
    whole = {"@context": kept, "@graph": list(nodes.values())}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


@cache
def context() -> Json:
    """The context of the ontology, as it is published."""
    found: Json = json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"]
    return found


@cache
def _prefixes() -> dict[str, str]:
    return {name: iri for name, iri in context().items() if isinstance(iri, str) and iri.endswith(("#", "/"))}


@cache
def _terms() -> dict[str, tuple[str, Json]]:
    """From a full IRI to the term that stands for it and its definition."""
    found = {}
    for name, definition in context().items():
        defined = definition if isinstance(definition, dict) else {"@id": definition}
        if not name.startswith("@") and name not in _prefixes():
            found[_full(defined["@id"])] = (name, defined)
    return found


def _full(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return _prefixes().get(prefix, f"{prefix}:") + rest


def _short(iri: str, used: set[str]) -> str:
    """An IRI by the prefix that it begins with, or as it is."""
    for prefix, base in _prefixes().items():
        if iri.startswith(base) and not iri.removeprefix(base).startswith("//"):
            used.add(prefix)
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri


def _named(term: ox.NamedNode | ox.BlankNode | ox.Triple, used: set[str]) -> str:
    return _short(term.value, used) if isinstance(term, ox.NamedNode) else str(term)


def _class(iri: str, used: set[str]) -> str:
    name, definition = _terms().get(iri, ("", {}))
    if not name:
        return _short(iri, used)
    _short(_full(definition["@id"]), used)
    used.add(name)
    return name


def _said(predicate: str, term: Any, used: set[str]) -> tuple[str, Any]:
    """A property and a value of it: short where the property's term says what kind of value it has."""
    name, definition = _terms().get(predicate, ("", {}))
    kind = definition.get("@type")
    if name and isinstance(term, ox.NamedNode) and kind == "@id":
        value: Any = _named(term, used)
    elif name and isinstance(term, ox.Literal) and kind and _full(kind) == term.datatype.value:
        _short(term.datatype.value, used)
        value = term.value
    elif name and isinstance(term, ox.Literal) and term.language and "@language" in definition.get("@container", ()):
        value = {term.language: term.value}
    elif name and isinstance(term, ox.Literal) and not definition.keys() & {"@type", "@container"} and _plain(term):
        value = term.value
    else:
        return _short(predicate, used), _whole(term, used)
    used.add(name)
    _short(predicate, used)
    return name, value


def _plain(term: ox.Literal) -> bool:
    return term.datatype.value == _STRING


def _whole(term: Any, used: set[str]) -> Json:
    """A value that says itself what it is."""
    if not isinstance(term, ox.Literal):
        return {"@id": _named(term, used)}
    if term.datatype.value == _LANGUAGE:
        return {"@value": term.value, "@language": term.language}
    return (
        {"@value": term.value} if _plain(term) else {"@value": term.value, "@type": _short(term.datatype.value, used)}
    )


def _add(node: Json, key: str, value: Any) -> None:
    """Put a value to those that a node has of this property, texts by their language; one stands alone."""
    if key not in node:
        node[key] = value
    elif isinstance(value, dict) and isinstance(node[key], dict) and not any(k.startswith("@") for k in value):
        for language, text in value.items():
            _add(node[key], language, text)
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]
