"""Conflicts are read back from the graph with both sentences, both documents and the reason."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import get_args

import pyoxigraph as ox
import pytest
from flask import Flask

from kg.commands import conflicts as command
from kg.lookup.conflicts import KINDS, Json, conflicts
from kg.names import resolve
from kg.rdf import terms as t
from kg.rdf.agreement.conflicts import Kind
from kg.rdf.agreement.statements import agree
from kg.rdf.conflicts import conflict_triples
from kg.rdf.mapping import document_graph
from kg.rdf.validation import validate
from kg.store import Store
from server import contradictions, create_app
from server.site import SITE
from tests.rdf.graphs import vocabulary_quads
from tests.rdf.test_agreement import VOCABULARY, reading
from tests.rdf.test_conflicts import aim, amount

READINGS = (
    reading("a", amount("110"), date="2023-01"),
    reading("b", amount("120"), date="2024-01"),
    reading("c", aim("100")),
)


def quads() -> list[ox.Quad]:
    names = resolve(READINGS, VOCABULARY)
    agreement = agree(READINGS, names)
    graphs = [triple for one in READINGS for triple in document_graph(one, names, agreement)]
    own = [*graphs, *conflict_triples(agreement, VOCABULARY)]
    return [ox.Quad(x.subject, x.predicate, x.object) for x in dict.fromkeys(own)]


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.in_memory([*quads(), *vocabulary_quads()])


@pytest.fixture(scope="module")
def app(store: Store) -> Flask:
    made = create_app(store)
    if "contradictions" not in made.blueprints:
        made.register_blueprint(contradictions.blueprint(made.extensions[SITE]))
    return made


def test_the_graph_of_conflicts_keeps_to_the_shapes() -> None:
    assert validate(quads() + vocabulary_quads()) == []


def test_a_conflict_shows_both_sentences_and_the_later_document(store: Store) -> None:
    later, *below = conflicts(store)
    assert [one["kind"] for one in (later, *below)] == ["LaterDocument", *["TargetBelowObservation"] * 2]
    assert [side["evidence"][0]["quote"] for side in later["between"]] == [
        "深圳实际利用外资110亿元",
        "深圳实际利用外资120亿元",
    ]
    assert later["prevails"] == later["between"][1]["iri"]
    assert later["between"][1]["evidence"][0]["document"] == {"iri": f"{t.ID}document/b", "title": "b"}
    assert "110亿元" in later["reason"]


def test_every_kind_of_conflict_has_its_place_in_the_order() -> None:
    assert set(KINDS) == set(get_args(Kind))


def printed(form: str, store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(command, "Store", type("Opened", (), {"open": staticmethod(lambda folder: store)}))
    parser = argparse.ArgumentParser()
    command.register(parser.add_subparsers())
    arguments = parser.parse_args(["conflicts", "--format", form, "--kind", "LaterDocument", "--store", str(Path("x"))])
    assert arguments.run(arguments) == 0
    return capsys.readouterr().out


def test_the_command_prints_a_table_json_and_csv(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "深圳实际利用外资110亿元" in printed("table", store, capsys, monkeypatch)
    head, row = printed("csv", store, capsys, monkeypatch).splitlines()
    assert head.startswith("kind,said 1,quote 1,document 1,where 1,said 2")
    assert row.startswith("LaterDocument,深圳市实际利用外资 110亿元 (2023),")
    assert [one["kind"] for one in json.loads(printed("json", store, capsys, monkeypatch))] == ["LaterDocument"]


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 3), ("?kind=LaterDocument", 1), ("?document=a", 2), (f"?document={t.ID}document/c", 2), ("?limit=2", 2)],
)
def test_the_interface_lists_conflicts(app: Flask, query: str, count: int) -> None:
    answer: Json = app.test_client().get(f"/api/v1/conflicts{query}").get_json()
    assert len(answer["items"]) == count


@pytest.mark.parametrize("query", ["?kind=Nothing", "?nothing=1", "?limit=0"])
def test_what_the_interface_does_not_know_is_refused(app: Flask, query: str) -> None:
    assert app.test_client().get(f"/api/v1/conflicts{query}").status_code == 400
