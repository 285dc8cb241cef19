"""The names of carriers in one passage, each with the rule that found it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extractors.platforms.judging import Judge, Verdict
from kg.extractors.platforms.lists import ClosedList, closed_lists
from kg.extractors.platforms.names import Candidate, candidates
from kg.extractors.platforms.places import Places
from kg.extractors.platforms.quotes import quoted_names


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands (positions of the passage); ``proper``: it is a name wherever it stands."""

    start: int
    end: int
    name: str
    type: str
    rule: str
    proper: bool


def mentions(text: str, judge: Judge, places: Places) -> tuple[Mention, ...]:
    """The names of one passage in order."""
    found = candidates(text)
    lists = tuple(closed_lists(text))
    if not found and not lists and "“" not in text:
        return ()
    made: list[Mention] = []
    for candidate, verdict in _names(text, _joined(text, found, judge), lists, judge):
        made.extend(_named(text, candidate, verdict, places, made[-1] if made else None))
    made.extend(_quoted(text, tuple(made), judge))
    for closed in lists:
        made.extend(_bare(text, closed, tuple(made), judge))
    return tuple(sorted(made, key=lambda m: (m.start, m.end)))


def _joined(text: str, found: tuple[Candidate, ...], judge: Judge) -> tuple[Candidate, ...]:
    """Candidates with what belongs to them on the left.

    A与B is one name where B by itself says only a kind (合成生物学研发基地与产业创新中心); the name of an
    exhibition can hold a list (深圳国际激光与智能装备、光电技术博览会).
    """
    made: list[Candidate] = []
    for candidate in found:
        before = made[-1] if made else None
        if before is not None and _is_half(text, candidate, before, judge):
            made[-1] = replace(candidate, start=before.start, verb=before.verb, list_start=before.list_start)
            continue
        if candidate.type == "Exhibition" and _is_rest(text, candidate, before, judge):
            candidate = replace(candidate, start=candidate.list_start)
        made.append(candidate)
    return tuple(made)


def _is_half(text: str, candidate: Candidate, before: Candidate, judge: Judge) -> bool:
    """Whether a candidate after 与 says only a kind, so that it shares the name before it."""
    adjacent = candidate.start == before.end + 1 and text[before.end] == "与"
    return adjacent and not judge.says_which(text[candidate.start : candidate.noun_start])


def _is_rest(text: str, candidate: Candidate, before: Candidate | None, judge: Judge) -> bool:
    """Whether a candidate after 、 is only the end of a name: no name stands before it, and it has no place."""
    alone = before is None or before.end <= candidate.list_start
    listed = candidate.list_start < candidate.start and text[candidate.start - 1] == "、"
    return alone and listed and not judge.has_place(text[candidate.start : candidate.end])


def _names(
    text: str, found: tuple[Candidate, ...], lists: tuple[ClosedList, ...], judge: Judge
) -> Iterator[tuple[Candidate, Verdict]]:
    """The candidates that are names: by themselves, by their verb, or by the list that they are in."""
    found = tuple(_outer_or_inner(text, candidate, judge) for candidate in found)
    verdicts = [judge.verdict(text, candidate) for candidate in found]
    among_proper = {c.list_start for c, v in zip(found, verdicts, strict=True) if v == "proper"}
    for candidate, verdict in zip(found, verdicts, strict=True):
        closing = next((c.closing for c in lists if c.start <= candidate.start < c.end), None)
        if verdict == "none" or (verdict == "particular" and closing == "kinds"):
            continue
        listed = closing in ("named", "counted", "built") or candidate.list_start in among_proper
        if verdict == "proper" or listed or judge.stands(text, candidate):
            yield candidate, verdict


def _outer_or_inner(text: str, candidate: Candidate, judge: Judge) -> Candidate:
    """A project, or the carrier that it is one of where the project is no name."""
    if candidate.inner is None or judge.verdict(text, candidate) == "proper":
        return candidate
    return candidate.inner


def _named(
    text: str, candidate: Candidate, verdict: Verdict, places: Places, before: Mention | None
) -> Iterator[Mention]:
    """The name or names in a stretch; 坪山园区 after 深圳国家高新区南山园区 is 深圳国家高新区坪山园区."""
    proper = verdict == "proper"
    rule = "proper-name" if proper else "particular-carrier"
    stretch = text[candidate.start : candidate.end]
    if places.is_part(stretch):
        head = places.head(before.name) if before is not None and candidate.start == before.end + 1 else ""
        if head:
            yield Mention(candidate.start, candidate.end, head + stretch, candidate.type, "part-of-park", True)
        return
    for part in places.trimmed(stretch):
        start, end = candidate.start + part.start, candidate.start + part.end
        if head := places.head(text[start:end]):
            yield Mention(start, start + len(head), head, candidate.type, "park-of-parts", True)
        yield Mention(start, end, text[start:end], candidate.type, rule, proper)


def _quoted(text: str, made: tuple[Mention, ...], judge: Judge) -> Iterator[Mention]:
    """Names in quotation marks that stand by themselves."""
    for candidate, proper in quoted_names(text, judge) if "“" in text else ():
        if not any(m.start < candidate.end and candidate.start < m.end for m in made):
            name = text[candidate.start : candidate.end]
            yield Mention(candidate.start, candidate.end, name, candidate.type, "quoted-name", proper)


def _bare(text: str, closed: ClosedList, made: tuple[Mention, ...], judge: Judge) -> Iterator[Mention]:
    """Items that only their list shows to be names (鹏城云脑Ⅲ、超算中心二期等设施), or that share its noun."""
    within = [m for m in made if closed.start <= m.start < closed.end]
    if not closed.names_bare_items(text, bool(within), judge.has_place):
        return
    for item in closed.bare_items(text):
        name = text[item.start : item.end] + closed.noun
        if judge.may_be_bare(name) and not any(m.start < item.end and item.start < m.end for m in within):
            yield Mention(item.start, item.end, name, closed.type, f"list-of-{closed.closing}", False)
