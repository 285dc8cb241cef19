"""What a page shows, as the SPARQL query that gives the same rows: ``asked.toml`` put together."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.rdf.terms import PREFIXES
from server.facets import FACETS
from server.urls import ONTOLOGY, thing_iri

_LISTS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "asked.toml").read_text(encoding="utf-8"))
_THINGS = {"cluster", "category", "district", "agency", "document"}
_TERMS = {"type", "role"}
_USED = ("ckg", "rdfs", "dcterms", "xsd")


def query(kind: str, wanted: Mapping[str, str], named: bool = False) -> str:
    """The query for a list of this kind with these filters; ``named``: only of what documents name."""
    held = _LISTS[kind]
    known = {name: value for name, value in wanted.items() if name in dict(FACETS[kind])}
    where = [held["is"], *([_LISTS["named"].strip()] if named else [])]
    where += [held["filters"][name].strip().format(value=_value(kind, name, value)) for name, value in known.items()]
    where += [f"OPTIONAL {{ ?item {path} ?{name}{_tongue(name, path)} }}" for name, path in held["columns"].items()]
    names = " ".join(f"?{name}" for name in held["columns"])
    body = "\n".join(f"  {line}" for line in where)
    return f"{prefixes()}SELECT DISTINCT ?item {names} WHERE {{\n{body}\n}}\nORDER BY {names}"


def prefixes() -> str:
    """The prefixes that such queries use."""
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in _USED)


def literal(text: str) -> str:
    """A text as SPARQL writes it, whatever its characters."""
    plain = " ".join(text.replace("\\", "\\\\").replace('"', '\\"').split())
    return f'"{plain}"'


def _tongue(name: str, path: str) -> str:
    return f' FILTER(LANG(?{name}) = "zh")' if path.endswith("rdfs:label") else ""


def _value(kind: str, name: str, value: str) -> str:
    """What stands in the query for the value of a filter."""
    if name in _THINGS:
        return f"<{thing_iri(name, value) or ''}>"
    if name in _TERMS:
        word = value.capitalize() if name == "role" else value
        return f"<{ONTOLOGY}{''.join(c for c in word if c.isalnum())}>"
    return f"{literal(value)}^^xsd:gYear" if name == "year" and kind == "target" else literal(value)
