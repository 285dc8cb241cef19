"""Tables of tasks: each row a headed passage with the bodies of its columns."""

from __future__ import annotations

from kg.documents.bundles import split
from kg.documents.catalogue import Entry
from kg.documents.files import read_text
from kg.documents.identity import identify
from kg.structure.outline import Outline
from kg.structure.reading import lay_out
from kg.structure.tasks import tasks
from kg.vocabulary import load

TABLE = """| 序号 | 主要任务 | 牵头单位 | 配合单位 | 完成时限 |
|--|--|--|--|--|
| 1 | 建设平台。推动共享。 | 市科技局 | 市财政局 | 2025年 |
| 2 | 开展对接 | 市商务局 | | 长期 |
"""


def outline(text: str) -> Outline:
    source = read_text("a.md", text)
    part = split(source)[0]
    document = identify(source, part, Entry(file="a.md", place="合肥市"), load(), bundled=False)
    return lay_out(document, source, part.blocks, part.head)


def test_each_row_is_a_task_with_its_bodies() -> None:
    page = outline(TABLE)
    found = [
        [(role, page.slice(cell.start, cell.end)) for role, _, cell in t.bodies]
        for t in tasks(page.tables[0], page.text)
    ]
    assert found == [[("lead", "市科技局"), ("participant", "市财政局")], [("lead", "市商务局")]]


def test_a_row_is_a_headed_passage_below_the_heading_above_the_table() -> None:
    page = outline(f"## 一、重点任务\n\n{TABLE}\n附则另行制定。\n")
    rows = [s for s in page.sections if s.level > 3]
    assert [(s.number, s.heading, s.parent) for s in rows] == [("1", "建设平台", 0), ("2", "开展对接", 0)]
    assert page.sections[page.sentences[-1].section or 0].heading == "重点任务"


def test_a_cell_is_no_heading_and_a_line_of_those_responsible_is_none() -> None:
    page = outline(f"{TABLE}\n责任单位：市科技局、市财政局\n")
    assert {s.heading for s in page.sections} == {"建设平台", "开展对接"}


def test_a_table_that_heads_nobody_gives_out_no_task() -> None:
    page = outline("| 指标 | 单位 |\n|--|--|\n| 产值 | 亿元 |\n")
    assert page.tables and not list(tasks(page.tables[0], page.text))
