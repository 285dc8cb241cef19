"""Cuts Chinese text into words: jieba's dictionary, with the names of the vocabulary as user words.

Facts are read from characters, never from words: a cut can go wrong, and a figure must not. Words serve where a
question names several things at once and its text need not hold them side by side.
"""

from __future__ import annotations

import logging
import tempfile
from functools import cache

import jieba

from kg.vocabulary import load

jieba.setLogLevel(logging.WARNING)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in order, names of the vocabulary whole, without marks and spaces."""
    return tuple(word for word in _cutter().cut(text) if any(char.isalnum() for char in word))


@cache
def _cutter() -> jieba.Tokenizer:
    """The cutter of this process. Its dictionary is kept in a folder of its own: jieba's default file collides."""
    tokenizer = jieba.Tokenizer()
    with tempfile.TemporaryDirectory(prefix="kg-jieba-") as folder:
        tokenizer.tmp_dir = folder
        tokenizer.initialize()
    for name in load().words():
        tokenizer.add_word(name)
    return tokenizer
