"""Lays a document out: numbered and run-in headings, the tree they make, and sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import get_args

from kg.documents.source import Block, Source, Table
from kg.facts import Document, MeasureKind
from kg.grammar.markers import is_addressee, marker_at
from kg.grammar.roles.reading import is_labelled
from kg.grammar.words import any_of, load_words
from kg.slugs import content_slug
from kg.structure.outline import Outline, Section, Sentence
from kg.structure.tasks import Task, tasks_of

# A numbered passage whose first sentence is longer than this has no title: its first clause stands for one.
_LONGEST_HEADING = 60
# An unnumbered line is a heading only up to this length.
_LONGEST_BARE_HEADING = 40
_BARE_LEVEL = 3
_VERTICAL_LEVEL = 2
_HEADING_END = re.compile(r"[。：；]")
_CLAUSE_END = re.compile(r"[，。：；]")
_NO_HEADING = re.compile(r"[。！？；，]|[、：…][”’）)]?$|^[（(“”，、：]|^——|^[a-z0-9]")
# An unnumbered heading stands between whole paragraphs; a line after a broken sentence is its rest.
_WHOLE = ("。", "！", "？", "；", "：", "”", "）", ")", "…")
_HAS_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
# A task in a table stands below every heading.
_TASK_LEVEL = 9
# Level, start, end of the heading, number, title, and where the passage ends at the latest (None: nowhere said).
_Draft = tuple[int, int, int, str, str, int | None]
_SENTENCE = re.compile(r"[^。！？]*(?:[。！？]+[”’」』）)]*|$)")


@cache
def _kinds() -> dict[MeasureKind, re.Pattern[str]]:
    """A pattern for the words that say each kind of passage, in the order in which they are asked for."""
    words = load_words(Path(__file__).parent, "kinds")
    return {kind: re.compile(any_of(words[kind])) for kind in get_args(MeasureKind) if kind in words}


@cache
def _endings() -> dict[MeasureKind, tuple[str, ...]]:
    words = load_words(Path(__file__).parent, "endings")
    return {kind: words[kind] for kind in get_args(MeasureKind) if kind in words}


def lay_out(document: Document, source: Source, blocks: tuple[Block, ...], head: Block | None) -> Outline:
    """The outline of one document of a source."""
    text = source.text
    end = blocks[-1].end if blocks else 0
    tables = tuple(t for t in source.tables if (at := _start(t)) is not None and blocks and blocks[0].start <= at < end)
    rows = (_row(task, text.chars) for found in tasks_of(tables, text) for task in found)
    drafts = sorted([*_headings(source, blocks, head), *rows], key=itemgetter(1))
    sections = _tree(document.slug, drafts, end)
    links = tuple(link for link in source.links if blocks and blocks[0].start <= link.start < end)
    sentences = tuple(_sentences(text.chars, blocks, sections))
    return Outline(document, text, head, blocks, sections, sentences, links, source.header, tables)


def _start(table: Table) -> int | None:
    return next((cell.start for row in table.rows for cell in row if cell is not None), None)


def _row(task: Task, chars: str) -> _Draft:
    """A task's row as a headed passage: its heading is the first clause of the task."""
    name = chars[task.name.start : task.name.end]
    number = chars[task.number.start : task.number.end] if task.number else ""
    title = _HEADING_END.split(name, maxsplit=1)[0]
    title = title if len(title) <= _LONGEST_HEADING else _CLAUSE_END.split(title, maxsplit=1)[0][:_LONGEST_HEADING]
    return _TASK_LEVEL, task.start, task.name.end, number, title, task.end


def _headings(source: Source, blocks: tuple[Block, ...], head: Block | None) -> Iterator[_Draft]:
    """The headings of a document in order."""
    whole = True
    for block in blocks:
        text = source.block_text(block)
        draft = None if head is not None and head.start <= block.start < head.end else _heading(block, text, whole)
        whole = text.endswith(_WHOLE) or draft is not None or is_addressee(text)
        if draft is not None:
            yield draft


def _heading(block: Block, text: str, whole: bool) -> _Draft | None:
    """The heading that a block begins with, if it begins with one."""
    marker = marker_at(text)
    if block.kind == "cell":
        return None
    if marker is None:
        if block.kind == "vertical":
            return _VERTICAL_LEVEL, block.start, block.end, "", text, None
        return (_BARE_LEVEL, block.start, block.end, "", text, None) if whole and _is_bare_heading(text) else None
    size = len(marker.number)
    stop = _HEADING_END.search(text, size)
    length = stop.start() if stop else len(text)
    if length - size > _LONGEST_HEADING:
        opening = _CLAUSE_END.split(text[size:], maxsplit=1)[0][:_LONGEST_HEADING]
        return marker.level, block.start, block.start + size, marker.number, opening, None
    ends = block.start + (stop.end() if stop else length)
    return marker.level, block.start, ends, marker.number, text[size:length].strip(), None


def _is_bare_heading(text: str) -> bool:
    if text.count("（") != text.count("）") or is_labelled(text):
        return False
    return len(text) <= _LONGEST_BARE_HEADING and not _NO_HEADING.search(text) and bool(_HAS_WORDS.search(text))


def _tree(document: str, drafts: list[_Draft], end: int) -> tuple[Section, ...]:
    """Nest headings by level: a heading belongs to the nearest one before it that stands higher."""
    sections: list[Section] = []
    keys: Counter[tuple[str, ...]] = Counter()
    stops = _stops(drafts, end)
    for index, (level, start, body, number, heading, latest) in enumerate(drafts):
        above = sections[-1] if sections else None
        while above is not None and above.level >= level:
            above = None if above.parent is None else sections[above.parent]
        stop = min(stops[index], latest or end)
        own = drafts[index + 1][1] if index + 1 < len(drafts) else end
        kind = _kind(heading) or (above.kind if above else "Other")
        said = (above.key if above else document, number, heading)
        key = content_slug(*said, keys[said])
        keys[said] += 1
        inside = above.index if above else None
        sections.append(Section(index, key, inside, level, number, heading, kind, start, body, min(own, stop), stop))
    return tuple(sections)


def _stops(drafts: Sequence[_Draft], end: int) -> list[int]:
    """Where the passage of each heading ends: at the next one that stands as high or higher."""
    stops = [end] * len(drafts)
    waiting: list[int] = []
    for index, draft in enumerate(drafts):
        while waiting and drafts[waiting[-1]][0] >= draft[0]:
            stops[waiting.pop()] = draft[1]
        waiting.append(index)
    return stops


def _kind(heading: str) -> MeasureKind | None:
    found = next((kind for kind, words in _kinds().items() if words.search(heading)), None)
    return found or next((kind for kind, words in _endings().items() if heading.endswith(words)), None)


def _sentences(chars: str, blocks: tuple[Block, ...], sections: tuple[Section, ...]) -> Iterator[Sentence]:
    """Sentences in order; none crosses a block or a heading's end."""
    edges = sorted({s.body for s in sections})
    starts = [s.start for s in sections]
    for block in blocks:
        holder = bisect_right(starts, block.start) - 1
        current: int | None = holder if holder >= 0 else None
        while current is not None and sections[current].end <= block.start:
            current = sections[current].parent
        inner = edges[bisect_right(edges, block.start) : bisect_left(edges, block.end)]
        for start, end in pairwise((block.start, *inner, block.end)):
            for match in _SENTENCE.finditer(chars, start, end):
                if match.end() > match.start():
                    yield Sentence(match.start(), match.end(), current)
