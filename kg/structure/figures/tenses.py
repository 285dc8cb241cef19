"""Whether a figure is a goal or an observation, and of when: carried from sentence to sentence as a reader does."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Literal

from kg.facts import Document
from kg.grammar.periods import NOWHEN, Time, find_times
from kg.grammar.words import any_of, begins_with, load_words
from kg.structure.figures.clauses import Clause
from kg.structure.figures.horizons import Horizon
from kg.structure.outline import Outline, Section

Chapter = Literal["goal", "plan", "state", "article"]
_TIMELY = re.compile(r"(?=[\d年季目如当现迄五未过今接])(?:\d|年|季|目前|如今|当前|现在|迄今|五”|未来|过去)")
_ITEM = re.compile(r"[一二三四五六七八九十]是|第[一二三四五六七八九十]，")
# A time this near to the head of a passage follows at most its subject.
_NEAR = 12
_ENDS = "。！？!?"
_START, _PLACE = attrgetter("start"), attrgetter("place")
# After a time that sets the scene.
_MARKS = "，,："
# Documents that speak of what is to come where they don't say otherwise.
_PLANS = ("ActionPlan", "Opinion")
# What gives each of several their own.
_EACH = "分别"
# 截至2023年底 is a time that has come.
_UNTIL_NOW = "截"


@dataclass(frozen=True, slots=True, order=True)
class _Cue:
    """A place that turns the sentence to a goal, or to what is or was; ``lasts`` where the next sentence follows it."""

    place: int
    goal: bool
    lasts: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """Goal or not, and the time that goes with it."""

    goal: bool
    time: Time


class Reader:
    """Follows a document passage by passage and tells of each figure when it holds."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._horizon = Horizon(outline)
        self.published = self._horizon.published
        self._plans = outline.document.type in _PLANS or bool(_tense()["title"].search(outline.document.title))
        self._section: int | None = None
        self._chapter: Chapter | None = None
        self._top: int | None = None
        self._goal_time = NOWHEN
        self._time = NOWHEN
        self._goal: bool | None = None
        self._opened = False
        self._heading = NOWHEN
        self._over = False
        self.times: tuple[Time, ...] = ()
        """The times that the passage read last names."""

    def enter(self, section: int | None) -> Chapter:
        """Begin a passage under a section; what was carried ends where another section begins."""
        if section == self._section and self._chapter is not None:
            return self._chapter
        chain = self._outline.chain(section)
        top = next((s.index for s in chain if s.kind == "Goal"), None)
        if top != self._top:
            self._top, self._goal_time = top, NOWHEN
        if section != self._section:
            self._section, self._time, self._goal, self._opened = section, NOWHEN, None, False
            self._open(*next(((t, s.heading) for s in reversed(chain) if (t := self._named(s)).year), (NOWHEN, "")))
        self._chapter = _chapter(self._outline.document, top is not None, chain[-1].kind if chain else "Other")
        if chain and self._horizon.due(chain[-1].start):
            self._chapter = "plan"
        return self._chapter

    def _named(self, section: Section) -> Time:
        """The time that a heading names (2025年工作回顾), or when its row is due; a span of years names none."""
        due = self._horizon.due(section.start)
        times = find_times(section.heading, self.published)
        return due or next((t for t in times if t.year and "/" not in t.label), NOWHEN)

    def _open(self, heading: Time, said: str) -> None:
        """Begin a section under a heading that names this time."""
        self._heading = heading
        self._over = self._current(heading) and bool(_tense()["reviewed"].search(said))
        if heading.year and self._ahead(heading):
            self._goal, self._goal_time = True, heading
        elif heading.year and self.published:
            self._goal, self._time = False, heading

    def read(self, text: str, clauses: tuple[Clause, ...], chapter: Chapter) -> list[Said]:
        """What is said of each clause of a passage; carries on what the passage leaves."""
        times = self._horizon.times(text, self._time.year) if _TIMELY.search(text) else ()
        self.times = times
        if _ITEM.match(text):
            self._time = NOWHEN
        led = chapter == "article" or (chapter in ("state", "plan") and times)
        cues = self._cues(text, times) if clauses or led else []
        said = [self._say(text, clause, chapter, times, cues) for clause in clauses]
        _share_out(text, clauses, times, said)
        self._carry(text, chapter, times, cues, {clause.found.end for clause in clauses})
        return said

    def _say(self, text: str, clause: Clause, chapter: Chapter, times: tuple[Time, ...], cues: list[_Cue]) -> Said:
        at = clause.found.start
        goal = self._is_goal(text, clause, chapter, cues)
        before = reversed(times[: bisect_left(times, at, key=_START)])
        own = (t for t in before if t.end == at or not _attached(text, t))
        if not goal:
            return Said(False, next((t for t in own if not t.day), self._time))
        ahead = (t for t in own if t.year is None or t.by or self._ahead(t) or t.start >= clause.start)
        return Said(True, next(ahead, None) or self._inherited(chapter))

    def _inherited(self, chapter: Chapter) -> Time:
        if chapter == "goal":
            year = self._horizon.until
            fallback = Time(0, 0, year, str(year)) if year else NOWHEN
            return self._goal_time if self._goal_time.year else fallback
        return self._goal_time if chapter in ("article", "state") else self._heading

    def _is_goal(self, text: str, clause: Clause, chapter: Chapter, cues: list[_Cue]) -> bool:
        at = clause.found.start
        if chapter == "goal":
            return True
        own = bisect_left(cues, at, key=_PLACE)
        if own:
            return cues[own - 1].goal
        tense = _tense()
        if tense["aim"].search(text, clause.found.end, clause.stop):
            return True
        if tense["ranked"].match(text, clause.stop) or tense["past"].search(text, clause.found.end, clause.stop):
            return False
        if chapter in ("plan", "state"):
            return chapter == "plan" or bool(self._goal)
        driven = _first_end(text, "drive") <= at
        paper = tense["paper"].search(text) if driven else None
        if self._opened or (paper is not None and paper.end() <= at):
            return True
        if self._goal is None or self._time.year is None:
            return driven or bool(self._goal) or (self._goal is None and self._plans)
        return self._goal

    def _cues(self, text: str, times: tuple[Time, ...]) -> list[_Cue]:
        """Places that turn the sentence to a goal (True) or to what is or was (False), in order."""
        tense = _tense()
        cues = [_Cue(m.start(), True) for m in tense["goal"].finditer(text)]
        cues += [_Cue(m.start(), False) for m in tense["past"].finditer(text)]
        driven = self._plans or (bool(times) and (bool(tense["drive"].search(text)) or "以上" in text))
        for time in times:
            current = self._current(time)
            if (current and not driven) or (time.year is None and not time.now):
                continue
            undated = not self.published and not text.startswith(_UNTIL_NOW, time.start)
            planned = time.by and (undated or _first_end(text, "papers") <= time.start)
            goal = not time.now and (self._ahead(time) or planned)
            cues.append(_Cue(time.start, goal, not goal or not (current or _quoting(text, time))))
        return sorted(cues)

    def _current(self, time: Time) -> bool:
        """Whether a time is the whole year of publication, which is half past and half to come."""
        return not time.part and time.year is not None and str(time.year) == self.published[:4]

    def _ahead(self, time: Time) -> bool:
        """Whether a time lies after the publication: a later year, or the whole of that year where it is not over."""
        if time.year is None or not self.published[:4].isdigit():
            return False
        published = int(self.published[:4])
        return time.year > published or (time.year == published and not time.part and not self._over)

    def _carry(self, text: str, chapter: Chapter, times: tuple[Time, ...], cues: list[_Cue], ends: set[int]) -> None:
        lasting = [t for t in times if not t.day and not _attached(text, t) and _leads(text, t, ends)]
        for time in lasting:
            if _within(time, self._time):
                continue
            if not time.label.endswith("期间"):
                self._time = NOWHEN if self._ahead(time) else time
            elif text[time.end : time.end + 1] in _MARKS:
                self._time = NOWHEN
        ahead = [t for t in times if t.year and (self._ahead(t) or t.by)]
        if ahead and not (len(ahead) > 1 and _EACH in text):
            self._goal_time = ahead[-1]
        driven = self._time.year is None and bool(_tense()["drive"].search(text))
        local = cues[-1].goal if cues else self._opened or driven
        self._opened = local and text[-1:] not in _ENDS
        lasting_cues = [cue for cue in cues if cue.lasts]
        if lasting_cues:
            self._goal = lasting_cues[-1].goal
            if not self._goal and chapter != "goal":
                self._goal_time = NOWHEN


