"""Reads what a graph claims out of a store, to be held against gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePath

from kg.evaluation.claims import Claim, Place, cluster_name, number, squeeze, unit_name
from kg.rdf import terms as t
from kg.store import Row, Store

_ROLES = {"Lead": "lead", "Joint": "joint", "Responsible": "responsible", "Participant": "participant"}
_CLASSES = {
    f"{t.CKG}Target": "targets",
    f"{t.CKG}Observation": "observations",
    f"{t.CKG}Platform": "platforms",
    f"{t.CKG}Enterprise": "enterprises",
}


def graph_claims(store: Store) -> list[Claim]:
    """All facts of the kinds that gold knows, in the order of the text, each once a place.

    Statements of leadership in running text are among the responsibilities: gold alone tells the two apart.
    """
    found: dict[tuple[str, Claim], set[str]] = defaultdict(set)
    for iri, claim in _claims(store):
        found[iri, replace(claim, rules=())].update(claim.rules)
    claims = (replace(claim, rules=tuple(sorted(rules))) for (_, claim), rules in found.items())
    return sorted(claims, key=_in_text_order)


def quotes(store: Store) -> list[tuple[Place, str]]:
    """Every piece of evidence: its place, and the words that it says stand there."""
    return [(_place(row), squeeze(_text(row, "quote"))) for row in store.rows(_query("evidence"))]


def _claims(store: Store) -> Iterator[tuple[str, Claim]]:
    """Claims with the IRI of the fact; a fact comes once for each of its places and rules."""
    for row in store.rows(_query("assignments")):
        role = _text(row, "role").removeprefix(t.CKG)
        yield _claim("responsibilities", row, (_text(row, "agency"), _ROLES.get(role, role)))
    for row in store.rows(_query("issuances")):
        yield _claim("issuers", row, (_text(row, "agency"), int(_text(row, "position"))))
    for row in store.rows(_query("roles")):
        key = (cluster_name(_text(row, "cluster")), _text(row, "district"))
        yield _claim("district_roles", row, key, roles=(_text(row, "role"),))
    for row in store.rows(_query("subsectors")):
        yield _claim("subsectors", row, (cluster_name(_text(row, "cluster")), squeeze(_text(row, "name"))))
    yield from _quantities(store)
    yield from _named(store)


def _quantities(store: Store) -> Iterator[tuple[str, Claim]]:
    for row in store.rows(_query("quantities")):
        low = number(_text(row, "value") or _text(row, "low"))
        yield _claim(
            _CLASSES[_text(row, "class")],
            row,
            (low, number(_text(row, "high")), unit_name(_text(row, "unit"))),
            comparator=_text(row, "comparator"),
            times=(_text(row, "year") or _text(row, "period"),),
            about=_text(row, "subject") + _text(row, "metric"),
        )


def _named(store: Store) -> Iterator[tuple[str, Claim]]:
    names = defaultdict(set)
    for row in store.rows(_query("names")):
        names[_text(row, "fact")].add(squeeze(_text(row, "name")))
    for row in store.rows(_query("mentions")):
        iri = _text(row, "fact")
        yield _claim(_CLASSES[_text(row, "class")], row, (iri,), names=frozenset(names[iri]))
    for row in store.rows(_query("enterprise-clusters")):
        iri, cluster = _text(row, "fact"), cluster_name(_text(row, "cluster"))
        yield iri, Claim("enterprise_clusters", (iri, cluster), None, names=frozenset(names[iri]))


def _claim(
    kind: str,
    row: Row,
    key: tuple[object, ...],
    *,
    names: frozenset[str] = frozenset(),
    comparator: str = "",
    times: tuple[str, ...] = (),
    about: str = "",
    roles: tuple[str, ...] = (),
) -> tuple[str, Claim]:
    rules = (_text(row, "rule"),) if "rule" in row else ()
    claim = Claim(
        kind, key, _place(row), names=names, comparator=comparator, times=times, about=about, roles=roles, rules=rules
    )
    return _text(row, "fact"), claim


def _place(row: Row) -> Place:
    return Place(PurePath(_text(row, "file")).name, int(_text(row, "start")), int(_text(row, "end")))


def _text(row: Row, name: str) -> str:
    term = row.get(name)
    return "" if term is None or not hasattr(term, "value") else str(term.value)


@cache
def _query(name: str) -> str:
    return (Path(__file__).parent / "queries" / f"{name}.rq").read_text(encoding="utf-8")


def _in_text_order(claim: Claim) -> tuple[str, int, int, str, str]:
    place = claim.place or Place("", 0, 0)
    return place.file, place.start, place.end, claim.kind, str((claim.key, claim.about, claim.times))
