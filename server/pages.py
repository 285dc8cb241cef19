"""Linked data: every thing as a page and as RDF, and the ontology."""

from __future__ import annotations

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from server import parameters
from server.errors import NotFound
from server.execution import write
from server.negotiate import HTML, TRIPLES, Format, choose, named, wants_html, wants_rdf
from server.site import Site
from server.things import page_of
from server.urls import path_of, thing_iri

# Facts hang on nodes of their own; these few belong to a thing wherever it is shown.
_ABOUT = """
PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
CONSTRUCT { ?thing ?p ?o . ?o ?q ?value . ?s ?r ?thing } WHERE {
  { ?thing ?p ?o }
  UNION { VALUES ?link { ckg:evidence ckg:issuance } ?thing ?link ?o . ?o ?q ?value }
  UNION { ?s ?r ?thing }
}
"""
_TERMS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?term ?zh ?en ?comment ?commentEn WHERE {
  ?term rdfs:label ?zh FILTER(LANG(?zh) = "zh" && STRSTARTS(STR(?term), "https://w3id.org/cluster-kg/ontology#"))
  OPTIONAL { ?term rdfs:label ?en FILTER(LANG(?en) = "en") }
  OPTIONAL { ?term rdfs:comment ?comment FILTER(LANG(?comment) = "zh") }
  OPTIONAL { ?term rdfs:comment ?commentEn FILTER(LANG(?commentEn) = "en") }
}
ORDER BY ?term
"""
_ONTOLOGY = """
CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <https://w3id.org/cluster-kg/graph/ontology> { ?s ?p ?o } }
"""


def blueprint(site: Site) -> Blueprint:
    """The routes ``/id/{kind}/{slug}`` and ``/ontology``."""
    routes = Blueprint("pages", __name__)

    @routes.route("/id/<kind>/<path:slug>")
    def thing(kind: str, slug: str) -> Response:
        return _thing(site, kind, slug)

    @routes.route("/ontology")
    def ontology() -> Response:
        return _ontology(site)

    return routes


def _thing(site: Site, kind: str, slug: str) -> Response:
    stem, _, suffix = slug.rpartition(".")
    written = named(suffix, TRIPLES) if stem else None
    iri = thing_iri(kind, stem if written else slug)
    if iri is None or not site.store.has(iri):
        raise _not_found(site, slug)
    if written is None and wants_html(request) and not wants_rdf(request):
        response = _page(site, iri)
    else:
        response = _graph(site, _ABOUT, iri, written or choose(request, TRIPLES))
    response.headers["Vary"] = "Accept"
    for alternate in TRIPLES:
        link = f'<{path_of(iri)}.{alternate.names[0]}>; rel="alternate"; type="{alternate.media[0]}"'
        response.headers.add("Link", link)
    return response


def _ontology(site: Site) -> Response:
    """The ontology: its terms in words for a browser, RDF for programs."""
    if not wants_html(request) or wants_rdf(request):
        return _graph(site, _ONTOLOGY, None, choose(request, TRIPLES))
    rows = site.store.rows(_TERMS)
    terms = [{name: term.value for name, term in row.items() if not isinstance(term, ox.Triple)} for row in rows]
    body = render_template("ontology.html", terms=terms, formats=TRIPLES)
    return Response(body, mimetype=HTML, headers={"Vary": "Accept"})


def _page(site: Site, iri: str) -> Response:
    item = site.catalogue.item(iri) or {**site.catalogue.reference(iri), "evidence": site.catalogue.evidence(iri)}
    page = page_of(site.catalogue, item, full=request.args.get("full") == "1")
    body = render_template("thing.html", page=page, path=path_of(iri), formats=TRIPLES)
    return Response(body, mimetype=HTML)


def _graph(site: Site, query: str, iri: str | None, written: Format) -> Response:
    bindings = {"thing": ox.NamedNode(iri)} if iri else None
    found = site.store.query(query, bindings=bindings)
    triples = sorted(set(found), key=str) if isinstance(found, ox.QueryTriples) else []
    return Response(write(triples, written), content_type=written.content_type, headers={"Vary": "Accept"})


def _not_found(site: Site, slug: str) -> NotFound:
    words = slug[: parameters.MAX_QUESTION].replace("-", " ")
    return NotFound("没有这个事物。Nothing is known by this address.", site.lookup.suggest(words))