def _share_out(text: str, clauses: tuple[Clause, ...], times: tuple[Time, ...], said: list[Said]) -> None:
    """Give each figure of a list its own year: 2023年、2024年规模分别达到a、b."""
    each = text.find(_EACH)
    years = [t for t in times if t.year and t.end <= each] if each >= 0 else []
    listed = [index for index, clause in enumerate(clauses) if clause.found.start > each]
    if len(years) > 1 and len(years) == len(listed) and all(text[t.end] in "、和及" for t in years[:-1]):
        for index, time in zip(listed, years, strict=True):
            said[index] = replace(said[index], time=time)


def _attached(text: str, time: Time) -> bool:
    """Whether a time belongs to one figure alone (2019年的37.7%, 从上一年5842家升到6759家)."""
    begins = text[time.end - 1] == "的" or text.endswith(("从", "由"), 0, time.start)
    return begins and text[time.end : time.end + 1].isdigit()


def _within(time: Time, scene: Time) -> bool:
    """Whether a time is but a part of the part of a year that is spoken of (6月份 in the first half)."""
    return scene.part and time != scene and scene.first <= time.first and time.last <= scene.last


def _leads(text: str, time: Time, ends: set[int]) -> bool:
    """Whether a time stands where it sets the scene for what follows, and not within a name."""
    return time.start <= _NEAR or not text[time.start - 1].isalnum() or time.start in ends


