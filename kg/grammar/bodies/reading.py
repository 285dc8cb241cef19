"""Reads a list of bodies: 市工业和信息化局、科技创新委，各区（新区、深汕特别合作区） and so on.

The first body's 市 distributes over those after it that carry no place of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.facts import Body
from kg.grammar.bodies.items import items
from kg.grammar.bodies.names import KEPT, WORDS, carries_place, governs, is_body, is_group, level_of
from kg.grammar.words import any_of
from kg.kinds import branch_of, double_names, is_kind, official
from kg.places import Place, leading_county, leading_place, parse, short_name
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Named:
    """A body in a list, with its place in the text that was read (characters, end exclusive).

    ``aside`` is what its own brackets hold (牵头 in 市财政局（牵头）).
    """

    body: Body
    start: int
    end: int
    aside: str = ""


_AREAS = re.compile(
    r"^(?P<head>(?:各|相关|有关)[^（(]*区)(?P<body>政府|人民政府|管委会)?[（(](?!含|包括)(?P<inner>[^（）()]+)[）)](?P<tail>政府|管委会)?$"
)
# 各县（市、区） holds kinds of areas in its brackets and is one group.
_KINDS_OF_AREA = re.compile(r"^(?:[市州盟区县旗镇乡]|县级市|自治县|街道|地区)$")
_SUFFIXED = re.compile(r"^(?P<head>[^（(〔\[［]+)[（(〔\[［](?P<aside>.*)[）)〕\]］](?P<tail>政府|人民政府)?$")
# A mark that sets the body that leads apart from those that help (☆经信局、科技局).
_MARK = re.compile("[☆★※▲△＊*]")
_LEADS = "牵头"
# For one name that only the list shows to be a body's there must be so many names in it.
_OTHERS = 3
# What can be a name where the list says that it is one of a body: no verb, particle or number stands in it.
_LIKE_NAME = re.compile(
    r"(?!.*(?:建设|推进|加强|支持|完成|实施|负责|项目|任务|工作|产业|加快|提升|开展|组织|落实|按照|根据))"
    r"[^\W\d_的了在将把按由为被对从等其并与和及]{2,14}"
)
_ZONE = re.compile(rf"{any_of(WORDS['zones'])}(?:[（(][^（）()]*[）)])?$")
_LOCALITY = re.compile(r"^[\u4e00-\u9fff]{1,9}[区县旗市州盟]$")


def read_bodies(text: str, place: str, vocabulary: Vocabulary, told: bool = False) -> tuple[Named, ...] | None:
    """The bodies of a list in the order printed; None where an item is no body's name.

    ``told`` where the words around the list say that it is one of bodies: then an item that only looks like a name
    (中国科大, 独山港镇) is taken for one beside twice as many that are.
    """
    where = parse(place)
    marked = [match.start() for match in _MARK.finditer(text)]
    text = _MARK.sub("、", text) if marked else text
    guessed = 0
    double = _has_double_name(where)
    found: list[Named] = []
    shared = ""
    for item in items(text, vocabulary, double):
        areas = _AREAS.match(item.text)
        if areas is not None and not all(_KINDS_OF_AREA.match(i) for i in re.split("[、，]", areas["inner"])):
            found.extend(Named(body, item.start, item.end) for body in _area_bodies(areas, where, vocabulary))
            continue
        governing = _governing(item.text, vocabulary)
        if governing is not None:
            found.append(Named(governing, item.start, item.end))
            continue
        name, aside = _without_aside(item.text, vocabulary)
        if not is_body(name, vocabulary) and not is_group(name):
            guessed += 1
            if not told or not _LIKE_NAME.fullmatch(name):
                return None
            found.append(Named(Body(name, name), item.start, item.end, aside))
            continue
        level = level_of(name)
        shared = (where.at(level) or level) if level and not is_group(name) else shared
        leads = item.start - 1 in marked or item.end in marked
        found.append(Named(_body(name, shared, where, vocabulary), item.start, item.end, _LEADS if leads else aside))
    return tuple(found) if guessed * _OTHERS <= len(found) else None


@cache
def _has_double_name(where: Place) -> bool:
    """Whether a place has a body whose name holds 、."""
    return any(official(where.name + name, where.name) for name in double_names())


@lru_cache(maxsize=KEPT)
def _without_aside(text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """A name and what its closing brackets hold; a group keeps its brackets (各县（市、区）)."""
    suffixed = _SUFFIXED.match(text)
    if suffixed and is_group(text) and suffixed["aside"].startswith(("含", "包括")):
        return suffixed["head"] + (suffixed["tail"] or ""), suffixed["aside"]
    if suffixed is None or suffixed["tail"] or is_group(text) or is_body(text, vocabulary):
        return text, ""
    return suffixed["head"], suffixed["aside"]


@lru_cache(maxsize=KEPT)
def _body(name: str, shared: str, where: Place, vocabulary: Vocabulary) -> Body:
    level = level_of(name)
    own = where.at(level) if level else ""
    if is_group(name) and not (own and is_kind(name[len(level) :])):
        return Body(name, name, group=True)
    return Body(name, _complete(name, level, shared, where, vocabulary))


def _complete(name: str, level: str, shared: str, where: Place, vocabulary: Vocabulary) -> str:
    """A body's name with its place: 科技创新委 after 市工业和信息化局 is 深圳市科技创新委."""
    if level:
        return (where.at(level) or level) + name[len(level) :]
    if is_kind(name) and name.startswith(("团", "共青团")) and where.name:
        named = official(where.name + name, where.name)
        return named.name if named else name
    if not where.name or name.startswith(where.name):
        return name
    lower = _of_part(name, where)
    if lower:
        return lower
    if shared and vocabulary.find("agency", shared + name):
        return shared + name
    if carries_place(name, where, _area_names(vocabulary)) or not (shared or is_kind(name)):
        known = vocabulary.find("agency", name)
        return known.label if known and where.name in known.label else name
    return (shared or where.name) + name


