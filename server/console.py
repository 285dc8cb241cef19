"""The query form: a query of the visitor's, its result as a table, its errors in words."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import east_asian_width

from flask import Blueprint, Response, render_template, request

from kg.analysis.ties import text
from kg.errors import QueryError
from kg.rdf.terms import PREFIXES
from kg.store import Store
from server import execution, guard
from server.errors import Problem, problem_of
from server.execution import Dataset, Question
from server.naming import Json
from server.negotiate import HTML, ROWS, TRIPLES
from server.site import Site

_ROWS_SHOWN = 200
# What the parser says of a place, and of what it would have read there: words, and signs that are written as they are.
_PLACE = re.compile(r"error at (\d+):(\d+)")
_KEYWORD = re.compile(r"(?<![\w\\{])[A-Z]{2,}(?![\w}])")
_QUOTED = re.compile(r"\"([{}().;,:?<*=\[\]]|[a-z]{2,})\"")
# How much of a long line is shown to both sides of the place, and how many signs may stand there.
_LEFT, _RIGHT, _EXPECTED = 60, 30, 16
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


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a query can't be read: line and column from 1, the line, how far in its mark is, what may stand there."""

    line: int
    column: int
    words: str
    before: int
    expected: tuple[str, ...]


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
        fault=fault_of(text, problem.detail) if problem else None,
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


def fault_of(query: str, told: str) -> Fault | None:
    """The place that the parser names in what it told, if it names one in the query."""
    place = _PLACE.search(told)
    lines = query.splitlines()
    if place is None or not 0 < int(place[1]) <= len(lines):
        return None
    line, column = int(place[1]), int(place[2])
    start = max(0, column - _LEFT)
    words = lines[line - 1][start : column + _RIGHT]
    # A Chinese character takes two columns of a fixed-width line.
    before = sum(2 if east_asian_width(c) in "WF" else 1 for c in words[: column - 1 - start])
    quoted, plain = _QUOTED.findall(told[place.end() :]), _KEYWORD.findall(told[place.end() :])
    return Fault(line, column, words, before, tuple(dict.fromkeys([*plain, *quoted]))[:_EXPECTED])


def run(site: Site, text: str) -> Json:
    """The result of a query for a page: columns and rows, a truth value, or a graph in Turtle."""
    shape = guard.examine(text, site.federation.endpoints)
    text, timeout = site.federation.answered(text)
    dataset = Dataset(shape.default_graphs, shape.named_graphs)
    if shape.form in {"CONSTRUCT", "DESCRIBE"}:
        question = Question(text, TRIPLES[0], dataset, timeout=timeout)
        return {"graph": execution.run(site.store, question).whole().decode("utf-8")}
    data = json.loads(execution.run(site.store, Question(text, ROWS[0], dataset, timeout=timeout)).whole())
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
