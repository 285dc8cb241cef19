"""Companies as the owners of figures: the company that a sentence speaks of has the figures that name nobody else."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.facts import Enterprise, Fact, Observation, Target, Thing
from kg.structure.figures.wording import head_of, noun_of, words
from kg.structure.outline import Outline
from kg.structure.passages import passages

# 该公司 means a company that was named at most so many characters before.
_NEAR = 300
# What stands between a mark and the company that a clause speaks of: nothing, a time, a place, what describes it.
_LEAD = re.compile(r"(?:[\u4e00-\u9fff]{0,16}的|[\u4e00-\u9fff]{0,5}[市区]|深圳(?:[\u4e00-\u9fff]{2})?|\d{4}年|“|)")
_LISTED = ("、", "等", "和", "与", "及", "”")
_FIRM = ("公司", "企业")
_MARK = re.compile(r"[，。；：！？—]")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A company named at a place of the text."""

    start: int
    end: int
    name: str


def owned(facts: Iterable[Fact], outline: Outline) -> Iterator[Fact]:
    """The facts of a document, its figures tied to the companies that it mentions.

    Not in plans and opinions, which speak of industries; and only where the figure is of nothing but a place.
    """
    known = tuple(facts)
    mentions = tuple(sorted(_mentions(known, outline), key=lambda m: (m.start, -m.end)))
    if outline.document.type in ("ActionPlan", "Opinion") or not mentions:
        yield from known
        return
    owners = _Owners(outline, mentions)
    for fact in known:
        owner = owners.of(fact) if isinstance(fact, (Target, Observation)) else None
        if owner is None or not isinstance(fact, (Target, Observation)):
            yield fact
            continue
        yield replace(fact, about=Thing("enterprise", owner), subject=owner, metric=_of_owner(fact, owner))


def _mentions(facts: Iterable[Fact], outline: Outline) -> Iterator[_Mention]:
    offsets = outline.text.offsets
    for fact in facts:
        if isinstance(fact, Enterprise):
            start, end = (bisect_left(offsets, at) for at in (fact.evidence.start, fact.evidence.end))
            yield _Mention(start, end, fact.name)


def _of_owner(figure: Target | Observation, owner: str) -> str:
    """What a figure measures, without the name of the company or the word for it."""
    said = figure.metric if figure.metric.startswith(owner) else figure.subject + figure.metric
    metric = said.removeprefix(owner) if said.startswith(owner) else figure.metric.removeprefix(_firm(figure.metric))
    return noun_of(metric.removeprefix("的")) or figure.metric


def _firm(metric: str) -> str:
    """The word for a company that a measure begins with (公司|员工数量); empty where it begins with none."""
    return next((word for word in words()["firms"] if word.endswith(_FIRM) and metric.startswith(word)), "")


class _Owners:
    """Knows where a document mentions companies, and where its sentences begin."""

    def __init__(self, outline: Outline, mentions: tuple[_Mention, ...]) -> None:
        self._outline = outline
        self._mentions = mentions
        self._starts = [mention.start for mention in mentions]
        self._blocks = [block.start for block in outline.blocks]
        self._passages = [span.start for span in passages(outline)]

    def of(self, figure: Target | Observation) -> str | None:
        """The company that a figure is of; None where it is of something else."""
        if figure.about is not None and figure.about.kind != "district":
            return None
        start = bisect_left(self._outline.text.offsets, figure.evidence.start)
        within = self._between(start, start + len(figure.evidence.quote))
        for mention in within:
            if head_of(figure.evidence.quote).startswith(mention.name) and not self._listed(mention):
                return mention.name
        alone = not within and not self._says_who(figure)
        topic = self._topic(self._passages[bisect_right(self._passages, start) - 1], start) if alone else None
        if topic is None and alone and self._is_earned(figure):
            topic = self._topic(self._blocks[bisect_right(self._blocks, start) - 1], start)
        if topic is None and (figure.subject.startswith(words()["firms"]) or _firm(figure.metric)):
            return next((m.name for m in reversed(self._between(start - _NEAR, start))), None)
        return topic

    def _is_earned(self, figure: Target | Observation) -> bool:
        """Whether a figure measures what companies alone have: then it is of the one that its paragraph speaks of."""
        return figure.metric.removesuffix("增速").endswith(words()["earnings"])

    def _between(self, start: int, end: int) -> tuple[_Mention, ...]:
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _listed(self, mention: _Mention) -> bool:
        """Whether a company is but one of those that a list names."""
        return self._outline.text.chars[mention.end : mention.end + 1] in _LISTED

    def _says_who(self, figure: Target | Observation) -> bool:
        """Whether the words of a figure name its subject themselves (深圳高新技术企业…, 4家企业获奖)."""
        quote = figure.evidence.quote
        others = quote.startswith(words()["others"]) or (quote[:1].isdigit() and quote != figure.quantity.text)
        return others or (figure.subject in quote and not figure.subject.startswith(words()["firms"]))

    def _topic(self, start: int, end: int) -> str | None:
        """The company that the clauses of a sentence speak of, up to a place of it."""
        chars, topic = self._outline.text.chars, None
        marks = [start, *(match.end() for match in _MARK.finditer(chars, start, end))]
        for mention in self._between(start, end):
            begin = marks[bisect_right(marks, mention.start) - 1]
            if _LEAD.fullmatch(chars, begin, mention.start) and not self._listed(mention):
                topic = mention.name
        return topic
