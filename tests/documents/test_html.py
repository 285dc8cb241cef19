"""Pages of HTML: text by paragraphs, each character with its offset, however broken the markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.files import read_text
from kg.documents.source import Source
from tests.documents.laws import hold

PIECES = (
    "<p>",
    "</p>",
    "<br>",
    "<b>",
    "</b>",
    "<div class='a'>",
    "<script>",
    "</script>",
    "<!-- 注 -->",
    "<td",
    "&amp;",
)
WORDS = (
    "深圳市",
    "R&D",
    "2025年",
    " ",
    "\n",
    "\u3000",
    "a < b",
    "&nbsp;",
    "&#20013;",
    "&hellip;",
    "&",
    "超过100亿元。",
)
PAGES = st.lists(st.sampled_from(PIECES + WORDS), max_size=25).map("".join)


def read(raw: str) -> Source:
    return read_text("a.html", raw)


def blocks(raw: str) -> list[str]:
    source = read(raw)
    return [source.block_text(block) for block in source.blocks]


@given(PAGES)
def test_blocks_part_the_text_and_offsets_rise(page: str) -> None:
    raw = f"<p>{page}"
    source = read(raw)
    assert list(source.text.offsets) == sorted(set(source.text.offsets))
    assert [b.start for b in source.blocks][1:] == [b.end for b in source.blocks][:-1]


@given(st.lists(st.sampled_from([word for word in WORDS if "&" not in word] + ["<p>", "</p>", "<br>"])).map("".join))
def test_every_character_stands_at_its_offset(page: str) -> None:
    raw = f"<div>{page}</div>"
    hold(read(raw), raw)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<p>一</p><p>二</p>", ["一", "二"]),
        ("<div>一<b>二</b><!-- 注 -->三<br>四</div>", ["一二三", "四"]),
        ("<p>前</p><script>var x = '<p>无</p>'</script><style>p {}</style><p>后</p>", ["前", "后"]),
        ("<p>甲&amp;乙&nbsp;丙&#20013;&#x4e2d;&hellip;</p>", ["甲&乙丙中中…"]),
        ("<p>增速 < 5% 且 > 3%</p>", ["增速<5%且>3%"]),
        ("<p>未关<b>闭", ["未关闭"]),
    ],
)
def test_text_is_read_by_block_elements(raw: str, expected: list[str]) -> None:
    assert blocks(raw) == expected


@pytest.mark.parametrize(
    ("raw", "said"), [("<p>研发R&D投入</p>", "研发R&D投入"), ("<p>甲&乙&foo;丙</p>", "甲&乙&foo;丙")]
)
def test_an_ampersand_that_begins_no_entity_is_text_like_any_other(raw: str, said: str) -> None:
    assert blocks(raw) == [said]


def test_a_space_between_latin_words_stands_where_the_source_has_it() -> None:
    raw = "<p>Type <b>C</b></p>"
    source = read(raw)
    assert source.text.chars == "Type C"
    assert raw[source.text.offsets[4]] == " "


def test_the_front_matter_is_a_header_and_no_text() -> None:
    source = read("---\ntitle: 深圳\n---\n<p>正文</p>")
    assert source.text.chars == "正文"
    assert set(source.header) == {"title"}


def test_a_stock_code_links_the_name_that_it_marks() -> None:
    source = read('<p>企业<span id="stock_sz002594">比亚迪</span>称</p>')
    (link,) = source.links
    assert (source.text.chars[link.start : link.end], link.identifier) == ("比亚迪", "sz002594")
