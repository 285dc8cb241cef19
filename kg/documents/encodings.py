"""From bytes to characters: UTF-8, UTF-16, GB18030 (with GBK and GB2312) and Big5, the guess on record."""

from __future__ import annotations

import codecs

# Characters that hardly a Chinese text of some length does without, simplified and traditional.
_COMMON = frozenset("的一是和在有不业产發展发人国国大工为為中会會市与與、，。；：（）\n")
_SAMPLE = 200_000
_PLAUSIBLE = 0.04
_GUESSES = ("gb18030", "big5", "utf-16-le", "utf-16-be")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> tuple[str, str] | None:
    """The characters of a text file and the name of its encoding; None where it is no text in any that is known.

    A byte order mark of UTF-8 stays the first character, as every reader of UTF-8 that does not look for it counts.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = _decoded(data, name)
            return None if text is None or "\x00" in text else (text, name.upper())
    text = _decoded(data, "utf-8")
    if text is not None and "\x00" not in text:
        return text, "UTF-8"
    return _guessed(data)


def _guessed(data: bytes) -> tuple[str, str] | None:
    """The reading of these bytes that looks most like Chinese; the first of equals."""
    found = [(text, name) for name in _GUESSES if (text := _decoded(data, name)) is not None and "\x00" not in text]
    best = max(found, key=lambda pair: _likeness(pair[0]), default=None)
    return (best[0], best[1].upper()) if best and _likeness(best[0]) >= _PLAUSIBLE else None


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _likeness(text: str) -> float:
    """The share of common Chinese characters and plain ASCII letters in the beginning of a text, 0 to 1."""
    sample = text[:_SAMPLE]
    common = sum(sample.count(char) for char in _COMMON)
    return common / max(1, len(sample))
