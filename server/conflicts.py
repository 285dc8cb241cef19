"""Figures that contradict or confirm one another, side by side with their sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from kg.analysis.ties import text
from server import sheets
from server.asked import prefixes
from server.catalogue import Catalogue, kept
from server.naming import Json
from server.negotiate import HTML
from server.site import Site
from server.tongue import called, say

_CONFLICTS = """
PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
SELECT ?conflict ?reason ?fact ?prevails WHERE {
  ?conflict a ckg:Conflict ; ckg:reason ?reason ; ckg:between ?fact .
  OPTIONAL { ?conflict ckg:prevails ?fact BIND(true AS ?prevails) }
}
ORDER BY ?conflict ?fact
"""
_AGREEMENTS = """
PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
SELECT ?fact ?documents WHERE { ?fact ckg:corroboratedBy ?documents } ORDER BY DESC(?documents) ?fact
"""
# Rows of a table that a page shows; the file has all.
_MOST = 100
# How the graph gives a reason: in Chinese (in English)：what is said.
_REASON = re.compile(r"(?P<zh>[^(]+) \((?P<en>[^)]+)\)：")


@dataclass(frozen=True, slots=True)
class Clash:
    """Facts that can't all hold: why, which they are, and the IRI of the one that prevails or none."""

    reason: str
    facts: tuple[Json, ...]
    prevails: str

    @property
    def names(self) -> tuple[str, str]:
        """The reason in Chinese and in English."""
        both = _REASON.match(self.reason)
        return (both["zh"], both["en"]) if both else (self.reason, self.reason)


def blueprint(site: Site) -> Blueprint:
    """The route ``/conflicts``."""
    routes = Blueprint("conflicts", __name__)
    routes.add_url_rule("/conflicts", "conflicts", lambda: _page(site))
    return routes


def _page(site: Site) -> Response:
    clashes = clashes_of(site.catalogue)
    if sheets.wanted():
        header = [say("原因", "Reason"), say("事实", "Fact"), say("原文", "Quote"), "IRI"]
        rows = ([clash.reason, called(f), _quote(f), f["iri"]] for clash in clashes for f in clash.facts)
        return sheets.sheet("conflicts", header, rows)
    query = prefixes() + "SELECT ?conflict ?reason ?fact WHERE {\n  ?conflict a ckg:Conflict ; "
    query += "ckg:reason ?reason ; ckg:between ?fact\n}\nORDER BY ?conflict ?fact"
    agreements = agreements_of(site.catalogue)
    body = render_template("conflicts.html", clashes=clashes, agreements=agreements, most=_MOST, sparql=query)
    return Response(body, mimetype=HTML)


def _quote(fact: Json) -> str:
    return str(fact["evidence"][0]["quote"]) if fact["evidence"] else ""


@kept
def clashes_of(catalogue: Catalogue) -> tuple[Clash, ...]:
    """The conflicts on record, each once."""
    held: dict[str, tuple[str, list[Json], list[str]]] = {}
    for row in catalogue.store.rows(_CONFLICTS):
        _, facts, prevails = held.setdefault(text(row["conflict"]), (text(row["reason"]), [], []))
        fact = catalogue.item(text(row["fact"]))
        facts += [fact] if fact else []
        prevails += [fact["iri"]] if fact and "prevails" in row else []
    return tuple(Clash(reason, tuple(facts), next(iter(first), "")) for reason, facts, first in held.values() if facts)


@kept
def agreements_of(catalogue: Catalogue) -> tuple[tuple[Json, int], ...]:
    """The facts that several documents state, and how many do; those of most documents first."""
    rows = ((text(row["fact"]), int(text(row["documents"]))) for row in catalogue.store.rows(_AGREEMENTS))
    facts = ((catalogue.item(iri), count) for iri, count in rows)
    return tuple((fact, count) for fact, count in facts if fact)
