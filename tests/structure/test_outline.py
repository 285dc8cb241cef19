"""A document laid out: sections nest, sentences keep to their blocks, and evidence is what the source says."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents.bundles import split
from kg.documents.files import read_text
from kg.facts import Document
from kg.structure.measures import measures
from kg.structure.outline import Outline
from kg.structure.reading import lay_out

LINES = (
    "一、总体要求",
    "二、重点任务",
    "（一）加强创新能力建设。围绕产业需求开展攻关，建设创新平台。（市科技创新委负责）",
    "（二）壮大市场主体",
    "1.培育龙头企业。到2025年，新增企业100家。支持企业做强！",
    "2.引进重大项目：加快项目落地，形成产业链条，带动上下游企业集聚发展。",
    "（1）建设产业园区。",
    "产业增加值超过500亿元。形成“百花齐放。”的格局。",
    "保障措施",
)
DRAFTS = st.lists(st.sampled_from(LINES), max_size=14)


def outline(lines: list[str]) -> Outline:
    source = read_text("a.txt", "".join(f"{line}\n\n" for line in lines))
    (part,) = split(source)
    document = Document("doc", "文件", "a.txt", "Article", 0, len(source.text), "深圳市")
    return lay_out(document, source, part.blocks, part.head)


@given(DRAFTS)
@settings(deadline=None)
def test_sections_nest_within_those_above_them(lines: list[str]) -> None:
    page = outline(lines)
    assert [s.index for s in page.sections] == list(range(len(page.sections)))
    assert len({s.key for s in page.sections}) == len(page.sections)
    for section in page.sections:
        assert section.start < section.body <= section.own_end <= section.end
        if section.parent is not None:
            above = page.sections[section.parent]
            assert above.level < section.level
            assert above.own_end <= section.start and section.end <= above.end


@given(DRAFTS)
@settings(deadline=None)
def test_sentences_keep_to_their_blocks_and_leave_nothing_out(lines: list[str]) -> None:
    page = outline(lines)
    assert all(before.end <= after.start for before, after in pairwise(page.sentences))
    assert "".join(page.sentence_text(s) for s in page.sentences) == page.text.chars
    for sentence in page.sentences:
        assert any(b.start <= sentence.start and sentence.end <= b.end for b in page.blocks)
        assert sentence.section == page.section_at(sentence.start)


@given(DRAFTS, st.data())
@settings(deadline=None)
def test_a_place_belongs_to_the_innermost_section_that_holds_it(lines: list[str], data: st.DataObject) -> None:
    page = outline(lines)
    if not len(page.text):
        return
    position = data.draw(st.integers(0, len(page.text) - 1))
    around = [s for s in page.sections if s.start <= position < s.end]
    deepest = max(around, key=lambda s: s.level, default=None)
    assert page.section_at(position) == (deepest.index if deepest else None)
    assert page.measure_key(position) == (deepest.key if deepest else "doc")


@given(DRAFTS, st.data())
@settings(deadline=None)
def test_evidence_quotes_the_source_between_its_offsets(lines: list[str], data: st.DataObject) -> None:
    raw = "".join(f"{line}\n\n" for line in lines)
    page = outline(lines)
    if not len(page.text):
        return
    start = data.draw(st.integers(0, len(page.text) - 1))
    end = data.draw(st.integers(start + 1, len(page.text)))
    evidence = page.evidence(start, end, "room/rule")
    assert "".join(raw[evidence.start : evidence.end].split()) == evidence.quote == page.slice(start, end)


def test_numbers_and_titles_are_read_apart() -> None:
    page = outline(["一、总体要求", "（一）加强创新。围绕产业需求开展攻关。", "1.壮大企业：支持企业做强。"])
    assert [(s.number, s.heading) for s in page.sections] == [
        ("一、", "总体要求"),
        ("（一）", "加强创新"),
        ("1.", "壮大企业"),
    ]
    assert page.path(2) == ("一、总体要求", "（一）加强创新", "1.壮大企业")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("工作目标", "Goal"),
        ("重点任务", "KeyTask"),
        ("重点工程", "KeyProject"),
        ("保障措施", "Safeguard"),
        ("附则", "Other"),
    ],
)
def test_a_chapter_is_of_the_kind_that_its_heading_says_and_so_are_its_items(heading: str, kind: str) -> None:
    page = outline([f"一、{heading}", "（一）第一项。内容若干，具体如下所述。"])
    assert [s.kind for s in page.sections] == [kind, kind]


def test_a_key_is_what_the_headings_say_and_not_where_they_stand() -> None:
    plain = outline(["一、总体要求", "二、重点任务", "（一）加强创新。建设平台。"])
    longer = outline(
        [
            "产业稳步发展。",
            "一、总体要求",
            "坚持创新驱动，围绕产业链部署创新链，加快形成发展合力。",
            "二、重点任务",
            "（一）加强创新。建设平台。",
        ]
    )
    assert [s.key for s in plain.sections] == [s.key for s in longer.sections]


def test_measures_follow_the_sections() -> None:
    page = outline(["一、总体要求", "坚持创新。", "（一）工作目标。到2025年增加值超过500亿元。"])
    first, second = measures(page)
    assert (first.order, first.parent, first.text) == (1, None, "坚持创新。")
    assert (second.order, second.parent, second.text) == (2, first.key, "到2025年增加值超过500亿元。")
    assert second.evidence.quote == "（一）工作目标。"
