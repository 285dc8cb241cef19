"""The measures are exact: against values found by hand, and against independent implementations."""

from __future__ import annotations

import math
import sys
from random import Random

import igraph
import networkx as nx
import pytest
import rustworkx
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import power, sharing, structure
from kg.analysis.communities import communities, modularity
from kg.analysis.measures import MEASURES, NODE_VALUES, measure, ranked_nodes
from kg.analysis.networks import Network
from kg.analysis.paths import betweenness, closeness, exact, sampled, shortest_paths, to_networkx
from kg.analysis.projections import PROJECTIONS
from kg.errors import KgError
from tests.analysis.small import KITE, network, plans, view

NEAR = 1e-9


@st.composite
def networks(draw: st.DrawFn, bipartite: bool = False) -> Network:
    """Any small network, in parts or whole, with nodes that have no ties where it has no sides."""
    size = draw(st.integers(1, 12))
    pairs = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1))
    weights = draw(st.dictionaries(pairs, st.sampled_from([0.5, 1.0, 2.0, 3.0]), max_size=30))
    names = ("l{:02}", "r{:02}") if bipartite else ("n{:02}", "n{:02}")
    named = {(names[0].format(a), names[1].format(b)): weight for (a, b), weight in weights.items()}
    return Network.of(named, nodes=() if bipartite else [f"n{i:02}" for i in range(size)], bipartite=bipartite)


def close(found: dict[str, float], expected: dict[str, float]) -> bool:
    return found.keys() == expected.keys() and all(math.isclose(found[k], expected[k], abs_tol=NEAR) for k in found)


def as_igraph(one: Network) -> igraph.Graph:
    place = {node: i for i, node in enumerate(one.nodes)}
    graph = igraph.Graph(len(one.nodes), [(place[a], place[b]) for a, b in one.weights])
    graph.es["weight"] = list(one.weights.values())
    return graph


def test_the_kite_has_three_centres() -> None:
    values = sharing.degree(KITE), betweenness(KITE).values
    assert [max(one, key=one.__getitem__) for one in values] == ["d", "h"]
    assert math.isclose(sharing.degree(KITE)["d"], 6 / 9)
    assert math.isclose(closeness(KITE)["f"], 9 / 14)
    assert math.isclose(closeness(KITE)["g"], 9 / 14)
    assert math.isclose(betweenness(KITE).values["h"], 14 / 36)
    assert structure.articulation(KITE)["h"] == 2.0
    assert structure.bridges(KITE) == {("h", "i"): 2.0, ("i", "j"): 1.0}
    assert structure.core(KITE)["d"] == 3.0


def test_a_star_a_path_and_a_triangle_by_hand() -> None:
    star, path, triangle = network("ab", "ac", "ad"), network("ab", "bc"), network("ab:2", "ac:2", "bc:2", "cd:1")
    assert betweenness(star).values == {"a": 1.0, "b": 0.0, "c": 0.0, "d": 0.0}
    assert closeness(path) == {"a": 2 / 3, "b": 1.0, "c": 2 / 3}
    assert close(power.eigenvector(path), {"a": 0.5, "b": math.sqrt(0.5), "c": 0.5})
    assert structure.clustering(triangle) == {"a": 1.0, "b": 1.0, "c": 1 / 3, "d": 0.0}
    assert sharing.strength(triangle)["c"] == 5.0
    assert sharing.concentration(triangle)["c"] == pytest.approx((4 + 4 + 1) / 25)
    assert sharing.assortativity(star) == pytest.approx(-1.0)
    # A walker on a star: the leaves share what the hub sends, the hub gets all that the leaves send.
    hub = (0.15 / 4 + 0.85 * 3 * 0.15 / 4) / (1 - 0.85**2)
    assert power.pagerank(star)["a"] == pytest.approx(hub)


