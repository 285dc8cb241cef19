"""Word lists: every room keeps its words in a ``words.toml`` beside its rules."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path


@cache
def load_words(folder: Path, table: str | None = None) -> dict[str, tuple[str, ...]]:
    """The named word lists of a room's folder, or those of one table of its file, in the order of the file."""
    with (folder / "words.toml").open("rb") as file:
        data = tomllib.load(file)
    lists = data if table is None else data[table]
    return {name: tuple(words) for name, words in lists.items() if isinstance(words, list)}


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches one of these words, the longest first.

    What words begin with alike is written once, so that a place of a text is looked at once and not once a word.
    """
    return f"(?:{_any_rest(tuple(sorted(set(words))))})"


def begins_with(*words: Iterable[str], chars: str = "", depth: int = 1) -> str:
    """A look ahead for a character that one of these words begins with, or one of ``chars`` (the inside of a class).

    It stands before alternatives that are dear to try, so that only those places of a text are tried where one of
    them can begin; what is matched stays the same. ``depth`` is how many characters are looked at: no word may be
    shorter.
    """
    known = [word for group in words for word in group]
    classes = (sorted({word[at] for word in known}) for at in range(depth))
    return f"(?={''.join('[' + chars + ''.join(map(re.escape, one)) + ']' for one in classes)})"


def _any_rest(words: tuple[str, ...]) -> str:
    """A pattern for what words (sorted) go on with behind a beginning that they share; empty where none goes on."""
    if len(words) == 1:
        return re.escape(words[0])
    alike = [(first, tuple(word[1:] for word in group)) for first, group in groupby(filter(None, words), itemgetter(0))]
    found = [re.escape(first) + _any_rest(rest) for first, rest in alike]
    # Nothing as the last alternative: the engine takes it in its stride, where it keeps a count for a question mark.
    found.extend([""] if "" in words and found else [])
    return f"(?:{'|'.join(found)})" if len(found) > 1 else "".join(found)
