"""The projections by name: which ties they load and what network these make."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kg.analysis.networks import Network, added_up, counted, folded
from kg.analysis.ties import QUERIES, Asked, Tie, load_ties, text
from kg.errors import KgError
from kg.rdf.terms import ID


@dataclass(frozen=True, slots=True)
class Projection:
    """A view of the graph as a network: its names, its shape, what stands on its sides, and what a weight means.

    ``shape`` is ``bipartite``, ``folded`` or ``plain``; ``distance`` is ``hops`` or ``inverse`` (see projections.toml).
    """

    name: str
    zh: str
    en: str
    shape: str
    left: str
    right: str
    distance: str
    weight: str

    def network(self, ties: Iterable[Tie]) -> Network:
        """The network that these ties make."""
        inverse = self.distance == "inverse"
        if self.shape == "folded":
            weights, members = folded(ties)
            return Network.of(weights, nodes=members, inverse=inverse)
        if self.shape == "plain":
            return Network.of(counted(ties), inverse=inverse)
        return Network.of(added_up(ties), bipartite=True, inverse=inverse)


def _read() -> dict[str, Projection]:
    table = tomllib.loads((Path(__file__).parent / "projections.toml").read_text(encoding="utf-8"))
    return {name: Projection(name=name, **fields) for name, fields in table.items()}


PROJECTIONS: Mapping[str, Projection] = _read()


def projection(name: str) -> Projection:
    """The projection of this name; raises KgError where there is none."""
    found = PROJECTIONS.get(name)
    if found is None:
        raise KgError(f"There is no projection named {name}: use {', '.join(PROJECTIONS)}.")
    return found


class View:
    """A projection of one graph: its ties, its network, and what its things are called."""

    def __init__(self, kind: Projection, ties: list[Tie], names: Names) -> None:
        self.projection = kind
        self.ties = ties
        self.names = names
        self.network = kind.network(ties)

    @classmethod
    def load(cls, store: Asked, name: str, names: Names | None = None) -> View:
        """Ask a graph for a projection; raises KgError where there is none of this name."""
        kind = projection(name)
        return cls(kind, load_ties(store, name), names or Names(store))

    def over(self, ties: list[Tie]) -> View:
        """The same projection of other ties."""
        return View(self.projection, ties, self.names)

    def node(self, named: str) -> str:
        """The node that an IRI, kind/slug, slug or name means; raises KgError where it means none or several."""
        return self.names.pick(named, self.network.nodes, self.projection.name)

    def document(self, named: str) -> str:
        """The document that an IRI, slug or title means; raises KgError where none of the ties is from it."""
        return self.names.pick(named, sorted({tie.document for tie in self.ties if tie.document}), "the documents")


class Names:
    """What the things of a graph are called, and which thing a name means."""

    def __init__(self, store: Asked) -> None:
        self._labels: dict[str, str] = {}
        self._named: dict[str, set[str]] = {}
        for row in store.rows((QUERIES / "labels.rq").read_text(encoding="utf-8")):
            iri, name = text(row["thing"]), text(row["name"])
            self._named.setdefault(name.lower(), set()).add(iri)
            if text(row["label"]) == "true":
                self._labels[iri] = name

    def label(self, iri: str) -> str:
        """The Chinese label of a thing; where it has none, the end of its IRI."""
        return self._labels.get(iri) or iri.removeprefix(ID)

    def kind(self, iri: str) -> str:
        """The kind of a thing, as its IRI says it; empty for anything else."""
        return iri.removeprefix(ID).partition("/")[0] if iri.startswith(ID) else ""

    def pick(self, named: str, among: Iterable[str], where: str) -> str:
        """The one of these things that is meant by an IRI, kind/slug, slug, or whole name in either tongue.

        Raises KgError where it is none of them, with the nearest names, and where it is several.
        """
        held = list(among)
        told = self._named.get(named.strip().lower(), set())
        found = [iri for iri in held if named in (iri, iri.removeprefix(ID), iri.rpartition("/")[2]) or iri in told]
        if len(found) == 1:
            return found[0]
        if found:
            raise KgError(f"{named} means several things: {', '.join(iri.removeprefix(ID) for iri in found)}.")
        near = get_close_matches(named, sorted({self.label(iri) for iri in held}), 3, 0.4)
        raise KgError(f"{named} is not in {where}." + (f" Did you mean {'、'.join(near)}?" if near else ""))
