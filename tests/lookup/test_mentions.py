"""Names in questions: every name with one wrong character is found, and no other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.lookup.mentions import Names
from kg.lookup.things import Record

CHARACTERS = "智能传感器数据交通海洋"
NAMED = st.lists(st.text(alphabet=CHARACTERS, min_size=5, max_size=8), min_size=1, max_size=6, unique=True)


def names(labels: list[str]) -> Names:
    return Names([Record(f"id/{label}", "agency", label) for label in labels])


@given(NAMED, st.data())
def test_a_name_with_one_wrong_character_is_known(labels: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(labels))
    place = data.draw(st.integers(0, len(name) - 1))
    written = f"问{name[:place]}茶{name[place + 1 :]}吗"
    assert name in {mention.record.label for mention in names(labels).find(list(written), "characters")}


@given(NAMED, st.text(alphabet=CHARACTERS, max_size=14))
def test_what_is_found_differs_in_one_character_at_most(labels: list[str], text: str) -> None:
    for mention in names(labels).find(list(text), "characters"):
        said = text[mention.start : mention.end]
        assert len(said) == len(mention.record.label)
        assert sum(one != other for one, other in zip(said, mention.record.label, strict=True)) <= 1
