"""Graph analysis over REST: centralities, communities, shortest paths and neighbours, in the formats of the lists."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

from flask import Blueprint, Response, request

from kg.analysis.communities import communities, modularity
from kg.analysis.measures import MEASURES, NODE_VALUES, Result, measure
from kg.analysis.paths import shortest_paths
from kg.analysis.projections import PROJECTIONS, Names, View
from kg.errors import KgError
from server import parameters
from server.errors import BadParameter
from server.execution import generation_of
from server.naming import Json
from server.paging import PAGING, page_of
from server.site import Site
from server.urls import local_name
from server.writing import respond

_PREFIX = "/api/v1"
_MOST_PATHS = 20

Made = TypeVar("Made")


def blueprint(site: Site) -> Blueprint:
    """The routes of graph analysis under ``/api/v1``."""
    routes, views = Blueprint("analysis", __name__, url_prefix=_PREFIX), Views(site)
    routes.add_url_rule("/centrality", "centrality", lambda: _centrality(site, views))
    routes.add_url_rule("/communities", "communities", lambda: _communities(site, views))
    routes.add_url_rule("/paths", "paths", lambda: _paths(site, views))
    routes.add_url_rule("/neighbours", "neighbours", lambda: _neighbours(site, views))
    return routes


class Views:
    """The projections and measures of the generation that is served, found when first asked for and kept."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._lock = threading.Lock()
        self._generation = ""
        self._views: dict[str, View] = {}
        self._results: dict[tuple[str, str], Result] = {}
        self._names: Names | None = None

    def view(self, name: str) -> View:
        """A projection of the graph as it is now; raises KgError for an unknown one."""
        with self._lock:
            return self._view(name)

    def result(self, projection: str, name: str) -> tuple[View, Result]:
        """A measure on a projection; raises KgError where one of them is unknown."""
        with self._lock:
            view = self._view(projection)
            if (projection, name) not in self._results:
                self._results[projection, name] = measure(view, name)
            return view, self._results[projection, name]

    def _view(self, name: str) -> View:
        current = generation_of(self._site.store)
        if current != self._generation:
            self._generation, self._views, self._results, self._names = current, {}, {}, None
        self._names = self._names or Names(self._site.store)
        if name not in self._views:
            self._views[name] = View.load(self._site.store, name, self._names)
        return self._views[name]


def _centrality(site: Site, views: Views) -> Response:
    parameters.check_names({"projection", "measure", "kind", *PAGING, "format"})
    name = request.args.get("measure", "degree")
    if name not in NODE_VALUES:
        raise BadParameter("measure", f"没有这种度量。The measures are: {', '.join(NODE_VALUES)}.")
    view, result = _told("projection", lambda: views.result(_projection("agency-cluster"), name))
    kind = request.args.get("kind", "")
    kinds = sorted({view.names.kind(node) for node in view.network.nodes})
    if kind and kind not in kinds:
        raise BadParameter("kind", f"此投影没有这种事物。This projection holds: {', '.join(kinds)}.")
    items = [
        {**reference(view, score.things[0]), "side": score.side, "rank": score.rank, "value": score.value, **score.more}
        for score in result.scores
        if not kind or view.names.kind(score.things[0]) == kind
    ]
    about = MEASURES[name]
    said = {"definition": about.definition, "range": about.range, "method": result.method, "caution": about.caution}
    return _page(site, items, {"projection": view.projection.name, "measure": name, **said})


def _communities(site: Site, views: Views) -> Response:
    parameters.check_names({"projection", "format"})
    view = _told("projection", lambda: views.view(_projection("agency-agency")))
    number = communities(view.network)
    groups: dict[int, list[Json]] = {}
    for node in view.network.nodes:
        groups.setdefault(int(number[node]), []).append(reference(view, node))
    found = [{"number": key, "size": len(groups[key]), "members": groups[key]} for key in sorted(groups)]
    rows = [{**member, "community": key} for key in sorted(groups) for member in groups[key]]
    quality = modularity(view.network, number)
    whole = {"projection": view.projection.name, "modularity": quality, "caution": MEASURES["communities"].caution}
    return respond(site.store, {**whole, "communities": found}, rows)


