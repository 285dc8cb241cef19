"""Words are jieba's, with the vocabulary's names whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.cutting import words_of
from kg.vocabulary import load


def test_a_name_of_the_vocabulary_stays_whole() -> None:
    assert "规划和自然资源局" in words_of("由市规划和自然资源局牵头") or "市规划和自然资源局" in words_of(
        "由市规划和自然资源局牵头"
    )
    for cluster in load().entries("cluster"):
        assert words_of(cluster.label) == (cluster.label,)


def test_marks_and_spaces_are_no_words() -> None:
    assert words_of("，。（） ") == ()


@given(st.text(max_size=40))
def test_words_stand_in_the_text_in_their_order(text: str) -> None:
    position = 0
    for word in words_of(text):
        position = text.index(word, position) + len(word)
