"""The whole graph as sorted N-Quads: named graphs and their merge, the same bytes for the same statements."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.rdf import terms as t

_DIGEST = 16


def lines_of(triples: Iterable[ox.Triple]) -> list[bytes]:
    """The statements as sorted lines of N-Triples, each once."""
    data = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return sorted(set(data.splitlines()))


def merged(graphs: Mapping[str, list[bytes]]) -> bytes:
    """The merge of named graphs as N-Triples, each statement once."""
    return _joined(sorted({line for lines in graphs.values() for line in lines}))


def named(graphs: Mapping[str, list[bytes]]) -> bytes:
    """Named graphs as N-Quads, in the order of their names."""
    found: list[bytes] = []
    for name in sorted(graphs):
        ending = f"{t.graph(name)} .".encode()
        found.extend(line[:-1] + ending for line in graphs[name])
    return _joined(found)


def digest(graphs: Mapping[str, list[bytes]]) -> str:
    """A name for what the graphs say: the start of the SHA-256 of their N-Quads."""
    return hashlib.sha256(named(graphs)).hexdigest()[:_DIGEST]


def _joined(lines: list[bytes]) -> bytes:
    return b"\n".join([*lines, b""])
