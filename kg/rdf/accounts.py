"""Triples of a document's account: what became of its numbers, notes and headings, counted by rule."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.facts import Reading
from kg.rdf import terms as t
from kg.slugs import content_slug


def account_triples(reading: Reading) -> Iterator[ox.Triple]:
    """One node a rule and outcome, for each kind of thing that is counted."""
    document = t.thing("document", reading.document.slug)
    for tally in reading.account:
        node = t.thing("account", content_slug(reading.document.slug, tally.what, tally.outcome, tally.rule))
        yield ox.Triple(node, t.TYPE, t.ckg("Account"))
        yield ox.Triple(node, t.ckg("document"), document)
        yield ox.Triple(node, t.ckg("accountOf"), t.string(tally.what))
        yield ox.Triple(node, t.ckg("outcome"), t.string(tally.outcome))
        yield ox.Triple(node, t.ckg("rule"), t.string(tally.rule))
        yield ox.Triple(node, t.ckg("count"), t.integer(tally.count))
