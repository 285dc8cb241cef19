"""The pages for people: the question box, the graph by kind, the query form."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request

from server import parameters
from server.catalogue import KIND_QUERIES, Catalogue
from server.console import form
from server.errors import BadParameter
from server.naming import Json
from server.negotiate import HTML
from server.site import Site
from server.tables import table
from server.words import KINDS

EXAMPLES = (
    "智能传感器产业由谁牵头？",
    "哪个部门牵头新能源产业集群？",
    "数控系统研发工程由哪个部门负责？",
    "which agency leads the marine cluster",
    "南山区有哪些产业集群？",
    "2025年网络与通信产业增加值目标是多少？",
)
_STEP = 50
_DOORS = ("cluster", "agency", "district", "platform", "enterprise", "target", "observation", "measure", "document")


def blueprint(site: Site) -> Blueprint:
    """The routes ``/``, ``/explore`` and ``/query``."""
    routes = Blueprint("web", __name__)
    routes.add_url_rule("/", "home", lambda: _home(site))
    routes.add_url_rule("/explore", "explore", lambda: _explore(site))
    routes.add_url_rule("/query", "query", lambda: form(site, request.values.get("query", "").strip()))
    return routes


def _page(template: str, **values: Any) -> Response:
    return Response(render_template(template, **values), mimetype=HTML)


def _home(site: Site) -> Response:
    words = parameters.question(required=False)
    answer = site.lookup.ask(words) if words else None
    groups = [] if answer and answer.get("answers") else _groups(site.catalogue)
    examples = EXAMPLES if not words else ()
    return _page("home.html", q=words, answer=answer, groups=groups, examples=examples, doors=_doors(site.catalogue))


def _groups(catalogue: Catalogue) -> list[tuple[str, list[Json]]]:
    """The clusters by category in the order of their first cluster; the industries of the future last."""
    groups: dict[str, list[Json]] = {}
    for cluster in catalogue.items("cluster"):
        category = (cluster.get("category") or {}).get("label") or "未来产业"
        groups.setdefault(category, []).append(cluster)
    return list(groups.items())


def _doors(catalogue: Catalogue) -> list[tuple[str, tuple[str, str], int]]:
    return [(kind, KINDS[kind], len(catalogue.items(kind))) for kind in _DOORS]


def _explore(site: Site) -> Response:
    kind = request.args.get("kind", "cluster")
    if kind not in KIND_QUERIES:
        raise BadParameter("kind", f"没有这种事物。There is no such kind: use {', '.join(KIND_QUERIES)}.")
    offset = parameters.whole_number("offset", 0, 0, 1_000_000)
    items = site.catalogue.items(kind)
    shown = table(kind, items[offset : offset + _STEP])
    doors = _doors(site.catalogue)
    return _page("explore.html", kind=kind, table=shown, total=len(items), offset=offset, step=_STEP, doors=doors)
