"""The REST interface: answers to questions, and lists of things with filters and pages, in JSON, CSV and JSON-LD."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request

from server import parameters
from server.errors import BadParameter
from server.fields import names
from server.listing import LISTINGS, Listing
from server.naming import Json
from server.paging import PAGING, page_of
from server.selection import ordered, select, with_parts
from server.site import Site
from server.urls import KINDS
from server.writing import respond, to_json

__all__ = ["API", "SHAPING", "blueprint", "to_json"]

API = "/api/v1"
# The parameters of every list besides its filters.
SHAPING = ("q", "sort", "fields", *PAGING, "format")
_MOST_FOUND = 1000


def blueprint(site: Site) -> Blueprint:
    """The routes under ``/api/v1``."""
    routes = Blueprint("rest", __name__, url_prefix=API)
    routes.add_url_rule("/leads", "leads", lambda: _answer(site, site.lookup.leads))
    routes.add_url_rule("/ask", "ask", lambda: _answer(site, site.lookup.ask))
    routes.add_url_rule("/search", "search", lambda: _search(site))
    routes.add_url_rule("/suggest", "suggest", lambda: _suggest(site))
    for listing in LISTINGS:
        routes.add_url_rule(f"/{listing.name}", listing.name, _lister(site, listing))
    return routes


def _answer(site: Site, ask: Callable[[str], Json]) -> Response:
    parameters.check_names({"q", "format"})
    answer = ask(parameters.question())
    return respond(site.store, answer, [*answer["answers"], *answer.get("also", ())])


def _search(site: Site) -> Response:
    parameters.check_names({"q", "kind", *PAGING, "format"})
    kind = request.args.get("kind", "")
    if kind and kind not in KINDS:
        raise BadParameter("kind", f"没有这种事物。There is no such kind: use {', '.join(KINDS)}.")
    found = site.lookup.search(parameters.question(), [kind] if kind else None, _MOST_FOUND)
    return _page(site, found, lambda item: item)


def _suggest(site: Site) -> Response:
    parameters.check_names({"q", "limit", "format"})
    limit = parameters.whole_number("limit", 8, 1, 50)
    found = site.lookup.suggest(parameters.question(), limit)
    return respond(site.store, {"items": found}, found)


def _lister(site: Site, listing: Listing) -> Callable[[], Response]:
    def list_things() -> Response:
        parameters.check_names({*listing.parameters, *SHAPING})
        known = (*names(listing.kind), listing.shown_as) if listing.shown_as else names(listing.kind)
        kept = parameters.fields(known)
        wanted = {name: value for name in listing.parameters if (value := request.args.get(name, "").strip())}
        # Taken once: another generation may take its place while this request is answered.
        catalogue = site.catalogue
        found = select(catalogue, listing, wanted, parameters.question(required=False))
        items = ordered(found, listing, request.args.get("sort", ""))

        def shaped(item: Json) -> Json:
            whole = with_parts(catalogue, listing, item)
            return {name: whole[name] for name in kept}

        return _page(site, items, shaped)

    return list_things


def _page(site: Site, items: list[Json], shaped: Callable[[Json], Json]) -> Response:
    """One page of a list, with the addresses of the others in ``Link``."""
    page = page_of(items)
    shown = [shaped(item) for item in page.items]
    counts = {"total": page.total, "limit": page.limit, "offset": page.offset}
    response = respond(site.store, {"items": shown, **counts, "next": page.links.get("next")}, shown)
    if page.link_header:
        response.headers["Link"] = page.link_header
    return response