def _of_part(name: str, where: Place) -> str:
    """A body of the county with its short name, or the city's branch there, in full: 余杭税务局, 规划资源余杭分局."""
    short = short_name(where.county) if where.county else ""
    if short and name.startswith(short) and not name.startswith(where.county) and is_kind(name[len(short) :]):
        return where.name + name[len(short) :]
    body, _ = branch_of(name)
    return (where.city or where.name) + name if is_kind(body) else ""


@cache
def _area_names(vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(name for name, entry in vocabulary.names("district") if "City" not in entry.types)


@lru_cache(maxsize=KEPT)
def _governing(area: str, vocabulary: Vocabulary) -> Body | None:
    """An area that is given work means the body that governs it: a district's government, a zone's authority."""
    if area == "各区":
        return Body(area, "各区政府", group=True)
    known = vocabulary.find("district", area)
    place, end = leading_place(area)
    if end == len(area) and known is None:
        return Body(area, place + "人民政府")
    if is_group(area) or (known is None and not _ZONE.search(area) and not _is_locality(area)):
        return None
    endings = ("政府", "管委会")
    named = next((area + ending for ending in endings if vocabulary.find("agency", area + ending)), None)
    return Body(area, named or area + endings[bool(_ZONE.search(area))])


def _is_locality(name: str) -> bool:
    if _KINDS_OF_AREA.match(name):
        return False
    return bool(_LOCALITY.match(name)) and (leading_county(name) == name or name.endswith(("市", "州", "盟")))


def _area_bodies(areas: re.Match[str], where: Place, vocabulary: Vocabulary) -> Iterator[Body]:
    """各区（新区、深汕特别合作区） means the governments of the districts and the authorities of the zones."""
    yield Body(areas["head"], areas["head"] + (areas["body"] or "政府"), group=True)
    for inner in re.split("[、，]", areas["inner"]):
        name = inner if governs(inner) else inner + "管委会"
        yield _body(name, "", where, vocabulary)
