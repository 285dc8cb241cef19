"""Pictures of the graph: nothing lies on something else, whatever is drawn."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from server.assets import clip
from server.layout import NARROW, WIDTH, branches, columns, discs, layers, steps


@given(st.integers(1, 4), st.integers(0, 60))
def test_labels_in_columns_have_room(centres: int, others: int) -> None:
    spots, height = columns([f"c{i}" for i in range(centres)], [f"o{i}" for i in range(others)])
    assert len({spot.iri for spot in spots}) == centres + others
    assert all(0 < spot.x < WIDTH and 0 < spot.y < height for spot in spots)
    for x in {spot.x for spot in spots}:
        rows = sorted(spot.y for spot in spots if spot.x == x)
        assert all(b - a >= 20 for a, b in pairwise(rows))


@given(st.integers(1, 4), st.integers(0, 60))
def test_labels_of_the_narrow_form_have_a_line_each(centres: int, others: int) -> None:
    spots, height = branches([f"c{i}" for i in range(centres)], [f"o{i}" for i in range(others)])
    assert len({spot.iri for spot in spots}) == centres + others
    assert all(0 < spot.x < NARROW / 2 and 0 < spot.y < height for spot in spots)
    assert all(b.y - a.y >= 30 for a, b in pairwise(spots))


@given(st.integers(1, 9), st.integers(1, 6))
def test_a_way_of_any_length_fits_the_narrow_form(length: int, ways: int) -> None:
    spots, height = steps([["a", *(f"{way}-{i}" for i in range(length)), "b"] for way in range(ways)])
    assert all(0 < spot.x < NARROW / 2 and 0 < spot.y < height for spot in spots)
    assert all(b.y - a.y >= 30 and b.x >= a.x for a, b in pairwise(spots))


def test_a_thing_on_several_paths_stands_once() -> None:
    for spots, _ in (form([["a", "b", "d"], ["a", "c", "d"]]) for form in (layers, steps)):
        assert sorted(spot.iri for spot in spots) == ["a", "b", "c", "d"]
        assert len({(spot.x, spot.y) for spot in spots}) == 4


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_no_two_things_stand_in_one_place(sizes: list[int]) -> None:
    groups = {g: [f"{g}-{i}" for i in range(size)] for g, size in enumerate(sizes)}
    spots = discs(groups)
    assert len(spots) == sum(sizes)
    assert all(math.dist(a, b) > 4 for a, b in combinations(spots.values(), 2))


@given(st.text(max_size=60), st.integers(2, 40))
def test_a_label_is_cut_to_its_width(text: str, width: int) -> None:
    cut = clip(text, width)
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))
    assert len(cut) <= width + 1
