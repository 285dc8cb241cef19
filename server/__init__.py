"""The web service: SPARQL, REST, linked data and pages over one graph."""

from __future__ import annotations

from flask import Flask, Response, request

from kg.lookup import Lookup
from kg.store import Store
from server import analysis, contradictions, description, docs, errors, graphs, ops, pages, reader, rest, sparql, web
from server.access import Access
from server.assets import install as install_assets
from server.catalogue import Catalogue
from server.delivery import Cache
from server.encoding import squeeze
from server.federating import Federation
from server.headers import PREFLIGHT, SAFE, SHARED
from server.journal import Journal
from server.metrics import registry_of
from server.site import SITE, Finder, Site
from server.traffic import Traffic

__all__ = ["CACHE", "SITE", "TRAFFIC", "create_app"]

# Where the application keeps its finished results and its figures, beside its parts, for those who start it.
CACHE, TRAFFIC = "cluster-kg-cache", "cluster-kg-traffic"
_MAX_BODY = 1024 * 1024
_DATA_ROUTES = ("/sparql", "/api/", "/id/", "/ontology", "/openapi.json", "/update", "/graph", "/.well-known")


def create_app(
    store: Store,
    *,
    lookup: Finder | None = None,
    access: Access | None = None,
    rate: float = 0.0,
    journal: Journal | None = None,
    federation: Federation | None = None,
) -> Flask:
    """The service over a store; ``lookup`` finds and answers (by default the search over the same store).

    ``access`` holds the tokens of those who may change the graph; without them nobody may. ``rate`` is how many
    requests a second one client may send, 0 for any number. ``journal`` takes a line of JSON for each request.
    ``federation`` holds the services that queries may ask by SERVICE, by default none.
    """
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _MAX_BODY
    site = Site(store, lookup or Lookup(store), Catalogue(store), federation or Federation())
    app.extensions[SITE] = site
    cache = Cache()
    registry = registry_of(site, cache)
    traffic = Traffic(registry, rate, journal)
    traffic.install(app)
    app.extensions.update({CACHE: cache, TRAFFIC: traffic})
    for part in (rest, analysis, contradictions, docs, pages, web, reader):
        app.register_blueprint(part.blueprint(site))
    app.register_blueprint(description.blueprint(site))
    app.register_blueprint(ops.blueprint(site, registry))
    for changing in (sparql, graphs):
        app.register_blueprint(changing.blueprint(site, access, cache))
    errors.install(app)
    install_assets(app)
    app.after_request(_finish)
    return app


def _finish(response: Response) -> Response:
    """The headers of every answer, and 304 for what the client has already."""
    response.headers.update(SAFE)
    if request.path.startswith(_DATA_ROUTES):
        response.headers.update(SHARED)
        if request.method == "OPTIONS":
            response.headers.update(PREFLIGHT)
    fresh = "Cache-Control" not in response.headers and not response.direct_passthrough
    if response.status_code == 200 and request.method in {"GET", "HEAD"} and fresh:
        response.headers["Cache-Control"] = "no-cache"
        squeeze(request, response)
        response.add_etag()
        response.make_conditional(request)
    return response
