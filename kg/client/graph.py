"""The graph as one object: questions, lists, queries; the same over HTTP and on a store folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote

from kg.client.answers import Asked, Description, Leads, Said, Solutions
from kg.client.decoding import decode, decode_rows
from kg.client.findings import Central, Conflict
from kg.client.rows import Rows
from kg.client.things import (
    Agency,
    Assignment,
    Category,
    Cluster,
    District,
    DistrictRole,
    Document,
    Enterprise,
    Found,
    Measure,
    Observation,
    Platform,
    Subsector,
    Target,
)
from kg.client.transport import ask, open_transport, read_json
from kg.errors import KgError

T = TypeVar("T")

_API = "/api/v1"
_PAGE = 500
_ID = "https://w3id.org/cluster-kg/id/"
_SURE = 0.95
_RESULTS = "application/sparql-results+json, text/turtle;q=0.9"
_SAYS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?property ?value ?label ?tongue WHERE {{
  {pattern} FILTER(!ISBLANK(?value))
  BIND(IF(ISLITERAL(?value), LANG(?value), "") AS ?tongue)
  OPTIONAL {{ ?value rdfs:label ?label FILTER(LANG(?label) = "zh") }}
}} ORDER BY ?property ?label ?value LIMIT 500
"""
_QUOTES = """
PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
SELECT DISTINCT ?quote WHERE {{ <{iri}> ckg:evidence ?e . ?e ckg:quote ?quote }} ORDER BY ?quote LIMIT 50
"""


