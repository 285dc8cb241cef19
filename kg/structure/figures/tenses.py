"""Whether a figure is a goal or an observation, and of when: carried from sentence to sentence as a reader does."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from kg.facts import Document
from kg.grammar.periods import NOWHEN, Time, find_times
from kg.structure.figures.clauses import Clause
from kg.structure.figures.cues import RECURRING, first_end, first_span, tense
from kg.structure.figures.horizons import Horizon
from kg.structure.figures.moments import EACH, Said, attached, leads, quoting, shared_out, spread, whole, within
from kg.structure.outline import Outline, Section

Chapter = Literal["goal", "plan", "state", "article"]
_TIMELY = re.compile(
    r"(?=[\d年季目如当现迄五未过今接前])(?:\d|年|季|目前|如今|当前|现在|迄今|五”|未来|过去|前[两三四五六七八九]个?月)"
)
_ITEM = re.compile(r"[一二三四五六七八九十]是|第[一二三四五六七八九十]，")
_ENDS = "。！？!?"
_START, _PLACE = attrgetter("start"), attrgetter("place")
# After a time that sets the scene.
_MARKS = "，,："
# Documents that speak of what is to come where they don't say otherwise.
_PLANS = ("ActionPlan", "Opinion")
# A day with its year.
_DATED = re.compile(r"(?:19|20)\d\d|去年|前年")
# What is written so late in a year tells how the year went.
_LAST_MONTH = "12"
# 截至2023年底 is a time that has come.
_UNTIL_NOW = "截"


@dataclass(frozen=True, slots=True, order=True)
class _Cue:
    """A place that turns the sentence to a goal, or to what is or was; ``lasts`` where the next sentence follows it."""

    place: int
    goal: bool
    lasts: bool = True


class Reader:
    """Follows a document passage by passage and tells of each figure when it holds."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._horizon = Horizon(outline)
        self.published = self._horizon.published
        self._plans = outline.document.type in _PLANS or bool(tense()["title"].search(outline.document.title))
        self._closing = not self._plans and self.published[5:7] == _LAST_MONTH
        self._section: int | None = None
        self._chapter: Chapter | None = None
        self._top: int | None = None
        self._kind = "Other"
        self._aim: int | None = None
        self._goal_time = NOWHEN
        self._time = NOWHEN
        self._goal: bool | None = None
        self._opened = False
        self._heading = NOWHEN
        self._over = False
        self._headed: dict[int, Time] = {}
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
        told = not self._plans and any(tense()["reviewed"].search(section.heading) for section in chain)
        kind = chain[-1].kind if chain and not told else "Other"
        self._kind = kind
        self._chapter = _chapter(self._outline.document, top is not None, kind)
        if chain and self._horizon.due(chain[-1].start):
            self._chapter = "plan"
        return self._chapter

    def _named(self, section: Section) -> Time:
        """The time that a heading names (2025年工作回顾), or when its row is due; a span of years names none."""
        if section.index not in self._headed:
            due = self._horizon.due(section.start)
            times = find_times(section.heading, self.published)
            self._headed[section.index] = due or next((t for t in times if t.year and "/" not in t.label), NOWHEN)
        return self._headed[section.index]

    def _open(self, heading: Time, said: str) -> None:
        """Begin a section under a heading that names this time."""
        self._heading = heading
        self._over = self._current(heading) and bool(tense()["reviewed"].search(said))
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
        if clauses:
            spread(text, clauses, said)
        if times:
            shared = shared_out(text, clauses, times, said)
            self._carry_times(text, times, cues, None if shared else {clause.found.end for clause in clauses})
        self._carry(text, chapter, cues)
        return said

    def _say(self, text: str, clause: Clause, chapter: Chapter, times: tuple[Time, ...], cues: list[_Cue]) -> Said:
        at = clause.found.start
        goal = self._is_goal(text, clause, chapter, cues)
        before = reversed(times[: bisect_left(times, at, key=_START)])
        fold = clause.found.quantity.unit == "倍"
        own = (t for t in before if (t.end == at and not (fold and attached(text, t))) or not attached(text, t))
        if not goal:
            return Said(False, self._of_observation(text, at, own))
        known = bool(self.published)
        ahead = (t for t in own if t.year is None or t.by or not known or self._ahead(t) or t.start >= clause.start)
        return Said(True, next(ahead, None) or self._inherited(text, clause, chapter))

    def _of_observation(self, text: str, at: int, own: Iterable[Time]) -> Time:
        """The period of an observation: its sentence's, else that spoken of before, else the year of its day."""
        days: list[Time] = []
        for time in own:
            if not time.day:
                return time
            days.append(time)
        scene = self._time if self._time.label else self._horizon.scene
        made = text.startswith("第", at - 1)
        dated = (t for t in days if made or _DATED.match(text, t.start))
        return scene if scene.label else next(map(whole, dated), scene)

    def _inherited(self, text: str, clause: Clause, chapter: Chapter) -> Time:
        """The year of a goal that names none.

        That of its chapter; that of the plan's end for a task, which a project of its own, what recurs, and what takes
        a time of its own need not be done by.
        """
        year = self._horizon.until or self._aim
        end = Time(0, 0, year, str(year)) if year else NOWHEN
        if chapter == "goal":
            return self._goal_time if self._goal_time.year else end
        carried = self._heading if chapter == "plan" and not self._opened else self._goal_time
        if carried.year or not self._plans or self._kind == "KeyProject" or first_span(text) <= clause.stop:
            return carried
        return carried if RECURRING.search(text, clause.start, clause.stop) else end

    def _is_goal(self, text: str, clause: Clause, chapter: Chapter, cues: list[_Cue]) -> bool:
        at = clause.found.start
        if self._based(text, at):
            return False
        if chapter == "goal":
            return True
        own = bisect_left(cues, at, key=_PLACE)
        if own:
            return cues[own - 1].goal
        marks = tense()
        reported = chapter != "plan" and not (self._opened or self._plans) and clause.found.comparator in ("=", ">")
        if reported and marks["compared"].search(text, clause.start, clause.found.start):
            return False
        if marks["aim"].search(text, clause.found.end, clause.stop):
            return True
        if marks["ranked"].match(text, clause.stop) or marks["past"].search(text, clause.found.end, clause.stop):
            return False
        if chapter in ("plan", "state"):
            return chapter == "plan" or bool(self._goal)
        driven = first_end(text, "drive") <= at
        paper = marks["paper"].search(text) if driven else None
        if self._opened or (paper is not None and paper.end() <= at):
            return True
        if self._goal is None or self._time.year is None:
            return driven or bool(self._goal) or self._plans
        return self._goal

    def _based(self, text: str, at: int) -> bool:
        """Whether a figure is what a goal starts from: that of a year before (由2023年的38%提高到…)."""
        last = bisect_left(self.times, at, key=_START) - 1
        if last < 0 or self.times[last].end != at or not attached(text, self.times[last]):
            return False
        base = self.times[last]
        told = text.endswith(("从", "由"), 0, base.start)
        return not base.by and base.year is not None and (str(base.year) < self.published[:4] or told)

    def _cues(self, text: str, times: tuple[Time, ...]) -> list[_Cue]:
        """Places that turn the sentence to a goal (True) or to what is or was (False), in order."""
        marks = tense()
        cues = [_Cue(m.start(), True) for m in marks["goal"].finditer(text)]
        cues += [_Cue(m.start(), False) for m in marks["past"].finditer(text)]
        driven = self._plans or (bool(times) and (bool(marks["drive"].search(text)) or "以上" in text))
        for time in times:
            current = self._current(time)
            based = attached(text, time) and text.endswith(("从", "由"), 0, time.start)
            if (current and not driven) or (time.year is None and not time.now) or based:
                continue
            undated = not self.published and not text.startswith(_UNTIL_NOW, time.start)
            planned = time.by and (undated or first_end(text, "papers") <= time.start)
            goal = not time.now and (self._ahead(time) or planned)
            cues.append(_Cue(time.start, goal, not goal or not (current or quoting(text, time))))
        return sorted(cues)

    @property
    def _ended(self) -> bool:
        """Whether the year of publication is over, where the text reviews it."""
        return self._over or self._closing

    def _current(self, time: Time) -> bool:
        """Whether a time is the whole year of publication, which is half past and half to come."""
        whole_year = not time.part and time.year is not None
        return whole_year and str(time.year) == self.published[:4] and not self._closing

    def _ahead(self, time: Time) -> bool:
        """Whether a time lies after the publication: a later year, or the whole of that year where it is not over."""
        if time.year is None or not self.published[:4].isdigit():
            return False
        published = int(self.published[:4])
        return time.year > published or (time.year == published and not time.part and not self._ended)

    def _carry_times(self, text: str, times: tuple[Time, ...], cues: list[_Cue], ends: set[int] | None) -> None:
        """Keep the times that a passage leaves; ``ends`` are those of its figures, None where a list has its times."""
        lasting = [t for t in times if not t.day and not attached(text, t) and leads(text, t, ends or set())]
        for time in lasting if ends is not None else ():
            if within(time, self._time):
                continue
            if not time.label.endswith("期间"):
                self._time = NOWHEN if self._ahead(time) and not self._goes_on(text, time, cues) else time
            elif text[time.end : time.end + 1] in _MARKS:
                self._time = NOWHEN
        self._carry_goal(text, times)

    def _carry(self, text: str, chapter: Chapter, cues: list[_Cue]) -> None:
        """Keep whether a passage leaves a goal."""
        self._opened = text[-1:] not in _ENDS and self._turned(text, cues)
        lasting_cues = [cue for cue in cues if cue.lasts]
        if lasting_cues:
            self._goal = lasting_cues[-1].goal
            if not self._goal and chapter != "goal":
                self._goal_time = NOWHEN

    def _turned(self, text: str, cues: list[_Cue]) -> bool:
        """Whether a passage that no mark ends speaks of a goal there."""
        driven = self._time.year is None and bool(tense()["drive"].search(text))
        return cues[-1].goal if cues else self._opened or driven

    def _goes_on(self, text: str, time: Time, cues: list[_Cue]) -> bool:
        """Whether a sentence opens with the year that is not over and tells how it goes (今年以来，)."""
        opens = time.start == 0 and text.startswith(("，", ",", "以来", "是"), time.end)
        return opens and self._current(time) and not self._plans and not any(cue.goal for cue in cues)

    def _carry_goal(self, text: str, times: tuple[Time, ...]) -> None:
        """Keep the year that goals after this passage are for."""
        ahead = [t for t in times if t.year and (self._ahead(t) or t.by)]
        if ahead and not (len(ahead) > 1 and EACH in text):
            self._goal_time = ahead[-1]
        if self._chapter == "goal" and self._outline.document.type == "ActionPlan":
            self._aim = min((t.year for t in ahead if t.year), default=self._aim)


def _chapter(document: Document, goals: bool, kind: str) -> Chapter:
    if goals:
        return "goal"
    if document.type in ("Article", "Briefing") or kind == "Other":
        return "article"
    return "state" if kind == "Overview" else "plan"
