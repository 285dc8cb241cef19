"""Results as rows to print: scores with their intervals, and changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.analysis.chance import Interval
from kg.analysis.measures import MEASURES, Result, Score
from kg.analysis.projections import PROJECTIONS, View
from kg.analysis.whatif import Change
from kg.rdf.terms import ID

Row = dict[str, object]
Intervals = Mapping[str, Mapping[str, Interval]]

_DIGITS = 6


def best(scores: Iterable[Score], top: int) -> list[Score]:
    """The first scores of each side, ``top`` of each (0: all)."""
    kept: dict[str, int] = {}
    found = []
    for score in scores:
        kept[score.side] = kept.get(score.side, 0) + 1
        if not top or kept[score.side] <= top:
            found.append(score)
    return found


def rows(view: View, result: Result, top: int, intervals: Intervals) -> list[Row]:
    """A row for each of the best scores: rank, thing, value, further figures, and the interval of its rank by unit."""
    found = []
    for score in best(result.scores, top):
        row: Row = {"rank": score.rank, **_things(view, score.things), result.definition.name: plain(score.value)}
        row.update({name: plain(value) for name, value in score.more.items()})
        for unit, held in intervals.items():
            interval = held[score.things[0]]
            row[f"ranks by {unit}"] = f"{interval.low}–{interval.high}"
            row[f"chance by {unit}"] = "yes" if interval.chance else "no"
        found.append(row)
    return found


def change_rows(view: View, changes: Sequence[Change], top: int) -> list[Row]:
    """A row for each change, ``top`` of each side (0: all), with value and rank before and after."""
    shown: dict[str, int] = {}
    found: list[Row] = []
    for change in changes:
        shown[change.side] = shown.get(change.side, 0) + 1
        if top and shown[change.side] > top:
            continue
        old, new = change.before, change.after
        found.append(
            {
                **_things(view, change.things),
                "before": plain(old.value if old else None),
                "after": plain(new.value if new else None),
                "rank before": old.rank if old else "",
                "rank after": new.rank if new else "",
            }
        )
    return found


def overview() -> list[Row]:
    """What can be asked for: the projections and the measures, a row each."""
    found: list[Row] = [
        {"what": "projection", "name": p.name, "zh": p.zh, "for": p.shape, "meaning": p.weight}
        for p in PROJECTIONS.values()
    ]
    found += [
        {
            "what": f"measure of a {m.scope}",
            "name": m.name,
            "zh": m.zh,
            "for": ", ".join(m.shapes),
            "meaning": m.definition,
        }
        for m in MEASURES.values()
    ]
    return found


def _things(view: View, things: tuple[str, ...]) -> Row:
    names = [view.names.label(iri) for iri in things]
    if len(things) == 1:
        return {"thing": names[0], "id": things[0].removeprefix(ID)}
    return {"one": names[0], "other": names[1]} if things else {"thing": view.projection.name}


def plain(value: float | None) -> object:
    """A number to print: whole ones without a point, others with six digits that count; empty for none."""
    if value is None:
        return ""
    return int(value) if float(value).is_integer() else float(f"{value:.{_DIGITS}g}")
