"""Every format gives the same kind of source, and what can't be read says so in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.documents.files import LARGEST, read_file, read_text
from kg.documents.source import Source
from kg.errors import SourceError
from tests.documents.laws import hold
from tests.documents.papers import paragraph, pdf, table, word

TEXT = "合肥市新能源产业集群行动方案，为产业的发展，推进平台的建设。\n（市科技局牵头，市财政局配合）\n"


def read(folder: Path, name: str, data: bytes) -> Source:
    path = folder / name
    path.write_bytes(data)
    return read_file(path)


def blocks(source: Source) -> list[str]:
    return [source.block_text(block) for block in source.blocks]


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_the_encoding_of_a_text_is_guessed_and_on_record(tmp_path: Path, encoding: str) -> None:
    source = read(tmp_path, "a.txt", TEXT.encode(encoding))
    assert source.text.chars == TEXT.replace("\n", "")
    hold(source, source.raw)
    known = encoding == "utf-8-sig"
    assert ("encoding" in source.header) is not known


def test_a_traditional_text_in_big5_is_read(tmp_path: Path) -> None:
    source = read(tmp_path, "a.txt", "臺北市數位產業發展計畫，為了產業的發展，推動經濟的成長。".encode("big5"))
    assert source.header["encoding"].value == "BIG5"
    assert source.text.chars.startswith("台北市数位产业发展")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_every_line_end_ends_a_line(end: str) -> None:
    source = read_text("a.txt", f"一、重点任务{end}1.推进平台建设。{end}")
    assert blocks(source) == ["一、重点任务", "1.推进平台建设。"]
    hold(source, source.raw)


@pytest.mark.parametrize("data", [b"abc\x00def", bytes(range(1, 256)) * 9, b"\xff\xfe\x00\x00\x00\x00\x11\x00"])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(SourceError, match="is not text"):
        read(tmp_path, "a.txt", data)


def test_a_file_too_large_for_a_document_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
        file.write("深圳".encode())
    with pytest.raises(SourceError, match="larger than 64 MB"):
        read_file(path)


def test_a_pdf_gives_its_lines_and_offsets_into_them(tmp_path: Path) -> None:
    lines = ("一、重点任务", "1.推进平台建设，打造一批创新载体，建成产业集群。", "（市科技局牵头，市财政局配合）")
    source = read(tmp_path, "a.pdf", pdf(*lines))
    assert source.text.chars == "".join(lines)
    hold(source, source.raw)


def test_a_pdf_of_pictures_needs_ocr(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="needs OCR"):
        read(tmp_path, "a.pdf", pdf())


def test_a_damaged_pdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no readable PDF"):
        read(tmp_path, "a.pdf", pdf("深圳市")[:60])


def test_a_word_document_gives_paragraphs_and_tables_and_no_macro(tmp_path: Path) -> None:
    grid = table(("任务", "牵头单位"), ("建设平台", "市科技局|市财政局"), ("开展对接", "^"))
    body = paragraph("一、重点", "任务") + grid + paragraph("附则。")
    source = read(tmp_path, "a.docx", word(body, vbaProject=b"\x00Sub AutoOpen"))
    assert blocks(source)[0] == "一、重点任务"
    assert blocks(source)[-1] == "附则。"
    rows = [[source.text.chars[c.start : c.end] if c else "" for c in row] for row in source.tables[0].rows]
    assert rows == [["任务", "牵头单位"], ["建设平台", "市科技局市财政局"], ["开展对接", "市科技局市财政局"]]
    hold(source, source.raw)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (word(" " * 30_000_000), "unpacks to far more"),
        (b"PK\x03\x04 no archive", "no Word document"),
        (word("<w:p>"), "damaged"),
        (word("").replace(b"word/document.xml", b"word/dokument.xml"), "no Word document"),
    ],
    ids=["bomb", "broken archive", "broken markup", "no document"],
)
def test_a_bad_word_document_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(tmp_path, "a.docx", data)


def test_a_word_document_that_declares_entities_is_refused(tmp_path: Path) -> None:
    assert read(tmp_path, "plain.docx", word(paragraph("深圳市。"))).text.chars == "深圳市。"
    with pytest.raises(SourceError, match="declares entities"):
        read(tmp_path, "a.docx", word('<!ENTITY a "aaaa">' + paragraph("深圳市。")))


def test_scripts_and_styles_of_a_page_are_not_read() -> None:
    page = "<html><head><style>p{}</style></head><body><script>'市科技局'</script><p>推进建设。</p></body></html>"
    assert read_text("a.html", page).text.chars == "推进建设。"


def test_the_marks_of_markdown_are_not_read_and_offsets_hold() -> None:
    text = "# 行动方案\n\n## 一、重点任务\n\n- **推进**平台[建设](http://a.cn/b)，见`图`。\n> 引文\n\n"
    raw = text + "| 任务 | 牵头单位 |\n|:--|--|\n| 建设 | 市科技局 |\n"
    source = read_text("a.md", raw)
    assert blocks(source) == [
        "行动方案",
        "一、重点任务",
        "推进平台建设，见图。",
        "引文",
        "任务",
        "牵头单位",
        "建设",
        "市科技局",
    ]
    hold(source, raw)


def test_a_table_of_a_page_keeps_its_spans() -> None:
    page = (
        "<table><tr><th>任务</th><th colspan=2>牵头单位</th></tr>"
        "<tr><td>甲</td><td rowspan='2'>市科技局<br>市财政局</td><td></td></tr><tr><td>乙<td>x</table>"
    )
    source = read_text("a.html", page)
    rows = [[source.text.chars[c.start : c.end] if c else "" for c in row] for row in source.tables[0].rows]
    assert rows == [["任务", "牵头单位", "牵头单位"], ["甲", "市科技局市财政局", ""], ["乙", "市科技局市财政局", "x"]]
    assert {block.kind for block in source.blocks} == {"cell"}


def test_a_table_that_only_lays_out_the_page_is_none() -> None:
    inner = "<table><tr><td>任务</td><td>单位</td></tr><tr><td>甲</td><td>乙</td></tr></table>"
    source = read_text("a.html", f"<table><tr><td>栏目</td><td>正文{inner}</td></tr><tr><td>页脚</td></tr></table>")
    assert len(source.tables) == 1


@pytest.mark.parametrize("separator", ["\t", "   ", " "])
def test_rows_of_plain_text_below_the_heads_of_those_responsible_are_a_table(separator: str) -> None:
    rows = [["序号", "任务", "责任单位"], ["1", "推进建设", "市科技局、市财政局"], ["2", "开展对接", "市商务局"]]
    source = read_text("a.txt", "\n".join(map(separator.join, rows)))
    assert [[source.text.chars[c.start : c.end] for c in row if c] for row in source.tables[0].rows] == rows


def test_columns_that_head_nobody_are_text() -> None:
    assert not read_text("a.txt", "指标  单位  数值\n产值  亿元  100\n").tables
