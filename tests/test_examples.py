"""Every room reads its own examples: the facts that it states, and nothing from the texts that state none."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from kg.vocabulary import Vocabulary
from tests.rooms import ROOMS, agrees, examples, outline, plain

CASES = [
    pytest.param(room.name, example, id=f"{room.name}-{number}")
    for room in sorted(p for p in ROOMS.iterdir() if (p / "examples.toml").is_file())
    for number, example in enumerate(examples(room.name), 1)
]


@pytest.mark.parametrize(("room", "example"), CASES)
def test_a_room_reads_its_example(room: str, example: dict[str, Any]) -> None:
    read = import_module(f"kg.extractors.{room}.rules").read
    page = outline(example)
    facts = list(read(page, Vocabulary.load()))
    got = [plain(fact) for fact in facts]
    assert len(got) == len(example["facts"]), got
    for expected, fact in zip(example["facts"], got, strict=True):
        assert agrees(expected, fact), (expected, fact)
