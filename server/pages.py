"""Linked data: every thing as a page and as RDF, and the ontology."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from kg.store import Store
from server import parameters, sheets
from server.catalogue import KIND_QUERIES
from server.errors import NotFound
from server.execution import write
from server.linked import about_thing
from server.naming import Json
from server.negotiate import HTML, TRIPLES, Format, choose, named, wants_html, wants_rdf
from server.site import Site
from server.things import page_of, tables_of
from server.urls import path_of, thing_iri

# The kinds of things that the picture of the graph shows, and that can be compared.
GRAPHED = ("cluster", "category", "district", "agency", "platform", "enterprise", "subsector", "document")

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
    as_sheet = (bool(stem) and suffix == "csv") or sheets.wanted()
    iri = thing_iri(kind, stem if written or suffix == "csv" else slug)
    if iri is None or not site.store.has(iri):
        raise _not_found(site, slug)
    if as_sheet:
        response = sheets.sheet_of(iri.rsplit("/", 1)[-1], tables_of(site.catalogue, _item(site, iri)).values())
    elif written is None and wants_html(request) and not wants_rdf(request):
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
    terms = _terms(site.store, site.store.generation)
    body = render_template("ontology.html", terms=terms, formats=TRIPLES)
    return Response(body, mimetype=HTML, headers={"Vary": "Accept"})


@lru_cache(maxsize=4)
def _terms(store: Store, _: str) -> list[dict[str, str]]:
    """The terms of the ontology with their labels and comments; a generation's never change."""
    rows = store.rows(_TERMS)
    return [{name: term.value for name, term in row.items() if not isinstance(term, ox.Triple)} for row in rows]


def _page(site: Site, iri: str) -> Response:
    full, agency = request.args.get("full") == "1", request.args.get("agency", "")
    page = page_of(site.catalogue, _item(site, iri), full=full, agency=agency)
    body = render_template(
        "thing.html",
        page=page,
        path=path_of(iri),
        formats=TRIPLES,
        lists=KIND_QUERIES,
        graphed=GRAPHED,
        linked=about_thing(page.item, page.sentence),
        describe=f"DESCRIBE <{iri}>",
    )
    return Response(body, mimetype=HTML)


def _item(site: Site, iri: str) -> Json:
    """The thing; one that is in no list (a piece of evidence) with its names and its own evidence alone."""
    found = site.catalogue.item(iri)
    return found or {**site.catalogue.reference(iri), "altLabels": [], "evidence": site.catalogue.evidence(iri)}


def _graph(site: Site, query: str, iri: str | None, written: Format) -> Response:
    bindings = {"thing": ox.NamedNode(iri)} if iri else None
    found = site.store.query(query, bindings=bindings)
    triples = sorted(set(found), key=str) if isinstance(found, ox.QueryTriples) else []
    return Response(write(triples, written), content_type=written.content_type, headers={"Vary": "Accept"})


def _not_found(site: Site, slug: str) -> NotFound:
    words = slug[: parameters.MAX_QUESTION].replace("-", " ")
    return NotFound("没有这个事物。Nothing is known by this address.", site.lookup.suggest(words))
