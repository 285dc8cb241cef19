"""Figures that contradict or confirm one another, side by side with their sentences."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from server import sheets
from server.asked import prefixes
from server.naming import Json
from server.negotiate import HTML
from server.site import Site
from server.tongue import called

_PAIRS = """
PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
SELECT ?one ?other WHERE { ?one %s ?other FILTER(STR(?one) < STR(?other)) } ORDER BY ?one ?other
"""


def blueprint(site: Site) -> Blueprint:
    """The route ``/conflicts``."""
    routes = Blueprint("conflicts", __name__)
    routes.add_url_rule("/conflicts", "conflicts", lambda: _page(site))
    return routes


def _page(site: Site) -> Response:
    conflicts, agreements = pairs_of(site, "ckg:conflictsWith"), pairs_of(site, "ckg:corroboratedBy")
    if sheets.wanted():
        return sheets.sheet("conflicts", ["A", "B"], ([called(a), called(b)] for a, b in conflicts))
    query = f"{prefixes()}SELECT ?one ?other WHERE {{\n  ?one ckg:conflictsWith ?other\n}}\nORDER BY ?one ?other"
    body = render_template("conflicts.html", conflicts=conflicts, agreements=agreements, sparql=query)
    return Response(body, mimetype=HTML)


def pairs_of(site: Site, relation: str) -> list[tuple[Json, Json]]:
    """The pairs of facts with this relation (``ckg:…``), each once."""
    found = []
    for row in site.store.rows(_PAIRS % relation):
        one, other = (site.catalogue.item(str(row[name].value)) for name in ("one", "other"))
        if one and other:
            found.append((one, other))
    return found
