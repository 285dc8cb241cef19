"""Figures that contradict or confirm one another, side by side with their sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Response, render_template

from kg.analysis.ties import text
from kg.store import Store
from server import sheets
from server.asked import prefixes
from server.catalogue import Catalogue
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
SELECT ?one ?other WHERE { ?one ckg:corroboratedBy ?other FILTER(STR(?one) < STR(?other)) } ORDER BY ?one ?other
"""


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
    clashes = clashes_of(site.store, site.catalogue)
    if sheets.wanted():
        header = [say("原因", "Reason"), say("事实", "Fact"), say("原文", "Quote"), "IRI"]
        rows = ([clash.reason, called(f), _quote(f), f["iri"]] for clash in clashes for f in clash.facts)
        return sheets.sheet("conflicts", header, rows)
    query = prefixes() + "SELECT ?conflict ?reason ?fact WHERE {\n  ?conflict a ckg:Conflict ; "
    query += "ckg:reason ?reason ; ckg:between ?fact\n}\nORDER BY ?conflict ?fact"
    agreements = agreements_of(site.store, site.catalogue)
    body = render_template("conflicts.html", clashes=clashes, agreements=agreements, sparql=query)
    return Response(body, mimetype=HTML)


def _quote(fact: Json) -> str:
    return str(fact["evidence"][0]["quote"]) if fact["evidence"] else ""


@lru_cache(maxsize=4)
def clashes_of(store: Store, catalogue: Catalogue) -> tuple[Clash, ...]:
    """The conflicts on record, each once."""
    held: dict[str, tuple[str, list[Json], list[str]]] = {}
    for row in store.rows(_CONFLICTS):
        _, facts, prevails = held.setdefault(text(row["conflict"]), (text(row["reason"]), [], []))
        fact = catalogue.item(text(row["fact"]))
        facts += [fact] if fact else []
        prevails += [fact["iri"]] if fact and "prevails" in row else []
    return tuple(Clash(reason, tuple(facts), next(iter(first), "")) for reason, facts, first in held.values() if facts)


@lru_cache(maxsize=4)
def agreements_of(store: Store, catalogue: Catalogue) -> tuple[tuple[Json, Json], ...]:
    """The pairs of facts that say the same in two documents, each once."""
    rows = store.rows(_AGREEMENTS)
    pairs = ([catalogue.item(text(row[name])) for name in ("one", "other")] for row in rows)
    return tuple((one, other) for one, other in pairs if one and other)
