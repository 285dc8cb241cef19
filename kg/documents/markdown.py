"""Markdown: its marks are blanked out, so that what is left stands at the same offsets and holds no mark."""

from __future__ import annotations

import re

# What a mark is, and the groups of it that are text and stay.
_MARKS = (
    re.compile(r"^(?:```|~~~).*$", re.M),
    re.compile(r"^ {0,3}#{1,6}[ \t]+|[ \t]+#+[ \t]*$", re.M),
    re.compile(r"^(?:[ \t]*>)+[ \t]?", re.M),
    re.compile(r"^[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?", re.M),
    re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.M),
    re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"),
    re.compile(r"\[\^[^\]\n]+\]:?"),
    re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|~~|(?<![A-Za-z0-9])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![A-Za-z0-9])|`+"),
    re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!|>])"),
    re.compile(r"</?[A-Za-z][^<>\n]*>|<!--.*?-->", re.S),
)
_LINK = re.compile(r"\[(?P<text>[^\]\n]*)\]\([^)\n]*\)")
_ALONE = re.compile(r"^[ \t]*(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,3}[.)][ \t]|>)", re.M)
_AFTER = re.compile(r"^[ \t]*#{1,6}[ \t].*\n\s*(?=\S)|\n[ \t]*\r?\n\s*(?=\S)", re.M)
# Marks that no plain text prints, in a file of whatever name.
_SURE_MARKS = re.compile(r"^ {0,3}#{1,6}[ \t]+\S|\*\*[^*\n]{1,80}\*\*", re.M)


def is_markdown(name: str, raw: str) -> bool:
    """Whether a file is Markdown: by its name, or by marks in it."""
    return name.lower().endswith((".md", ".markdown")) or bool(_SURE_MARKS.search(raw))


def without_marks(raw: str) -> tuple[str, frozenset[int]]:
    """The text with spaces for its marks, and the offsets of the first characters of its blocks."""
    blanked = _LINK.sub(_only_text, raw)
    for pattern in _MARKS:
        blanked = pattern.sub(_blank, blanked)
    starts = {match.start() for match in _ALONE.finditer(raw)} | {match.end() for match in _AFTER.finditer(raw)}
    return blanked, frozenset(first for start in starts if (first := _first(blanked, start)) is not None)


def _first(text: str, start: int) -> int | None:
    """The offset of the first character that is no space, from an offset on, on its line."""
    match = re.compile(r"[^\S\n]*(?=\S)").match(text, start)
    return match.end() if match else None


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n\r]", " ", match[0])


def _only_text(match: re.Match[str]) -> str:
    kept = match["text"]
    return " " + kept + " " * (len(match[0]) - len(kept) - 1)
