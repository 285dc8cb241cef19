"""What if: a measure before and after two bodies are merged, one goes, or a document is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.analysis.measures import Score, measure
from kg.analysis.projections import View
from kg.analysis.ties import merged, removed, without_document
from kg.errors import KgError


@dataclass(frozen=True, slots=True)
class Change:
    """A score before and after; None on the side where the thing, or pair, is not there."""

    things: tuple[str, ...]
    side: str
    before: Score | None
    after: Score | None


def changed(view: View, merge: Sequence[str] = (), remove: Sequence[str] = (), documents: Sequence[str] = ()) -> View:
    """The view after all this, in this order: documents left out, things removed, things merged into the first named.

    Raises KgError where a name means nothing in the view, and where fewer than two things are to be merged.
    """
    ties = view.ties
    for iri in [view.document(named) for named in documents]:
        ties = without_document(ties, iri)
    for iri in [view.node(named) for named in remove]:
        ties = removed(ties, iri)
    if merge:
        kept, *absorbed = _to_merge(view, merge)
        for iri in absorbed:
            ties = merged(ties, kept, iri)
    return view.over(ties)


def _to_merge(view: View, names: Sequence[str]) -> list[str]:
    things = list(dict.fromkeys(view.node(named) for named in names))
    if len(things) < 2:
        raise KgError("Merging needs two different things: give them as A,B.")
    if len({view.network.side(iri) for iri in things}) > 1:
        raise KgError("Things of different sides can't be merged.")
    return things


def compared(before: View, after: View, name: str) -> list[Change]:
    """The scores of a measure in two views, in the order of the first; what only the second holds comes last."""
    first = {score.things: score for score in measure(before, name).scores}
    second = {score.things: score for score in measure(after, name).scores}
    rest = [things for things in second if things not in first]
    found = []
    for things in [*first, *rest]:
        old, new = first.get(things), second.get(things)
        side = (old or new or Score((), None, 0)).side
        found.append(Change(things, side, old, new))
    return found
