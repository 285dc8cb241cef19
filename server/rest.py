"""The REST interface: answers to questions, and lists of things with filters and pages, in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from server import parameters
from server.errors import BadParameter
from server.listing import LISTINGS, Listing
from server.naming import Json
from server.selection import select
from server.site import Site
from server.urls import KINDS, with_parameters

_PREFIX = "/api/v1"


def blueprint(site: Site) -> Blueprint:
    """The routes under ``/api/v1``."""
    routes = Blueprint("rest", __name__, url_prefix=_PREFIX)
    routes.add_url_rule("/leads", "leads", lambda: _answer(site.lookup.leads))
    routes.add_url_rule("/ask", "ask", lambda: _answer(site.lookup.ask))
    routes.add_url_rule("/search", "search", lambda: _search(site))
    routes.add_url_rule("/suggest", "suggest", lambda: _suggest(site))
    for listing in LISTINGS:
        routes.add_url_rule(f"/{listing.name}", listing.name, _lister(site, listing))
    return routes


def to_json(data: Any) -> Response:
    """A JSON response in readable Chinese."""
    return Response(json.dumps(data, ensure_ascii=False, separators=(",", ":")), content_type="application/json")


def _answer(ask: Callable[[str], Json]) -> Response:
    parameters.check_names({"q"})
    return to_json(ask(parameters.question()))


def _search(site: Site) -> Response:
    parameters.check_names({"q", "kind", "limit", "offset"})
    limit, offset = parameters.page()
    kind = request.args.get("kind", "")
    if kind and kind not in KINDS:
        raise BadParameter("kind", f"没有这种事物。There is no such kind: use {', '.join(KINDS)}.")
    found = site.lookup.search(parameters.question(), [kind] if kind else None, limit + offset + 1)
    return _page(found, limit, offset)


def _suggest(site: Site) -> Response:
    parameters.check_names({"q", "limit"})
    limit = parameters.whole_number("limit", 8, 1, 50)
    return to_json({"items": site.lookup.suggest(parameters.question(), limit)})


def _lister(site: Site, listing: Listing) -> Callable[[], Response]:
    def list_things() -> Response:
        parameters.check_names({*listing.parameters, "q", "limit", "offset"})
        limit, offset = parameters.page()
        wanted = {name: value for name in listing.parameters if (value := request.args.get(name, "").strip())}
        return _page(select(site.catalogue, listing, wanted, parameters.question(required=False)), limit, offset)

    return list_things


def _page(items: list[Json], limit: int, offset: int) -> Response:
    """One page of a list, with the address of the next one, which stands in ``Link`` too."""
    more = offset + limit < len(items)
    kept = [(k, v) for k, v in request.args.items() if k not in {"limit", "offset"}]
    following = with_parameters(request.path, [*kept, ("limit", str(limit)), ("offset", str(offset + limit))])
    body = {"items": items[offset : offset + limit], "total": len(items), "limit": limit, "offset": offset}
    response = to_json({**body, "next": following if more else None})
    if more:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response
