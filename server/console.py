"""The query form: a query of the visitor's, its result as a table, its errors in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, render_template, request

from kg.analysis.ties import text
from kg.errors import QueryError
from kg.rdf.terms import PREFIXES
from kg.store import Store
from server import guard
from server.errors import Problem, problem_of
from server.execution import Dataset, execute
from server.naming import Json
from server.negotiate import HTML, ROWS, TRIPLES
from server.site import Site

_ROWS_SHOWN = 200
_EXAMPLES = Path(__file__).parent / "examples"
_TERMS = f"""
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?term ?zh ?en WHERE {{
  ?term rdfs:label ?zh, ?en
  FILTER(LANG(?zh) = "zh" && LANG(?en) = "en" && STRSTARTS(STR(?term), "{PREFIXES["ckg"]}"))
}}
ORDER BY ?term
"""


@dataclass(frozen=True, slots=True)
class Example:
    """A query that answers a real question: the question in Chinese and English, and the query."""

    names: tuple[str, str]
    query: str


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """The example queries in their order; each file begins with its question in Chinese and in English."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(_EXAMPLES.glob("*.rq"))]
    lines = [text.splitlines() for text in texts]
    return tuple(Example((held[0].lstrip("# "), held[1].lstrip("# ")), "\n".join(held[2:])) for held in lines)


def blueprint(site: Site) -> Blueprint:
    """The route ``/query``."""
    routes = Blueprint("console", __name__)
    routes.add_url_rule("/query", "query", lambda: form(site, request.values.get("query", "").strip()))
    return routes


def form(site: Site, text: str) -> Response:
    """The form with this query and its result; without a query, with an example to run."""
    result: Json | None = None
    problem: Problem | None = None
    try:
        result = run(site, text) if text else None
    except (Problem, QueryError) as error:
        problem = problem_of(error)
    body = render_template(
        "query.html",
        query=text or examples()[0].query,
        result=result,
        error=problem,
        examples=examples(),
        terms=_terms(site.store, site.store.generation),
    )
    return Response(body, problem.status if problem else 200, mimetype=HTML)


@lru_cache(maxsize=4)
def _terms(store: Store, _: str) -> list[tuple[str, str, str]]:
    """The terms of the ontology, with their labels, for completion while one types."""
    rows = store.rows(_TERMS)
    named = {text(row["term"]): (text(row["zh"]), text(row["en"])) for row in rows}
    return [(f"ckg:{iri.removeprefix(PREFIXES['ckg'])}", *labels) for iri, labels in named.items()]


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
