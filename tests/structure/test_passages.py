"""Passages: running text across broken lines, cut at sentences and at true headings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.structure.passages import passages
from tests.rooms import outline

LINES = st.lists(
    st.text("海洋产业、，。；一（） \n", min_size=1, max_size=20).filter(lambda s: bool(s.strip())),
    min_size=1,
    max_size=6,
)


def read(text: str) -> list[str]:
    page = outline({"text": text})
    return [page.slice(p.start, p.end) for p in passages(page)]


def test_a_passage_goes_on_where_a_caption_or_a_column_breaks_it() -> None:
    assert read("落户深圳的国家器件创\n\n新中心，加快建设。下一句") == [
        "落户深圳的国家器件创新中心，加快建设。",
        "下一句",
    ]


def test_a_passage_ends_at_a_semicolon_and_before_a_numbered_heading() -> None:
    assert read("一、总体要求。甲区建园；乙区建城。\n二、任务\n丙") == [
        "一、总体要求。",
        "甲区建园；",
        "乙区建城。",
        "二、任务",
        "丙",
    ]


@given(LINES)
def test_passages_hold_every_character_once_and_in_order(lines: list[str]) -> None:
    page = outline({"text": "\n".join(lines)})
    found = list(passages(page))
    assert "".join(page.slice(p.start, p.end) for p in found) == page.text.chars
