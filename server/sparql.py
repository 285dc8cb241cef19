"""The SPARQL 1.1 Protocol: queries by GET and POST, and updates for those who have a token."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from server import guard, protocol
from server.access import Access
from server.console import form
from server.delivery import Cache, client_of, deliver
from server.description import described
from server.errors import Problem
from server.execution import Dataset, Question, Remote
from server.guard import Shape, resolved
from server.negotiate import GRAPHS, ROWS, TRIPLES, choose, wants_html, wants_rdf
from server.pool.hands import Gone
from server.protocol import Asked
from server.site import Site

_BODY = 1024 * 1024


def blueprint(site: Site, access: Access | None = None, cache: Cache | None = None) -> Blueprint:
    """The routes ``/sparql`` and ``/update``."""
    routes = Blueprint("sparql", __name__)
    allowed, kept = access or Access(), cache or Cache()

    @routes.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
    @routes.route("/sparql/", methods=["GET", "POST"])
    def sparql() -> Response:
        asked = protocol.read(request, allowed, _largest(site))
        g.query = asked.text
        if asked.operation == "update":
            return _updated(site, asked)
        if not asked.operation:
            return _without_query(site, allowed)
        if request.method == "GET" and wants_html(request, *(m for f in (*ROWS, *GRAPHS) for m in f.media)):
            return form(site, asked.text)
        return _answer(site, asked, kept)

    @routes.route("/update", methods=["POST"])
    def update() -> Response:
        allowed.require(request, "update")
        return _updated(site, protocol.read(request, allowed, _largest(site), "update"))

    return routes


def _largest(site: Site) -> int:
    """The most bytes that an update may have."""
    return site.store.largest_change if isinstance(site.store, Remote) else _BODY


def _answer(site: Site, asked: Asked, cache: Cache) -> Response:
    """The result of a query in the format that the client likes best."""
    shape = guard.examine(asked.text, site.federation.endpoints)
    written = choose(request, GRAPHS if shape.form in {"CONSTRUCT", "DESCRIBE"} else ROWS, asked.format)
    text, timeout = site.federation.answered(asked.text, asked.timeout, request.base_url)
    question = Question(
        text,
        written,
        asked.dataset or _merged(shape),
        request.base_url,
        timeout,
        weight=shape.weight,
        client=client_of(request),
    )
    try:
        return deliver(request, site.store, question, cache, shape.volatile)
    except Gone:
        # Nobody reads this; the log tells it.
        return Response(status=499)


def _merged(shape: Shape) -> Dataset:
    """The dataset of a query with several FROM, which the engine would not merge; what it does itself is left to it."""
    if len(shape.default_graphs) < 2:
        return Dataset()
    default, named = (
        tuple(resolved(iri, request.base_url) for iri in graphs)
        for graphs in (shape.default_graphs, shape.named_graphs)
    )
    return Dataset(default, named)


def _updated(site: Site, asked: Asked) -> Response:
    """Make an update; when this answers, it is done and will be there after any failure."""
    store = site.store
    if not isinstance(store, Remote):
        raise Problem("此服务只读，不接受更新。This service is read-only: updates are refused.", 403)
    using = {"using": asked.dataset.default, "using_named": asked.dataset.named}
    done = store.change({"op": "update", "base": request.base_url, **using}, [asked.text.encode("utf-8")])
    return Response(status=204, headers={"X-Generation": done["generation"], "Cache-Control": "no-store"})


def _without_query(site: Site, access: Access) -> Response:
    """A bare GET: the service description for programs that ask for RDF or for anything, the form for a browser."""
    if not wants_rdf(request) and wants_html(request):
        return form(site, "")
    written = choose(request, TRIPLES)
    body = described(request.base_url, written, access.open)
    return Response(body, content_type=written.content_type, headers={"Vary": "Accept"})