def _quoting(text: str, time: Time) -> bool:
    """Whether a time belongs to words that are only quoted (提出的2025年“…”并不遥远)."""
    return text[time.end : time.end + 1] == "“"


def _chapter(document: Document, goals: bool, kind: str) -> Chapter:
    if goals:
        return "goal"
    if document.type in ("Article", "Briefing") or kind == "Other":
        return "article"
    return "state" if kind == "Overview" else "plan"


@lru_cache(maxsize=2)
def _first_end(text: str, table: str) -> int:
    """Where the first to end of the words of a table ends in a passage; beyond the passage where none stands in it."""
    ends = [found + len(word) for word in _words()[table] if (found := text.find(word)) >= 0]
    return min(ends, default=len(text) + 1)


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return load_words(Path(__file__).parent, "tense")


@cache
def _tense() -> dict[str, re.Pattern[str]]:
    words, years = _words(), r"连续(?:\d+|[一二三四五六七八九十]+)年"
    return {
        "goal": re.compile(
            rf"{begins_with(words['goal'], '连')}(?<![虚模])(?:{any_of(words['goal'])}(?!产业|网络)|{years}每年)"
        ),
        "past": re.compile(rf"{begins_with(words['past'], '连')}(?:{any_of(words['past'])}|{years}(?!每年))"),
        "ranked": re.compile(rf"[，、]{any_of(words['ranks'])}"),
        "drive": re.compile(any_of(words["drive"])),
        "paper": re.compile(rf"《[^》]*{any_of(words['papers'])}[^》]*》"),
        "title": re.compile(rf"{any_of(words['titles'])}(?:[（(][^（）()]*[）)])?(?:的通知)?$"),
        "aim": re.compile(r"的目标"),
        # … and not what is planned after what was reviewed (2024年工作总结和2025年工作安排).
        "reviewed": re.compile(rf"{any_of(words['reviewed'])}(?!.*{any_of(words['planned'])})"),
    }
