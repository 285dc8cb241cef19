"""Running text as it was written: clauses that go on where a broken page cuts them in two."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from kg.grammar.markers import is_imprint, stands_apart, starts_heading
from kg.structure.kept import Kept
from kg.structure.outline import Outline
from kg.text import Span

# A heading set one character a line and a table's cell stand by themselves.
_APART = ("vertical", "cell")
_CLOSED = re.compile(r"[。！？；：…][”’」』）)]*$")
_STOP = re.compile(r"[。！？；]+[”’」』）)]*")


@Kept
def passages(outline: Outline) -> tuple[Span, ...]:
    """The sentences and their parts between semicolons, in order.

    Other than ``outline.sentences`` they cross the end of a block that has no closing punctuation (a line that a
    column or a caption broke), but never a numbered heading, a vertical heading or the title.
    """
    return tuple(part for run in _runs(outline) for part in _parts(outline.text.chars, run))


def _parts(chars: str, run: Span) -> Iterator[Span]:
    begin = run.start
    for stop in _STOP.finditer(chars, run.start, run.end):
        yield Span(begin, stop.end())
        begin = stop.end()
    if run.end > begin:
        yield Span(begin, run.end)


def _runs(outline: Outline) -> Iterator[Span]:
    """Stretches of blocks that belong together, cut at the end of numbered headings."""
    start, end = 0, 0
    edges = sorted({s.body for s in outline.sections})
    for block in outline.blocks:
        text = outline.slice(block.start, block.end)
        alone = block.kind in _APART or is_imprint(text) or stands_apart(text) or text == outline.document.title
        if end > start and (alone or _holds(edges, end) or starts_heading(text) or _closed(outline, end)):
            yield Span(start, end)
            start = block.start
        start = start if end > start else block.start
        end = block.end
        for edge in edges[bisect_right(edges, start) : bisect_left(edges, end)]:
            yield Span(start, edge)
            start = edge
        if alone or _is_title(outline, end):
            yield Span(start, end)
            start = end
    if end > start:
        yield Span(start, end)


def _holds(edges: list[int], position: int) -> bool:
    at = bisect_left(edges, position)
    return at < len(edges) and edges[at] == position


def _closed(outline: Outline, end: int) -> bool:
    return bool(_CLOSED.search(outline.slice(max(0, end - 3), end)))


def _is_title(outline: Outline, end: int) -> bool:
    return outline.head is not None and end == outline.head.end