def test_two_sides_are_normalised_by_what_they_could_be() -> None:
    one = network("ax", "ay", "bx", bipartite=True)
    assert sharing.degree(one) == {"a": 1.0, "b": 0.5, "x": 1.0, "y": 0.5}
    assert closeness(one) == {"a": 1.0, "b": (2 + 2) / (1 + 2 + 3), "x": 1.0, "y": (2 + 2) / (1 + 2 + 3)}
    # a stands between y and the others (2 pairs); with two nodes on each side that is all that a node can.
    assert betweenness(one).values == {"a": 1.0, "b": 0.0, "x": 1.0, "y": 0.0}
    assert structure.clustering(one)["a"] == pytest.approx(0.5)


def test_specialisation_and_communities_by_hand() -> None:
    one = network("ax:3", "ay:1", "by:4", bipartite=True)
    assert sharing.specialisation(one) == pytest.approx({("a", "x"): 2.0, ("a", "y"): 0.4, ("b", "y"): 1.6})
    cliques = network("ab", "ac", "bc", "cd", "de", "df", "ef")
    assert communities(cliques) == {"a": 1.0, "b": 1.0, "c": 1.0, "d": 2.0, "e": 2.0, "f": 2.0}
    assert modularity(cliques, communities(cliques)) == pytest.approx(6 / 7 - 2 * (7 / 14) ** 2)


@settings(max_examples=60, deadline=None)
@given(networks())
def test_measures_agree_with_independent_implementations(one: Network) -> None:
    graph = as_igraph(one)
    names = one.nodes
    assert close(dict(zip(names, exact(one), strict=True)), dict(zip(names, graph.betweenness(), strict=True)))
    assert close(structure.core(one), dict(zip(names, map(float, graph.coreness()), strict=True)))
    assert close(closeness(one), dict(nx.closeness_centrality(to_networkx(one))))
    if one.weights:
        found = dict(zip(names, graph.pagerank(weights="weight"), strict=True))
        assert all(math.isclose(found[n], v, abs_tol=1e-7) for n, v in power.pagerank(one).items())
        expected = graph.modularity([int(n) - 1 for n in communities(one).values()], weights="weight")
        assert math.isclose(modularity(one, communities(one)) or 0.0, expected, abs_tol=NEAR)
    fast = betweenness(one, most_exact=0)
    assert fast.method == "exact, by rustworkx"
    assert close(fast.values, betweenness(one).values)


@settings(max_examples=40, deadline=None)
@given(networks())
def test_the_first_eigenvector_is_one(one: Network) -> None:
    found = power.eigenvector(one)
    if not one.weights:
        assert set(found.values()) == {0.0}
        return
    steps = {n: math.fsum(found[o] * w for o, w in near.items()) for n, near in one.neighbours.items()}
    value = math.fsum(found[n] * steps[n] for n in found)
    assert all(math.isclose(steps[n], value * found[n], abs_tol=1e-6) for n in found)
    assert math.isclose(math.fsum(v * v for v in found.values()), 1.0)
    graph = rustworkx.PyGraph()
    graph.add_nodes_from(list(one.nodes))
    graph.add_edges_from([(one.nodes.index(a), one.nodes.index(b), w) for (a, b), w in one.weights.items()])
    largest = max(map(len, rustworkx.connected_components(graph)))
    if largest == len(one.nodes):
        other = rustworkx.eigenvector_centrality(graph, weight_fn=float, max_iter=20_000, tol=1e-9)
        assert all(math.isclose(other[i], found[n], abs_tol=1e-5) for i, n in enumerate(one.nodes))


@settings(max_examples=60, deadline=None)
@given(networks(bipartite=True))
def test_measures_on_two_sides_agree_with_networkx(one: Network) -> None:
    graph, left = to_networkx(one), one.left or frozenset()
    if min(len(left), len(one.nodes) - len(left)) < 2:
        assert all(0 <= value <= 1 for value in betweenness(one).values.values())
        return
    assert close(sharing.degree(one), dict(nx.bipartite.degree_centrality(graph, left)))
    assert close(closeness(one), dict(nx.bipartite.closeness_centrality(graph, left)))
    assert close(betweenness(one).values, dict(nx.bipartite.betweenness_centrality(graph, left)))
    assert close(structure.clustering(one), dict(nx.bipartite.latapy_clustering(graph, mode="dot")))


