"""Runs the examples of a room: texts with the facts that they state, and texts that state none."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.documents.bundles import split
from kg.documents.catalogue import Entry
from kg.documents.files import read_text
from kg.documents.identity import identify
from kg.structure.outline import Outline
from kg.structure.reading import lay_out
from kg.vocabulary import Vocabulary

ROOMS = Path(__file__).parents[1] / "kg" / "extractors"


def examples(room: str) -> list[dict[str, Any]]:
    """The examples of a room, each with its text, its facts, and what else sets the scene."""
    with (ROOMS / room / "examples.toml").open("rb") as file:
        return list(tomllib.load(file)["example"])


def outline(example: dict[str, Any]) -> Outline:
    """The outline of an example's text; ``title`` makes it an official document, ``place`` says whose."""
    title = example.get("title", "")
    text = f"{title}\n\n各有关单位：\n\n{example['text']}\n" if title else example["text"]
    source = read_text("example.txt", text)
    part = split(source)[0]
    vocabulary = Vocabulary.load()
    entry = Entry(file="example.txt", place=example.get("place", "深圳市"), date=example.get("date", ""))
    document = identify(source, part, entry, vocabulary, bundled=False)
    return lay_out(document, source, part.blocks, part.head)


def plain(value: object) -> object:
    """A fact as the plain values that an example can state: numbers as text, things by name."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if is_dataclass(value) and not isinstance(value, type):
        return {k: plain(v) for k, v in asdict(value).items()}
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(v) for v in value]
    return value


def agrees(expected: object, got: object) -> bool:
    """Whether a fact says what the example expects: the fields that the example names, and no others, count."""
    if isinstance(expected, dict):
        return isinstance(got, dict) and all(agrees(v, got.get(k)) for k, v in expected.items())
    if isinstance(expected, list):
        return isinstance(got, list) and len(expected) == len(got) and all(map(agrees, expected, got))
    return expected == got or (got is None and expected == "") or (isinstance(got, str) and str(expected) == got)
