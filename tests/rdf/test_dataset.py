"""The graph as sorted N-Quads depends on nothing but what it says."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf import terms as t
from kg.rdf.dataset import digest, lines_of, merged, named

NODES = [t.thing("cluster", name) for name in "abc"]
TRIPLES = st.builds(
    lambda s, o: ox.Triple(s, t.LABEL, o),
    st.sampled_from(NODES),
    st.sampled_from([*NODES, t.zh("海洋\n“产业”"), t.year(2025)]),
)
GRAPHS = st.dictionaries(st.sampled_from(["doc", "lexicon", "derived"]), st.lists(TRIPLES, max_size=6))


def lines(graphs: dict[str, list[ox.Triple]]) -> dict[str, list[bytes]]:
    return {name: lines_of(triples) for name, triples in graphs.items()}


@given(GRAPHS)
def test_named_graphs_and_their_merge_say_what_was_given(graphs: dict[str, list[ox.Triple]]) -> None:
    quads = list(ox.parse(named(lines(graphs)), format=ox.RdfFormat.N_QUADS))
    given_quads = {ox.Quad(x.subject, x.predicate, x.object, t.graph(n)) for n, found in graphs.items() for x in found}
    assert len(quads) == len(set(quads))
    assert set(quads) == given_quads
    whole = [quad.triple for quad in ox.parse(merged(lines(graphs)), format=ox.RdfFormat.N_TRIPLES)]
    assert len(whole) == len(set(whole))
    assert set(whole) == {triple for found in graphs.values() for triple in found}


@given(GRAPHS)
def test_the_digest_does_not_depend_on_order_or_repetition(graphs: dict[str, list[ox.Triple]]) -> None:
    turned = {name: graphs[name][::-1] * 2 for name in reversed(graphs)}
    assert digest(lines(turned)) == digest(lines(graphs))
    assert named(lines(turned)) == named(lines(graphs))


@given(GRAPHS, GRAPHS)
def test_graphs_that_say_different_things_have_different_digests(
    one: dict[str, list[ox.Triple]], other: dict[str, list[ox.Triple]]
) -> None:
    same = {n: set(x) for n, x in one.items() if x} == {n: set(x) for n, x in other.items() if x}
    assert (digest(lines(one)) == digest(lines(other))) == same
