"""Runs ontology/rules on a merged graph: each rule is one CONSTRUCT query with a comment on when it holds."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError
from kg.vocabulary import ONTOLOGY


def derive(graph: ox.Store, into: ox.NamedNode, *, rules: Path = ONTOLOGY / "rules") -> list[ox.Quad]:
    """The statements that the rules derive from the default graph, as quads of ``into``, sorted, each once.

    Rules run in the order of their names (the digit in front is the stage), and each reads what those before it
    derived: what they add is put into the default graph of ``graph``. A statement that stands there already is not
    derived anew. Raises QueryError where a rule is no CONSTRUCT query.
    """
    found: set[ox.Triple] = set()
    for path in sorted(rules.glob("*.rq")):
        triples = graph.query(path.read_text(encoding="utf-8"))
        if not isinstance(triples, ox.QueryTriples):
            raise QueryError(f"The rule {path.name} is no CONSTRUCT query.")
        fresh = {triple for triple in triples if _in(triple, ox.DefaultGraph()) not in graph}
        graph.extend(_in(triple, ox.DefaultGraph()) for triple in fresh)
        found |= fresh
    return [_in(triple, into) for triple in sorted(found, key=str)]


def _in(triple: ox.Triple, name: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, name)
