"""Lists part where a reader would part them, and runs of names are read whole."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.grammar.enumerations import NameRuns, depths, items, pieces

DISTRICTS = {"南山": "nanshan", "南山区": "nanshan", "宝安": "baoan", "宝安区": "baoan", "前海": "qianhai"}
RUNS = NameRuns(DISTRICTS.items(), ["区", "区域"])
PLAIN = st.text("光电材料设备，、；（）“”和与及以等区ABC", max_size=40)
WORDS = st.lists(st.text("光电材料设备芯片软件", min_size=3, max_size=6), min_size=1, max_size=6)


def read(text: str) -> list[str]:
    return [text[span.start : span.end] for span in items(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("固网通信、移动通信和卫星通信", ["固网通信", "移动通信", "卫星通信"]),
        ("太阳能、氢能和核能技术、绿色建筑", ["太阳能", "氢能", "核能技术", "绿色建筑"]),
        ("海洋渔业、海洋工程和装备业", ["海洋渔业", "海洋工程和装备业"]),
        ("化学药、中药及天然药物、细胞和基因产品", ["化学药", "中药及天然药物", "细胞和基因产品"]),
        ("软件业、互联网和相关服务", ["软件业", "互联网和相关服务"]),
        ("制药设备以及数字化医疗", ["制药设备", "数字化医疗"]),
        ("激光智能装备和增材制造装备", ["激光智能装备", "增材制造装备"]),
        ("工程和装备", ["工程和装备"]),
        ("无人机（船、艇）、“风、光”电站", ["无人机（船、艇）", "“风、光”电站"]),
    ],
)
def test_a_list_parts_between_its_items_and_not_within_their_names(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@given(WORDS)
def test_items_joined_by_commas_come_back_as_they_were(words: list[str]) -> None:
    assert read("、".join(words)) == words


@given(PLAIN)
def test_items_and_pieces_never_overlap_and_keep_the_order_of_the_text(text: str) -> None:
    for spans in (list(items(text)), list(pieces(text, "，；"))):
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))


@given(PLAIN)
def test_no_character_stands_deeper_than_there_are_openers_before_it(text: str) -> None:
    levels = depths(text)
    assert len(levels) == len(text)
    assert all(0 <= level <= index for index, level in enumerate(levels))


def test_a_comma_before_a_joint_does_not_end_a_list() -> None:
    text = "支持甲区，以及乙区，打造高地"
    assert [text[s.start : s.end] for s in pieces(text, "，")] == ["支持甲区，以及乙区", "打造高地"]


@pytest.mark.parametrize(
    ("text", "keys", "quote"),
    [
        ("支持南山、宝安等区建设", ("nanshan", "baoan"), "南山、宝安等区"),
        ("南山区、宝安等2个区域及前海", ("nanshan", "baoan", "qianhai"), "南山区、宝安等2个区域及前海"),
        ("宝安区（前海）打造", ("baoan", "qianhai"), "宝安区（前海）"),
        ("南山—宝安走廊", ("nanshan", "baoan"), "南山—宝安"),
        ("南山和南山区", ("nanshan",), "南山和南山区"),
    ],
)
def test_a_run_of_names_is_read_to_its_closing_noun(text: str, keys: tuple[str, ...], quote: str) -> None:
    (run,) = RUNS.find(text)
    assert run.keys == keys
    assert text[run.start : run.end] == quote


def test_names_that_a_verb_parts_are_two_runs() -> None:
    assert [run.keys for run in RUNS.find("南山打造集聚区、宝安打造示范区")] == [("nanshan",), ("baoan",)]


@given(st.lists(st.sampled_from(sorted(DISTRICTS)), min_size=1, max_size=5))
def test_a_run_holds_each_name_once_in_the_order_printed(names: list[str]) -> None:
    (run,) = RUNS.find("、".join(names))
    assert run.keys == tuple(dict.fromkeys(DISTRICTS[name] for name in names))


@given(PLAIN)
def test_only_marks_outside_brackets_and_quotes_part(text: str) -> None:
    parting = [
        index
        for index, (char, level) in enumerate(zip(text, depths(text), strict=True))
        if char in "、，" and not level and not text.startswith("以及", index + 1)
    ]
    edges = [-1, *parting, len(text)]
    spans = [(before + 1, after) for before, after in pairwise(edges) if after > before + 1]
    assert [(span.start, span.end) for span in pieces(text, "、，")] == spans
