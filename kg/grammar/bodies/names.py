"""What the name of a public body may look like, alone and with the place that it carries."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from kg.grammar.words import any_of, load_words
from kg.kinds import is_kind, is_ministry
from kg.places import Place, leading_county, leading_place, short_name
from kg.vocabulary import Vocabulary

WORDS = load_words(Path(__file__).parent)
KEPT = 4096
"""Of how many names it is remembered what they are: a document names the same bodies over and over."""

_LONGEST = 30
_ENDING = re.compile(rf"{any_of([*WORDS['endings'], *WORDS['operators']])}$")
_GROUP = re.compile(
    rf"^(?:{any_of(WORDS['group_openings'])}.*|{any_of(WORDS['group_names'])}"
    rf"|{any_of(WORDS['touching'])}.*{any_of(WORDS['touched'])}(?:（[^（）]*）)?"
    r"|在[\u4e00-\u9fff]{1,3}(?:高校|院校|金融机构|单位|企业)"
    r"|[市州县区旗乡镇]{1,3}(?:（[市州县区旗、]{1,5}）[市州县区旗]?|[市州县区旗乡镇])(?:人民)?政府)$"
)
_STANDALONE = re.compile(rf"^(?:{any_of(WORDS['standalone'])})")
_OWN_NAME = re.compile(rf"{any_of([*WORDS['own_names'], *WORDS['operators']])}$")
_LEVEL = re.compile(rf"(?!{any_of(WORDS['no_level'])}){any_of(WORDS['levels'])}(?=..|委$)")
_GOVERNED = re.compile(r"(?:人民)?政府$|管委会$|管理委员会$|街道办事处$")
# 13个政府部门 counts bodies and names none; what is said of a body (… 的单位) is no name.
_NO_NAME = re.compile(
    r"^(?:\d|[一二三四五六七八九十百多数]+[个家所])|[的了由被把为]|以下简称|包括|例如|[。！？：:《》“”]"
)


@lru_cache(maxsize=KEPT)
def is_body(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name is one that a public body, or a group of them, may have."""
    if not 2 <= len(name) <= _LONGEST or name.count("（") != name.count("）"):
        return False
    if vocabulary.find("agency", name) is not None:
        return True
    if _NO_NAME.search(name):
        return False
    if name in WORDS["endings"]:
        return is_kind(name)
    return bool(_ENDING.search(name) or is_official(name))


@lru_cache(maxsize=KEPT)
def is_official(name: str) -> bool:
    """Whether a name is certainly that of a public body: its kind is known, with or without the place before it."""
    return is_ministry(name) or any(
        is_kind(rest) for rest in (name, name[len(level_of(name)) :], name[leading_place(name)[1] :])
    )


@lru_cache(maxsize=KEPT)
def is_group(name: str) -> bool:
    """Whether a name means several bodies (各区政府, 有关单位)."""
    return bool(_GROUP.match(name)) and name.count("（") == name.count("）")


def governs(name: str) -> bool:
    """Whether a name is that of an area's government or authority (滨江区政府, 前湾新区管委会)."""
    return bool(_GOVERNED.search(name))


@lru_cache(maxsize=KEPT)
def level_of(name: str) -> str:
    """The level that a name prints (市 in 市财政局), which those after it share; empty where it prints none."""
    if is_kind(name) and not name.startswith("市委"):
        return ""
    match = _LEVEL.match(name)
    return match[0] if match else ""


def carries_place(name: str, where: Place, areas: tuple[str, ...]) -> bool:
    """Whether a name is whole as printed: it names its own place, a district of it, or no place at all."""
    own = tuple(short_name(place) for place in (where.province, where.city, where.county) if place)
    if name.startswith(own) or name.startswith(areas) or _STANDALONE.match(name) or is_ministry(name):
        return True
    if _GOVERNED.search(name) and not is_kind(name):
        return True
    return bool(leading_place(name)[1] or _OWN_NAME.search(name) or leading_county(name))
