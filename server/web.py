"""The pages for people, all under one blueprint."""

from __future__ import annotations

from flask import Blueprint

from server import browse, compare, conflicts, console, explore, home, matrices, quality, timeline
from server.catalogue import Catalogue
from server.neighbourhood import web_of
from server.site import Site

_PARTS = (home, browse, matrices, timeline, compare, conflicts, quality, explore, console)


def blueprint(site: Site) -> Blueprint:
    """The routes of all pages that are no linked data and no source."""
    routes = Blueprint("web", __name__)
    for part in _PARTS:
        routes.register_blueprint(part.blueprint(site))
    return routes


def prepare(catalogue: Catalogue) -> None:
    """Make what the first visitor of these pages would wait for: the lists, and the web of things."""
    catalogue.mentions("")
    web_of(catalogue)
