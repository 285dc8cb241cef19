"""Leadership in running text: 建立由市发展改革委牵头、市科技创新委等参与的联席会议制度."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.extractors.responsibilities.notes import is_strong
from kg.facts import Role
from kg.grammar.bodies.names import is_body
from kg.grammar.bodies.reading import Named, read_bodies
from kg.grammar.words import any_of, load_words
from kg.vocabulary import Vocabulary

_RUNNING = load_words(Path(__file__).parent, "running")
_LIST = r"[\u4e00-\u9fffA-Za-z、]{1,300}?"
_LEAD = re.compile(
    rf"(?:{any_of(_RUNNING['before'])})(?P<bodies>{_LIST})(?:{any_of(_RUNNING['after_lead'])})"
    rf"(?:，(?P<others>[^，。；]*?)(?:{any_of(_RUNNING['after_participants'])}))?"
)
# 建立某局牵头、多部门协同的工作机制; 某委员会统一领导实施本计划.
_MECHANISM = re.compile(
    rf"{any_of(_RUNNING['founding'])}(?:了|起)?(?:由|以)?(?P<bodies>{_LIST})(?:为?{any_of(_RUNNING['heading'])})"
    rf"[^，。；]{{0,40}}{any_of(_RUNNING['mechanisms'])}"
)
_RULES = re.compile(rf"(?:^|[，。；])(?P<bodies>{_LIST}){any_of(_RUNNING['ruling'])}")
_JOINTLY = re.compile(
    rf"(?:^|[，。；、”])(?:由|是由)?(?P<bodies>{_LIST})(?:{any_of(_RUNNING['jointly'])})"
    rf"(?P<others>[^，。；]{{4,}}?)(?:等机构|等单位|等部门|等)?(?:{any_of(_RUNNING['together'])})"
)
# 某评价委员会于2022年继续开展第二十届评价活动，并与某组织共同开展… : who holds an activity leads it.
_HOLDS = re.compile(
    rf"(?:^|[，。；])(?P<bodies>[\u4e00-\u9fff]{{2,24}}?{any_of(_RUNNING['holders'])})(?:于\d{{4}}年)(?:继续)?"
    rf"{any_of(_RUNNING['holds'])}[^。；]*?活动(?:，并与(?P<others>[^，。；]+?)共同[^。；]*?活动)?"
)
_RESPONSIBLE = re.compile(
    rf"(?:{any_of(_RUNNING['before'])})(?P<bodies>[\u4e00-\u9fffA-Za-z、（）]{{1,300}}?)"
    rf"{any_of(_RUNNING['after_responsible'])}(?!{any_of(_RUNNING['papers'])})"
    rf"(?:，(?P<others>[^，。；]*?)(?:{any_of(_RUNNING['after_participants'])}))?"
)
_LEADING = (
    ("running-lead", _LEAD),
    ("running-lead", _MECHANISM),
    ("running-lead", _RULES),
    ("running-jointly", _JOINTLY),
    ("running-holds", _HOLDS),
)
_MOST_BODIES = 30


@dataclass(frozen=True, slots=True)
class Statement:
    """A role that running text gives to a body; positions count from the start of the sentence."""

    role: Role
    bodies: tuple[Named, ...]
    start: int
    end: int
    rule: str


def statements(sentence: str, place: str, vocabulary: Vocabulary) -> Iterator[Statement]:
    """Who leads and who takes part, as far as the sentence names them as bodies."""
    for rule, pattern in _LEADING:
        for match in pattern.finditer(sentence):
            leaders = _bodies(match, "bodies", place, vocabulary)
            if not leaders:
                continue
            yield Statement("lead", leaders, match.start(), match.end(), rule)
            yield from _helpers(match, rule, place, vocabulary)
    led = {match.start() for match in _LEAD.finditer(sentence)}
    for match in _RESPONSIBLE.finditer(sentence):
        if match.start() in led:
            continue
        bodies = _bodies(match, "bodies", place, vocabulary)
        if bodies and all(is_strong(named, vocabulary) for named in bodies):
            role: Role = "responsible" if len(bodies) == 1 else "joint"
            yield Statement(role, bodies, match.start(), match.end(), "running-responsible")
            yield from _helpers(match, "running-responsible", place, vocabulary)


def _helpers(match: re.Match[str], rule: str, place: str, vocabulary: Vocabulary) -> Iterator[Statement]:
    others = _bodies(match, "others", place, vocabulary)
    if others:
        yield Statement("participant", others, match.start(), match.end(), rule)


def _bodies(match: re.Match[str], group: str, place: str, vocabulary: Vocabulary) -> tuple[Named, ...]:
    text = match[group] if group in match.re.groupindex else None
    if not text:
        return ()
    found = read_bodies(text, place, vocabulary)
    if not found or len(found) > _MOST_BODIES or not all(is_body(n.body.printed, vocabulary) for n in found):
        return ()
    start = match.start(group)
    return tuple(Named(n.body, n.start + start, n.end + start) for n in found)
