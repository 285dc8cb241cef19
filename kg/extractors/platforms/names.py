"""Where a carrier's name may stand in a passage: its last noun, its left edge, and the list that it is in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from kg.grammar.words import any_of, begins_with, load_words
from kg.places import leading_place

_FOLDER = Path(__file__).parent
# Short brackets and quotes are parts of names (国家（深圳·前海）新型互联网交换中心); longer ones stand outside.
_ASIDE = re.compile(r"[（(][^（）()，。：；]{1,12}[）)]|“[^“”，。：；]{1,30}”|‘[^‘’，。：；]{1,30}’")
_TITLE = re.compile(r"《[^《》]*》")
_HELD, _SHUT = "〇", "《"
_PUNCTUATION = r"——|[，,。；;：:！？!?“”‘’（）()《》…]"
_COUNT = r"(?:\d+|[一二三四五六七八九十两]+)(?:大(?![学湾])|个|家|条|座|届)"
_AND = re.compile("以及|[和与及暨—/-]")
# 同 is a word of its own but in names of schools and firms (同济, 同方) and in longer words (同步).
_WITH = re.compile("[与和]|同(?![济方仁步位])")
_QUOTED_END = re.compile("”")
QUOTED = re.compile("“(?P<inner>[^“”，。：；]{3,30})”")
_STOPS = "，。；：！？"
_PLATFORM, _PARK = "平台", "IndustrialPark"
_PROJECT, _PHASE = "项目", re.compile("(?:[（(]?[一二三四五]期[）)]?)?")
_TAIL = re.compile(r"[（(](?!以下|简称|下称|含|包括)[\u4e00-\u9fff、·]{1,12}(?<!摄)[）)]")

_PROJECTS = ("项目", "工程")
_END = attrgetter("end")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a carrier's name; positions are those of the passage.

    ``noun`` is the word that it ends in and ``type`` the class that this says; ``verb`` is what governs it ("" where
    nothing does) and ``list_start`` where the list begins that it is an item of. ``inner`` is the carrier that a
    project is one of (南湖实验装置 in 南湖实验装置优化提升项目).
    """

    start: int
    noun_start: int
    end: int
    noun: str
    type: str
    verb: str
    list_start: int
    inner: Candidate | None = None


class Edge(NamedTuple):
    """A word or mark that ends what stands before it."""

    start: int
    end: int
    kind: str


@cache
def nouns() -> dict[str, str]:
    """From a carrier's last noun to the class that it says."""
    return {noun: kind for kind, found in load_words(_FOLDER, "types").items() for noun in found}


