"""The SPARQL 1.1 Graph Store Protocol: whole graphs read, replaced, added to and removed, for those who have a token.

A graph is named by ``/graphs?graph=IRI``, ``/graphs?default``, by an address under ``/graphs/`` that is its own IRI, or
by the IRI of one of ours, which is ``/graph/NAME``.
"""

from __future__ import annotations

import hashlib
from email import message_from_bytes, policy
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, request

from kg.rdf.terms import GRAPH
from server.access import Access
from server.delivery import Cache, client_of, deliver
from server.errors import BadParameter, NotFound, Problem
from server.execution import Dataset, Question, Remote, execute
from server.negotiate import ROWS, TRIPLES, Format, choose
from server.site import Site

_METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE"]
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_MULTIPART = "multipart/form-data"
_NEW = 12
# The named graph that a request is about, or the default graph.
Target = str | None


def blueprint(site: Site, access: Access | None = None, cache: Cache | None = None) -> Blueprint:
    """The routes ``/graphs`` and ``/graph/NAME``."""
    routes = Blueprint("graphs", __name__)
    store = _Graphs(site, access or Access(), cache or Cache())

    @routes.route("/graphs", methods=_METHODS, strict_slashes=False)
    def indirect() -> Response:
        if request.method == "POST" and not request.args:
            return store.begin()
        return store.answer(_named_by_parameter())

    @routes.route("/graphs/<path:name>", methods=_METHODS)
    def direct(name: str) -> Response:
        return store.answer(request.base_url)

    @routes.route("/graph/<name>", methods=_METHODS)
    def own(name: str) -> Response:
        return store.answer(GRAPH + quote(name, safe="-._~"))

    return routes


class _Graphs:
    """The graphs of a store, as HTTP has them."""

    def __init__(self, site: Site, access: Access, cache: Cache) -> None:
        self._site = site
        self._access = access
        self._cache = cache

    def answer(self, target: Target) -> Response:
        """Do what a request asks of this graph."""
        if request.method in {"GET", "HEAD"}:
            return self._read(target)
        self._access.require(request, "update")
        if request.method == "DELETE":
            return self._delete(target)
        done = self._write(target, request.method.lower())
        return _empty(204 if done["existed"] else 201, done)

    def begin(self) -> Response:
        """Make a new graph of what was sent, and tell its address."""
        self._access.require(request, "update")
        name = hashlib.sha256(self._body()).hexdigest()[:_NEW]
        target = f"{request.base_url.rstrip('/')}/{name}"
        response = _empty(201, self._write(target, "post"))
        response.headers["Location"] = target
        return response

    def _read(self, target: Target) -> Response:
        if not self._access.open:
            self._access.require(request, "read")
        written = choose(request, TRIPLES)
        if target is not None and not self._exists(target):
            raise NotFound(f"没有这个图。There is no graph {target}.")
        dataset = Dataset((target,)) if target is not None else Dataset()
        question = Question(_ALL, written, dataset, client=client_of(request))
        return deliver(request, self._site.store, question, self._cache, volatile=False)

    def _exists(self, target: str) -> bool:
        query = f"ASK {{ GRAPH {ox.NamedNode(target)} {{}} }}"
        return b"true" in execute(self._site.store, query, Dataset(), ROWS[0])

    def _delete(self, target: Target) -> Response:
        done = self._change({"op": "delete", "graph": target or ""}, [])
        if not done["existed"]:
            raise NotFound(f"没有这个图。There is no graph {target}.")
        return _empty(204, done)

    def _write(self, target: Target, operation: str) -> dict[str, object]:
        body = self._body()
        kind, parts = request.mimetype, [(request.mimetype, body)]
        if kind == _MULTIPART:
            parts = _parts(request.headers.get("Content-Type", ""), body)
        bodies = [data for _, data in parts]
        media = [_media(name) for name, _ in parts]
        base = target or request.base_url
        return self._change({"op": operation, "graph": target or "", "base": base, "media": media}, bodies)

    def _body(self) -> bytes:
        largest = self._remote().largest_change
        request.max_content_length = largest
        if (request.content_length or 0) > largest:
            raise Problem(f"请求太长：最多 {largest} 字节。The body has at most {largest} bytes here.", 413)
        if request.headers.get("Content-Encoding", "identity") != "identity":
            headers = {"Accept-Encoding": "identity"}
            raise Problem("请求体不可压缩。The body must not be compressed.", 415, headers=headers)
        return request.get_data(cache=True)

    def _change(self, head: dict[str, object], bodies: list[bytes]) -> dict[str, object]:
        return self._remote().change(head, bodies)

    def _remote(self) -> Remote:
        if not isinstance(self._site.store, Remote):
            raise Problem("此服务只读，不接受更新。This service is read-only: updates are refused.", 403)
        return self._site.store


def _named_by_parameter() -> Target:
    """The graph that the parameters name. Raises BadParameter where they name none, or not one alone."""
    graphs = request.args.getlist("graph")
    default = "default" in request.args
    if len(graphs) + default != 1:
        raise BadParameter("graph", "请用 ?graph=IRI 或 ?default。Name one graph by ?graph=IRI, or ?default.")
    if default:
        return None
    try:
        return ox.NamedNode(graphs[0]).value
    except ValueError as error:
        raise BadParameter("graph", f"图须用绝对 IRI 指明。A graph is named by an absolute IRI: {error}.") from error


def _parts(content_type: str, body: bytes) -> list[tuple[str, bytes]]:
    """The documents of a multipart body: their media types and contents."""
    message = message_from_bytes(
        b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n" + body, policy=policy.HTTP
    )
    found = []
    for part in message.iter_parts():
        data = part.get_payload(decode=True)
        found.append((part.get_content_type(), data if isinstance(data, bytes) else b""))
    if not found:
        raise Problem("多部分请求没有内容。The multipart body has no part.", 400)
    return found


def _media(name: str) -> str:
    """A media type that a graph can be read from. Raises Problem 415 for others."""
    form: Format | None = next((f for f in TRIPLES if name in f.media and name != "application/xml"), None)
    if form is None:
        offered = ", ".join(f.media[0] for f in TRIPLES)
        raise Problem(f"此处不接受 {name or '无类型'}。A graph is sent as {offered}.", 415, headers={"Accept": offered})
    return form.media[0]


def _empty(status: int, done: dict[str, object]) -> Response:
    return Response(status=status, headers={"X-Generation": str(done["generation"]), "Cache-Control": "no-store"})
