"""Graph analysis over REST: centralities, communities, paths and neighbours of the small graph."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.analysis.measures import NODE_VALUES
from kg.analysis.projections import PROJECTIONS
from kg.rdf.terms import ID
from server import analysis, create_app
from server.site import SITE
from tests.server import graph


@pytest.fixture(scope="module")
def app() -> Flask:
    made = create_app(graph.store(), lookup=graph.Search())
    if "analysis" not in made.blueprints:
        made.register_blueprint(analysis.blueprint(made.extensions[SITE]))
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def got(client: FlaskClient, path: str, status: int = 200) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == status, answer.text
    return dict(answer.get_json())


def test_centrality_ranks_each_side_and_says_how(client: FlaskClient) -> None:
    found = got(client, "centrality?projection=agency-cluster&measure=strength")
    assert (found["projection"], found["measure"], found["total"]) == ("agency-cluster", "strength", 3)
    assert found["definition"] and found["range"] and found["method"] and found["caution"]
    first = found["items"][0]
    assert first["kind"] == "agency" and first["iri"].startswith(ID) and (first["side"], first["rank"]) == ("left", 1)
    assert [item["kind"] for item in found["items"]] == ["agency", "agency", "cluster"]
    assert [item["kind"] for item in got(client, "centrality?kind=cluster")["items"]] == ["cluster"]


@pytest.mark.parametrize("projection", sorted(PROJECTIONS))
@pytest.mark.parametrize("measure", sorted(NODE_VALUES))
def test_every_measure_answers_on_every_projection(client: FlaskClient, projection: str, measure: str) -> None:
    found = got(client, f"centrality?projection={projection}&measure={measure}")
    assert all(item["value"] is not None and item["rank"] >= 1 for item in found["items"])


def test_centrality_comes_in_pages_and_as_csv(client: FlaskClient) -> None:
    page = got(client, "centrality?limit=1")
    assert len(page["items"]) == 1 and page["next"]
    following = client.get(page["next"]).get_json()
    assert following["offset"] == 1 and following["items"][0]["iri"] != page["items"][0]["iri"]
    table = client.get("/api/v1/centrality?format=csv").text.splitlines()
    assert table[0] == "iri,kind,slug,label,side,rank,value" and len(table) == 4


def test_communities_hold_every_node_once(client: FlaskClient) -> None:
    found = got(client, "communities?projection=agency-cluster")
    members = [member["iri"] for one in found["communities"] for member in one["members"]]
    assert len(set(members)) == len(members) == 3 and found["caution"]
    assert [one["number"] for one in found["communities"]] == list(range(1, len(found["communities"]) + 1))


def test_paths_go_from_one_thing_to_another_and_say_what_ties_them(client: FlaskClient) -> None:
    found = got(client, "paths?from=nanshan&to=smart-sensors")
    assert found["length"] == 1
    path = found["paths"][0]
    assert [thing["slug"] for thing in path["things"]] == ["nanshan", "smart-sensors"]
    assert path["ties"][0]["relations"] == ["supports"]
    assert [document["slug"] for document in path["ties"][0]["documents"]] == ["plan"]


def test_neighbours_are_those_that_a_fact_ties(client: FlaskClient) -> None:
    found = got(client, "neighbours?thing=智能传感器")
    assert {item["slug"] for item in found["items"]} >= {"nanshan", "plan"}
    assert [item["slug"] for item in got(client, "neighbours?thing=smart-sensors&kind=district")["items"]] == [
        "nanshan"
    ]
    weights = [item["weight"] for item in found["items"]]
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("centrality?projection=nix", "projection"),
        ("centrality?measure=bridges", "measure"),
        ("centrality?kind=nix", "kind"),
        ("centrality?nix=1", "nix"),
        ("communities?projection=nix", "projection"),
        ("paths?from=nix&to=nanshan", "from"),
        ("paths?from=nanshan", "to"),
        ("paths?from=nanshan&to=plan&limit=1000", "limit"),
        ("neighbours?thing=nix", "thing"),
        ("neighbours", "thing"),
    ],
)
def test_a_parameter_that_means_nothing_is_named(client: FlaskClient, path: str, parameter: str) -> None:
    assert got(client, path, 400)["parameter"] == parameter


def test_results_follow_the_generation_that_is_served(app: Flask) -> None:
    site = app.extensions[SITE]
    views = analysis.Views(site)
    before = views.view("whole")
    assert views.view("whole") is before
    site.store.generation, kept = "another", site.store.generation
    try:
        assert views.view("whole") is not before
    finally:
        site.store.generation = kept
