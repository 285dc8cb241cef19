"""Reads the clauses of one sentence: the district that it is about, and the part that it gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extractors.district_roles.places import WORDS, Places
from kg.grammar.enumerations import pieces
from kg.grammar.words import any_of
from kg.structure.outline import Outline, Sentence
from kg.text import Span

_GIVES = any_of(WORDS["gives"])
_AREA = "区" + "".join(f"(?<!{area})" for area in WORDS["plain_areas"])
_ENDS = f"(?={any_of(WORDS['after_part'])}|[，。；]|$)"
_PART = re.compile(rf"(?:{_GIVES}|^将?为)(?P<role>[^；]*(?:{any_of(WORDS['parts'])}|{_AREA})){_ENDS}")
_GATHERING = re.compile(rf"^(?P<role>{any_of(WORDS['gathering'])})")
_LESSER = re.compile(rf"(?:{_GIVES}|做大做强|^)(?P<role>[^；]*{any_of(WORDS['weak_parts'])})")
_PLACE_PARTS = any_of(WORDS["place_parts"])
_OWN = re.compile(rf"(?!{any_of(WORDS['after'])})(?P<role>[^，；、（）]{{2,24}}?{_PLACE_PARTS}){_ENDS}")
_BEFORE_OWN = re.compile(rf"(?:{_GIVES}|{any_of(WORDS['plans'])}|{_PLACE_PARTS}、)$")
_STAGE = re.compile(rf"{any_of(WORDS['stage_verbs'])}(?P<role>[^，；]{{2,20}}?{any_of(WORDS['stage_nouns'])})")
_IS_STAGE = re.compile(rf"^为(?P<role>{any_of(WORDS['stages'])})$")
_STAGE_NOUN = re.compile(rf"{any_of(WORDS['stage_nouns'])}$")
_FUNCTION_MARK = re.compile("[、和与及]|以及")
_LAID = re.compile("(?P<role>(?:重点|主要|集中)?(?:布局|分布))(?:在|于)?$")
_VIEW = re.compile(rf"^以.*为{any_of(WORDS['views'])}$")
_ADJUNCT = re.compile(any_of(WORDS["adjuncts"]))
_RESPONSIBLE = re.compile(any_of(WORDS["responsibility"]))
_LAYOUT = re.compile(any_of(WORDS["layout"]))
_PRAISE = re.compile(r"^(?:一批|一个|我市|全市|(?:具有|以|[^的，（“‘]*、|国际|全球|世界|全国)[^的（“‘]*的)")
_SHORT_LEAD = 8
_CLAUSE_MARKS, _SEGMENT_MARKS = "，,：。！？", "；;"


@dataclass(frozen=True, slots=True)
class Saying:
    """One district's part as a clause says it; ``rule`` names how it was read, positions are the text's."""

    district: str
    role: str
    functions: tuple[str, ...]
    start: int
    end: int
    rule: str


@dataclass(slots=True)
class _Subject:
    """A run of districts with what has been said of it: ``start`` is where the saying begins, ``deed`` its clause.

    ``opens`` is true where the sentence is about the districts, so that its later clauses are about them too.
    """

    keys: tuple[str, ...]
    start: int
    opens: bool
    deed: Span
    parts: list[Span] = field(default_factory=list)
    lesser: list[Span] = field(default_factory=list)
    stages: list[Span] = field(default_factory=list)
    laid: list[Span] = field(default_factory=list)


def is_layout(outline: Outline, section: int | None) -> bool:
    """Whether a passage is about where things go, by its chapter or by its own heading."""
    above = outline.chain(section)[-1:]
    return any(s.kind == "SpatialLayout" or _LAYOUT.search(s.heading) for s in above)


def is_note(text: str) -> bool:
    """Whether a sentence is a bracketed note of who is responsible."""
    return text[0] in "（([【" and _RESPONSIBLE.search(text) is not None


def sayings(outline: Outline, sentence: Sentence, places: Places) -> Iterator[Saying]:
    """The parts that a sentence gives to districts, in order."""
    text = outline.sentence_text(sentence)
    if is_note(text):
        return
    layout = is_layout(outline, sentence.section)
    for subject in _subjects(text, places, layout):
        yield from _said(text, subject, sentence.start, layout)
    yield from _named_after_place(text, places, sentence.start)


def _subjects(text: str, places: Places, layout: bool) -> list[_Subject]:
    """The runs of districts that a sentence speaks of, each with the parts that its clauses give."""
    found: list[_Subject] = []
    adjuncts_only = True
    for segment in pieces(text, _SEGMENT_MARKS):
        for clause in pieces(text[segment.start : segment.end], _CLAUSE_MARKS):
            span = Span(segment.start + clause.start, segment.start + clause.end)
            named = list(_named(text, span, places, adjuncts_only))
            if not named and found and layout and (found[-1].opens or not found[-1].parts):
                _note(text, span, found[-1])
            found.extend(named)
            adjuncts_only = adjuncts_only and bool(_ADJUNCT.match(text, span.start)) and not named
        adjuncts_only = True
    return found


def _named(text: str, clause: Span, places: Places, adjuncts_only: bool) -> Iterator[_Subject]:
    """The runs of districts that a clause names, each with what the clause says of it."""
    words = text[clause.start : clause.end]
    runs = [] if _VIEW.match(words) else list(places.find(words))
    for position, run in enumerate(runs):
        start = clause.start + (run.start if position else 0)
        end = clause.start + (runs[position + 1].start if position + 1 < len(runs) else len(words))
        opens = adjuncts_only and (run.start <= _SHORT_LEAD or bool(_ADJUNCT.match(words)))
        subject = _Subject(run.keys, start, opens, Span(clause.start + run.end, end))
        _note(text, subject.deed, subject)
        if laid := _LAID.search(words, 0, run.start):
            subject.laid.append(Span(clause.start + laid.start("role"), clause.start + laid.end("role")))
        yield subject


def _note(text: str, span: Span, subject: _Subject) -> None:
    """Keep the parts that the words of a clause give to a subject."""
    words = text[span.start : span.end].rstrip("、；。")
    if _VIEW.match(words):
        return
    for pattern, kept in ((_PART, subject.parts), (_GATHERING, subject.parts), (_LESSER, subject.lesser)):
        if match := pattern.search(words):
            kept.append(Span(span.start + match.start("role"), span.start + match.end("role")))
    for pattern in (_STAGE, _IS_STAGE):
        subject.stages.extend(
            Span(span.start + m.start("role"), span.start + m.end("role")) for m in pattern.finditer(words)
        )


def _said(text: str, subject: _Subject, offset: int, layout: bool) -> Iterator[Saying]:
    """What a subject's clauses amount to: its parts, else lesser ones, else what the layout says that it does."""
    functions = tuple(dict.fromkeys(f for stage in subject.stages for f in _functions(text[stage.start : stage.end])))
    chosen = [("part", span) for span in subject.parts]
    if layout and not chosen:
        chosen = [("lesser-part", span) for span in subject.lesser]
    if not chosen and subject.stages:
        chosen = [("stage", subject.stages[0])]
    if layout and not chosen and subject.opens and subject.deed.end - subject.deed.start > 1:
        chosen = [("deed", subject.deed)]
    if layout and not chosen:
        chosen = [("laid-out", span) for span in subject.laid]
    for rule, span in chosen:
        role = _PRAISE.sub("", text[span.start : span.end])
        for key in subject.keys:
            yield Saying(key, role, functions, offset + subject.start, offset + max(span.end, subject.deed.start), rule)


def _functions(stage: str) -> tuple[str, ...]:
    return tuple(f.removeprefix("部分") for f in _FUNCTION_MARK.split(_STAGE_NOUN.sub("", stage)) if f)


def _named_after_place(text: str, places: Places, offset: int) -> Iterator[Saying]:
    """Parts whose name begins with the district's (打造前海天然气贸易集聚区)."""
    for run in places.any(text):
        match = _OWN.match(text, run.names_end)
        if match and _BEFORE_OWN.search(text[max(0, run.start - 5) : run.start]):
            for key in run.keys:
                yield Saying(key, match["role"], (), offset + run.start, offset + match.end(), "named-after-place")