def _paths(site: Site, views: Views) -> Response:
    parameters.check_names({"from", "to", "projection", "limit", "format"})
    most = parameters.whole_number("limit", 5, 1, _MOST_PATHS)
    view = _told("projection", lambda: views.view(_projection("whole")))
    start, end = (_node(view, name) for name in ("from", "to"))
    found = shortest_paths(view.network, start, end, most)
    paths = [{"things": [reference(view, iri) for iri in path], "ties": _ties(view, path)} for path in found]
    whole = {"from": reference(view, start), "to": reference(view, end), "projection": view.projection.name}
    length = len(found[0]) - 1 if found else None
    rows = [
        {**thing, "path": number, "step": step}
        for number, path in enumerate(paths, 1)
        for step, thing in enumerate(path["things"])
    ]
    return respond(site.store, {**whole, "length": length, "paths": paths}, rows)


def _neighbours(site: Site, views: Views) -> Response:
    parameters.check_names({"thing", "projection", "kind", *PAGING, "format"})
    view = _told("projection", lambda: views.view(_projection("whole")))
    thing = _node(view, "thing")
    near = view.network.neighbours[thing]
    kind = request.args.get("kind", "")
    order = sorted(near, key=lambda other: (-near[other], view.names.label(other), other))
    items = [
        {**reference(view, other), "weight": near[other]}
        for other in order
        if not kind or view.names.kind(other) == kind
    ]
    said = {"thing": reference(view, thing), "projection": view.projection.name}
    return _page(site, items, said, lambda item: {**item, **_tie(view, thing, item["iri"])})


def _projection(default: str) -> str:
    return request.args.get("projection", default)


def _told(name: str, find: Callable[[], Made]) -> Made:
    """What is found; an error of the asker's names the parameter."""
    try:
        return find()
    except KgError as error:
        if type(error) is not KgError:
            raise
        known = f"投影有：{'、'.join(PROJECTIONS)}。" if name == "projection" else "图中没有这个事物。"
        raise BadParameter(name, f"{known}{error}") from error


def _node(view: View, parameter: str) -> str:
    named = request.args.get(parameter, "").strip()
    if not named:
        raise BadParameter(parameter, f"请在参数 {parameter} 里写一个事物。Name a thing in the parameter {parameter}.")
    return _told(parameter, lambda: view.node(named[: parameters.MAX_QUESTION]))


def reference(view: View, iri: str) -> Json:
    """How an answer points to a thing: its IRI, kind, slug and label."""
    return {"iri": iri, "kind": view.names.kind(iri), "slug": local_name(iri), "label": view.names.label(iri)}


def _ties(view: View, path: list[str]) -> list[Json]:
    return [_tie(view, one, other) for one, other in pairwise(path)]


def _tie(view: View, one: str, other: str) -> Json:
    """What ties two neighbours: the relations, and the documents that state them."""
    ends = {one, other}
    held = [tie for tie in view.ties if {tie.left, tie.right} == ends]
    documents = sorted({tie.document for tie in held if tie.document})
    return {
        "relations": sorted({tie.relation for tie in held if tie.relation}),
        "documents": [reference(view, iri) for iri in documents],
    }


def _page(site: Site, items: list[Json], said: Json, shaped: Callable[[Json], Json] = dict) -> Response:
    """One page of a list with what is said of it as a whole; ``shaped`` adds to the items that are shown."""
    page = page_of(items)
    shown = [shaped(item) for item in page.items]
    counts = {"total": page.total, "limit": page.limit, "offset": page.offset, "next": page.links.get("next")}
    response = respond(site.store, {**said, "items": shown, **counts}, shown)
    if page.link_header:
        response.headers["Link"] = page.link_header
    return response
