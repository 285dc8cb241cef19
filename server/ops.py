"""For those who run the service: is it up, can the graph be asked."""

from __future__ import annotations

import json

from flask import Blueprint, Response

from server.execution import Dataset, execute
from server.negotiate import ROWS
from server.rest import to_json
from server.site import Site

_COUNT = """
SELECT (COUNT(*) AS ?triples) WHERE { ?s ?p ?o }
"""
_COUNTED = ("cluster", "agency", "district", "document", "measure", "assignment", "target", "observation")


def blueprint(site: Site) -> Blueprint:
    """The routes ``/healthz`` and ``/readyz``."""
    routes = Blueprint("ops", __name__)
    routes.add_url_rule("/healthz", "healthz", lambda: _fresh({"status": "ok"}))
    routes.add_url_rule("/readyz", "readyz", lambda: _ready(site))
    return routes


def _ready(site: Site) -> Response:
    """Ready when the graph answers; without a single triple there is nothing to serve."""
    counted = json.loads(execute(site.store, _COUNT, Dataset(), ROWS[0]))["results"]["bindings"]
    triples = int(counted[0]["triples"]["value"])
    counts = {kind: len(site.catalogue.items(kind)) for kind in _COUNTED}
    status = "ready" if triples else "empty"
    response = _fresh({"status": status, "generation": site.store.generation, "triples": triples, "counts": counts})
    response.status_code = 200 if triples else 503
    return response


def _fresh(data: object) -> Response:
    response = to_json(data)
    response.headers["Cache-Control"] = "no-store"
    return response
