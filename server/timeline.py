"""Figures by year: one metric, every thing that it is stated of, what was measured and what is aimed at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from kg.lookup.growth import value_of
from server import sheets
from server.asked import literal, prefixes
from server.catalogue import Catalogue, kept
from server.naming import Json
from server.negotiate import HTML
from server.site import Site
from server.tongue import called, quantity, say

# Metrics to choose from, and rows that a page shows; the file has all rows.
_MOST, _ROWS = 30, 100


@dataclass(frozen=True, slots=True)
class Row:
    """What is stated of one thing (or of a subject as printed), by period, and the line that it draws."""

    thing: Json | None
    subject: str
    cells: tuple[tuple[Json, ...], ...]
    line: str
    goal: str


def blueprint(site: Site) -> Blueprint:
    """The route ``/timeline``."""
    routes = Blueprint("timeline", __name__)
    routes.add_url_rule("/timeline", "timeline", lambda: _page(site))
    return routes


def _page(site: Site) -> Response:
    metrics = metrics_of(site.catalogue)
    metric = request.args.get("metric", "") or (metrics[0][0] if metrics else "")
    periods, rows = rows_of(site.catalogue, metric)
    if sheets.wanted():
        header = [say("对象", "Of"), *periods]
        texts = ([_name(row), *("；".join(quantity(i) for i in cell) for cell in row.cells)] for row in rows)
        return sheets.sheet("timeline", header, texts)
    body = render_template(
        "timeline.html",
        metric=metric,
        metrics=metrics[:_MOST],
        periods=periods,
        rows=rows[:_ROWS],
        total=len(rows),
        sparql=sparql(metric),
    )
    return Response(body, mimetype=HTML)


@kept
def metrics_of(catalogue: Catalogue) -> list[tuple[str, int]]:
    """The metrics with more than one figure, those of most figures first."""
    counts = Counter(i["metric"] for i in _figures(catalogue) if i.get("metric"))
    return sorted(((m, n) for m, n in counts.items() if n > 1), key=lambda pair: (-pair[1], pair[0]))


def rows_of(catalogue: Catalogue, metric: str) -> tuple[list[str], list[Row]]:
    """The periods of a metric's figures in order, and a row for each thing."""
    found = [i for i in _figures(catalogue) if i.get("metric") == metric and _period(i)]
    periods = sorted({_period(i) for i in found})
    held: dict[tuple[str, str], list[Json]] = {}
    for item in found:
        about = item.get("about")
        held.setdefault((about["iri"], "") if about else ("", item.get("subjectText") or ""), []).append(item)
    return periods, sorted((_row(items, periods) for items in held.values()), key=_place)


def _figures(catalogue: Catalogue) -> list[Json]:
    return [*catalogue.items("observation"), *catalogue.items("target")]


def _period(item: Json) -> str:
    return str(item.get("period") or item.get("year") or "")


def _row(items: Sequence[Json], periods: Sequence[str]) -> Row:
    cells = tuple(tuple(i for i in items if _period(i) == period) for period in periods)
    done = _points([i for i in items if i["kind"] == "observation"], items)
    aimed = _points([i for i in items if i["kind"] == "target"], items)
    goal = [done[-1], aimed[0]] if done and aimed else []
    return Row(items[0].get("about"), items[0].get("subjectText") or "", cells, _line(done), _line(goal))


def _points(chosen: Sequence[Json], items: Sequence[Json]) -> list[tuple[float, float]]:
    """Places on a plot of 100 by 24, years across and values up; figures of other units than the first are left out."""
    unit = items[0].get("normalizedUnit")
    years = [int(_period(i)[:4]) for i in items if _period(i)[:4].isdigit()]
    highest = max((value_of(i) or 0.0 for i in items if i.get("normalizedUnit") == unit), default=0.0)
    if not highest or len(set(years)) < 2:
        return []
    first, span = min(years), max(years) - min(years)
    usable = [i for i in chosen if i.get("normalizedUnit") == unit and _period(i)[:4].isdigit() and value_of(i)]
    places = {int(_period(i)[:4]): value_of(i) or 0.0 for i in usable}
    return [(100 * (y - first) / span, 23 - 22 * value / highest) for y, value in sorted(places.items())]


def _line(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _place(row: Row) -> tuple[bool, str, str]:
    return row.thing is None, (row.thing or {}).get("iri", ""), row.subject


def _name(row: Row) -> str:
    return called(row.thing) if row.thing else row.subject


def sparql(metric: str) -> str:
    """The query that gives the same figures."""
    return f"""{prefixes()}SELECT ?item ?about ?subject ?when ?value ?unit WHERE {{
  ?item ckg:metric {literal(metric)} ; ckg:subjectText ?subject ; ckg:unit ?unit .
  {{ ?item a ckg:Target ; ckg:year ?when }} UNION {{ ?item a ckg:Observation ; ckg:period ?when }}
  OPTIONAL {{ ?item ckg:about ?about }}
  OPTIONAL {{ ?item ckg:value ?value }}
}}
ORDER BY ?about ?subject ?when"""
