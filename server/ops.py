"""For those who run the service: is it up, can the graph be asked, what does it do."""

from __future__ import annotations

import json

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from server.execution import Question, Remote, generation_of, run
from server.negotiate import ROWS
from server.rest import to_json
from server.site import Site

_COUNT = """
SELECT (COUNT(*) AS ?triples) WHERE { ?s ?p ?o }
"""
_ANY = "ASK { ?s ?p ?o }"
_COUNTED = ("cluster", "agency", "district", "document", "measure", "assignment", "target", "observation")


def blueprint(site: Site, registry: CollectorRegistry | None = None) -> Blueprint:
    """The routes ``/healthz``, ``/readyz`` and ``/metrics``."""
    routes = Blueprint("ops", __name__)
    counted: dict[str, int] = {}
    routes.add_url_rule("/healthz", "healthz", lambda: _fresh({"status": "ok"}))
    routes.add_url_rule("/readyz", "readyz", lambda: _ready(site, counted))
    routes.add_url_rule("/metrics", "metrics", lambda: _metrics(registry or CollectorRegistry()))
    return routes


def _ready(site: Site, counted: dict[str, int]) -> Response:
    """Ready when the graph answers. Without a triple there is nothing to serve, unless others may put something in."""
    generation = generation_of(site.store)
    answer = json.loads(run(site.store, Question(_ANY, ROWS[0], ours=True)).whole())
    if generation not in counted:
        counted.clear()
        found = json.loads(run(site.store, Question(_COUNT, ROWS[0], ours=True)).whole())
        counted[generation] = int(found["results"]["bindings"][0]["triples"]["value"])
    counts = _counts(site)
    status = "ready" if answer["boolean"] else "empty"
    data = {"status": status, "generation": generation, "triples": counted[generation], "counts": counts}
    response = _fresh(data)
    response.status_code = 200 if answer["boolean"] or isinstance(site.store, Remote) else 503
    return response


def _counts(site: Site) -> dict[str, int]:
    """How many things of each kind the lists hold; of what they can't hold, nothing: it can be queried all the same."""
    catalogue = site.catalogue
    return {kind: len(catalogue.items(kind)) for kind in _COUNTED if catalogue.can_list(kind)}


def _metrics(registry: CollectorRegistry) -> Response:
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _fresh(data: object) -> Response:
    response = to_json(data)
    response.headers["Cache-Control"] = "no-store"
    return response
