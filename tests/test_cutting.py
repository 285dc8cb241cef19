"""Words are jieba's, with the vocabulary's names whole."""

from __future__ import annotations

from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cutting import Cutter, learn
from kg.vocabulary import load

SEEDS = Path(__file__).parents[1] / "seeds"
NAMES = learn()


def words_of(text: str) -> tuple[str, ...]:
    return Cutter(NAMES).words(text)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> jieba.Tokenizer:
    """A tokenizer that has read the whole dictionary."""
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = tmp_path_factory.mktemp("jieba")
    tokenizer.initialize()
    for name in load().words():
        tokenizer.add_word(name)
    return tokenizer


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


def test_what_is_read_of_the_dictionary_cuts_like_all_of_it(whole: jieba.Tokenizer) -> None:
    lines = [line for path in sorted(SEEDS.glob("*.txt")) for line in path.read_text(encoding="utf-8").split()]
    lines += ["一", "龢龣", "江南style的B超与维生素C", "AT&T卡拉OK", "γ射线和K歌", "〇一二", "㐀一集群一基金"]
    for line in lines[::7] + lines[-7:]:
        words = tuple(word for word in whole.cut(line) if any(char.isalnum() for char in word))
        assert words_of(line) == words


def test_names_count_as_they_do_with_the_whole_dictionary(whole: jieba.Tokenizer) -> None:
    assert {name: whole.total if name == "" else whole.FREQ[name] for name in NAMES} == NAMES
