"""Names of carriers in quotation marks: “东方氢岛”, “湖北省工业互联网创新中心”, “i深圳”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.extractors.platforms.judging import Judge
from kg.extractors.platforms.names import QUOTED, Candidate, edges, ending_nouns, governor, held, nouns
from kg.grammar.words import load_words

_WORDS = load_words(Path(__file__).parent, "judging")
_COINED = re.compile("[\u4e00-\u9fff]{2,8}")
# What follows a name in quotation marks in a list of such, or where one is said to lie.
_LISTED = re.compile("”(?:、?“|坐落|位于)")
_BEST = re.compile("世界|一流|一代")
# The name of a service of the people's, with one small letter (“i深圳”).
_BRAND = re.compile("“(?:[a-z][\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,3}[a-z][\u4e00-\u9fff]{1,3})”")
# What follows a name in quotation marks that is the whole of one.
_WHOLE = re.compile("$|[、，。；）和与及等“]|建设|规划|坐落|位于")


def _candidates(passage: str) -> Iterator[Candidate]:
    """The names in quotation marks that end in a carrier's noun, or as coined names of places do (“东方氢岛”)."""
    text = held(passage)
    for match in _BRAND.finditer(passage) if "“" in passage else ():
        verb, list_start = governor(text, edges(text), match.start())
        yield Candidate(
            match.start() + 1, match.end() - 1, match.end() - 1, "", "PublicServicePlatform", verb, list_start
        )
    for match in QUOTED.finditer(passage) if "“" in passage else ():
        inner = match["inner"]
        if not inner.endswith(ending_nouns()) or not _WHOLE.match(passage, match.end()):
            continue
        noun = next(filter(inner.endswith, ending_nouns()))
        if len(noun) < len(inner):
            verb, list_start = governor(text, edges(text), match.start())
            start, end = match.start() + 1, match.end() - 1
            yield Candidate(start, end - len(noun), end, noun, nouns().get(noun, "IndustrialPark"), verb, list_start)


def quoted_names(passage: str, judge: Judge) -> Iterator[tuple[Candidate, bool]]:
    """The names of a passage in quotation marks, each with whether it is a name wherever it stands."""
    for candidate in _candidates(passage):
        proper = not candidate.noun or _is_proper(passage, candidate, judge)
        if proper or _is_coined(passage, candidate, judge):
            yield candidate, proper


def _is_proper(passage: str, candidate: Candidate, judge: Judge) -> bool:
    """Whether what stands in quotation marks is a name by itself, and no title that a place has or wants."""
    titled = candidate.noun in _WORDS["parts"] or candidate.type == "Exhibition"
    return not titled and judge.verdict(passage, candidate) == "proper"


def _is_coined(passage: str, candidate: Candidate, judge: Judge) -> bool:
    """Whether a name in quotation marks was coined for a carrier that is dealt with, or that lies somewhere."""
    body = passage[candidate.start : candidate.noun_start]
    governed = candidate.verb or _LISTED.match(passage, candidate.end)
    if not governed or not _COINED.fullmatch(body) or not judge.says_which(body):
        return False
    praised = body.startswith((*_WORDS["scopes"], "第")) or body.endswith(_WORDS["epithets"]) or _BEST.search(body)
    return candidate.noun.endswith(_WORDS["coined"]) and not praised
