"""A passage is about the cluster that stands above it."""

from __future__ import annotations

import pytest

from kg.structure.context import cluster_of
from kg.vocabulary import Vocabulary
from tests.rooms import outline

PLAN = "深圳市工业和信息化局关于印发《深圳市培育发展新能源产业集群行动计划》的通知"
FUTURE = "深圳市科技创新委员会关于印发《深圳市培育发展未来产业行动计划》的通知"
TEXT = "一、总体情况\n\n产业稳步发展。\n\n1.智能传感器产业集群。重点发展图像传感器等。\n"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (PLAN, ["new-energy", "smart-sensors"]),
        (FUTURE, [None, "smart-sensors"]),
        ("", [None, "smart-sensors"]),
    ],
)
def test_a_heading_that_is_a_name_goes_before_the_title(title: str, expected: list[str | None]) -> None:
    page = outline({"title": title, "text": TEXT})
    vocabulary = Vocabulary.load()
    assert [cluster_of(page, section.index, vocabulary) for section in page.sections] == expected
