"""The front page: one question box and its answer, the clusters at a glance, the sources and how far they were read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from kg.lookup.growth import Pair, headline, pairs
from server import parameters
from server.catalogue import Catalogue, kept
from server.linked import about_site
from server.naming import Json
from server.negotiate import HTML
from server.openings import at_home, examples, listed
from server.site import Site
from server.words import KINDS

_DOORS = ("cluster", "agency", "district", "platform", "enterprise", "target", "observation", "measure", "document")
# Clusters in the table of the front page.
_GLANCED = 60
_STATED = ("target", "observation", "assignment", "role", "platform", "enterprise", "subsector", "issuance")


@dataclass(frozen=True, slots=True)
class Glance:
    """A cluster in one line: its goal and last figure, and how many districts and platforms it has."""

    cluster: Json
    goal: Json | None
    figure: Json | None
    pair: Pair | None
    districts: int
    platforms: int


@dataclass(frozen=True, slots=True)
class Read:
    """A source file and how far it was read: its documents, the facts found in them, the doubts left."""

    document: Json
    documents: int
    facts: int
    doubts: int


def blueprint(site: Site) -> Blueprint:
    """The route ``/``."""
    routes = Blueprint("home", __name__)
    routes.add_url_rule("/", "home", lambda: _home(site))
    return routes


def _home(site: Site) -> Response:
    words = parameters.question(required=False)
    answer = site.lookup.ask(words) if words else None
    catalogue = site.catalogue
    whole = catalogue.is_whole()
    body = render_template(
        "home.html",
        q=words,
        answer=answer,
        doors=doors(catalogue),
        whole=whole,
        groups=[] if not whole or (answer and answer.get("answers")) else _first(_groups(catalogue)),
        clusters=len(listed(catalogue, "cluster")) if whole else 0,
        home=at_home(catalogue),
        glanced=_GLANCED,
        examples=examples(catalogue) if whole else (),
        sources=[] if words or not whole else _sources(catalogue),
        linked=about_site(request.url_root, at_home(catalogue)),
    )
    return Response(body, mimetype=HTML)


def doors(catalogue: Catalogue) -> list[tuple[str, tuple[str, str], int]]:
    """The kinds of things that have a list with anything in it, each with its names and how many it has."""
    kinds = [kind for kind in _DOORS if catalogue.can_list(kind)]
    return [(kind, KINDS[kind], count) for kind in kinds if (count := len(listed(catalogue, kind)))]


@kept
def _groups(catalogue: Catalogue) -> list[tuple[Json | None, list[Glance]]]:
    """The clusters by category in the order of their first cluster; those of no category, of the future, last."""
    groups: dict[str, tuple[Json | None, list[Glance]]] = {}
    for cluster in listed(catalogue, "cluster"):
        category = cluster.get("category")
        key = category["iri"] if category else ""
        groups.setdefault(key, (category, []))[1].append(glance(catalogue, cluster))
    return sorted(groups.values(), key=lambda group: group[0] is None)


def _first(groups: list[tuple[Json | None, list[Glance]]]) -> list[tuple[Json | None, list[Glance]]]:
    """As many of the groups as one look can take in; the list of clusters has all."""
    shown, left = [], _GLANCED
    for category, glances in groups:
        if left > 0:
            shown.append((category, glances[:left]))
        left -= len(glances)
    return shown


def glance(catalogue: Catalogue, cluster: Json) -> Glance:
    """The line of a cluster."""
    mentions = catalogue.mentions(cluster["iri"])
    goal, figure = headline(mentions.get(("target", "clusters"), []), mentions.get(("observation", "clusters"), []))
    pair = next(iter(pairs([goal], [figure])), None) if goal and figure else None
    platforms = len(mentions.get(("platform", "clusters"), []))
    return Glance(cluster, goal, figure, pair, len(cluster.get("districts") or []), platforms)


@kept
def _sources(catalogue: Catalogue) -> list[Read]:
    documents: dict[str, list[Json]] = {}
    for document in catalogue.items("document"):
        if document.get("sourceFile"):
            documents.setdefault(document["sourceFile"], []).append(document)
    return [_read(catalogue, held) for _, held in sorted(documents.items())]


def _read(catalogue: Catalogue, documents: list[Json]) -> Read:
    counts = Counter(iri.rsplit("/", 2)[-2] for d in documents for iri, _ in catalogue.stated_in(d["iri"]))
    return Read(documents[0], len(documents), sum(counts[kind] for kind in _STATED), counts["doubt"])
