"""From a question to the things whose lead is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.lookup import bits
from kg.lookup.frames import frames
from kg.lookup.leads import Leading
from kg.lookup.mentions import Mention, Names, Space
from kg.lookup.reading import Question
from kg.lookup.search import Candidate, Search
from kg.lookup.shelf import Shelf
from kg.lookup.things import Record

_NAME_COVERAGE = 0.8
_ENOUGH: dict[Space, float] = {"characters": 0.62, "words": 0.62, "sounds": 0.75}
_ENOUGH_ELSEWHERE = 0.9
# A word that stands nowhere in the documents (数据要素披萨工程) leaves little room for other ways of saying things.
_ENOUGH_UNKNOWN = 0.85
# A cluster may be named in the text of another one's plan; then nearly all of the question has to stand there.
_ENOUGH_OF_OTHERS = 0.8
_WHOLE_NAME = 0.9
_HEADING_TOUCHED, _OWN = 0.2, 0.5
_TELLING, _LEAST_UNITS = 1.0, 3
_NAME_ENOUGH = 0.55
_TIE = 0.02
_TOO_MANY = 10


@dataclass(frozen=True, slots=True)
class Found:
    """The things that a question means, all equally, and how well the best of them covers it (0 to 1); ``within`` are
    the places whose documents it asks about, where it says so."""

    records: tuple[Record, ...]
    score: float
    within: frozenset[str] = frozenset()


class Finder:
    """Decides what a question about a lead means, or that nothing in the documents is meant."""

    def __init__(self, search: Search, leading: Leading, shelf: Shelf) -> None:
        self._search = search
        self._leading = leading
        self._records = search.records
        self._sets = shelf.table("sets")
        self._led = bits.whole(bytes(self._sets.get("led") or b""))
        platforms = self._records.numbers_of("platform")
        self._things = platforms | self._records.numbers_of("measure")
        self._platforms = platforms & self._led
        self._others = Names(self._records.kind("category", "district", "agency"))

    def find(self, question: Question) -> Found | None:
        """What is meant; None where nothing in the documents is meant well enough, or too many things alike."""
        if question.empty:
            return None
        found = self._meant(question)
        return replace(found, within=question.within) if found else None

    def _meant(self, question: Question) -> Found | None:
        mentions = self._search.clusters.find(question.units, question.space)
        cluster = self._covered(question, [m for m in mentions if self._planned(m.record, question)])
        other = self._covered(question, self._others.find(question.units, question.space))
        named = tuple(m for m in mentions if m.strict)
        if cluster and 0 < len(named) < len(mentions):
            # What a reader may call another cluster (环保材料) can be the heading of a passage in the plan of this one.
            cluster = self._headed(question, self._among(named, question)) or cluster
        if cluster or other:
            return cluster or self._with_lead(other, question) or self._platform(question)
        enough = _ENOUGH_ELSEWHERE if question.elsewhere else _ENOUGH[question.space]
        return (
            self._field(question, asked=_asks_for_industry(question))
            or self._best(question, self._among(named, question), enough)
            or (self._best(question, self._among((), question), _ENOUGH_OF_OTHERS) if named else None)
            or self._field(question, asked=True)
        )

    def _field(self, question: Question, *, asked: bool) -> Found | None:
        """The field of a cluster, where the question is its name and hardly anything else."""
        if not asked or question.elsewhere:
            return None
        fields = self._search.candidates(question, self._search.of_kinds(["subsector"]), in_text=False)
        good = [c for c in fields if c.coverage >= _WHOLE_NAME and c.named >= _WHOLE_NAME and self._lead(c, question)]
        alike = [c for c in good if c.rank >= good[0].rank - _TIE]
        return Found(tuple(c.record for c in alike), good[0].coverage) if good else None

    def _lead(self, candidate: Candidate, question: Question) -> bool:
        return bool(self._leading.of(candidate.record, question.within))

    def _planned(self, cluster: Record, question: Question) -> bool:
        """Whether a cluster has a plan, of the places asked about where the question names any."""
        return any(self._records.is_of(plan, question.within) for plan in cluster.plans)

    def _best(self, question: Question, among: int, enough: float) -> Found | None:
        """The best of these things that cover the question well enough, with those that are as good.

        Nothing where the question gives the very heading of a passage that nobody leads (总体情况).
        """
        industry = _asks_for_industry(question)
        found = self._search.candidates(question, among, in_text=not industry)
        whole = [c for c in found if c.record.kind == "measure" and c.literal and c.named >= _WHOLE_NAME]
        if whole and whole[0].rank >= found[0].rank - _TIE and not any(self._lead(c, question) for c in whole):
            return None
        good = [
            c
            for c in found
            if c.coverage >= _least(c, question, enough)
            and self._lead(c, question)
            and _is_meant(c, question, industry)
        ]
        if not good:
            return None
        alike = [c for c in good if c.rank >= good[0].rank - _TIE and c.record.kind == good[0].record.kind]
        return Found(tuple(c.record for c in alike), good[0].coverage) if len(alike) <= _TOO_MANY else None

    def _headed(self, question: Question, among: int) -> Found | None:
        """The passages whose whole heading the question gives."""
        found = self._search.candidates(question, among, in_text=False)
        good = [c for c in found if c.literal and c.named >= _WHOLE_NAME and self._lead(c, question)]
        return Found(tuple(c.record for c in good), good[0].coverage) if good else None

    def _covered(self, question: Question, mentions: list[Mention]) -> Found | None:
        """The things named, if the question names them and hardly anything else."""
        covered = {n for m in mentions for n in range(m.start, m.end)}
        total = sum(question.weights)
        rest = [w for n, w in enumerate(question.weights) if n not in covered]
        if not covered or question.elsewhere or total == 0 or sum(w > _TELLING for w in rest) > 1:
            return None
        share = 1 - sum(rest) / total
        if share < _NAME_COVERAGE:
            return None
        return Found(tuple(dict.fromkeys(m.record for m in mentions)), share * max(m.worth for m in mentions))

    def _with_lead(self, found: Found | None, question: Question) -> Found | None:
        """What was named, if anybody leads it: nobody leads a district, an agency, or most categories."""
        led = tuple(r for r in found.records if self._leading.of(r, question.within)) if found else ()
        return replace(found, records=led) if found and led else None

    def _platform(self, question: Question) -> Found | None:
        """The platform that has just this name: a cooperation zone is a district and a platform."""
        found = self._search.candidates(question, self._at(self._platforms, question), in_text=False)
        good = tuple(c for c in found if min(c.coverage, c.named) >= _WHOLE_NAME)
        return Found(tuple(c.record for c in good), good[0].coverage) if good else None

    def _at(self, numbers: int, question: Question) -> int:
        """Those of these things that the documents of the places asked about tell of."""
        return numbers & self._records.numbers_at(question.within) if question.within else numbers

    def _among(self, named: tuple[Mention, ...], question: Question) -> int:
        """The led things of the clusters that the question names, and those that say such a name themselves."""
        if not named:
            return self._at(self._things, question)
        found = 0
        for iri in {mention.record.iri for mention in named}:
            found |= bits.whole(bytes(self._sets.get(iri) or b""))
        return self._at(found, question)


def _asks_for_industry(question: Question) -> bool:
    return frames().industry.search(question.subject) is not None


def _least(candidate: Candidate, question: Question, enough: float) -> float:
    """How much of the question this thing has to cover.

    A platform's name is its own: less of it will do where one character is wrong. More has to be there where a word of
    the question stands nowhere in the documents, unless the question says the whole name beside it.
    """
    if question.unknown and not candidate.literal:
        return max(enough, _ENOUGH_UNKNOWN)
    return min(enough, _NAME_ENOUGH) if candidate.record.kind == "platform" and not question.elsewhere else enough


def _is_meant(candidate: Candidate, question: Question, industry: bool) -> bool:
    """Whether enough is said to mean this thing.

    A platform has to be called by most of its name (创新中心 alone names none). An industry that is no cluster is in
    the heading, word for word, or the heading is nearly all said. What is only in the text needs three telling units,
    and a question for a chapter (保障措施) is not one for the passages in it.
    """
    if candidate.record.kind == "platform":
        return candidate.named >= _NAME_ENOUGH
    if industry:
        return candidate.named >= _NAME_ENOUGH or question.subject in candidate.record.heading
    telling = {unit for unit, weight in zip(question.units, question.weights, strict=True) if weight > _TELLING}
    if candidate.own < _OWN:
        return False
    return candidate.named >= _HEADING_TOUCHED or len(telling) >= _LEAST_UNITS
