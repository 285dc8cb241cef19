"""The constraints of SHACL Core that our shapes use, each a function from values to what is wrong with them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

import pyoxigraph as ox

from kg.rdf.terms import ID, PREFIXES, TYPE, XSD

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Check = Callable[["Graph", Term, Sequence[Term]], Iterator[str]]

_NUMERIC = {XSD + "integer", XSD + "decimal"}
_LEXICAL = {
    XSD + "integer": re.compile(r"[+-]?\d+"),
    XSD + "decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    XSD + "gYear": re.compile(r"-?\d{4,}"),
    XSD + "date": re.compile(r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
}


class Graph:
    """Statements by subject and predicate, each once whatever graph it stands in."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._out: dict[str, dict[str, dict[Term, None]]] = defaultdict(lambda: defaultdict(dict))
        self._nodes: dict[str, Term] = {}
        for quad in quads:
            key = node_key(quad.subject)
            self._nodes[key] = quad.subject
            self._out[key][quad.predicate.value][quad.object] = None
        self._into: dict[str, dict[str, list[Term]]] = {}
        self._members: dict[str, set[str]] = defaultdict(set)
        for key, statements in self._out.items():
            for cls in statements.get(TYPE.value, ()):
                self._members[node_key(cls)].add(key)

    def values(self, node: Term, predicate: str) -> tuple[Term, ...]:
        """The objects of a node's statements with this predicate."""
        statements = self._out.get(node_key(node))
        return tuple(statements.get(predicate, ())) if statements else ()

    def is_a(self, node: Term, cls: str) -> bool:
        """Whether the graph itself types a node with this class: nothing is inferred."""
        return node_key(node) in self._members.get(cls, ())

    def members(self, cls: str) -> list[Term]:
        """All nodes typed with a class, sorted."""
        return [self._nodes[key] for key in sorted(self._members.get(cls, ()))]

    def sources(self, predicate: str, node: Term) -> tuple[Term, ...]:
        """The subjects whose statements with this predicate point to a node."""
        if predicate not in self._into:
            backwards: dict[str, list[Term]] = defaultdict(list)
            for subject, value in self.edges(predicate):
                backwards[node_key(value)].append(subject)
            self._into[predicate] = backwards
        return tuple(self._into[predicate].get(node_key(node), ()))

    def statements(self, node: Term) -> Iterator[tuple[str, Term]]:
        """Predicate and object of all statements about a node."""
        for predicate, values in self._out.get(node_key(node), {}).items():
            yield from ((predicate, value) for value in values)

    def edges(self, predicate: str) -> Iterator[tuple[Term, Term]]:
        """Subject and object of every statement with this predicate."""
        for key, statements in self._out.items():
            for value in statements.get(predicate, ()):
                yield self._nodes[key], value


def node_key(term: Term) -> str:
    """A string that names a term: the IRI, or its N-Triples form."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def short(term: Term | str) -> str:
    """A term as a person reads it: ckg:quote, evidence/e1, "2025"."""
    iri = term if isinstance(term, str) else term.value if isinstance(term, ox.NamedNode) else None
    if iri is None:
        return str(term)
    if iri.startswith(ID):
        return iri.removeprefix(ID)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def each(accepts: Callable[[Graph, Term], bool], phrase: str) -> Check:
    """A constraint that every value has to meet by itself; ``phrase`` says what a value is that does not."""

    def check(graph: Graph, _focus: Term, values: Sequence[Term]) -> Iterator[str]:
        for value in values:
            if not accepts(graph, value):
                yield f"{short(value)}, which {phrase}"

    return check


def min_count(least: int) -> Check:
    """sh:minCount."""

    def check(_graph: Graph, _focus: Term, values: Sequence[Term]) -> Iterator[str]:
        if len(values) < least:
            yield f"{len(values)} values where at least {least} is needed" if values else "no value"

    return check


def max_count(most: int) -> Check:
    """sh:maxCount."""

    def check(_graph: Graph, _focus: Term, values: Sequence[Term]) -> Iterator[str]:
        if len(values) > most:
            yield f"{len(values)} values where at most {most} is allowed ({', '.join(sorted(map(short, values)))})"

    return check


def has_value(wanted: Term) -> Check:
    """sh:hasValue."""

    def check(_graph: Graph, _focus: Term, values: Sequence[Term]) -> Iterator[str]:
        if wanted not in values:
            yield f"not the value {short(wanted)}"

    return check


def unique_language(_graph: Graph, _focus: Term, values: Sequence[Term]) -> Iterator[str]:
    """sh:uniqueLang: no two values in one language."""
    languages = Counter(v.language.lower() for v in values if isinstance(v, ox.Literal) and v.language)
    yield from (f"{n} values in the language {language}" for language, n in sorted(languages.items()) if n > 1)


def qualified(conforms: Callable[[Graph, Term], bool], least: int, most: int | None, what: str) -> Check:
    """sh:qualifiedValueShape: from ``least`` to ``most`` values conform to a shape, which ``what`` describes."""

    def check(graph: Graph, _focus: Term, values: Sequence[Term]) -> Iterator[str]:
        found = sum(conforms(graph, value) for value in values)
        if found < least or (most is not None and found > most):
            yield f"{found} values {what} where {least} to {'any number' if most is None else most} are needed"

    return check


def ordered(other: str, *, equal: bool) -> Check:
    """sh:lessThan, or with ``equal`` sh:lessThanOrEquals: every value is below every value of another property."""

    def check(graph: Graph, focus: Term, values: Sequence[Term]) -> Iterator[str]:
        for value in values:
            for bound in graph.values(focus, other):
                if not _below(value, bound, equal):
                    yield f"{short(value)}, which is not below {short(other)} {short(bound)}"

    return check


def well_typed(datatype: str) -> Callable[[Graph, Term], bool]:
    """sh:datatype: a literal of this datatype, printed as the datatype allows."""
    lexical = _LEXICAL.get(datatype)

    def accepts(_graph: Graph, value: Term) -> bool:
        if not isinstance(value, ox.Literal) or value.datatype.value != datatype:
            return False
        return lexical is None or lexical.fullmatch(value.value) is not None

    return accepts


def in_language(tags: Sequence[str]) -> Callable[[Graph, Term], bool]:
    """sh:languageIn: a text in one of these languages, or in a variety of one (zh-Hans is zh)."""

    def accepts(_graph: Graph, value: Term) -> bool:
        language = (value.language or "").lower() if isinstance(value, ox.Literal) else ""
        return any(language == tag or language.startswith(tag + "-") for tag in tags)

    return accepts


def at_least(bound: Term) -> Callable[[Graph, Term], bool]:
    """sh:minInclusive."""
    return lambda _graph, value: _below(bound, value, True)


def _below(low: Term, high: Term, equal: bool) -> bool:
    """Compare two numbers, or two literals of one datatype whose print sorts as they do (dates, years)."""
    if not (isinstance(low, ox.Literal) and isinstance(high, ox.Literal)):
        return False
    if {low.datatype.value, high.datatype.value} <= _NUMERIC:
        if not all(_LEXICAL[XSD + "decimal"].fullmatch(term.value) for term in (low, high)):
            return False
        a, b = Decimal(low.value), Decimal(high.value)
        return a < b or (equal and a == b)
    same = low.datatype == high.datatype
    return same and (low.value < high.value or (equal and low.value == high.value))