@settings(max_examples=40, deadline=None)
@given(networks(), st.booleans())
def test_no_measure_is_undefined_and_none_is_outside_its_range(one: Network, inverse: bool) -> None:
    for name, values in NODE_VALUES.items():
        found = values(Network.of(one.weights, nodes=one.nodes, inverse=inverse))
        assert set(found) == set(one.nodes)
        top = math.inf if name in ("strength", "core", "articulation", "communities", "closeness") else 1 + NEAR
        assert all(math.isfinite(value) and 0 <= value <= top for value in found.values()), name


def test_every_measure_of_nothing_is_nothing() -> None:
    for name, kind in PROJECTIONS.items():
        for one, about in MEASURES.items():
            if kind.shape in about.shapes:
                scores = measure(view([], name), one).scores
                assert all(score.value is None for score in scores) and len(scores) <= 1


def test_a_single_node_and_self_loops_are_no_ties() -> None:
    alone = Network.of({("a", "a"): 3.0})
    assert alone.nodes == ("a",) and not alone.weights
    assert {name: values(alone)["a"] for name, values in NODE_VALUES.items()} == {
        **dict.fromkeys(NODE_VALUES, 0.0),
        "pagerank": 1.0,
        "communities": 1.0,
    }


@pytest.mark.parametrize("weight", [math.nan, math.inf, 0.0, -1.0])
def test_a_weight_that_is_no_positive_number_is_refused(weight: float) -> None:
    with pytest.raises(KgError, match="weights are positive numbers"):
        Network.of({("a", "b"): weight})


def test_a_thing_on_both_sides_is_refused() -> None:
    with pytest.raises(KgError, match="both sides"):
        Network.of({("a", "b"): 1.0, ("b", "c"): 1.0}, bipartite=True)


def test_unknown_measures_and_wrong_shapes_are_told() -> None:
    with pytest.raises(KgError, match="There is no measure named fame: use degree"):
        measure(view(plans()), "fame")
    with pytest.raises(KgError, match="specialisation is defined for bipartite projections, not for folded ones"):
        measure(view(plans(), "agency-agency"), "specialisation")


def test_the_same_value_has_the_same_rank_within_a_side() -> None:
    one = network("ax", "bx", "cx", "cy", bipartite=True)
    scores = ranked_nodes(one, sharing.strength(one))
    assert [(s.things[0], s.rank, s.side) for s in scores] == [
        ("c", 1, "left"),
        ("a", 2, "left"),
        ("b", 2, "left"),
        ("x", 1, "right"),
        ("y", 2, "right"),
    ]


def test_a_sample_of_all_nodes_is_exact_and_an_error_says_how_far_off_a_smaller_one_is() -> None:
    random = Random(4)
    ties = {(f"n{random.randrange(200):03}", f"n{random.randrange(200):03}"): 1.0 for _ in range(500)}
    one = Network.of(ties)
    truth = exact(one)
    values, errors = sampled(one, len(one.nodes))
    assert values == pytest.approx(truth) and not any(errors)
    values, errors = sampled(one, 60)
    apart = [abs(value - right) for value, right in zip(values, truth, strict=True)]
    assert any(apart)
    assert sum(one <= 3 * error + NEAR for one, error in zip(apart, errors, strict=True)) > 0.9 * len(apart)


def test_without_rustworkx_large_networks_are_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rustworkx", None)
    found = betweenness(KITE, most_exact=5, pivots=4)
    assert found.method == "from 4 pivots" and found.errors is not None


def test_shortest_paths_in_order_and_none_between_parts() -> None:
    square = network("ab", "bc", "cd", "ad", nodes="abcde")
    assert shortest_paths(square, "a", "c", 5) == [["a", "b", "c"], ["a", "d", "c"]]
    assert shortest_paths(square, "a", "c", 1) == [["a", "b", "c"]]
    assert shortest_paths(square, "a", "a", 1) == [["a"]]
    assert shortest_paths(square, "a", "e", 5) == []


def test_every_measure_says_when_not_to_trust_it() -> None:
    for about in MEASURES.values():
        assert all((about.zh, about.definition, about.range, about.source, about.caution))
        assert about.scope in ("node", "pair", "network")
    assert {name for name, about in MEASURES.items() if about.scope == "node"} == set(NODE_VALUES)