@cache
def _noun_pattern() -> re.Pattern[str]:
    goes_on = load_words(_FOLDER, "goes_on")
    parts: dict[str, list[str]] = defaultdict(list)
    for noun in sorted(nouns(), key=lambda n: (n[0], -len(n), n)):
        stops = next((words for ending, words in goes_on.items() if noun.endswith(ending)), ())
        parts[noun[0]].append(re.escape(noun[1:]) + (f"(?!{any_of(stops)})" if stops else ""))
    return re.compile("|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in parts.items()))


@cache
def _edge_pattern() -> re.Pattern[str]:
    words = load_words(_FOLDER, "edges")
    tables = (words[name] for name in ("inside", "verbs", "particles", "scopes", "opening"))
    first = begins_with(*tables, "—，,。；;：:！？!?“”‘’（）()《》…、", chars=r"\d一二三四五六七八九十两")
    return re.compile(
        f"{first}(?:(?P<item>、)|(?P<mark>{_PUNCTUATION})|(?P<inside>{any_of(words['inside'])})|(?P<verb>{any_of(words['verbs'])})"
        f"|(?P<particle>{any_of(words['particles'])}|(?<!、){any_of(words['scopes'])}(?![{_HELD}（(])|{_COUNT})"
        f"|(?P<opening>{any_of(words['opening'])}))"
    )


@cache
def _actors() -> tuple[str, ...]:
    return load_words(_FOLDER, "lists")["actors"]


@lru_cache(maxsize=1)
def held(text: str) -> str:
    """A text of the same length in which short brackets and quotes, and titles of documents, hold no words."""
    shut = _TITLE.sub(lambda m: _SHUT * len(m[0]), text)
    return _ASIDE.sub(lambda m: _HELD * len(m[0]), shut)


@lru_cache(maxsize=1)
def edges(text: str) -> tuple[Edge, ...]:
    """The edges of a text whose asides are held, in order; words that stand inside names are none."""
    found: list[Edge] = []
    for match in _edge_pattern().finditer(text):
        kind = match.lastgroup or ""
        if kind == "inside" or (kind == "opening" and match.start() != (found[-1].end if found else 0)):
            continue
        found.append(Edge(match.start(), match.end(), "particle" if kind == "opening" else kind))
    return tuple(found)


def candidates(passage: str) -> tuple[Candidate, ...]:
    """The stretches of a passage that may be names, in order; of two where one holds the other, the longer."""
    text = held(passage)
    matches = _nouns(passage, text)
    if not matches:
        return ()
    found = edges(text)
    ends = {m.end() for m in matches} | {m.end() for m in _QUOTED_END.finditer(passage) if text[m.start()] == _HELD}
    made: list[Candidate] = []
    for match in matches:
        candidate = _candidate(passage, text, found, match, ends, made[-1] if made else None)
        while made and candidate.start < made[-1].end:
            last = made.pop()
            if candidate.noun in _PROJECTS and last.start == candidate.start:
                candidate = replace(candidate, inner=last)
        made.append(candidate)
    return tuple(made)


@cache
def ending_nouns() -> tuple[str, ...]:
    """What a name in quotation marks can end in, the longest first."""
    coined = load_words(_FOLDER, "edges")["coined"]
    return tuple(sorted({*nouns(), *coined}, key=lambda noun: (-len(noun), noun)))


def _nouns(passage: str, text: str) -> list[re.Match[str]]:
    """The last nouns of carriers in a text.

    项目 after another (…平台项目, …园区一期项目) adds nothing to it, nor does 平台 after a park's (…科学城平台).
    """
    found: list[re.Match[str]] = []
    for match in _noun_pattern().finditer(text):
        if match[0] == _PROJECT and found and _PHASE.fullmatch(passage, found[-1].end(), match.start()):
            continue
        if match[0] == _PLATFORM and found and found[-1].end() == match.start() and nouns()[found[-1][0]] == _PARK:
            continue
        found.append(match)
    return found


def governor(text: str, found: tuple[Edge, ...], position: int) -> tuple[str, int]:
    """The verb that governs what stands at a position ("" where none does), and where the list around it begins."""
    last = bisect_right(found, position, key=_END)
    begins = next((found[at].end for at in range(last - 1, -1, -1) if found[at].kind != "item"), 0)
    governing = next((found[at] for at in range(last - 1, -1, -1) if found[at].kind not in ("item", "particle")), None)
    verb = text[governing.start : governing.end] if governing and governing.kind == "verb" else ""
    return verb, begins


def _candidate(
    passage: str, text: str, found: tuple[Edge, ...], match: re.Match[str], ends: set[int], last: Candidate | None
) -> Candidate:
    edge = bisect_right(found, match.start(), key=_END)
    start = found[edge - 1].end if edge else 0
    start = max((m.end() for m in _AND.finditer(text, start, match.start()) if _parts(text, m, ends)), default=start)
    start += bool(_WITH.match(text, start, match.start()))
    named = QUOTED.match(passage, start)
    if named and named["inner"].endswith(ending_nouns()) and leading_place(text[named.end() : match.start()])[1]:
        start = named.end()
    verb, list_start = governor(text, found, match.start())
    if last is not None and start == last.end + 1 and text[last.end] not in _STOPS:
        verb, list_start = last.verb, last.list_start
    tail = _TAIL.match(passage, match.end())
    end = tail.end() if tail else match.end()
    return Candidate(start, match.start(), end, match[0], nouns()[match[0]], verb, list_start)


def _parts(text: str, joint: re.Match[str], ends: set[int]) -> bool:
    """Whether an 和 ends an item of a list: what stands before it is a name of its own."""
    return joint.start() in ends or text.endswith(_actors(), 0, joint.start())


def closings(passage: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, str, re.Match[str]]]:
    """Where lists begin that end in 等 and what a pattern matches after it, with the verb that governs each."""
    if "等" not in passage and "、" not in passage:
        return
    text = held(passage)
    for match in pattern.finditer(text):
        verb, start = governor(text, edges(text), match.start())
        if start < match.start():
            yield start, verb, match
