"""``kg query`` and ``kg show``: what the graph says, by SPARQL or by thing."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pyoxigraph as ox

from kg.commands.options import add_store
from kg.commands.tables import add_format, print_rows
from kg.errors import KgError
from kg.lookup import Lookup
from kg.rdf.terms import ID, PREFIXES
from kg.store import Store, Term


def register(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    parser = commands.add_parser("query", help="run a SPARQL query")
    parser.add_argument("file", help="a file with the query, or - for standard input")
    add_store(parser)
    add_format(parser)
    parser.set_defaults(run=_query)
    parser = commands.add_parser("show", help="all that is said of a thing")
    parser.add_argument("thing", help="its IRI, kind/slug, or name")
    add_store(parser)
    add_format(parser)
    parser.set_defaults(run=_show)


def _query(arguments: argparse.Namespace) -> int:
    try:
        text = sys.stdin.read() if arguments.file == "-" else Path(arguments.file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"The query {arguments.file} can't be read: {error}.") from error
    result = Store.open(arguments.store).query(text)
    if isinstance(result, ox.QueryBoolean):
        print_rows([{"answer": str(bool(result)).lower()}], arguments.format)
    elif isinstance(result, ox.QueryTriples):
        sys.stdout.buffer.write(ox.serialize(result, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"")
    else:
        names = [variable.value for variable in result.variables]
        print_rows([{n: _plain(s[n]) for n in names} for s in result], arguments.format)
    return 0


def _show(arguments: argparse.Namespace) -> int:
    store = Store.open(arguments.store)
    iri = _iri(arguments.thing, store)
    said = sorted((_plain(t.predicate), _plain(t.object)) for t in store.describe(iri))
    print_rows([{"property": p, "value": o} for p, o in said], arguments.format)
    return 0


def _iri(named: str, store: Store) -> str:
    """The IRI of the thing meant by an IRI, kind/slug, or name."""
    for candidate in (named, ID + named):
        if candidate.startswith(ID) and " " not in candidate and store.has(candidate):
            return candidate
    found = Lookup(store).search(named, limit=3)
    if found and found[0]["score"] >= 0.999:
        return str(found[0]["iri"])
    near = "、".join(f"{hit['label']} ({str(hit['iri']).removeprefix(ID)})" for hit in found)
    raise KgError(f"Nothing is known of {named}." + (f" Did you mean {near}?" if near else ""))


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    value = str(term) if isinstance(term, ox.Triple) else term.value
    short = ((name, space) for name, space in PREFIXES.items() if value.startswith(space))
    name, space = max(short, key=lambda pair: len(pair[1]), default=("", ""))
    return f"{name}:{value.removeprefix(space)}" if name and isinstance(term, ox.NamedNode) else value
