"""The SPARQL 1.1 Protocol: queries by GET and POST, read-only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

import pyoxigraph as ox
from flask import Blueprint, Response, request

from kg.store import Store
from server import guard
from server.console import form
from server.errors import BadParameter, Problem
from server.execution import Dataset, execute, write
from server.negotiate import GRAPHS, ROWS, TRIPLES, Format, choose, wants_html, wants_rdf
from server.site import Site

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
SD = "http://www.w3.org/ns/sparql-service-description#"
_DESCRIPTION = Path(__file__).parent / "service.ttl"
_READ_ONLY = "此服务只读，不接受更新。This service is read-only: updates are refused."


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as a client sent it, with the format that it names; no text where none was sent."""

    text: str
    dataset: Dataset
    format: str


def blueprint(site: Site) -> Blueprint:
    """The route ``/sparql``."""
    routes = Blueprint("sparql", __name__)

    @routes.route("/sparql", methods=["GET", "POST"], strict_slashes=False)
    @routes.route("/sparql/", methods=["GET", "POST"])
    def sparql() -> Response:
        asked = _asked()
        if not asked.text:
            return _without_query(site)
        if request.method == "GET" and wants_html(request, *(m for f in (*ROWS, *GRAPHS) for m in f.media)):
            return form(site, asked.text)
        return answer(site.store, asked)

    return routes


def answer(store: Store, asked: Asked) -> Response:
    """The result of a query in the format that the client likes best, or 304 where it has it already."""
    shape = guard.examine(asked.text)
    written = choose(request, GRAPHS if shape.form in {"CONSTRUCT", "DESCRIBE"} else ROWS, asked.format)
    dataset = asked.dataset or Dataset(shape.default_graphs, shape.named_graphs)
    response = Response(content_type=written.content_type)
    response.headers["Vary"] = "Accept"
    if request.method != "POST" and not shape.volatile:
        response.set_etag(_etag(store, asked, written))
        response.headers["Cache-Control"] = "no-cache"
        response.make_conditional(request)
    if response.status_code != 304:
        response.set_data(execute(store, asked.text, dataset, written))
    return response


def _asked() -> Asked:
    """The query of this request.

    Raises Problem: 400 for a query given twice or not in UTF-8, 403 for updates, 413 for a body that is too large, 415
    for a body of another type.
    """
    parameters = _decoded(request.query_string)
    if request.method == "POST":
        if (request.content_length or 0) > 4 * guard.MAX_BYTES:
            raise Problem(f"查询太长：最多 {guard.MAX_BYTES} 字节。A query has at most {guard.MAX_BYTES} bytes.", 413)
        parameters += _posted()
    if any(name == "update" for name, _ in parameters):
        raise Problem(_READ_ONLY, 403 if request.method == "POST" else 400)
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) > 1:
        raise BadParameter("query", "每次只能有一个查询。There must be one query, not several.")
    if request.method == "POST" and not queries:
        raise BadParameter("query", "没有查询。There is no query in this request.")
    graphs = {name: tuple(v for n, v in parameters if n == name) for name in ("default-graph-uri", "named-graph-uri")}
    dataset = Dataset(graphs["default-graph-uri"], graphs["named-graph-uri"])
    form = next((value for name, value in parameters if name == "format"), "")
    return Asked(queries[0].strip() if queries else "", dataset, form)


def _posted() -> list[tuple[str, str]]:
    """The parameters in the body of a POST."""
    body = request.get_data()
    if request.mimetype == UPDATE:
        raise Problem(_READ_ONLY, 403)
    if request.mimetype == QUERY:
        return [("query", _utf8(body))]
    if request.mimetype != FORM:
        raise Problem(f"请用 {QUERY} 或 {FORM}。Send a query as one of these two types.", 415)
    return _decoded(body)


def _decoded(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(data.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise Problem("请求须用 UTF-8 编码。The request must be percent-encoded UTF-8.") from error


def _utf8(data: bytes) -> str:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise Problem("查询须为 UTF-8 编码。A query must be UTF-8.", 415)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(f"查询不是 UTF-8。The query is not UTF-8 at byte {error.start}.") from error


def _without_query(site: Site) -> Response:
    """A bare GET: the service description for programs that ask for RDF or for anything, the form for a browser."""
    if not wants_rdf(request) and wants_html(request):
        return form(site, "")
    written = choose(request, TRIPLES)
    return Response(describe(request.base_url, written), content_type=written.content_type, headers={"Vary": "Accept"})


def describe(endpoint: str, written: Format) -> bytes:
    """The service description of this endpoint."""
    triples = [q.triple for q in ox.parse(path=str(_DESCRIPTION), base_iri=endpoint)]
    return write(triples, written, sd=SD)


def _etag(store: Store, asked: Asked, written: Format) -> str:
    parts = (store.generation, asked.text, written.names[0], *asked.dataset.default, "|", *asked.dataset.named)
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
