"""Pictures of the graph: nothing lies on something else, whatever is drawn."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from server.assets import clip
from server.layout import WIDTH, columns, discs, layers


@given(st.integers(1, 4), st.integers(0, 60))
def test_labels_in_columns_have_room(centres: int, others: int) -> None:
    spots, height = columns([f"c{i}" for i in range(centres)], [f"o{i}" for i in range(others)])
    assert len({spot.iri for spot in spots}) == centres + others
    assert all(0 < spot.x < WIDTH and 0 < spot.y < height for spot in spots)
    for x in {spot.x for spot in spots}:
        rows = sorted(spot.y for spot in spots if spot.x == x)
        assert all(b - a >= 20 for a, b in pairwise(rows))


def test_a_thing_on_several_paths_stands_once() -> None:
    spots, _ = layers([["a", "b", "d"], ["a", "c", "d"]])
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
