"""Folding, units, pinyin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.lookup.normal import MAX_QUERY, Syllabary, fold, grams, stem, syllables, text_grams, units, words


def test_fold_reads_traditional_full_width_and_upper_case() -> None:
    assert fold("　半導體與集成電路（ＡＩ）　") == "半导体与集成电路(ai)"


def test_fold_drops_what_cannot_be_seen() -> None:
    assert fold("智能\x00终端\ud800\u202e") == "智能 终端"


def test_a_number_and_its_letters_are_one_unit() -> None:
    assert [u.text for u in units(fold("1.4 GHz无线"))] == ["1.4ghz", "无", "线"]


def test_punctuation_parts_units() -> None:
    assert list(grams(units("检测、验证"))) == ["检测", "验证"]


def test_words_of_english_lose_their_plural() -> None:
    assert words("shenzhen's smart sensors, batteries") == ["shenzhen", "smart", "sensor", "battery"]
    assert stem("gas") == "gas"


def test_pinyin_is_cut_into_the_fewest_known_syllables() -> None:
    syllabary = Syllabary(["xi", "an", "xian", "sheng", "wu"])
    assert syllabary.cut("shengwu") == ("sheng", "wu")
    assert syllabary.cut("xian") == ("xian",)
    assert syllabary.cut("sensor") is None


def test_a_character_is_one_syllable() -> None:
    assert syllables("5g网络") == ("5g", "wang", "luo")


@given(st.text(max_size=400))
def test_folding_twice_changes_nothing_and_is_bounded(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert len(folded) <= MAX_QUERY


@given(st.text(alphabet="智能终端 5gai、。1.4"))
def test_the_fast_way_to_grams_gives_the_same(text: str) -> None:
    assert text_grams(text) == set(grams(units(text)))
