"""Search and lists follow the graph: made anew in the background when another generation is served."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from kg.errors import KgError
from kg.lookup import Lookup
from kg.lookup.keeping import kept_shelf
from kg.store import Store
from server.catalogue import Catalogue
from server.errors import Problem
from server.execution import Remote, generation_of
from server.site import Site
from server.web import prepare

_LOOK_SECONDS = 0.5
_SHELF_SECONDS = 0.1
# After a renewal that took so long, the next waits this many times as long: the machine is there for the visitors.
_REST = 4
_TURN_SECONDS = 0.0005
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Indexed:
    """The generation whose search was made last, or given up."""

    generation: str = ""


def follow(site: Site) -> None:
    """Keep a site's search and lists at the generation that is served, in a thread of their own."""
    indexed = _Indexed() if isinstance(site.store, Remote) else None
    threading.Thread(target=_follow, args=(site, indexed), name="site-renewal", daemon=True).start()
    if indexed is not None:
        threading.Thread(target=_index, args=(site.store, indexed), name="index-renewal", daemon=True).start()


def _index(store: Remote, indexed: _Indexed) -> None:
    """Keep a search index beside every generation that stays for a moment."""
    while True:
        current = ""
        try:
            current = generation_of(store)
            if current != indexed.generation:
                store.index()
        except (KgError, OSError) as error:
            _log.warning("the search index of generation %s could not be made: %s", current, error)
        indexed.generation = current
        time.sleep(_LOOK_SECONDS)


def _follow(site: Site, indexed: _Indexed | None) -> None:
    made = ""
    with suppress(KgError, Problem):
        made = generation_of(site.store)
        with _beside_visitors():
            prepare(site.catalogue)
    while True:
        time.sleep(_LOOK_SECONDS)
        try:
            current = generation_of(site.store)
            if current != made:
                _wait_for_shelf(site.store, current, indexed)
                began = time.monotonic()
                with _beside_visitors():
                    _renew(site)
                made = current
                time.sleep(_REST * (time.monotonic() - began))
        except (KgError, Problem) as error:
            _log.warning("search and lists stay at generation %s: %s", made, error)


def _wait_for_shelf(store: Store, generation: str, indexed: _Indexed | None) -> None:
    """Let another process do the work of the search for this one, as long as it is at it."""
    while indexed is not None and indexed.generation != generation == generation_of(store):
        if store.place is not None and kept_shelf(store.place) is not None:
            return
        time.sleep(_SHELF_SECONDS)


@contextmanager
def _beside_visitors() -> Iterator[None]:
    """Work for seconds in short turns, so that those who need Python for a moment get it at once."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _renew(site: Site) -> None:
    """Make search and lists of the graph as it is now, and only then put them in place."""
    lookup, catalogue = Lookup(site.store), Catalogue(site.store)
    prepare(catalogue)
    site.lookup, site.catalogue = lookup, catalogue
