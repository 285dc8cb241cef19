"""Gold and graph are compared without layout, spelling and suffixes."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.evaluation.claims import Place, bare_text, cluster_name, number, read_sources, squeeze, unit_name

RAW = st.text("深圳2025 \n\f\u3000。<p>&;ab-", max_size=60)


@given(RAW)
def test_a_bare_text_leaves_out_layout_and_leads_back(raw: str) -> None:
    text = bare_text(raw)
    assert text.chars == "".join(raw[offset] for offset in text.offsets)
    assert list(text.offsets) == sorted(set(text.offsets))
    assert not any(char.isspace() for char in text.chars)


@given(st.text("深圳2025 \n\u3000。", max_size=60))
def test_plain_text_loses_white_space_and_page_numbers_alone(raw: str) -> None:
    lines = [line for line in raw.split("\n") if not re.fullmatch(r"[ \t\f]*\d{1,3}[ \t]*", line)]
    assert bare_text(raw).chars == squeeze("".join(lines))


def test_tags_comments_and_entities_are_no_text_in_html() -> None:
    assert bare_text("<p>深<b>圳</b>&nbsp;市<!-- 注 -->\n12\n</p>").chars == "深圳市"
    assert bare_text("增速<5%，>3%").chars == "增速<5%，>3%"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Place("a", 0, 5), Place("a", 4, 6), True),
        (Place("a", 0, 5), Place("a", 5, 6), False),
        (Place("a", 0, 5), Place("b", 0, 5), False),
        (Place("a", 0, 9), Place("a", 3, 4), True),
    ],
)
def test_places_overlap_where_they_share_a_character(one: Place, other: Place, same: bool) -> None:
    assert one.overlaps(other) is other.overlaps(one) is same


def test_the_same_number_unit_and_cluster_have_one_form() -> None:
    assert number(600) == number("600.0") == Decimal(600)
    assert number(None) is number("") is number("若干") is None
    assert (unit_name("万 平米"), unit_name("％"), unit_name(None)) == ("万平方米", "%", "")
    assert cluster_name("智能传感器产业集群") == cluster_name("智能传感器") == cluster_name("智能传感器产业")


def test_line_ends_of_a_source_count(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("深\r\n圳\r\n".encode())
    (tmp_path / "seeds.toml").write_text("", encoding="utf-8")
    sources = read_sources(tmp_path)
    assert list(sources) == ["a.txt"]
    assert list(sources["a.txt"].offsets) == [0, 3]


def test_sources_that_can_not_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="can't be read"):
        read_sources(tmp_path / "none")
    (tmp_path / "a.txt").write_bytes(b"\xff")
    with pytest.raises(KgError, match="can't be read"):
        read_sources(tmp_path)
