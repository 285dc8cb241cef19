"""Two to four things of a kind side by side, the same rows for all, what they share marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from kg.lookup.growth import headline
from server import sheets
from server.asked import prefixes
from server.catalogue import Catalogue
from server.errors import BadParameter
from server.naming import Json
from server.negotiate import HTML
from server.site import Site
from server.tables import Cell, cells
from server.tongue import called, quantity, say, word
from server.urls import path_of, thing_iri
from server.words import KINDS, PROPERTIES

_MOST = 4
_SHOWN = 12
# What is compared, kind by kind: keys of the things themselves, and the facts that point to them.
_KEYS = {
    "cluster": ("type", "category", "leadAgencies", "districts"),
    "district": ("clusters",),
    "agency": ("leadsClusters",),
    "platform": ("type", "clusters", "districts"),
    "enterprise": ("clusters", "districts"),
    "document": ("type", "issuedBy", "clusters", "date"),
    "category": ("clusters",),
    "subsector": ("clusters",),
}
_POINTING = {
    "cluster": (("platform", "clusters"), ("enterprise", "clusters"), ("subsector", "clusters")),
    "district": (("platform", "districts"), ("enterprise", "districts")),
    "agency": (("platform", "leadAgencies"),),
    "category": (("subsector", "clusters"),),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it is about, and for each thing its cells, each with whether another thing has it too."""

    names: tuple[str, str]
    columns: tuple[tuple[tuple[Cell, bool], ...], ...]


def blueprint(site: Site) -> Blueprint:
    """The route ``/compare``."""
    routes = Blueprint("compare", __name__)
    routes.add_url_rule("/compare", "compare", lambda: _page(site))
    return routes


def _page(site: Site) -> Response:
    things = _things(site.catalogue)
    kind = things[0]["kind"] if things else "cluster"
    rows = rows_of(site.catalogue, things)
    if sheets.wanted():
        header = ["", *(called(thing) for thing in things)]
        texts = ([say(*row.names), *("；".join(c.text for c, _ in column) for column in row.columns)] for row in rows)
        return sheets.sheet("compare", header, texts)
    others = [i for i in site.catalogue.items(kind) if i not in things] if len(things) < _MOST else []
    body = render_template(
        "compare.html",
        things=things,
        rows=rows,
        others=others,
        samples=site.catalogue.items("cluster")[:2],
        sparql=sparql(things),
        shown=_SHOWN,
    )
    return Response(body, mimetype=HTML)


def _things(catalogue: Catalogue) -> list[Json]:
    """The things that the address names as kind/slug; those of another kind than the first are refused."""
    found: list[Json] = []
    for name in dict.fromkeys(request.args.getlist("thing")):
        kind, _, slug = name.partition("/")
        iri = thing_iri(kind, slug)
        item = catalogue.item(iri) if iri and kind in _KEYS else None
        if item is None:
            raise BadParameter(
                "thing", f"没有 {name[:80]!r}。There is no such thing: use kind/slug, as cluster/marine."
            )
        found.append(item)
    if len({item["kind"] for item in found}) > 1 or len(found) > _MOST:
        raise BadParameter("thing", f"可对比 2 至 {_MOST} 个同类事物。Compare two to {_MOST} things of one kind.")
    return found


def rows_of(catalogue: Catalogue, things: Sequence[Json]) -> list[Row]:
    """The rows for these things, without those that are empty for all."""
    if not things:
        return []
    kind = things[0]["kind"]
    rows = [_row(PROPERTIES[key], [cells(thing, key) for thing in things]) for key in _KEYS[kind]]
    if kind in {"cluster", "district"}:
        rows += _quantities(catalogue, things)
    if kind in {"cluster", "agency"}:
        rows.append(_row(say_tasks(), [_beside(catalogue, thing) for thing in things]))
    for pointing, key in _POINTING.get(kind, ()):
        held = [catalogue.mentions(thing["iri"]).get((pointing, key), []) for thing in things]
        rows.append(_row(KINDS[pointing], [tuple(Cell(called(i), path_of(i["iri"])) for i in items) for items in held]))
    return [row for row in rows if any(row.columns)]


def say_tasks() -> tuple[str, str]:
    """What the row of bodies (for a cluster) or clusters (for a body) is called."""
    return ("任务中的部门或集群（条数）", "Bodies or clusters in its tasks")


def _quantities(catalogue: Catalogue, things: Sequence[Json]) -> list[Row]:
    key = "clusters" if things[0]["kind"] == "cluster" else "about"
    held = [catalogue.mentions(thing["iri"]) for thing in things]
    pairs = [headline(m.get(("target", key), []), m.get(("observation", key), [])) for m in held]
    figures = [_figure(figure, "period") for _, figure in pairs]
    goals = [_figure(goal, "year") for goal, _ in pairs]
    return [_row(("最近数据", "Last figure"), figures), _row(("目标", "Target"), goals)]


def _figure(item: Json | None, when: str) -> tuple[Cell, ...]:
    if item is None:
        return ()
    return (Cell(f"{item.get(when) or ''} {word(item.get('metric') or '')} {quantity(item)}", path_of(item["iri"])),)


def _beside(catalogue: Catalogue, thing: Json) -> tuple[Cell, ...]:
    """The bodies that have tasks in a cluster, or the clusters where a body has tasks; the most first."""
    key = "clusters" if thing["kind"] == "cluster" else "agency"
    counts: Counter[str] = Counter()
    held: dict[str, Json] = {}
    for assignment in catalogue.mentions(thing["iri"]).get(("assignment", key), []):
        beside = [assignment.get("agency")] if key == "clusters" else assignment.get("clusters") or []
        for other in filter(None, beside):
            counts[other["iri"]] += 1
            held[other["iri"]] = other
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Cell(called(held[iri]), path_of(iri)) for iri, _ in ordered)


def _row(names: tuple[str, str], columns: Sequence[tuple[Cell, ...]]) -> Row:
    counts = Counter(cell.href for column in columns for cell in set(column) if cell.href)
    marked = (tuple((cell, counts[cell.href] > 1) for cell in column) for column in columns)
    return Row(names, tuple(marked))


def sparql(things: Sequence[Json]) -> str:
    """The query that gives all that is known of these things."""
    values = " ".join(f"<{thing['iri']}>" for thing in things)
    where = f"  VALUES ?thing {{ {values} }}\n  ?thing ?property ?value"
    return f"{prefixes()}SELECT ?thing ?property ?value WHERE {{\n{where}\n}}\nORDER BY ?property ?thing"
