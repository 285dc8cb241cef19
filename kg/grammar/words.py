"""Word lists: every room keeps its words in a ``words.toml`` beside its rules."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path


@cache
def load_words(folder: Path, table: str | None = None) -> dict[str, tuple[str, ...]]:
    """The named word lists of a room's folder, or those of one table of its file, in the order of the file."""
    with (folder / "words.toml").open("rb") as file:
        data = tomllib.load(file)
    lists = data if table is None else data[table]
    return {name: tuple(words) for name, words in lists.items() if isinstance(words, list)}


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches one of these words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w))) + ")"
