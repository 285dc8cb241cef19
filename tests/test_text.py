"""A text leads every character back to the source that it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import Text, keep_space

SOURCES = st.text("深圳市产业集群2025R&D。， \n\f\u3000", min_size=1, max_size=60)


def without_space(raw: str) -> Text:
    kept = [index for index, char in enumerate(raw) if not char.isspace()]
    return Text("".join(raw[index] for index in kept), kept)


@given(SOURCES, st.data())
def test_the_source_of_a_range_is_the_range_and_its_layout(raw: str, data: st.DataObject) -> None:
    text = without_space(raw)
    if not len(text):
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = text.source_span(start, end)
    assert "".join(raw[span.start : span.end].split()) == text.chars[start:end]


@given(SOURCES)
def test_a_gap_is_where_the_source_has_layout(raw: str) -> None:
    text = without_space(raw)
    for index in range(1, len(text)):
        between = raw[text.offsets[index - 1] + 1 : text.offsets[index]]
        assert text.gap_before(index) == bool(between)
    assert not text.gap_before(0)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 1), (0, 3)])
def test_a_range_that_is_not_in_the_text_has_no_source(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no characters"):
        Text("深圳", [4, 7]).source_span(start, end)


def test_a_text_needs_an_offset_for_every_character() -> None:
    with pytest.raises(ValueError, match="one offset"):
        Text("深圳", [1])


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [("l", "C", True), ("G", "5", True), ("5", "G", True), ("1", "0", False), ("市", "A", False), ("，", "a", False)],
)
def test_a_space_is_text_between_latin_words_only(before: str, after: str, kept: bool) -> None:
    assert keep_space(before, after) is kept


def test_a_number_broken_by_a_space_stays_one() -> None:
    assert not keep_space("0", "0")
