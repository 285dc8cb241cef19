"""Search inside SPARQL: ``SERVICE <…/search> { ?thing search:query "…" ; search:score ?s }`` becomes the rows found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import QueryError
from kg.rdf.fulltext import MOST, Hit
from kg.rdf.terms import BASE
from server.tokens import Token, expand, prefixes_of, tokens

SERVICE = f"{BASE}search"
SEARCH = f"{SERVICE}#"
# What can be asked of a hit, beside the words and how many.
_ASKED = ("score", "text", "property")
_USUAL = 100

Find = Callable[[str, int], list[Hit]]


@dataclass(frozen=True, slots=True)
class _Block:
    """A search in a query: where it stands, its words, and the variables that it fills."""

    start: int
    end: int
    thing: str
    values: dict[str, Token]

    def rows(self, find: Find) -> str:
        """The same as rows of values."""
        if "query" not in self.values or self.values["query"].kind != "string":
            raise QueryError(f'A search needs its words: ?thing <{SEARCH}query> "…".')
        limit = self.values["limit"].text if "limit" in self.values else str(_USUAL)
        if not limit.isdigit():
            raise QueryError(f"The limit of a search is a number from 1 to {MOST}.")
        literal = next(iter(ox.parse(f"<a:a> <a:a> {self.values['query'].text} .", format=ox.RdfFormat.TURTLE))).object
        asked = [name for name in _ASKED if name in self.values]
        heads = " ".join([self.thing, *(self.values[name].text for name in asked)])
        hits = find(literal.value if isinstance(literal, ox.Literal) else "", int(limit))
        return f"VALUES ({heads}) {{ {' '.join(_row(hit, asked) for hit in hits)} }}"


def is_search(found: list[Token], at: int, prefixes: dict[str, str]) -> bool:
    """Whether the SERVICE at this place of a query is our own."""
    after = found[at + 1] if at + 1 < len(found) else None
    return after is not None and expand(after, prefixes) == SERVICE


def answered(query: str, find: Find) -> str:
    """The query with its searches done. Raises QueryError where one can't be understood."""
    if SERVICE not in query and "SERVICE" not in query.upper():
        return query
    found = list(tokens(query))
    prefixes = prefixes_of(found)
    done, parts = 0, []
    for block in _blocks(found, prefixes):
        parts += [query[done : block.start], block.rows(find)]
        done = block.end
    return "".join([*parts, query[done:]])


def _blocks(found: list[Token], prefixes: dict[str, str]) -> Iterator[_Block]:
    for at, token in enumerate(found):
        if token.kind == "word" and token.text.upper() == "SERVICE" and is_search(found, at, prefixes):
            end = next((n for n in range(at, len(found)) if found[n].text == "}"), None)
            inner = found[at + 3 : end] if end is not None and found[at + 2].text == "{" else []
            if end is None or len(inner) < 3 or inner[0].kind != "variable":
                raise QueryError(f'A search is written SERVICE <{SERVICE}> {{ ?thing <{SEARCH}query> "…" }}.')
            yield _Block(token.start, found[end].start + 1, inner[0].text, _values(inner[1:], prefixes))


def _values(inner: list[Token], prefixes: dict[str, str]) -> dict[str, Token]:
    """What is said of the thing that is looked for, by the names of our properties."""
    terms = [token for token in inner if token.text not in {";", "."}]
    values = {}
    for key, value in zip(terms[::2], terms[1::2], strict=False):
        name = (expand(key, prefixes) or "").removeprefix(SEARCH)
        if name not in {"query", "limit", *_ASKED}:
            raise QueryError(f"A search knows query, limit, score, text and property, and not {key.text}.")
        if name in _ASKED and value.kind != "variable":
            raise QueryError(f"The {name} of a search is a variable.")
        values[name] = value
    return values


def _row(hit: Hit, asked: list[str]) -> str:
    text = ox.Literal(hit.text, language=hit.language) if hit.language else ox.Literal(hit.text)
    made = {"score": str(ox.Literal(hit.score)), "text": str(text), "property": str(ox.NamedNode(hit.property))}
    return f"({' '.join([str(ox.NamedNode(hit.thing)), *(made[name] for name in asked)])})"
