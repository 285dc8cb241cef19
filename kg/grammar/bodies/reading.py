"""Reads a list of bodies: 市工业和信息化局、科技创新委，各区（新区、深汕特别合作区） and so on.

The first body's 市 distributes over those after it that carry no place of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.facts import Body
from kg.grammar.words import any_of, load_words
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Named:
    """A body in a list, with its place in the text that was read (characters, end exclusive)."""

    body: Body
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Item:
    start: int
    end: int
    text: str


_WORDS = load_words(Path(__file__).parent)
_ENDING = re.compile(rf"{any_of(_WORDS['endings'])}$")
_GROUP = re.compile(rf"^(?:{any_of(_WORDS['group_openings'])}.*|{any_of(_WORDS['group_names'])})$")
_STANDALONE = re.compile(rf"^(?:{any_of(_WORDS['standalone'])}|省)")
_LEVEL = re.compile(rf"^{any_of(_WORDS['levels'])}")
_CONNECTOR = re.compile(any_of(_WORDS["connectors"]))
_OPENING = re.compile(rf"^(?:{any_of(_WORDS['connectors'])})")
_CLOSING = re.compile(rf"{any_of(_WORDS['closings'])}$")
_AREAS = re.compile(
    r"^(?P<head>[^（(]*区)(?P<body>政府|人民政府|管委会)?[（(](?P<inner>[^（）()]+)[）)](?P<tail>政府|管委会)?$"
)
_SUFFIXED = re.compile(r"^(?P<head>[^（(]+)[（(][^（）()]*[）)]$")
# 13个政府部门 counts bodies and names none.
_COUNTED = re.compile(r"\d|[一二三四五六七八九十百多数]+[个家所]")
_AREA_BODY = re.compile(r"(?:人民)?政府$|管委会$|管理委员会$")


def is_body(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name is one that a public body, or a group of them, may have."""
    if not 2 <= len(name) <= 30 or _COUNTED.match(name):
        return False
    return bool(_ENDING.search(name) or vocabulary.find("agency", name))


def read_bodies(text: str, place: str, vocabulary: Vocabulary) -> tuple[Named, ...] | None:
    """The bodies of a list in the order printed; None where an item is no body's name."""
    found: list[Named] = []
    level = ""
    for item in _items(text, vocabulary):
        areas = _AREAS.match(item.text)
        if areas is not None:
            found.extend(Named(body, item.start, item.end) for body in _area_bodies(areas, place, vocabulary))
            continue
        area = vocabulary.find("district", item.text)
        if area is not None or item.text == "各区":
            found.append(Named(_governing_body(item.text, vocabulary), item.start, item.end))
            continue
        suffixed = _SUFFIXED.match(item.text)
        name = suffixed["head"] if suffixed and not is_body(item.text, vocabulary) else item.text
        if not is_body(name, vocabulary):
            return None
        level = _own_level(name, place) or level
        found.append(Named(_body(name, level, place, vocabulary), item.start, item.end))
    return tuple(found)


def _items(text: str, vocabulary: Vocabulary) -> Iterator[_Item]:
    """The items of a list; brackets hold together, and so do names that hold 和."""
    start, depth = 0, 0
    for index, char in enumerate(text + "、"):
        depth += (char in "（(") - (char in "）)")
        if depth <= 0 and char in "、，,；;":
            yield from _parts(_trimmed(text, start, index), vocabulary)
            start = index + 1


def _parts(item: _Item, vocabulary: Vocabulary) -> Iterator[_Item]:
    """An item, or the two bodies that it holds where a connector stands between them."""
    if not item.text:
        return
    if vocabulary.find("agency", item.text) is None:
        for match in _CONNECTOR.finditer(item.text):
            left, right = item.text[: match.start()], item.text[match.end() :]
            if is_body(left, vocabulary) and (is_body(right, vocabulary) or _AREAS.match(right)):
                yield _Item(item.start, item.start + match.start(), left)
                yield from _parts(_Item(item.start + match.end(), item.end, right), vocabulary)
                return
    yield item


def _trimmed(text: str, start: int, end: int) -> _Item:
    """An item without the connector before it and the 等 after it."""
    item = text[start:end]
    opening = _OPENING.match(item)
    skip = opening.end() if opening else 0
    closing = _CLOSING.search(item)
    stop = closing.start() if closing and closing.start() > skip else len(item)
    return _Item(start + skip, start + stop, item[skip:stop])


def _own_level(name: str, place: str) -> str:
    """The level that a name prints (市 in 市财政局), which those after it share."""
    match = _LEVEL.match(name)
    return match[0] if match and place.endswith(match[0]) and not _GROUP.match(name) else ""


def _body(name: str, level: str, place: str, vocabulary: Vocabulary) -> Body:
    if _GROUP.match(name):
        return Body(name, name, group=True)
    return Body(name, _complete(name, level, place, vocabulary))


def _complete(name: str, level: str, place: str, vocabulary: Vocabulary) -> str:
    """A body's name with its place: 科技创新委 after 市工业和信息化局 is 深圳市科技创新委."""
    if not place or name.startswith(place) or _STANDALONE.match(name):
        return name
    if _own_level(name, place):
        return place + name[len(level) :] if level else name
    if vocabulary.find("agency", place + name):
        return place + name
    if _names_an_area(name, place, vocabulary) or not level:
        known = vocabulary.find("agency", name)
        return known.label if known and place in known.label else name
    return place + name


def _names_an_area(name: str, place: str, vocabulary: Vocabulary) -> bool:
    """Whether a name carries a place of its own: the city's short name, a district, a county."""
    if name.startswith(place.removesuffix("市").removesuffix("省")):
        return True
    if _AREA_BODY.search(name):
        return True
    return any(name.startswith(area) for area in _area_names(vocabulary))


@cache
def _area_names(vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(name for name, entry in vocabulary.names("district") if "City" not in entry.types)


def _governing_body(area: str, vocabulary: Vocabulary) -> Body:
    """An area that is given work means the body that governs it: a district's government, a zone's authority."""
    if area == "各区":
        return Body(area, "各区政府", group=True)
    named = next((area + ending for ending in ("政府", "管委会") if vocabulary.find("agency", area + ending)), None)
    return Body(area, named or area + ("管委会" if area.endswith(("新区", "合作区")) else "政府"))


def _area_bodies(areas: re.Match[str], place: str, vocabulary: Vocabulary) -> Iterator[Body]:
    """各区（新区、深汕特别合作区） means the governments of the districts and the authorities of the zones."""
    yield Body(areas["head"], areas["head"] + (areas["body"] or "政府"), group=True)
    for inner in re.split("[、，]", areas["inner"]):
        name = inner if _AREA_BODY.search(inner) else inner + "管委会"
        yield _body(name, "", place, vocabulary)
