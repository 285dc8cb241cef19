"""Scoring."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.lookup.index import UNSEEN, Atom, Index, Option
from kg.lookup.normal import text_grams

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


def test_an_index_answers_for_the_one_below_it() -> None:
    below = index()
    above = Index(below)
    above.add(3, ["交易"], 0.5)
    assert dict(above.entries("交易")) == {0: 1.0, 3: 0.5}
    assert below.idf("交易") > above.idf("交易")


@given(st.text(alphabet="数据交易所中心创新实验室茶叶"))
def test_coverage_is_a_share(text: str) -> None:
    made = index()
    assert all(0 < value <= 1 + 1e-9 for value in made.cover(atoms(made, text)).values())
