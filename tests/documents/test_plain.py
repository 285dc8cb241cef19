"""Plain text out of a PDF: broken lines are joined, and nothing but layout is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.documents.files import read_text
from kg.documents.source import Source
from tests.documents.laws import hold

LINE = st.text("深圳市培育发展产业集群到2025年0。；：，、（一）“”R&Dl\u3000 ", max_size=45)
PAGES = st.lists(st.one_of(LINE, st.just("12"), st.just("\f"), st.just("标"), st.just("1."))).map("\n".join)
PAGE_NUMBERS = re.compile(r"[\s\d]*")


def read(*lines: str) -> Source:
    return read_text("a.txt", "\n".join(lines))


def blocks(source: Source) -> list[str]:
    return [source.block_text(block) for block in source.blocks]


@given(PAGES)
@example("深圳 \n\n 5G\n12\n")
@example("a\r\nb\r\n")
def test_every_character_stands_at_its_offset(raw: str) -> None:
    hold(read_text("a.txt", raw), raw)


@given(PAGES)
def test_nothing_but_layout_is_lost(raw: str) -> None:
    kept = set(read_text("a.txt", raw).text.offsets)
    lost = "".join(char for index, char in enumerate(raw) if index not in kept)
    assert PAGE_NUMBERS.fullmatch(lost)


def test_a_sentence_broken_at_the_column_is_one_block() -> None:
    lines = (
        "到2025年，产业增加值超过2700亿元，形成具有全球竞争力的",
        "产业集群，建成一批创新平台和公共服务平台，覆盖全部领域。",
    )
    assert blocks(read(*lines)) == ["".join(lines)]


def test_a_page_number_between_two_lines_of_a_sentence_is_left_out() -> None:
    lines = (
        "到2025年，产业增加值超过2700亿元，形成具有全球竞争力的",
        "12",
        "产业集群，建成一批创新平台和公共服务平台，覆盖全部领域。",
    )
    assert blocks(read(*lines)) == [lines[0] + lines[2]]


def test_a_number_in_a_sentence_is_no_page_number() -> None:
    assert read("产业增加值达到", "2700亿元。").text.chars == "产业增加值达到2700亿元。"


@pytest.mark.parametrize("number", ["一、", "（二）", "3.", "（4）", "第五章"])
def test_a_numbered_heading_begins_a_block(number: str) -> None:
    assert blocks(read("建成一批创新平台。", f"{number}重点任务")) == ["建成一批创新平台。", f"{number}重点任务"]


def test_a_heading_set_one_character_a_line_is_a_vertical_block() -> None:
    source = read("建成一批创新平台。", *"创新引领", "深圳工业总会举办论坛，发布报告，多家企业参加了本次活动。")
    assert [(source.block_text(b), b.kind) for b in source.blocks][1] == ("创新引领", "vertical")


def test_an_empty_line_ends_a_paragraph_where_most_lines_follow_one_another() -> None:
    short = ("推进新能源产业集群建设", "", "实施重大项目一百个以上", "", "培育领军企业和龙头企业")
    text = "\n".join(("某地行动方案", "一、重点任务", *short, "二、保障措施", "加强组织领导", "加强督促检查"))
    assert "实施重大项目一百个以上" in blocks(read_text("a.txt", text))


def test_a_text_set_with_an_empty_line_after_each_line_is_joined_all_the_same() -> None:
    lines = (
        "到2025年，产业增加值超过2700亿元，形成具有全球竞争力的",
        "产业集群，建成一批创新平台和公共服务平台，覆盖全部领域。",
    )
    assert blocks(read_text("a.txt", "\n\n".join(lines))) == ["".join(lines)]


def test_a_row_of_a_table_that_is_torn_over_lines_ends_no_table_and_is_on_record() -> None:
    rows = (
        "序号    重点任务    牵头单位    配合单位",
        "1    建设智能工厂    市经信局    市科技局、市财",
        "              政局",
        "2    培育龙头企业    市商务局    市国资委",
        "三、保障措施",
    )
    (table,) = read_text("a.txt", "\n".join(rows)).tables
    assert len(table.rows) == 3
    assert [source.end - source.start for source in table.torn] == [len("政局")]


def test_a_heading_above_a_paragraph_of_one_line_is_a_block_of_its_own() -> None:
    heading = "——在建水县第十八届人民代表大会第二次会议上的政府工作报告县长李明"
    paragraph = "2018年是本届政府的开局之年，全县经济社会发展呈现良好态势。" * 4
    assert blocks(read(heading, paragraph)) == [heading, paragraph]


def test_a_title_and_the_body_below_it_end_where_a_numbered_heading_begins() -> None:
    lines = ("数字产业建设2025年工作要点", "数字产业工作领导小组办公室", "一、加快培育发展引擎", "（一）打造高地")
    assert blocks(read(*lines)) == list(lines)
