"""Finds what stands in brackets, also where a line's end breaks it in two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extractors.responsibilities.notes import has_cue
from kg.structure.outline import Outline
from kg.text import Span

_OPENING = "（([［【〔"
# Sources mix full and half width: a bracket may be closed by its twin.
_BRACKETS = re.compile(r"[（(\[［【〔）)\]］】〕]")
# A broken note goes on for a few lines at most.
_MOST_BLOCKS = 6


def brackets(outline: Outline) -> Iterator[Span]:
    """What outermost brackets of each block hold, without the brackets, in order."""
    done = 0
    for index, block in enumerate(outline.blocks):
        if block.start < done:
            continue
        found, unclosed = _pairs(outline.text.chars, block.start, block.end)
        if unclosed is not None and has_cue(outline.slice(unclosed + 1, block.end)):
            for later in outline.blocks[index + 1 : index + _MOST_BLOCKS]:
                longer, still_open = _pairs(outline.text.chars, block.start, later.end)
                if still_open is None or still_open != unclosed:
                    found, done = longer, later.end
                    break
        yield from found


def _pairs(chars: str, start: int, end: int) -> tuple[list[Span], int | None]:
    """The outermost pairs of brackets in a range, and where the last bracket opens that nothing closes."""
    waiting: list[int] = []
    found: list[Span] = []
    for match in _BRACKETS.finditer(chars, start, end):
        if match[0] in _OPENING:
            waiting.append(match.start())
        elif waiting:
            opened = waiting.pop()
            while found and found[-1].start > opened:
                found.pop()
            if match.start() > opened + 1:
                found.append(Span(opened + 1, match.start()))
    return found, waiting[-1] if waiting else None
