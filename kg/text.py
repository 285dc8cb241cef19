"""Normalised text whose every character leads back to its offset in the source."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A range of characters, end exclusive."""

    start: int
    end: int


class Text:
    """A source text without layout, and the way back.

    ``chars`` holds the text without line breaks, page numbers, tags and layout spaces, in the source's order;
    ``offsets[i]`` is the offset in the source of ``chars[i]``. Nothing but layout is ever left out, so the quote of a
    range is the verbatim source between its ends, less layout. ``printed`` is the same text as the source prints it,
    where ``chars`` has another character for one of it (a simplified one for a traditional one).
    """

    __slots__ = ("chars", "offsets", "printed")

    def __init__(self, chars: str, offsets: Iterable[int], printed: str | None = None) -> None:
        self.chars = chars
        self.offsets = array("I", offsets)
        self.printed = chars if printed is None else printed
        if not len(self.chars) == len(self.offsets) == len(self.printed):
            raise ValueError("a text needs one offset a character")

    def __len__(self) -> int:
        return len(self.chars)

    def source_span(self, start: int, end: int) -> Span:
        """Offsets in the source of the characters ``start`` to ``end`` (exclusive); the range must not be empty."""
        if not 0 <= start < end <= len(self.chars):
            raise ValueError(f"no characters {start} to {end} in a text of {len(self.chars)}")
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def gap_before(self, index: int) -> bool:
        """Whether the source has layout (a space, a line break, a tag) right before this character.

        Issuers in titles are often kept apart by nothing else.
        """
        return index > 0 and self.offsets[index] != self.offsets[index - 1] + 1


def keep_space(before: str, after: str) -> bool:
    """Whether a space between these two characters is part of the text: only between Latin letters or digits."""
    latin = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return latin and not (before.isdigit() and after.isdigit())
