"""The data files are tidy, and all of what they hold is used."""

from __future__ import annotations

import ast
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.documents.catalogue import read_catalogue

ROOT = Path(__file__).parents[1]
ROOMS = sorted(p for p in (ROOT / "kg" / "extractors").iterdir() if (p / "__init__.py").is_file())
WORD_FILES = sorted(p for package in ("kg", "server") for p in (ROOT / package).rglob("words.toml"))
# A room that reads by the vocabulary and by position alone needs no words of its own.
WITHOUT_WORDS = {"issuance"}


def load(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def word_lists(data: dict[str, Any], table: str = "") -> Iterator[tuple[str, str, list[Any]]]:
    """The word lists of a file: the table that each stands in (empty: in none), its name, its words."""
    for name, value in data.items():
        if isinstance(value, dict):
            yield from word_lists(value, name)
        elif isinstance(value, list):
            yield table, name, value


def strings_in(folder: Path) -> set[str]:
    """The string constants of a package's code, docstrings left out."""
    found: set[str] = set()
    for path in folder.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        strings = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))
        found.update(str(node.value) for node in strings if id(node) not in prose)
    return found


def plain_words(words: list[Any]) -> list[str]:
    return [word if isinstance(word, str) else json.dumps(word, ensure_ascii=False, sort_keys=True) for word in words]


@pytest.mark.parametrize("path", WORD_FILES, ids=lambda p: p.parent.name)
def test_word_lists_are_tidy(path: Path) -> None:
    for _, name, words in word_lists(load(path)):
        plain = plain_words(words)
        assert plain, f"{name} is empty"
        assert not [word for word, count in Counter(plain).items() if count > 1], name
        assert not [word for word in plain if not word.strip() or word != word.strip()], name


@pytest.mark.parametrize("path", WORD_FILES, ids=lambda p: p.parent.name)
def test_word_lists_are_used_by_the_code_beside_them(path: Path) -> None:
    """A list is asked for by its name, or with its whole table by the table's."""
    used = strings_in(path.parent)
    lists = [(table, name) for table, name, _ in word_lists(load(path))]
    assert not [f"{table}.{name}" for table, name in lists if not {table, name} & used]


@pytest.mark.parametrize("room", ROOMS, ids=lambda p: p.name)
def test_a_room_has_the_files_of_a_room(room: Path) -> None:
    assert (room / "rules.py").is_file()
    assert (room / "examples.toml").is_file()
    assert (room / "words.toml").is_file() != (room.name in WITHOUT_WORDS)


@pytest.mark.parametrize("room", ROOMS, ids=lambda p: p.name)
def test_a_room_shows_what_it_reads_and_what_it_leaves(room: Path) -> None:
    examples = load(room / "examples.toml")["example"]
    assert any(example["facts"] for example in examples), "no example states a fact"
    assert any(not example["facts"] for example in examples), "no example states none"
    texts = [(example["text"], example.get("title", "")) for example in examples]
    assert len(set(texts)) == len(texts), "an example stands twice"


def test_the_catalogue_names_exactly_the_sources() -> None:
    names = {path.name for path in (ROOT / "seeds").iterdir() if path.suffix != ".toml"}
    assert set(read_catalogue(ROOT / "seeds")) == names
    assert len({entry.id for entry in read_catalogue(ROOT / "seeds").values()}) == len(names)


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "gold").glob("*.json")), ids=lambda p: p.stem)
def test_gold_is_json_about_a_source(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(data, dict):
        assert (ROOT / "seeds" / data["place"]["file"]).is_file()
        assert 0 <= data["place"]["start"] < data["place"]["end"]
