"""Intervals and null models: the same every time, and telling of chance."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis import nulls
from kg.analysis.chance import intervals
from kg.analysis.measures import judged
from kg.analysis.projections import View
from kg.analysis.ties import Tie
from kg.errors import KgError
from kg.rdf.terms import ID
from kg.store import Store
from tests.analysis.small import plans, view

LISTS = st.lists(st.sets(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=6)


def clauses(*lists: str) -> View:
    """A view of clauses that name these bodies."""
    ties = [Tie(str(i), body, str(i), f"d{i % 3}") for i, one in enumerate(lists) for body in one]
    return view(ties, "agency-agency")


@given(LISTS)
def test_rewired_lists_keep_their_lengths_and_members_their_numbers(lists: list[set[str]]) -> None:
    for drawn in nulls.rewired(lists, draws=3):
        assert [len(one) for one in drawn] == [len(one) for one in lists]
        assert Counter(m for one in drawn for m in one) == Counter(m for one in lists for m in one)


def test_rewiring_reaches_every_arrangement() -> None:
    drawn = Counter(tuple(map(min, one)) for one in nulls.rewired([{"a"}, {"b"}, {"c"}], draws=600))
    assert len(drawn) == 6 and min(drawn.values()) > 60


def test_bodies_that_always_stand_together_do_so_beyond_chance() -> None:
    pairs = nulls.co_occurrence(clauses(*["ab"] * 8, *["cd"] * 8, "ac", "bd"))
    assert (pairs["a", "b"]["z"] or 0) > 2 and (pairs["a", "c"]["z"] or 0) < -2
    same = nulls.co_occurrence(clauses("ab", "ab"))
    assert same["a", "b"] == {"expected": 2.0, "spread": 0.0, "z": None}


def test_communities_are_judged_by_rewired_lists() -> None:
    apart = judged(clauses(*["abc"] * 6, *["def"] * 6), "modularity").scores[0]
    assert apart.value == pytest.approx(0.5) and (apart.more["z"] or 0) > 3
    nothing = judged(view([], "agency-agency"), "modularity").scores[0]
    assert nothing.value is None and nothing.more["z"] is None
    with pytest.raises(KgError, match="null models for co-occurrence and modularity"):
        judged(view(plans()), "degree")


def test_a_rank_that_hangs_on_one_clause_is_chance_and_one_that_all_state_is_not() -> None:
    one = clauses(*["ab"] * 30, *["ac"] * 15, *["ad"] * 14)
    found = intervals(one, "strength", "clause")
    assert (found["a"].low, found["a"].high, found["a"].chance) == (1, 1, False)
    assert not found["b"].chance and found["c"].chance
    assert found["c"].low <= 3 <= found["c"].high and found["d"].high == 4


def test_intervals_are_the_same_every_time_and_hold_the_rank_of_a_clear_leader(store: Store) -> None:
    one = View.load(store, "agency-cluster")
    found = intervals(one, "strength", "document", draws=20)
    assert found == intervals(one, "strength", "document", draws=20)
    first = found[f"{ID}agency/sz-industry-and-information-technology"]
    assert (first.low, first.high, first.chance) == (1, 1, False)


def test_intervals_of_nothing_and_of_measures_without_ranks() -> None:
    assert intervals(view([]), "degree", "clause", draws=2) == {}
    for name in ("communities", "modularity", "nix"):
        with pytest.raises(KgError, match="has no ranks of nodes"):
            intervals(view(plans()), name, "clause")
