"""Goals beside what was measured: which observation a target starts from, how far it is, what growth it implies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.lookup.answers import Json

_YEAR = re.compile(r"\d{4}")
_MONEY = "CNY"
_SHARE = "ratio"
_FOREMOST = "增加值"
_SUFFIXES = ("产业集群", "集群", "产业")
# Short forms of a metric, and what they are short for.
_SHORT = {"营收": "营业收入"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A target and the latest earlier observation of the same thing, metric and unit.

    ``reached`` is the observed share of the goal (0.5: half way), ``yearly`` the growth a year that leads from one to
    the other (0.1: ten per cent), None for shares and rates, which do not grow by per cent.
    """

    target: Json
    observation: Json
    reached: float
    yearly: float | None


def pairs(targets: Iterable[Json], observations: Iterable[Json]) -> tuple[Pair, ...]:
    """The targets that can be compared with an observation, in their order.

    A goal below what was reached already is none of these: it is of something else (an increment, a slower rate).
    """
    measured: dict[tuple[str, str, str], list[Json]] = {}
    for observation in observations:
        if observation.get("about") and _YEAR.fullmatch(observation.get("period") or ""):
            measured.setdefault(_key(observation), []).append(observation)
    found = (_pair(target, measured.get(_key(target), ())) for target in targets if target.get("about"))
    return tuple(pair for pair in found if pair)


def headline(targets: Sequence[Json], observations: Sequence[Json]) -> tuple[Json | None, Json | None]:
    """The goal and the figure that say most of a thing: its sum of money, added value before all others."""
    goals = [t for t in targets if t.get("normalizedUnit") == _MONEY and value_of(t)]
    figures = [o for o in observations if o.get("normalizedUnit") == _MONEY and value_of(o)]
    starts = {pair.target["iri"]: pair.observation for pair in pairs(goals, figures)}
    goal = max(goals, key=lambda t: (t["iri"] in starts, *_weight(t)), default=None)
    if goal is not None and goal["iri"] in starts:
        return goal, starts[goal["iri"]]
    full = [o for o in figures if _YEAR.fullmatch(o.get("period") or "")]
    return goal, max(full, key=lambda o: (o["period"], *_weight(o)), default=None)


def value_of(item: Json) -> float | None:
    """A quantity in its normalised unit; the lower end of a range."""
    value = item.get("normalizedValue")
    value = item.get("normalizedMinValue") if value is None else value
    return None if value is None else float(value)


def _key(item: Json) -> tuple[str, str, str]:
    metric = item.get("metric") or ""
    return item["about"]["iri"], _SHORT.get(metric, metric), item.get("normalizedUnit") or item.get("unit") or ""


def _weight(item: Json) -> tuple[bool, float]:
    return item.get("metric") == _FOREMOST, value_of(item) or 0.0


def _pair(target: Json, measured: Iterable[Json]) -> Pair | None:
    year, goal = target.get("year"), value_of(target)
    earlier = [o for o in measured if year and int(o["period"]) < int(year) and value_of(o) and _same(target, o)]
    if not earlier or not goal or target.get("comparator") in {"<=", "<"}:
        return None
    last = max(earlier, key=lambda o: (o["period"], o["iri"]))
    start = value_of(last) or 0.0
    if not 0 < start <= goal:
        return None
    years = int(target["year"]) - int(last["period"])
    grows = target.get("normalizedUnit") != _SHARE
    return Pair(target, last, start / goal, (goal / start) ** (1 / years) - 1 if grows else None)


def _same(target: Json, observation: Json) -> bool:
    """Whether two quantities are of the same thing as printed: 现代时尚产业 and 时尚产业, 产业 and any."""
    one, other = _subject(target), _subject(observation)
    return one.endswith(other) or other.endswith(one)


def _subject(item: Json) -> str:
    printed = str(item.get("subjectText") or "")
    return next((printed.removesuffix(s) for s in _SUFFIXES if printed.endswith(s)), printed)
