"""Lists of the things of a kind: filtered, sorted, paged by the address, as a page, as CSV, as SPARQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, render_template, request

from kg.lookup.growth import Pair, pairs, value_of
from server import asked, parameters, sheets
from server.assets import here
from server.catalogue import KIND_QUERIES
from server.errors import BadParameter
from server.facets import FACETS, indexes
from server.home import doors
from server.naming import Json, name_of
from server.negotiate import HTML
from server.openings import listed
from server.site import Site
from server.tables import COLUMNS, Table, table

_STEP = 50
_SORTS = {"amount": "amount", "year": "year", "period": "period", "name": "name", "metric": "metric"}


def blueprint(site: Site) -> Blueprint:
    """The routes ``/browse`` and ``/targets``."""
    routes = Blueprint("browse", __name__)
    routes.add_url_rule("/browse", "browse", lambda: _browse(site, request.args.get("kind") or "cluster"))
    routes.add_url_rule("/targets", "targets", lambda: _browse(site, "target"))
    return routes


def _browse(site: Site, kind: str) -> Response:
    if kind not in KIND_QUERIES:
        raise BadParameter("kind", f"没有这种事物。There is no such kind: use {', '.join(KIND_QUERIES)}.")
    every = request.args.get("all") == "1"
    unnamed = len(site.catalogue.items(kind)) - len(listed(site.catalogue, kind))
    index = indexes(site.catalogue)(kind, every)
    wanted = {name: value for name, _ in FACETS[kind] if (value := request.args.get(name, ""))}
    words = parameters.question(required=False)
    within = index.with_words(words) if words else None
    found = _sorted(index.narrowed(wanted, within), request.args.get("sort", ""))
    if sheets.wanted():
        return sheets.sheet_of(kind, [table(kind, found)])
    offset = parameters.whole_number("offset", 0, 0, 1_000_000)
    shown = table(kind, found[offset : offset + _STEP])
    body = render_template(
        "browse.html",
        kind=kind,
        words=words,
        table=Table(shown.key, shown.title, shown.columns, shown.lines, len(found)),
        unnamed=unnamed,
        every=every,
        facets=index.facets(wanted, within),
        sorts=_sorts(kind),
        progress=_progress(site, [line.item for line in shown.lines]) if kind == "target" else {},
        window=(offset, _STEP, len(found)),
        doors=doors(site.catalogue),
        sparql="" if words else asked.query(kind, wanted, named=unnamed > 0 and not every),
    )
    return Response(body, mimetype=HTML)


def _sorted(items: list[Json], order: str) -> list[Json]:
    key = order.removeprefix("-")
    if key not in _SORTS:
        return items
    ordered = sorted(items, key=lambda item: _rank(item, key), reverse=order.startswith("-"))
    # Quantities can be ordered within a unit only.
    return sorted(ordered, key=lambda item: item.get("normalizedUnit") or "~") if key == "amount" else ordered


def _rank(item: Json, key: str) -> Any:
    if key == "amount":
        return value_of(item) or 0.0
    return name_of(item) if key == "name" else str(item.get(key) or "")


def _sorts(kind: str) -> Mapping[str, Mapping[str, str]]:
    """The columns that the list can be sorted by: the address that does it, and the present state."""
    current = request.args.get("sort", "")
    links = {}
    for column in COLUMNS[kind]:
        if column in _SORTS:
            states = {column: "ascending", f"-{column}": "descending"}
            following = f"-{column}" if current == column else column
            links[column] = {"state": states.get(current, "none"), "href": here(sort=following, offset=None)}
    return links


def _progress(site: Site, targets: Sequence[Json]) -> dict[str, Pair]:
    """How far each of these targets is that can be compared with an observation, by its IRI."""
    about = dict.fromkeys(target["about"]["iri"] for target in targets if target.get("about"))
    measured = site.catalogue.parts("observation", "about")
    found = pairs(targets, (o for iri in about for o in measured.get(iri, ())))
    return {pair.target["iri"]: pair for pair in found}
