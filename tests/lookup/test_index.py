"""Scoring."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.lookup.index import UNSEEN, Atom, Gathering, Index, Kept, Option
from kg.lookup.normal import text_grams
from kg.lookup.shelf import Table, packed

NAMES = ("数据交易所", "数据中心", "创新中心", "实验室")


def atoms(index: Index, text: str) -> list[Atom]:
    return [Atom(index.idf(gram), (Option((gram,)),)) for gram in sorted(text_grams(text))]


def index() -> Index:
    made = Index()
    for number, name in enumerate(NAMES):
        made.add(number, text_grams(name), 1.0)
    return made


def test_a_rare_gram_tells_more_than_a_common_one() -> None:
    assert index().idf("中心") < index().idf("交易") < UNSEEN == index().idf("茶叶")


def test_the_share_of_a_question_that_is_covered_counts() -> None:
    covered = index().cover(atoms(index(), "数据交易所"))
    assert covered[0] == 1.0
    assert 0 < covered[1] < covered[0]
    assert 3 not in covered


def test_all_grams_of_an_option_have_to_be_there() -> None:
    both = [Atom(1.0, (Option(("数据", "中心")),))]
    assert index().cover(both) == {1: 1.0}


def test_a_field_can_be_left_out() -> None:
    gathering = Gathering()
    gathering.add(0, ["交易"], 1.0)
    gathering.add(1, ["交易"], 0.5)
    gathering.add(0, ["交易"], 0.5)
    assert dict(Index(gathering).entries("交易")) == {0: 1.0, 1: 0.5}
    assert dict(Index(gathering, without=0.5).entries("交易")) == {0: 1.0}
    assert not Index(gathering, without=1.0).holds("中心")
    assert Index(gathering, without=0.5).idf("交易") == Index(gathering).idf("交易")


_NUMBERS = st.dictionaries(st.integers(0, 199), st.sampled_from([1.0, 0.9, 0.5]), max_size=150)


@given(st.dictionaries(st.sampled_from("甲乙丙丁"), _NUMBERS))
def test_what_is_kept_in_a_table_is_what_was_gathered(held: dict[str, dict[int, float]]) -> None:
    gathering = Gathering(200)
    for gram, entries in held.items():
        for entry, worth in entries.items():
            gathering.add(entry, [gram], worth)
    kept = Kept(Table(memoryview(packed(gathering.entries()))), 200)
    for gram in "甲乙丙丁":
        assert dict(Index(kept).entries(gram)) == held.get(gram, {})
        assert Index(kept).idf(gram) == Index(gathering).idf(gram)


@given(st.text(alphabet="数据交易所中心创新实验室茶叶"))
def test_coverage_is_a_share(text: str) -> None:
    made = index()
    assert all(0 < value <= 1 + 1e-9 for value in made.cover(atoms(made, text)).values())
