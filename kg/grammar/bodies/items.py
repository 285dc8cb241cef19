"""Cuts a list of bodies into its items: brackets hold together, and so do names that hold 、 or 和."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.grammar.bodies.names import WORDS, is_body, is_group, is_official, level_of
from kg.grammar.words import any_of
from kg.kinds import double_names
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, with its place in the text that was read."""

    start: int
    end: int
    text: str


_OPENING, _CLOSES = "（(〔[［", "）)〕]］"
_SEPARATORS = "、，,；;/／ "
_CONNECTOR = re.compile(any_of(WORDS["connectors"]))
# 市财政局等有关部门, 中山等市人民政府 close a list.
_CLOSING = re.compile(
    rf"(?<![高中初同平])等(?:[^、，；（）]{{0,8}}?{any_of(WORDS['closings'])}|[^、，]{{0,6}}?[省市区县州](?:人民)?政府)?$"
)
# 各市、县（市、区）人民政府 is one group: what follows the 、 is a kind of area, and nothing more.
_BRACKET = r"(?:[（(〔\[［][^（）()〔〕\[\]［］]{1,60}[）)〕\]］])?"
_CITIES = "设区的市|设区市|地级以上市|省辖市|直辖市|计划单列市"
_AREA = f"(?:{_CITIES}|市辖区|乡镇|镇街|街镇|街道|地区|特区|自治区|[省市州盟区县旗镇乡])"
_GOVERNMENT = "(?:党委和?政府|人民政府|行政公署|政府|管委会|管理委员会)"
_LISTED = rf"(?:{_AREA}{_BRACKET})+"
_ENDS = rf"(?={_GOVERNMENT}|[、，,；;。]|及|和|等|$)"
_ONE_GROUP = re.compile(
    rf"(?:全[市省区县])?各{_LISTED}(?:行政公署)?(?:、各?{_LISTED}{_ENDS})*{_GOVERNMENT}?{_BRACKET}(?=[、，,；;。]|及|和|等|$)"
    rf"|(?:{_LISTED}、)+{_LISTED}{_GOVERNMENT}(?=[、，,；;。]|及|和|等|$)"
)
_DOUBLE = re.compile(
    rf"(?:{any_of(WORDS['levels'])}|[\u4e00-\u9fff]{{2,3}}市)?(?:{any_of(double_names())})(?=[、，,；;。（(]|$)"
)
# Two bodies that nothing but a lost line break keeps apart: the second opens with its level.
_GLUED = re.compile(rf"(?<=[委局厅办部院会府])(?={any_of(WORDS['levels'])})")


def items(text: str, vocabulary: Vocabulary, double: bool) -> Iterator[Item]:
    """The items of a list; ``double`` where the place has a body whose name holds 、."""
    position = 0
    while position < len(text):
        if text[position] in _SEPARATORS:
            position += 1
            continue
        whole = _whole(text, position, double)
        end = whole or _end_of_item(text, position)
        item = _trimmed(text, position, end)
        if item.text:
            yield from [item] if whole else _parts(text, item, vocabulary)
        position = end


def _whole(text: str, position: int, double: bool) -> int:
    """End of the name that holds a 、 and begins here; 0 where none does."""
    match = _ONE_GROUP.match(text, position) or (_DOUBLE.match(text, position) if double else None)
    return match.end() if match else 0


def _end_of_item(text: str, position: int) -> int:
    depth = 0
    for index in range(position, len(text)):
        depth += (text[index] in _OPENING) - (text[index] in _CLOSES)
        if depth <= 0 and text[index] in _SEPARATORS:
            return index
    return len(text)


def _trimmed(text: str, start: int, end: int) -> Item:
    """An item without the connector before it and the 等 after it."""
    item = text[start:end]
    opening = _CONNECTOR.match(item)
    skip = opening.end() if opening else 0
    closing = _CLOSING.search(item)
    stop = closing.start() if closing and closing.start() >= skip else len(item)
    return Item(start + skip, start + stop, item[skip:stop])


def _parts(text: str, item: Item, vocabulary: Vocabulary) -> Iterator[Item]:
    """An item, or the bodies that it holds where a connector, or nothing, stands between them."""
    cut = None
    if vocabulary.find("agency", item.text) is None and not is_official(item.text):
        cut = _connected(item.text, vocabulary) or _glued(item.text)
    if cut is None:
        yield item
        return
    for start, end in ((item.start, item.start + cut[0]), (item.start + cut[1], item.end)):
        part = _trimmed(text, start, end)
        if part.text:
            yield from _parts(text, part, vocabulary)


def _connected(text: str, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """Where a connector between two bodies begins and ends."""
    for match in _CONNECTOR.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        if is_body(left, vocabulary) and (is_body(right, vocabulary) or is_group(right)):
            return match.span()
    return None


def _glued(text: str) -> tuple[int, int] | None:
    for match in _GLUED.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        if is_official(left) and level_of(right) and len(right) > len(level_of(right)):
            return match.span()
    return None
