"""Cuts a source into its documents: official documents bundled in one file begin with a title and an addressee."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.documents.source import Block, Source
from kg.grammar.markers import is_addressee, stands_apart

# A title as GB/T 9704 orders it: issuers, 关于, the matter, 的 and the kind of document.
_KINDS = "通知|意见|决定|决议|公告|通告|通报|批复|办法|规定|措施|方案|规划|计划|函"
_TITLE = re.compile(rf"(?P<issuers>[^，。；：]*?)关于(?P<matter>.+?)的?(?P<kind>{_KINDS})(?:[（(][^）)]*[）)])?$")
_QUOTED = re.compile(r"《(?P<title>[^《》]+(?:《[^》]*》[^《》]*)*)》")
_MAX_TITLE_BLOCKS = 6
_LONGEST_TITLE = 150
_ISSUERS = ("政府", "委员会", "办公室", "办公厅", "委", "局", "厅", "部", "院", "署", "中心")


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a source: its blocks, its title, and the range of its heading (issuers to kind)."""

    title: str
    head: Block | None
    blocks: tuple[Block, ...]


def split(source: Source) -> tuple[Part, ...]:
    """The documents of a source in order; a source without official titles is one document."""
    heads = [head for index in range(len(source.blocks)) if (head := _head_before(source, index))]
    if not heads:
        opening = _opening(source)
        return (_part(source, opening, source.blocks) if opening else Part("", None, source.blocks),)
    parts: list[Part] = []
    for number, head in enumerate(heads):
        last = heads[number + 1][0] if number + 1 < len(heads) else len(source.blocks)
        first = 0 if number == 0 else head[0]
        parts.append(_part(source, head, source.blocks[first:last]))
    return tuple(parts)


def _part(source: Source, head: tuple[int, int], blocks: tuple[Block, ...]) -> Part:
    heading = Block(source.blocks[head[0]].start, source.blocks[head[1] - 1].end)
    return Part(_title(source.block_text(heading)), heading, blocks)


def _head_before(source: Source, index: int) -> tuple[int, int] | None:
    """First and last (exclusive) block of the title that stands before an addressee at this block."""
    if not is_addressee(source.block_text(source.blocks[index])):
        return None
    while index > 1 and stands_apart(source.block_text(source.blocks[index - 1])):
        index -= 1
    for first in range(index - 1, max(-1, index - 1 - _MAX_TITLE_BLOCKS), -1):
        text = source.text.chars[source.blocks[first].start : source.blocks[index - 1].end]
        if text.startswith(("。", "；")) or "。" in text:
            return None
        if _TITLE.fullmatch(text) and not _joins(source, first):
            return first, index
    return None


def _opening(source: Source) -> tuple[int, int] | None:
    """The title of a notice that a source opens with, addressed to nobody: its issuers stand before 关于."""
    for first in range(min(_MAX_TITLE_BLOCKS, len(source.blocks))):
        for last in range(first + 1, min(first + _MAX_TITLE_BLOCKS, len(source.blocks)) + 1):
            text = source.text.chars[source.blocks[first].start : source.blocks[last - 1].end]
            title = _TITLE.fullmatch(text) if len(text) <= _LONGEST_TITLE else None
            if (
                title
                and title["issuers"].endswith(_ISSUERS)
                and not stands_apart(source.block_text(source.blocks[first]))
            ):
                return first, last
    return None


def _joins(source: Source, first: int) -> bool:
    """Whether the block before still belongs to the title: it has no end of its own."""
    if first == 0 or stands_apart(source.block_text(source.blocks[first - 1])):
        return False
    return not source.block_text(source.blocks[first - 1]).endswith(
        ("。", "）", ")", "]", "］", "】", "〕", "：", "！", "？", "”")
    )


def _title(heading: str) -> str:
    """The document's own title: the one in 《》 that a notice publishes, or the heading itself."""
    notice = _TITLE.fullmatch(heading)
    quoted = _QUOTED.search(heading)
    return quoted["title"] if quoted and notice and notice["kind"] == "通知" else heading
