"""The query form: a query of the visitor's, its result as a table, its errors in words."""

from __future__ import annotations

import json

from flask import Response, render_template

from kg.errors import QueryError
from kg.rdf.terms import PREFIXES
from server import guard
from server.errors import Problem, problem_of
from server.execution import Dataset, execute
from server.naming import Json
from server.negotiate import HTML, ROWS, TRIPLES
from server.site import Site

_EXAMPLE = """PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?cluster ?agency WHERE {
  ?plan ckg:cluster/rdfs:label ?cluster ; ckg:issuance ?first .
  ?first ckg:position 1 ; ckg:agency/rdfs:label ?agency .
  FILTER(LANG(?cluster) = "zh" && LANG(?agency) = "zh")
}
ORDER BY ?cluster"""
_ROWS_SHOWN = 200


def form(site: Site, text: str) -> Response:
    """The form with this query and its result; without a query, with an example to run."""
    result: Json | None = None
    problem: Problem | None = None
    try:
        result = run(site, text) if text else None
    except (Problem, QueryError) as error:
        problem = problem_of(error)
    body = render_template("query.html", query=text or _EXAMPLE, result=result, error=problem)
    return Response(body, problem.status if problem else 200, mimetype=HTML)


def run(site: Site, text: str) -> Json:
    """The result of a query for a page: columns and rows, a truth value, or a graph in Turtle."""
    shape = guard.examine(text)
    dataset = Dataset(shape.default_graphs, shape.named_graphs)
    if shape.form in {"CONSTRUCT", "DESCRIBE"}:
        return {"graph": execute(site.store, text, dataset, TRIPLES[0]).decode("utf-8")}
    data = json.loads(execute(site.store, text, dataset, ROWS[0]))
    if "boolean" in data:
        return {"boolean": data["boolean"]}
    columns, bindings = data["head"]["vars"], data["results"]["bindings"]
    rows = [[_shown(binding.get(c)) for c in columns] for binding in bindings[:_ROWS_SHOWN]]
    return {"columns": columns, "rows": rows, "total": len(bindings)}


def _shown(term: Json | None) -> Json:
    """A term of a result as a page shows it: IRIs shortened by the usual prefixes."""
    if term is None:
        return {"text": "", "iri": ""}
    iri = term["value"] if term["type"] == "uri" else ""
    fitting = [p for p, base in PREFIXES.items() if iri.startswith(base)]
    prefix = max(fitting, key=lambda p: len(PREFIXES[p]), default=None)
    text = f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}" if prefix else term["value"]
    numeric = term.get("datatype", "").endswith(("#integer", "#decimal", "#double"))
    return {"text": text if isinstance(text, str) else json.dumps(text), "iri": iri, "numeric": numeric}
