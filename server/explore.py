"""The graph as a picture: a thing and what stands around it, the path between two things, the whole at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request

from server import sheets
from server.asked import prefixes
from server.catalogue import Catalogue, kept
from server.errors import BadParameter, NotFound
from server.layout import NARROW, WIDTH, Spot, branches, columns, discs, layers, steps
from server.naming import Json
from server.negotiate import HTML
from server.neighbourhood import KINDS, RELATIONS, Web, web_of
from server.openings import listed
from server.site import Site
from server.tongue import called, pick, say
from server.urls import Address, address, path_of, thing_iri
from server.words import KINDS as KIND_WORDS
from server.words import TIES

# What a picture holds before it is no picture any more; the list beside holds all.
_DRAWN = 44
_LISTED = 60
_CENTRES = 4
_COLOURS = 8


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in the picture: where, how large, which colour, whether it is what is looked at."""

    spot: Spot
    thing: Json
    radius: float
    colour: int
    centre: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its nodes, its lines as pairs of nodes (by number) with what they say, its size."""

    nodes: tuple[Node, ...]
    lines: tuple[tuple[int, int, str], ...]
    width: int
    height: int


def blueprint(site: Site) -> Blueprint:
    """The routes ``/explore``, ``/explore/all`` and ``/explore/all.json``."""
    routes = Blueprint("explore", __name__)
    routes.add_url_rule("/explore", "explore", lambda: _page(site))
    routes.add_url_rule("/explore/all", "whole", lambda: _whole(site))
    routes.add_url_rule("/explore/all.json", "whole_data", lambda: _data(site))
    return routes


def _page(site: Site) -> Response:
    if request.args.get("find"):
        return _found(site)
    web = web_of(site.catalogue)
    centres = _things(web, "from") or _first(site.catalogue, web)
    ends = _things(web, "to")
    kinds, relations = _chosen("kinds", KINDS), _chosen("relations", RELATIONS)
    paths = web.paths(centres[0], ends[0]) if ends else []
    beside = list(dict.fromkeys(o for c in centres for o in web.beside(c, kinds, relations) if o not in centres))
    listed = list(dict.fromkeys(i for path in paths for i in path)) if ends else [*centres, *beside]
    pictures = _along(web, paths) if paths else _around(web, centres, [] if ends else beside)
    if request.args.get("format") == "svg":
        return _svg(pictures[0])
    if sheets.wanted():
        return _sheet(web, centres, listed)
    body = render_template(
        "explore.html",
        pictures=pictures,
        centres=[web.things[i] for i in centres],
        ends=[web.things[i] for i in ends],
        paths=paths,
        listed=_listed(web, centres, [i for i in listed if i not in centres or ends]),
        counts=(min(len(beside), _DRAWN), len(listed) if ends else len(beside)),
        toggles=(_toggles("kinds", KINDS, kinds), _toggles("relations", RELATIONS, relations)),
        groups=_groups(web, pictures[0]),
        names={"kinds": KIND_WORDS, "relations": TIES},
        sparql=_sparql(centres),
    )
    return Response(body, mimetype=HTML)


def _first(catalogue: Catalogue, web: Web) -> list[str]:
    """What is shown where nothing is asked for: the most central of what the documents name."""
    found = (item["iri"] for kind in KINDS for item in listed(catalogue, kind))
    return sorted(found, key=lambda i: (-web.rank[i], i))[:1]


def _sheet(web: Web, centres: Sequence[str], listed: Sequence[str]) -> Response:
    header = [say("类别", "Kind"), say("名称", "Name"), say("关系", "Relation"), "IRI"]
    things = (web.things[iri] for iri in listed)
    rows = ([pick(KIND_WORDS[t["kind"]]), called(t), _tie(web, centres, t["iri"]), t["iri"]] for t in things)
    return sheets.sheet("neighbourhood", header, rows)


def _found(site: Site) -> Response:
    """Go to the thing that was looked for by name; with ``until``, to the path from one to the other."""
    chosen = []
    for name, parameter in (("find", "from"), ("until", "to")):
        words = request.args.get(name, "")[:200].strip()
        if words:
            place = _meant(site, words)
            chosen.append((parameter, f"{place.kind}/{place.slug}"))
    if request.args.get("lang") == "en":
        chosen.append(("lang", "en"))
    return Response(status=303, headers={"Location": f"/explore?{urlencode(chosen, safe='/')}"})


def _meant(site: Site, words: str) -> Address:
    """The thing that has this name, else the first that a search finds.

    Raises NotFound, with what is near.
    """
    named = [iri for kind in KINDS for iri in site.catalogue.named(kind, words)]
    found = named or [item["iri"] for item in site.lookup.search(words, list(KINDS), 1)]
    place = address(found[0]) if found else None
    if place is None:
        raise NotFound(f"没有找到 {words!r}。Nothing by that name.", site.lookup.suggest(words))
    return place


def _things(web: Web, name: str) -> list[str]:
    """The IRIs of the things that the address names as kind/slug, at most a few."""
    found = []
    for text in dict.fromkeys(request.args.getlist(name)):
        kind, _, slug = text.partition("/")
        iri = thing_iri(kind, slug)
        if iri is None or iri not in web.things:
            raise BadParameter(name, f"没有 {text[:80]!r}。There is no such thing: use kind/slug, as cluster/marine.")
        found.append(iri)
    return found[:_CENTRES]


def _chosen(name: str, known: Sequence[str]) -> tuple[str, ...]:
    asked = request.args.get(name)
    return tuple(known) if asked is None else tuple(k for k in known if k in asked.split(","))


def _toggles(name: str, known: Sequence[str], chosen: Sequence[str]) -> list[tuple[str, str, bool, str]]:
    """Each value of a filter, whether it is on, and what the parameter says when it is the other way round."""
    return [(name, k, k in chosen, ",".join(o for o in known if (o in chosen) != (o == k)) or "none") for k in known]


def _around(web: Web, centres: Sequence[str], beside: Sequence[str]) -> tuple[Picture, Picture]:
    """A neighbourhood in its broad and its narrow form."""
    shown = _share_out(web, beside)
    ties = [(c, o) for c in centres for o in [*shown, *centres]]
    spots, height = columns(centres, shown)
    narrow, tall = branches(centres, shown)
    return _drawn(web, spots, (WIDTH, height), centres, ties), _drawn(web, narrow, (NARROW, tall), centres, ties)


def _share_out(web: Web, beside: Sequence[str]) -> list[str]:
    """As many as a picture holds, of every kind its most central: taken in turn, shown by kind."""
    queues = [[i for i in beside if web.things[i]["kind"] == kind] for kind in KINDS]
    taken: set[str] = set()
    depth = 0
    while len(taken) < min(_DRAWN, len(beside)):
        taken.update([queue[depth] for queue in queues if depth < len(queue)][: _DRAWN - len(taken)])
        depth += 1
    return [i for i in beside if i in taken]


def _along(web: Web, paths: Sequence[Sequence[str]]) -> tuple[Picture, Picture]:
    """Paths in their broad and their narrow form."""
    ties = list(dict.fromkeys(step for path in paths for step in pairwise(path)))
    ends = (paths[0][0], paths[0][-1])
    spots, height = layers(paths)
    narrow, tall = steps(paths)
    return _drawn(web, spots, (WIDTH, height), ends, ties), _drawn(web, narrow, (NARROW, tall), ends, ties)


def _drawn(
    web: Web, spots: Sequence[Spot], size: tuple[int, int], centres: Sequence[str], ties: Sequence[tuple[str, str]]
) -> Picture:
    highest = max((web.rank[s.iri] for s in spots), default=1.0) or 1.0
    nodes = []
    for spot in spots:
        iri, radius = spot.iri, 5 + 9 * (web.rank[spot.iri] / highest) ** 0.5
        nodes.append(Node(spot, web.things[iri], radius, web.group[iri] % _COLOURS, iri in centres))
    number = {spot.iri: i for i, spot in enumerate(spots)}
    lines = []
    for one, other in dict.fromkeys((a, b) if a < b else (b, a) for a, b in ties):
        relations = web.between(one, other)
        if relations and one in number and other in number:
            lines.append((number[one], number[other], say("、", ", ").join(pick(TIES[r]) for r in relations)))
    return Picture(tuple(nodes), tuple(lines), *size)


def _tie(web: Web, centres: Sequence[str], iri: str) -> str:
    relations = dict.fromkeys(r for c in centres for r in web.between(c, iri))
    return say("、", ", ").join(pick(TIES[r]) for r in relations)


def _listed(web: Web, centres: Sequence[str], listed: Sequence[str]) -> list[tuple[Json, str, int]]:
    """The rows beside the picture: each thing, what ties it to what is looked at, its colour."""
    shown = listed if request.args.get("full") == "1" else listed[:_LISTED]
    return [(web.things[i], _tie(web, centres, i), web.group[i] % _COLOURS) for i in shown]


def _groups(web: Web, picture: Picture) -> list[tuple[int, Json]]:
    """The groups of the picture: their colour, and the thing after which each is called."""
    heads = web.heads()
    found = sorted({web.group[node.spot.iri] for node in picture.nodes})
    return [(number % _COLOURS, web.things[heads[number]]) for number in found]


def _svg(picture: Picture) -> Response:
    body = render_template("picture.svg", picture=picture, root=request.url_root.rstrip("/"))
    saved = {"Content-Disposition": 'attachment; filename="graph.svg"'}
    return Response(body, content_type="image/svg+xml; charset=utf-8", headers=saved)


def _sparql(centres: Sequence[str]) -> str:
    values = " ".join(f"<{iri}>" for iri in centres)
    lines = f"  VALUES ?thing {{ {values} }}\n  {{ ?thing ?tie ?other }} UNION {{ ?other ?tie ?thing }}\n"
    lines += "  FILTER(ISIRI(?other))"
    return f"{prefixes()}SELECT DISTINCT ?thing ?tie ?other WHERE {{\n{lines}\n}}\nORDER BY ?thing ?tie ?other"


def _whole(site: Site) -> Response:
    web = web_of(site.catalogue)
    heads = web.heads()
    members = _members(web)
    groups = [(n % _COLOURS, web.things[heads[n]], _linked(web.things[i] for i in members[n])) for n in members]
    alone = _linked(thing for iri, thing in web.things.items() if not web.network.neighbours[iri])
    counts = (len(web.things) - len(alone), len(web.relations))
    body = render_template("whole.html", groups=groups, alone=alone, counts=counts)
    return Response(body, mimetype=HTML)


def _linked(things: Iterable[Json]) -> list[tuple[str, str]]:
    """The address and the name of each thing."""
    return [(path_of(thing["iri"]), called(thing)) for thing in things]


def _members(web: Web) -> dict[int, list[str]]:
    """The things of each group, the most central first; what has no ties is in none."""
    members: dict[int, list[str]] = {}
    tied = (iri for iri in web.things if web.network.neighbours[iri])
    for iri in sorted(tied, key=lambda i: (web.group[i], -web.rank[i], i)):
        members.setdefault(web.group[iri], []).append(iri)
    return members


def _data(site: Site) -> Response:
    return Response(_placed(site.catalogue), content_type="application/json")


@kept
def _placed(catalogue: Catalogue) -> str:
    """All things with their places, and their ties by number, for the script that draws them."""
    web = web_of(catalogue)
    spots = discs(_members(web))
    number = {iri: i for i, iri in enumerate(spots)}
    highest = max(web.rank.values(), default=1.0) or 1.0
    nodes = []
    for iri, (x, y) in spots.items():
        radius = round(3 + 11 * (web.rank[iri] / highest) ** 0.5, 1)
        nodes.append([round(x), round(y), radius, web.group[iri] % _COLOURS, web.things[iri]["label"], path_of(iri)])
    data = {"nodes": nodes, "ties": [[number[a], number[b]] for a, b in web.relations]}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
