"""Projections add up what the facts say, and what-ifs change the facts."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.measures import measure
from kg.analysis.networks import added_up, folded
from kg.analysis.projections import PROJECTIONS, Names, View, projection
from kg.analysis.ties import QUERIES, Tie, drawn, load_ties, merged, removed, without_document
from kg.analysis.whatif import changed, compared
from kg.errors import KgError
from kg.rdf.terms import ID
from kg.store import Store
from tests.analysis.small import CHIPS, OTHER, PLAN, ROBOTS, A, B, C, plans, view

TIES = st.lists(
    st.builds(
        Tie,
        left=st.sampled_from("abcd"),
        right=st.sampled_from("xyz"),
        clause=st.sampled_from("123456"),
        document=st.sampled_from("pq"),
        points=st.sampled_from([0.5, 1.0, 2.0, 3.0]),
    ),
    max_size=20,
)


def test_a_clause_shares_its_points_among_those_it_names() -> None:
    weights = added_up(plans())
    assert weights == pytest.approx(
        {(A, ROBOTS): 2 / 2 + 3, (B, ROBOTS): 1 / 2, (A, CHIPS): 1 / 3, (B, CHIPS): 2 / 3, (C, CHIPS): 1 / 3}
    )


def test_a_list_ties_its_members_the_closer_the_shorter_it_is() -> None:
    ties = [Tie(tie.clause, tie.left, tie.clause, tie.document) for tie in plans()]
    weights, members = folded(ties)
    assert weights == {(A, B): 1 + 1 / 2, (A, C): 1 / 2, (B, C): 1 / 2}
    assert members == {A, B, C}


@given(TIES)
def test_every_clause_that_names_members_ties_each_to_the_others_with_one_in_all(ties: list[Tie]) -> None:
    weights, members = folded(ties)
    groups: dict[str, set[str]] = {}
    for tie in ties:
        groups.setdefault(tie.left, set()).add(tie.right)
    for member in members:
        strength = sum(weight for pair, weight in weights.items() if member in pair)
        assert strength == pytest.approx(sum(len(group) > 1 for group in groups.values() if member in group))


@given(TIES)
def test_the_order_of_facts_does_not_matter(ties: list[Tie]) -> None:
    shuffled = Random(1).sample(ties, len(ties))
    assert added_up(ties) == pytest.approx(added_up(shuffled))
    assert folded(ties) == folded(shuffled)


def test_a_merged_body_takes_one_place_in_a_clause_with_the_higher_points() -> None:
    weights = added_up(merged(plans(), A, B))
    assert weights == pytest.approx({(A, ROBOTS): 2 + 3, (A, CHIPS): 2 / 2, (C, CHIPS): 1 / 2})


def test_those_who_stay_take_over_the_part_of_one_who_goes() -> None:
    assert added_up(removed(plans(), A)) == pytest.approx({(B, ROBOTS): 1, (B, CHIPS): 1, (C, CHIPS): 1 / 2})


@given(TIES)
def test_merging_is_in_either_order_the_same_but_for_the_name(ties: list[Tie]) -> None:
    one, other = added_up(merged(ties, "a", "b")), added_up(merged(ties, "b", "a"))
    assert {(left.replace("a", "b"), right): weight for (left, right), weight in one.items()} == pytest.approx(other)


def test_what_if_says_before_and_after() -> None:
    before = view(plans())
    after = changed(before, documents=["plan"], remove=["c"])
    found = {change.things[0]: change for change in compared(before, after, "strength")}
    assert found[ROBOTS].before is not None and found[ROBOTS].after is None
    assert found[C].after is None
    assert found[B].before is not None and found[B].before.value == pytest.approx(1 / 2 + 2 / 3)
    assert found[B].after is not None and (found[B].after.value, found[B].after.rank) == (1.0, 1)


@pytest.mark.parametrize(
    ("merge", "remove", "documents", "said"),
    [
        (["a"], [], [], "Merging needs two different things"),
        (["a", "a"], [], [], "Merging needs two different things"),
        (["a", "robots"], [], [], "different sides"),
        ([], ["zzz"], [], "zzz is not in agency-cluster"),
        ([], [], ["zzz"], "zzz is not in the documents"),
    ],
)
def test_what_can_not_be_is_told(merge: list[str], remove: list[str], documents: list[str], said: str) -> None:
    with pytest.raises(KgError, match=said):
        changed(view(plans()), merge, remove, documents)


def test_without_a_document_the_others_stand() -> None:
    assert {tie.document for tie in without_document(plans(), PLAN)} == {OTHER}


def test_a_clause_drawn_again_is_one_more_clause_that_says_the_same() -> None:
    weights = added_up(drawn(plans(), "clause", ["three", "three", "two"]))
    assert weights == pytest.approx({(A, ROBOTS): 3, (A, CHIPS): 2 / 3, (B, CHIPS): 4 / 3, (C, CHIPS): 2 / 3})
    own = [Tie(tie.clause, tie.left, tie.clause, tie.document) for tie in plans()]
    assert folded(drawn(own, "document", [OTHER, OTHER]))[0] == {(A, B): 1.0, (A, C): 1.0, (B, C): 1.0}


def test_an_unknown_projection_is_told() -> None:
    with pytest.raises(KgError, match="There is no projection named nix: use agency-cluster"):
        projection("nix")


@pytest.fixture(scope="module")
def names(store: Store) -> Names:
    return Names(store)


@pytest.fixture(scope="module")
def views(store: Store, names: Names) -> dict[str, View]:
    """Every projection of the seeds."""
    return {name: View.load(store, name, names) for name in PROJECTIONS}


@pytest.mark.parametrize("name", sorted(PROJECTIONS))
def test_a_projection_has_its_query_and_the_seeds_have_ties_for_it(
    name: str, store: Store, views: dict[str, View]
) -> None:
    kind = PROJECTIONS[name]
    assert kind.shape in ("bipartite", "folded", "plain") and kind.distance in ("hops", "inverse")
    assert (QUERIES / f"{name}.rq").read_text(encoding="utf-8").startswith("# ")
    one = views[name]
    assert one.network.nodes and one.network.weights
    assert load_ties(store, name) == sorted(set(one.ties))


def test_each_query_is_of_a_projection() -> None:
    assert {path.stem for path in QUERIES.glob("*.rq")} == {*PROJECTIONS, "labels"}


def test_sides_hold_what_the_projection_says(names: Names, views: dict[str, View]) -> None:
    for kind in PROJECTIONS.values():
        one = views[kind.name]
        for side in one.network.sides if kind.shape == "bipartite" else ():
            said = kind.left if side == "left" else kind.right
            kinds = {names.kind(node) for node in one.network.members(side)}
            assert said == "thing" or kinds == {said}
        if kind.shape == "folded":
            assert {names.kind(node) for node in one.network.nodes} == {kind.right}


def test_the_weight_of_a_plan_is_that_of_its_clauses(views: dict[str, View]) -> None:
    """Each clause of n bodies gives from 1/2 (all take part) to 3 points, shared by n."""
    one = views["agency-cluster"]
    clauses: dict[str, set[str]] = {}
    for tie in one.ties:
        clauses.setdefault(tie.clause, set()).add(tie.left)
    strength = {score.things[0]: score.value or 0 for score in measure(one, "strength").scores}
    for cluster in one.network.members("right"):
        points = {tie.clause: 0.0 for tie in one.ties if tie.right == cluster}
        for tie in one.ties:
            if tie.right == cluster:
                points[tie.clause] += tie.points / len(clauses[tie.clause])
        assert strength[cluster] == pytest.approx(sum(points.values()))
        assert all(0.5 <= value <= 3 for value in points.values())


def test_things_are_found_by_name_slug_and_iri(views: dict[str, View]) -> None:
    one = views["agency-cluster"]
    iri = f"{ID}agency/sz-development-and-reform"
    for named in ("深圳市发展和改革委员会", "市发展改革委", "sz-development-and-reform", iri):
        assert one.node(named) == iri
    with pytest.raises(KgError, match=re.escape("发展与改革委员会 is not in agency-cluster. Did you mean")):
        one.node("发展与改革委员会")
