"""Word lists as patterns: the longest word first, and looks ahead that change nothing but the time it takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extractors.platforms import names
from kg.extractors.responsibilities import notes
from kg.extractors.subsectors import rules
from kg.grammar import periods, quantities
from kg.grammar.roles import reading as roles
from kg.grammar.words import any_of, begins_with
from kg.structure.figures import cues, tenses

SEEDS = sorted((Path(__file__).resolve().parents[2] / "seeds").glob("*.txt"))
# A look ahead for one of many characters; one for a few is a condition of its own.
LOOK_AHEAD = re.compile(r"\(\?=\[(?:\\.|[^\]\\]){6,}\]\)")
WORDS = st.lists(st.text("市局委.+[", min_size=1, max_size=4), min_size=1, max_size=8)
PATTERNS = {
    "quantities": quantities._pattern(),
    "labels": quantities._labels(),
    "times": periods._pattern(),
    "edges": names._edge_pattern(),
    "labels of roles": roles.LABEL,
    "openings": roles.OPENING,
    "cues": notes._CUE,
    "subsectors": rules._SAYS,
    "texts that may name a time": periods._may_name(),
    "timely passages": tenses._TIMELY,
    "goals": cues.tense()["goal"],
    "what was": cues.tense()["past"],
}


def one_after_another(words: list[str]) -> re.Pattern[str]:
    """The words as plain alternatives, the longest first."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w))))


@given(WORDS, st.text("市局委.+[", max_size=30))
def test_a_pattern_of_words_finds_the_longest_word_at_each_place(words: list[str], text: str) -> None:
    found = [match.span() for match in re.finditer(any_of(words), text)]
    assert found == [match.span() for match in one_after_another(words).finditer(text)]


@given(WORDS, st.text("市局委.+[", max_size=30))
def test_a_pattern_of_words_takes_a_shorter_word_where_only_that_lets_the_rest_match(
    words: list[str], text: str
) -> None:
    wanted = re.compile(f"(?:{one_after_another(words).pattern})委")
    assert [m.span() for m in re.finditer(f"{any_of(words)}委", text)] == [m.span() for m in wanted.finditer(text)]


def test_no_words_match_nothing_at_every_place() -> None:
    assert re.fullmatch(any_of(()), "") is not None


@given(WORDS, st.text("市局委.+[", max_size=30))
def test_a_look_ahead_lets_every_word_through(words: list[str], text: str) -> None:
    found = re.finditer(begins_with(words) + any_of(words), text)
    assert [match.span() for match in found] == [match.span() for match in re.finditer(any_of(words), text)]


@given(
    st.lists(st.text("市局委.+[", min_size=2, max_size=4), min_size=1, max_size=8), st.text("市局委.+[", max_size=30)
)
def test_a_look_ahead_at_two_characters_lets_every_word_through(words: list[str], text: str) -> None:
    found = re.finditer(begins_with(words, depth=2) + any_of(words), text)
    assert [match.span() for match in found] == [match.span() for match in re.finditer(any_of(words), text)]


def test_a_look_ahead_at_two_characters_leaves_out_what_no_two_of_the_words_begin_with() -> None:
    ahead = re.compile(begins_with(["财政局", "市委"], depth=2))
    assert [match.start() for match in ahead.finditer("财务局市财政局市长")] == [4]


@pytest.mark.parametrize("name", PATTERNS)
def test_looks_ahead_hide_nothing_of_the_seeds(name: str) -> None:
    ahead = PATTERNS[name]
    plain = re.compile(LOOK_AHEAD.sub("", ahead.pattern))
    assert plain.pattern != ahead.pattern
    for path in SEEDS:
        text = path.read_text(encoding="utf-8")
        assert [m.span() for m in ahead.finditer(text)] == [m.span() for m in plain.finditer(text)], path.name
