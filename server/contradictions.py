"""What the documents contradict: a list of the REST interface that has a shape of its own."""

from __future__ import annotations

from flask import Blueprint, Response, request

from kg.lookup.conflicts import KINDS, conflicts
from server import parameters
from server.catalogue import Catalogue, kept
from server.errors import BadParameter
from server.naming import Json
from server.paging import PAGING, page_of
from server.site import Site
from server.writing import respond


def blueprint(site: Site) -> Blueprint:
    """The route ``/api/v1/conflicts``."""
    routes = Blueprint("contradictions", __name__, url_prefix="/api/v1")

    routes.add_url_rule("/conflicts", "conflicts", lambda: _listed(site, _held(site.catalogue)))
    return routes


@kept
def _held(catalogue: Catalogue) -> list[Json]:
    """The conflicts of a generation; years are numbers, as in every other list."""
    found = conflicts(catalogue.store)
    return [{**one, "between": [_dated(statement) for statement in one["between"]]} for one in found]


def _dated(statement: Json) -> Json:
    year = str(statement.get("year") or "")
    return {**statement, "year": int(year)} if year.isdigit() else statement


def _listed(site: Site, found: list[Json]) -> Response:
    parameters.check_names({"kind", "document", *PAGING, "format"})
    kind, document = (request.args.get(name, "").strip() for name in ("kind", "document"))
    if kind and kind not in KINDS:
        raise BadParameter("kind", f"没有这种矛盾。There is no such kind of conflict: use {', '.join(KINDS)}.")
    wanted = [one for one in found if kind in ("", one["kind"]) and (not document or _stated_in(one, document))]
    page = page_of(wanted)
    shown = list(page.items)
    counts = {"total": page.total, "limit": page.limit, "offset": page.offset}
    response = respond(site.store, {"items": shown, **counts, "next": page.links.get("next")}, shown)
    if page.link_header:
        response.headers["Link"] = page.link_header
    return response


def _stated_in(conflict: Json, document: str) -> bool:
    """Whether a statement of a conflict stands in a document, named by its slug or IRI."""
    places = (place for statement in conflict["between"] for place in statement["evidence"])
    return any(document in (iri := place["document"]["iri"], iri.rsplit("/", 1)[1]) for place in places)
