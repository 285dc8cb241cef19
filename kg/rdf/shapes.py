"""SHACL shapes read from Turtle into checks that run on a graph in memory.

Core is read as far as our shapes use it; a shape with anything else is refused, so that no constraint is passed over
in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import ValidationError
from kg.rdf import constraints
from kg.rdf.constraints import Check, Graph, Term, each, node_key, short
from kg.rdf.terms import RDF

_SH = "http://www.w3.org/ns/shacl#"
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf")
_KINDS: dict[str, type] = {"IRI": ox.NamedNode, "Literal": ox.Literal, "BlankNode": ox.BlankNode}


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape (no path: the value is the focus itself) or a property shape.

    ``path`` is the IRI of a predicate, walked backwards where ``inverse`` is true.
    """

    name: str
    targets: tuple[tuple[str, str], ...]
    path: str | None
    inverse: bool
    checks: tuple[Check, ...]
    properties: tuple[Shape, ...]

    def focus_nodes(self, graph: Graph) -> Iterator[Term]:
        """The nodes that the shape's targets select, once each."""
        chosen: dict[str, Term] = {}
        for kind, iri in self.targets:
            for node in _targets(graph, kind, iri):
                chosen.setdefault(node_key(node), node)
        yield from (chosen[key] for key in sorted(chosen))

    def breaches(self, graph: Graph, focus: Term) -> Iterator[tuple[str | None, str]]:
        """What is wrong with a node: the path, as a person reads it (None: the node itself), and the finding."""
        values = self._values(graph, focus)
        for check in self.checks:
            for finding in check(graph, focus, values):
                yield self._path_name(), finding
        for inner in self.properties:
            for value in values:
                yield from inner.breaches(graph, value)

    def conforms(self, graph: Graph, node: Term) -> bool:
        """Whether nothing is wrong with a node."""
        return next(self.breaches(graph, node), None) is None

    def _values(self, graph: Graph, focus: Term) -> Sequence[Term]:
        if self.path is None:
            return (focus,)
        if self.inverse:
            return graph.sources(self.path, focus)
        return graph.values(focus, self.path)

    def _path_name(self) -> str | None:
        return None if self.path is None else ("^" if self.inverse else "") + short(self.path)


def read_shapes(path: Path) -> tuple[Shape, ...]:
    """The node shapes of a Turtle file, by name; ValidationError where one is unknown to us."""
    reader = _Reader(Graph(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)))
    return tuple(reader.shape(node) for node in reader.graph.members(_SH + "NodeShape"))


def _targets(graph: Graph, kind: str, iri: str) -> Iterator[Term]:
    if kind == "targetClass":
        yield from graph.members(iri)
    else:
        yield from (edge[kind == "targetObjectsOf"] for edge in graph.edges(iri))


