"""Lists of the things of a kind: filtered, sorted, paged by the address, as a page, as CSV, as SPARQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, render_template, request

from server import asked, parameters, sheets
from server.assets import here
from server.catalogue import KIND_QUERIES
from server.errors import BadParameter
from server.facets import FACETS, facets_of, narrowed
from server.growth import Pair, pairs, value_of
from server.home import doors
from server.naming import Json, name_of
from server.negotiate import HTML
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
    items = site.catalogue.items(kind)
    wanted = {name: value for name, _ in FACETS[kind] if (value := request.args.get(name, ""))}
    words = parameters.question(required=False)
    held = [item for item in items if not words or has_words(item, words)]
    found = _sorted(narrowed(kind, held, wanted), request.args.get("sort", ""))
    if sheets.wanted():
        return sheets.sheet_of(kind, [table(kind, found)])
    offset = parameters.whole_number("offset", 0, 0, 1_000_000)
    shown = table(kind, found[offset : offset + _STEP])
    body = render_template(
        "browse.html",
        kind=kind,
        words=words,
        table=Table(shown.key, shown.title, shown.columns, shown.lines, len(found)),
        facets=facets_of(kind, held, wanted),
        sorts=_sorts(kind),
        progress=_progress(site, kind),
        window=(offset, _STEP, len(found)),
        doors=doors(site.catalogue),
        sparql="" if words else asked.query(kind, wanted),
    )
    return Response(body, mimetype=HTML)


def has_words(item: Json, words: str) -> bool:
    """Whether these words, each, stand in an item's names or in its sentences."""
    quotes = (str(e["quote"]) for e in item["evidence"])
    text = "\n".join((name_of(item), str(item.get("labelEn") or ""), *item["altLabels"], *quotes)).lower()
    return all(word in text for word in words.lower().split())


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


def _progress(site: Site, kind: str) -> dict[str, Pair]:
    """How far each target is that can be compared with an observation, by its IRI."""
    if kind != "target":
        return {}
    found = pairs(site.catalogue.items("target"), site.catalogue.items("observation"))
    return {pair.target["iri"]: pair for pair in found}
