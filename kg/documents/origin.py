"""Whose document it is: the place that its title, its issuers, its signature or its text name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

from kg.places import city_of, leading_county, most_named, parse, place_at

# What stands before the place in a title: a number, the party, what is announced.
_NUMBER = re.compile(r"^[\u4e00-\u9fff]{1,12}[〔\[［【(（]\d{4}[〕\]］】)）]\s?第?\d{1,4}号")
_BEFORE = re.compile(r"^(?:(?:19|20)\d\d年度?)?(?:中共|中国共产党|共青团)?")
_ANNOUNCED = re.compile(
    r"(?:(?:——|[:：])(?:(?:19|20)\d\d年度?)?|关于(?:印发|发布|公布|下发|调整|修订|转发|实施)?|[《〈])"
)
# After a comma a title may say of whom it tells (…新赛道，长沙未来五年…), but only by a name that is known.
_CLAUSE = re.compile("[，,]")
_NATION = re.compile(
    r"^(?:国务院|中共中央|中央|国家|全国|中国|中华人民共和国|[\u4e00-\u9fff]{2,10}部(?:办公厅|等|关于|[\u4e00-\u9fff]{2,10}部))"
)
# A city that is no prefecture (义乌市), at the head of a title.
_SMALL_CITY = re.compile(r"(?![\u4e00-\u9fff]{0,3}[全本我各城推促加关培建])[\u4e00-\u9fff]{2,3}市(?![场民域值容])")
# A zone that a title names before the district that it has one government with (广州开发区、广州市黄埔区).
_ZONE = re.compile(r"[\u4e00-\u9fff]{2,9}?(?:开发区|高新区|经开区|保税区|自贸区|合作区)(?:管委会)?[、 ]?")
# A zone of a place that the gazetteer lacks, whose document it is.
_OWN_ZONE = re.compile(
    r"(?!关于|推[动进]|促进|支持|加快|建设|国家)[\u4e00-\u9fff]{2,4}(?:国家级?)?(?:经济技术开发区|高新技术产业开发区|经济开发区|高新区|经开区|工业园区|综合保税区)"
)
# A signature: the name of a body on a line of its own.
_SIGNATURE = re.compile(r"[^，。；：、]{4,30}(?:人民政府|委员会|办公室|办公厅|局|厅|委)$")
_SAMPLE = 60_000


def without_number(title: str) -> str:
    """A title without the number of the paper that stands before it (杭政函〔2023〕1号)."""
    return _NUMBER.sub("", title)


def place_of(heading: str, title: str, lines: Iterable[str], text: str) -> str:
    """The place whose document this is; empty for one of the nation, and where nothing tells.

    ``heading`` is the printed title with the issuers, ``lines`` are the short lines that may sign it.
    """
    for said in dict.fromkeys((heading, title)):
        bare = _BEFORE.sub("", without_number(said))
        if _NATION.match(bare):
            return ""
        announced = (_at_head(bare[m.end() :], text) for m in _ANNOUNCED.finditer(bare))
        told = (place_at(bare[m.end() :]) for m in _CLAUSE.finditer(bare))
        named = next(filter(None, chain((_at_head(bare, text),), announced, told)), "")
        if named:
            return named
    signed = (place_at(_BEFORE.sub("", line)) for line in lines if _SIGNATURE.fullmatch(line))
    return next(filter(None, signed), "") or most_named(text[:_SAMPLE])


def _at_head(title: str, text: str) -> str:
    """The place that a title begins with; a county that is named alone gets the city that the text gives it."""
    title = title.lstrip("《〈“ ")
    zone = _ZONE.match(title)
    beside = place_at(title[zone.end() :]) if zone else ""
    if beside and parse(beside).county:
        return beside
    county = leading_county(title)
    if county and place_at(title) == county:
        return city_of(county, text[:_SAMPLE]) + county
    small, own = _SMALL_CITY.match(title), _OWN_ZONE.match(title)
    return place_at(title) or (small[0] if small else own[0] if own else "")
