"""Kinds of public bodies that every place has: from a name printed short to the official one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from kg.places import Place, english_name, is_new_area, leading_county, leading_place, parse, short_name
from kg.vocabulary import ONTOLOGY

# A branch of a body in a part of its place: 市规划资源局余杭分局.
_BRANCH = re.compile(r"(?P<body>.+?局)(?P<branch>[\u4e00-\u9fff]{2,8}分局)$")
_SHORTEST_BRANCH = 4
_LEVELS = ("省", "自治区", "市", "州", "区", "县", "旗")
# So many answers about names are kept at most.
_KEPT = 4096
_GOVERNMENT = re.compile(r"(?P<place>[\u4e00-\u9fff]{1,9}[省市州盟区县旗镇乡])政府$")


@dataclass(frozen=True, slots=True)
class Official:
    """A body's full official name, the same in English, and the place that it is a body of."""

    name: str
    english: str
    place: str


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    english: str
    endings: tuple[str, ...]
    full_place: bool


@dataclass(frozen=True, slots=True)
class _Kinds:
    """``stems`` and ``fixed`` by printed form; ``endings`` by printed ending, the longest first; ``ministries`` by what
    they are printed as without 部."""

    stems: dict[str, tuple[_Kind, ...]]
    fixed: dict[str, tuple[dict[str, Any], ...]]
    endings: tuple[tuple[str, str, str], ...]
    ministries: dict[str, _Kind]


@cache
def _kinds() -> _Kinds:
    with (ONTOLOGY / "vocabulary" / "body-kinds.toml").open("rb") as file:
        data = tomllib.load(file)
    stems: dict[str, tuple[_Kind, ...]] = {}
    for raw in data["kind"]:
        kind = _Kind(raw["name"], raw["english"], tuple(raw.get("endings", ())), raw.get("full_place", False))
        for short in (raw["name"], *raw["short"]):
            stems[short] = (*stems.get(short, ()), kind)
    fixed: dict[str, tuple[dict[str, Any], ...]] = {}
    for raw in data["fixed"]:
        for short in _printed(raw["short"]):
            fixed[short] = (raw, *fixed.get(short, ()))
    endings = ((e, v["full"], v["english"]) for e, v in sorted(data["endings"].items(), key=lambda i: -len(i[0])))
    ministries = {short: kind for short, held in stems.items() for kind in held if kind.name in data["ministries"]}
    return _Kinds(stems, fixed, tuple(endings), ministries)


def _printed(short: list[str]) -> Iterator[str]:
    for form in short:
        yield from (form.format(level=level) for level in _LEVELS) if "{level}" in form else (form,)


@lru_cache(maxsize=_KEPT)
def is_kind(name: str) -> bool:
    """Whether a name without its place (经信局, 委宣传部, 团市委) is one that a body of any place may have."""
    return _stem(name) is not None or name in _kinds().fixed


@lru_cache(maxsize=_KEPT)
def is_ministry(name: str) -> bool:
    """Whether a name is that of a ministry of the nation (交通运输部)."""
    return name.endswith("部") and name.removesuffix("部") in _kinds().ministries


@lru_cache(maxsize=_KEPT)
def branch_of(name: str) -> tuple[str, str]:
    """The body that a name calls a branch of, and the branch (规划资源局, 余杭分局); empty where it names none."""
    match = _BRANCH.match(name)
    if match or not name.endswith("分局"):
        return (match["body"], match["branch"]) if match else ("", "")
    ends = range(len(name) - _SHORTEST_BRANCH, 1, -1)
    cuts = (at for at in ends if name[at] not in "和与及" and is_kind(name[:at] + "局"))
    return next(((name[:at] + "局", name[at:]) for at in cuts), ("", ""))


@cache
def double_names() -> tuple[str, ...]:
    """Printed names of one body that hold a 、, without place, longest first."""
    return tuple(sorted((name for name in _kinds().fixed if "、" in name), key=lambda n: (-len(n), n)))


def _stem(name: str) -> tuple[_Kind, str, str] | None:
    """The kind that a name prints, its full ending, and that in English."""
    for ending, full, english in _kinds().endings:
        for kind in _kinds().stems.get(name.removesuffix(ending), ()) if name.endswith(ending) else ():
            if not kind.endings or ending in kind.endings:
                return kind, full, english
    return None


@lru_cache(maxsize=_KEPT)
def official(name: str, place: str) -> Official | None:
    """The official name of a body that is named with its place (杭州市经信局); None where its kind is not known.

    ``place`` is that of the document which names it: a county that it names without its city lies in its own.
    """
    whole = parse(place) if place else None
    if is_ministry(name):
        kind = _kinds().ministries[name.removesuffix("部")]
        return Official(f"中华人民共和国{kind.name}部", f"Ministry of {kind.english}", "")
    for owner, rest in _owners(name, whole):
        body, branch = branch_of(rest)
        found = _of_kind(body or rest, owner, owner in name)
        if found is not None:
            return Official(found.name + branch, found.english, owner) if branch else found
    government = _GOVERNMENT.fullmatch(name)
    return Official(f"{government['place']}人民政府", "", government["place"]) if government else None


def _owners(name: str, whole: Place | None) -> Iterator[tuple[str, str]]:
    """The places that a name may begin with, and the rest of it."""
    bare = name.removeprefix("中共").removeprefix("共青团") if name.startswith(("中共", "共青团")) else name
    own = (whole.name, whole.county, whole.city, whole.province) if whole else ()
    for place in dict.fromkeys(filter(None, own)):
        if bare.startswith(place):
            yield (whole.name if whole and place == whole.county else place), bare.removeprefix(place)
    place, end = leading_place(bare)
    county = leading_county(bare, end)
    if place and county:
        yield (place if place.endswith("市") else "") + county, bare[end + len(county) :]
    if place:
        yield place, bare[end:]
    elif county:
        within = whole is not None and not whole.county and not is_new_area(county)
        yield (whole.city if whole and within else "") + county, bare.removeprefix(county)


def _of_kind(rest: str, owner: str, in_full: bool) -> Official | None:
    level = "city" if parse(owner).city not in ("", owner) or parse(owner).province != owner else "province"
    fitting = (raw for raw in _kinds().fixed.get(rest, ()) if owner in raw.get("only", (owner,)))
    fixed = next((raw for raw in fitting if raw.get("of", level) == level), None)
    if fixed is not None:
        pattern = fixed.get("except", {}).get(owner) or fixed["name"]
        county = parse(owner).county
        # A district's government is named without its city, its other bodies with it.
        place = county if county and rest.removeprefix("人民") == "政府" else owner
        named = pattern.format(place=place, short=short_name(owner))
        return Official(named, f"{fixed['english']} of {english_name(owner)}", owner)
    stem = _stem(rest)
    if stem is None:
        return None
    kind, ending, english = stem
    if kind.full_place and not in_full:
        return None
    return Official(owner + kind.name + ending, f"{kind.english} {english} of {english_name(owner)}", owner)
