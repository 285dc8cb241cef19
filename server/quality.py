"""What was read and what was left: facts by kind and rule, and every doubt with its reason and its words."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, Response, render_template

from kg.analysis.ties import text
from server import sheets
from server.asked import prefixes
from server.catalogue import Catalogue, kept
from server.naming import Json
from server.negotiate import HTML
from server.site import Site
from server.words import KINDS, REASONS

_RULES = """
PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
SELECT ?rule (COUNT(DISTINCT ?item) AS ?count) WHERE { ?item ckg:evidence ?e . ?e ckg:extractor ?rule }
GROUP BY ?rule ORDER BY DESC(?count) ?rule
"""
_DOUBTS = """
PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
SELECT ?item ?reason WHERE { ?item a ckg:Doubt ; ckg:reason ?reason } ORDER BY ?item
"""
_STATED = ("issuance", "assignment", "target", "observation", "role", "platform", "enterprise", "subsector")


def blueprint(site: Site) -> Blueprint:
    """The route ``/quality``."""
    routes = Blueprint("quality", __name__)
    routes.add_url_rule("/quality", "quality", lambda: _page(site))
    return routes


def _page(site: Site) -> Response:
    doubts = doubts_of(site.catalogue)
    if sheets.wanted():
        rows = ([d["reason"], d["quote"], d["document"]["title"], d["iri"]] for d in doubts)
        return sheets.sheet("doubts", ["reason", "quote", "document", "IRI"], rows)
    query = prefixes() + "SELECT ?doubt ?reason ?quote WHERE {\n  ?doubt a ckg:Doubt ; ckg:reason ?reason ; "
    query += "ckg:evidence/ckg:quote ?quote\n}\nORDER BY ?reason ?doubt"
    body = render_template(
        "quality.html",
        kinds_read=kinds_of(site.catalogue),
        rules=_rules(site.catalogue),
        doubts=doubts,
        reasons=sorted(Counter(d["reason"] for d in doubts).items(), key=lambda pair: (-pair[1], pair[0])),
        told=REASONS,
        sparql=query,
    )
    return Response(body, mimetype=HTML)


@kept
def kinds_of(catalogue: Catalogue) -> list[tuple[str, tuple[str, str], int, int]]:
    """Each kind of fact: how many there are, and how many have the sentence that states them."""
    found = []
    for kind in _STATED:
        items = catalogue.items(kind)
        found.append((kind, KINDS[kind], len(items), sum(bool(item["evidence"]) for item in items)))
    return found


@kept
def _rules(catalogue: Catalogue) -> list[tuple[str, int]]:
    return [(text(row["rule"]), int(text(row["count"]))) for row in catalogue.store.rows(_RULES)]


@kept
def doubts_of(catalogue: Catalogue) -> list[Json]:
    """Every doubt with its reason and where it stands, in the order of the text."""
    found = []
    for row in catalogue.store.rows(_DOUBTS):
        iri = text(row["item"])
        places = catalogue.evidence(iri)
        found += [{**place, "iri": iri, "reason": text(row["reason"])} for place in places[:1]]
    return sorted(found, key=lambda d: (d["document"]["iri"], d["start"], d["iri"]))