class Graph:
    """A graph to ask. Every method raises KgError with one plain sentence where the question can't be answered.

    ``place`` is the address of a service (http://…) or a store folder; ``timeout`` is in seconds, for one request.
    """

    def __init__(self, place: str | Path, *, timeout: float = 30.0) -> None:
        self._way = open_transport(place, timeout)

    def leads(self, q: str) -> Leads:
        """Which agency leads a cluster, a measure, a platform or a field, on which basis, by which sentence."""
        return decode(Leads, self._json("/leads", {"q": q}))

    def ask(self, q: str) -> Asked:
        """The answer to a question in words, Chinese or English."""
        return decode(Asked, self._json("/ask", {"q": q}))

    def search(self, q: str, *, kind: str | None = None, limit: int = 20) -> Rows[Found]:
        """Things by name or by what is said of them, best first."""
        return self._rows("/search", Found, {"q": q, "kind": kind}, limit)

    def clusters(self, *, limit: int | None = None, **filters: object) -> Rows[Cluster]:
        """The 20+8; filters: category, agency, district, document, kind, q, sort."""
        return self._rows("/clusters", Cluster, filters, limit)

    def agencies(self, *, limit: int | None = None, **filters: object) -> Rows[Agency]:
        """Public bodies; filters: cluster, role, document, group, q, sort."""
        return self._rows("/agencies", Agency, filters, limit)

    def districts(self, *, limit: int | None = None, **filters: object) -> Rows[District]:
        """Districts with their parts in clusters; filters: cluster, q, sort."""
        return self._rows("/districts", District, filters, limit)

    def platforms(self, *, limit: int | None = None, **filters: object) -> Rows[Platform]:
        """Named carriers; filters: cluster, district, agency, document, kind, q, sort."""
        return self._rows("/platforms", Platform, filters, limit)

    def enterprises(self, *, limit: int | None = None, **filters: object) -> Rows[Enterprise]:
        """Named companies; filters: cluster, district, document, q, sort."""
        return self._rows("/enterprises", Enterprise, filters, limit)

    def targets(self, *, limit: int | None = None, **filters: object) -> Rows[Target]:
        """Quantified goals; filters: cluster, district, about, document, year, metric, unit, q, sort."""
        return self._rows("/targets", Target, filters, limit)

    def observations(self, *, limit: int | None = None, **filters: object) -> Rows[Observation]:
        """Quantified statements; filters: cluster, district, about, document, year, metric, unit, q, sort."""
        return self._rows("/observations", Observation, filters, limit)

    def measures(self, *, limit: int | None = None, **filters: object) -> Rows[Measure]:
        """Headed passages with who is responsible; filters: cluster, document, agency, role, kind, q, sort."""
        return self._rows("/measures", Measure, filters, limit)

    def documents(self, *, limit: int | None = None, **filters: object) -> Rows[Document]:
        """The documents; filters: cluster, agency, kind, year, q, sort."""
        return self._rows("/documents", Document, filters, limit)

    def categories(self, *, limit: int | None = None, **filters: object) -> Rows[Category]:
        """The groups of clusters; filters: cluster, q, sort."""
        return self._rows("/categories", Category, filters, limit)

    def subsectors(self, *, limit: int | None = None, **filters: object) -> Rows[Subsector]:
        """The fields of clusters; filters: cluster, document, q, sort."""
        return self._rows("/subsectors", Subsector, filters, limit)

    def assignments(self, *, limit: int | None = None, **filters: object) -> Rows[Assignment]:
        """The parts of agencies in measures; filters: agency, cluster, measure, document, role, q, sort."""
        return self._rows("/assignments", Assignment, filters, limit)

    def roles(self, *, limit: int | None = None, **filters: object) -> Rows[DistrictRole]:
        """The parts of districts in clusters; filters: cluster, district, document, q, sort."""
        return self._rows("/roles", DistrictRole, filters, limit)

    def centrality(
        self, measure: str = "degree", *, projection: str = "agency-cluster", kind: str | None = None, limit: int = 20
    ) -> Rows[Central]:
        """The most central things of a projection of the graph by a measure of its analysis, best first."""
        asked = {"measure": measure, "projection": projection, "kind": kind}
        return self._rows("/centrality", Central, asked, limit)

    def conflicts(self, *, limit: int | None = None, **filters: object) -> Rows[Conflict]:
        """What the documents contradict; filters: kind, document."""
        return self._rows("/conflicts", Conflict, filters, limit)

    def sparql(self, query: str) -> Solutions | bool | str:
        """The result of a query: rows of SELECT, the truth of ASK, the Turtle of CONSTRUCT and DESCRIBE.

        Raises QueryError with line and column where the text is not SPARQL.
        """
        reply = ask(self._way, "/sparql", {"query": query}, _RESULTS)
        if not reply.media.endswith("json"):
            return reply.body.decode("utf-8")
        result = read_json(reply, "head")
        if "boolean" in result:
            return bool(result["boolean"])
        columns, rows = decode_rows(result)
        return Solutions(rows, len(rows), columns)

    def describe(self, thing: str) -> Description:
        """All that is said of a thing, named by its IRI, by kind/slug, or by its name."""
        iri = self._iri(thing)
        says = self._said(f"<{iri}> ?property ?value")
        if not says:
            raise KgError(f"Nothing is known of {thing[:200]}.")
        labels = {one.tongue: one.value for one in says if one.property == "label"}
        label = labels.get("zh") or next(iter(labels.values()), iri)
        pointing = self._said(f"?value ?property <{iri}>")
        return Description(iri, label, says, pointing, tuple(str(row["quote"]) for row in self._select(_QUOTES, iri)))

    def _iri(self, thing: str) -> str:
        """The IRI of the thing meant; raises KgError with what is near where none is."""
        kind, _, slug = thing.removeprefix(_ID).partition("/")
        if slug and kind.isalpha() and kind.isascii():
            return _ID + f"{kind}/{quote(slug, safe='')}"
        found = self.search(thing, limit=5)
        if found and found[0].score >= _SURE:
            return found[0].iri
        near = "、".join(f"{one.label} ({one.iri.removeprefix(_ID)})" for one in found)
        raise KgError(f"Nothing is called {thing[:200]}." + (f" Did you mean {near}?" if near else ""))

    def _said(self, pattern: str) -> tuple[Said, ...]:
        return tuple(
            Said(_local(row["property"]), str(row["value"]), row.get("label"), str(row.get("tongue", "")))
            for row in self._select(_SAYS, pattern=pattern)
        )

    def _select(self, query: str, iri: str = "", pattern: str = "") -> Rows[Mapping[str, Any]]:
        found = self.sparql(query.format(iri=iri, pattern=pattern))
        if not isinstance(found, Solutions):
            raise KgError("The service answers a SELECT query with something else.")
        return found

    def _json(self, path: str, parameters: Mapping[str, object], *keys: str) -> dict[str, Any]:
        return read_json(ask(self._way, _API + path, parameters), *keys)

    def _rows(self, path: str, kind: type[T], filters: Mapping[str, object], limit: int | None) -> Rows[T]:
        """The rows of a list, page after page until there are enough."""
        if limit is not None and limit < 1:
            raise KgError("limit is a number of rows from 1 on, or None for all.")
        asked: dict[str, object] = {**filters, "limit": min(limit or _PAGE, _PAGE)}
        found: list[T] = []
        while True:
            page = self._json(path, asked, "items", "total", "next")
            found += [decode(kind, item) for item in page["items"]]
            following = str(page.get("next") or "")
            if not following or (limit is not None and len(found) >= limit):
                return Rows(tuple(found[:limit]), int(page["total"]))
            asked = dict(parse_qsl(following.partition("?")[2], keep_blank_values=True))


def _local(iri: object) -> str:
    return str(iri).replace("#", "/").rsplit("/", 1)[-1]
