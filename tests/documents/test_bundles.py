"""A file of several official documents is cut where each begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.bundles import Part, split
from kg.documents.files import read_text
from kg.documents.source import Source

MATTERS = st.lists(
    st.sampled_from(["海洋产业", "氢能产业", "低空经济", "软件产业", "绿色建筑"]), min_size=1, unique=True
)
BODY = (
    "各区人民政府，市各有关单位：\n\n现印发给你们，请认真贯彻执行。\n\n一、总体要求\n\n加快产业发展，形成发展合力。\n\n"
)


def parts(raw: str) -> tuple[Source, tuple[Part, ...]]:
    source = read_text("a.txt", raw)
    return source, split(source)


@given(MATTERS)
def test_every_document_of_a_bundle_is_found_and_no_block_is_lost(matters: list[str]) -> None:
    titles = [f"广州市推进{matter}发展行动计划（2023-2025年）" for matter in matters]
    source, found = parts("".join(f"广州市发展和改革委员会关于印发《{t}》的通知\n\n{BODY}" for t in titles))
    assert [part.title for part in found] == titles
    assert tuple(block for part in found for block in part.blocks) == source.blocks


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("广州市人民政府关于发展壮大海洋产业的意见", "广州市人民政府关于发展壮大海洋产业的意见"),
        ("广州市商务局关于印发《关于支持〈条例〉实施的办法》的通知", "关于支持〈条例〉实施的办法"),
        ("广州市商务局 广州市财政局\n关于印发《广州市海洋产业发展规划》的通知", "广州市海洋产业发展规划"),
    ],
)
def test_a_title_is_what_a_notice_publishes_or_the_heading_itself(heading: str, title: str) -> None:
    source, (part,) = parts(f"{heading}\n\n{BODY}")
    assert part.title == title
    assert part.head is not None and source.block_text(part.head) == "".join(heading.split())


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "深圳加快发展\n\n记者近日从有关部门了解到，产业稳步发展。",
        "记者就此采访了有关单位：\n\n产业稳步发展。",
        "会上宣读了关于发展海洋产业的意见。各有关单位：\n\n请执行。",
    ],
)
def test_a_text_without_an_official_title_is_one_document(raw: str) -> None:
    source, (part,) = parts(raw)
    assert (part.title, part.head, part.blocks) == ("", None, source.blocks)


def test_what_stands_before_the_first_title_belongs_to_the_first_document() -> None:
    source, found = parts(f"目录。\n\n广州市人民政府关于发展海洋产业的意见\n\n{BODY}")
    assert len(found) == 1
    assert found[0].blocks == source.blocks