class _Reader:
    """Turns the nodes of a shapes graph into shapes."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._readers: dict[str, Callable[[Term], Check]] = {
            "minCount": lambda v: constraints.min_count(_number(v)),
            "maxCount": lambda v: constraints.max_count(_number(v)),
            "hasValue": constraints.has_value,
            "uniqueLang": lambda _: constraints.unique_language,
            "lessThan": lambda v: constraints.ordered(node_key(v), equal=False),
            "lessThanOrEquals": lambda v: constraints.ordered(node_key(v), equal=True),
            "class": lambda v: each(lambda g, x: g.is_a(x, node_key(v)), f"is no {short(v)}"),
            "datatype": lambda v: each(constraints.well_typed(node_key(v)), f"is no {short(v)}"),
            "nodeKind": _node_kind,
            "minLength": _min_length,
            "minInclusive": lambda v: each(constraints.at_least(v), f"is below {short(v)}"),
            "pattern": _pattern,
            "in": self._in,
            "languageIn": self._language_in,
            "or": lambda v: self._some_of(v, "none", lambda n: n >= 1),
            "xone": lambda v: self._some_of(v, "not exactly one", lambda n: n == 1),
        }

    def shape(self, node: Term) -> Shape:
        """The shape at a node of the shapes graph."""
        path = self._one(node, "path")
        backwards = self.graph.values(path, _SH + "inversePath") if path else ()
        return Shape(
            name=short(node),
            targets=tuple((kind, node_key(v)) for kind in _TARGETS for v in self.graph.values(node, _SH + kind)),
            path=node_key(backwards[0]) if backwards else node_key(path) if path else None,
            inverse=bool(backwards),
            checks=tuple(self._checks(node)),
            properties=tuple(self.shape(v) for v in self.graph.values(node, _SH + "property")),
        )

    def _checks(self, node: Term) -> Iterator[Check]:
        for predicate, value in self.graph.statements(node):
            name = predicate.removeprefix(_SH)
            if name in self._readers:
                yield self._readers[name](value)
            elif name == "qualifiedValueShape":
                yield self._qualified(node, value)
            elif name not in (*_TARGETS, RDF + "type", "path", "property", "qualifiedMinCount", "qualifiedMaxCount"):
                raise ValidationError(f"The shape {short(node)} uses {name}, which this validator does not know.")

    def _qualified(self, node: Term, inner: Term) -> Check:
        shape = self.shape(inner)
        least, most = self._one(node, "qualifiedMinCount"), self._one(node, "qualifiedMaxCount")
        tags = self._one(inner, "languageIn")
        what = f"in {', '.join(v.value for v in self._list(tags))}" if tags else "of the shape asked for"
        return constraints.qualified(
            shape.conforms, _number(least) if least else 0, _number(most) if most else None, what
        )

    def _some_of(self, value: Term, how_many: str, enough: Callable[[int], bool]) -> Check:
        shapes = [self.shape(inner) for inner in self._list(value)]
        said = " / ".join(" and ".join(sorted(self._gist(inner))) for inner in self._list(value))
        return each(
            lambda graph, x: enough(sum(shape.conforms(graph, x) for shape in shapes)), f"meets {how_many} of: {said}"
        )

    def _gist(self, node: Term) -> Iterator[str]:
        """What an alternative asks for, in a few words: the class, or the properties it needs."""
        yield from (f"a {short(v)}" for v in self.graph.values(node, _SH + "class"))
        for inner in self.graph.values(node, _SH + "property"):
            yield from (short(v) for v in self.graph.values(inner, _SH + "path"))

    def _in(self, value: Term) -> Check:
        allowed = frozenset(self._list(value))
        return each(lambda _, x: x in allowed, f"is none of {', '.join(sorted(map(short, allowed)))}")

    def _language_in(self, value: Term) -> Check:
        tags = [node.value.lower() for node in self._list(value)]
        return each(constraints.in_language(tags), f"is not in {' or '.join(tags)}")

    def _list(self, head: Term) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        items = []
        while rest := self.graph.values(head, RDF + "rest"):
            (item,), (head,) = self.graph.values(head, RDF + "first"), rest
            if not isinstance(item, ox.Triple):
                items.append(item)
        return items

    def _one(self, node: Term, name: str) -> Term | None:
        return next(iter(self.graph.values(node, _SH + name)), None)


def _number(term: Term) -> int:
    return int(_text(term))


def _text(term: Term) -> str:
    return "" if isinstance(term, ox.Triple) else term.value


def _node_kind(value: Term) -> Check:
    name = node_key(value).removeprefix(_SH)
    return each(lambda _, x: isinstance(x, _KINDS[name]), f"is no {name}")


def _min_length(value: Term) -> Check:
    least = _number(value)
    return each(lambda _, x: not isinstance(x, ox.BlankNode) and len(_text(x)) >= least, f"is shorter than {least}")


def _pattern(value: Term) -> Check:
    pattern = re.compile(_text(value))
    return each(lambda _, x: pattern.search(_text(x)) is not None, f"does not look like {pattern.pattern}")
