"""Characters of another shape are read as the usual ones and quoted as printed; broken text is put together."""

from __future__ import annotations

import pytest

from kg.documents.characters import is_traditional
from kg.documents.files import read_text
from tests.documents.laws import hold

TRADITIONAL = "為推動產業發展，實現經濟與網絡數據的國際對接，市發展改革委會同有關部門開展設計。"


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    source = read_text("a.txt", "推进⼈⼯智能发展。")
    assert source.text.chars == "推进人工智能发展。"
    assert source.text.printed == "推进⼈⼯智能发展。"
    hold(source, source.raw)


def test_a_traditional_text_is_read_simplified_and_quoted_as_it_stands() -> None:
    source = read_text("a.txt", TRADITIONAL)
    assert "市发展改革委会同有关部门" in source.text.chars
    assert source.text.printed == TRADITIONAL
    hold(source, source.raw)


def test_a_traditional_name_in_a_simplified_text_changes_nothing() -> None:
    text = "推进产业发展，支持企业与臺積電合作，开展国际对接，建设网络数据中心，培育先进制造业集群。"
    assert not is_traditional(text)
    assert read_text("a.txt", text).text.chars == text


@pytest.mark.parametrize("number", ["12", " 12 ", "— 12 —", "-12-", "第12页", "第 12 页 共 30 页", "12/30"])
def test_a_page_number_in_a_sentence_is_left_out(number: str) -> None:
    source = read_text("a.txt", f"推进平台建设，打造创新载体，（市科技局牵头，市发展改\n{number}\n革委、市财政局配合）")
    assert "市发展改革委、市财政局配合" in source.text.chars
    hold(source, source.raw)


def test_page_numbers_glued_to_the_next_line_count_up_and_are_left_out() -> None:
    lines = ["推进平台建设，打造一批高水平的创新", "1载体，支持龙头企业联合高等院校组建创新联合", "2体，形成产业集群。"]
    assert (
        read_text("a.txt", "\n".join(lines)).text.chars
        == "推进平台建设，打造一批高水平的创新载体，支持龙头企业联合高等院校组建创新联合体，形成产业集群。"
    )


@pytest.mark.parametrize("line", ["5个产业集群，形成", "2025年形成"])
def test_a_number_that_counts_is_no_page_number(line: str) -> None:
    text = "\n".join(["推进平台建设，到", line, "新的格局，建成", line, "新的体系。"])
    assert read_text("a.txt", text).text.chars.count(line) == 2


def test_a_document_on_one_line_falls_into_its_headings() -> None:
    body = "到2025年，形成体系。" * 50
    first = f"合肥市行动方案 一、总体要求（一）指导思想。{body}（二）目标。{body}"
    raw = f"{first} 二、重点任务 1.攻关。支持研发。（市科技局负责）2.招商。引进企业。"
    source = read_text("a.txt", raw)
    opens = [source.block_text(block)[:6] for block in source.blocks]
    assert [o[:2] for o in opens] == ["合肥", "一、", "（一", "（二", "二、", "1.", "2."]
    hold(source, raw)


def test_a_paragraph_a_line_is_a_block_a_line() -> None:
    first, second = "推进平台建设，打造创新载体，" * 12 + "建成集群。", "培育企业，" * 9 + "扩大规模。"
    source = read_text("a.txt", f"{first}\n{second}\n")
    assert [source.block_text(block) for block in source.blocks] == [first, second]
