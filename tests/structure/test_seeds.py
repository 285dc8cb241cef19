"""The headings of the real documents are all there: no number of a list is missing, none stands twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.grammar.numerals import read_number
from kg.planning import plan
from kg.reading import outlines
from kg.structure.outline import Outline
from kg.vocabulary import load

SEEDS = Path(__file__).parents[2] / "seeds"


def documents() -> Iterator[Outline]:
    for part in plan([SEEDS]):
        yield from outlines(part, load())


def value_of(number: str) -> int:
    """The value of a heading's number: 3 of （三）."""
    found = read_number("".join(char for char in number if char.isdigit() or char in "一二三四五六七八九十"))
    assert found is not None, number
    return int(found)


@pytest.mark.parametrize("outline", list(documents()), ids=lambda outline: outline.document.slug)
def test_the_numbers_of_headings_go_up_by_one(outline: Outline) -> None:
    lists: dict[tuple[int | None, int], list[int]] = defaultdict(list)
    for section in outline.sections:
        if section.number:
            lists[section.parent, section.level].append(value_of(section.number))
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in lists.values())
