"""The REST interface: lists, filters, pages, answers."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from kg.rdf.terms import ID
from server.listing import LISTINGS
from tests.server import graph


def listed(client: FlaskClient, path: str) -> list[str]:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    return [item["slug"] for item in answer.get_json()["items"]]


@pytest.mark.parametrize(
    ("path", "slugs"),
    [
        ("clusters", ["smart-sensors", "synthetic-biology"]),
        ("clusters?kind=FutureIndustry", ["synthetic-biology"]),
        ("clusters?category=新一代电子信息", ["smart-sensors"]),
        ("clusters?agency=sz-industry", ["smart-sensors"]),
        ("clusters?agency=sz-reform", []),
        ("clusters?district=南山", ["smart-sensors"]),
        ("clusters?q=synthetic", ["synthetic-biology"]),
        ("agencies?cluster=智能传感器产业集群&role=lead", ["sz-industry"]),
        ("agencies?cluster=smart-sensors&role=joint", ["sz-reform", "sz-industry"]),
        ("agencies?cluster=合成生物", []),
        ("agencies?role=牵头", ["sz-industry"]),
        ("districts?cluster=smart-sensors", ["nanshan"]),
        ("platforms?cluster=Smart sensors&kind=InnovationCenter", ["center"]),
        ("platforms?kind=laboratory", []),
        ("enterprises?district=nanshan", ["acme"]),
        ("targets?cluster=传感器&year=2025&metric=增加值", ["one"]),
        ("targets?year=2030", []),
        ("targets?document=plan", ["one"]),
        ("observations?year=2021&cluster=smart-sensors", ["one"]),
        ("measures?kind=KeyProject", ["projects", "pilot"]),
        ("measures?agency=市发展改革委&role=joint", ["pilot"]),
        ("measures?agency=市发展改革委&role=lead", []),
        ("documents?agency=深圳市发展和改革委员会", ["plan"]),
        ("assignments?measure=pilot", ["one", "two"]),
        ("roles?district=南山区", ["one"]),
        (f"targets?about={quote(ID + 'cluster/smart-sensors', safe='')}", ["one"]),
    ],
)
def test_lists_are_filtered_by_slug_iri_and_name(client: FlaskClient, path: str, slugs: list[str]) -> None:
    assert listed(client, path) == slugs


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.name)
def test_every_item_says_what_it_is(client: FlaskClient, listing: Any) -> None:
    answer = client.get(f"/api/v1/{listing.name}").get_json()
    assert set(answer) == {"items", "total", "limit", "offset", "next"}
    assert answer["total"] == len(answer["items"]) > 0
    for item in answer["items"]:
        assert item["iri"] == f"{ID}{item['kind']}/{item['slug']}" and item["label"]
    assert len({tuple(sorted(item)) for item in answer["items"]}) == 1


@pytest.mark.parametrize("path", ["targets", "observations", "assignments", "roles"])
def test_facts_carry_their_evidence(client: FlaskClient, path: str) -> None:
    for item in client.get(f"/api/v1/{path}").get_json()["items"]:
        for evidence in item["evidence"]:
            assert (evidence["start"], evidence["end"]) == graph.place(evidence["quote"])
            assert evidence["url"] == f"/source/plan#char={evidence['start']},{evidence['end']}"
            assert evidence["document"]["title"] == "深圳市培育发展智能传感器产业集群行动计划"
        assert item["evidence"]


def test_a_target_says_how_much_by_when(client: FlaskClient) -> None:
    target = client.get("/api/v1/targets").get_json()["items"][0]
    assert {k: target[k] for k in ("value", "unit", "year", "comparator", "metric")} == {
        "value": 80,
        "unit": "亿元",
        "year": 2025,
        "comparator": "=",
        "metric": "增加值",
    }


def test_issuers_come_in_the_order_printed(client: FlaskClient) -> None:
    document = client.get("/api/v1/documents").get_json()["items"][0]
    assert [a["slug"] for a in document["issuedBy"]] == ["sz-industry", "sz-reform"]


def test_a_measure_shows_who_is_responsible_in_order(client: FlaskClient) -> None:
    measure = client.get("/api/v1/measures?agency=sz-reform").get_json()["items"][0]
    assert [(a["agency"]["slug"], a["role"]) for a in measure["assignments"]] == [
        ("sz-industry", "joint"),
        ("sz-reform", "joint"),
    ]


def test_pages_lead_to_the_next_until_all_is_shown(client: FlaskClient) -> None:
    path, seen = "/api/v1/measures?limit=2&cluster=智能传感器", []
    while path:
        answer = client.get(path)
        assert ('rel="next"' in answer.headers.get("Link", "")) == (answer.get_json()["next"] is not None)
        seen += [item["slug"] for item in answer.get_json()["items"]]
        path = answer.get_json()["next"]
    assert seen == ["goals", "projects", "pilot"]
    assert listed(client, "measures?offset=900") == []


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("targets?limit=0", "limit"),
        ("targets?limit=501", "limit"),
        ("targets?limit=ten", "limit"),
        ("targets?limit=٣", "limit"),
        ("targets?offset=-1", "offset"),
        ("targets?year=soon", "year"),
        ("targets?cluster=茶叶", "cluster"),
        ("targets?clutser=x", "clutser"),
        ("targets?year=2025&year=2026", "year"),
        ("agencies?role=boss", "role"),
        ("leads", "q"),
        ("leads?q=%20%00", "q"),
        ("leads?q=" + "长" * 501, "q"),
        ("search?q=x&kind=dragon", "kind"),
    ],
)
def test_a_bad_parameter_is_named(client: FlaskClient, path: str, parameter: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert json.loads(answer.data)["parameter"] == parameter


def test_leads_answers_in_the_contracts_shape(client: FlaskClient) -> None:
    answer = client.get("/api/v1/leads", query_string={"q": "谁牵头智能传感器产业"}).get_json()
    first = answer["answers"][0]
    assert first["agency"]["label"] == "深圳市工业和信息化局" and first["basis"] == "first-issuer"
    assert first["evidence"][0]["url"].startswith("/source/plan#char=")
    nothing = client.get("/api/v1/leads", query_string={"q": "茶叶"})
    assert (nothing.status_code, nothing.get_json()["answers"]) == (200, [])
    assert nothing.get_json()["suggestions"]


def test_search_is_paged_and_filtered(client: FlaskClient) -> None:
    found = client.get("/api/v1/search", query_string={"q": "智能", "kind": "cluster"}).get_json()
    assert [item["label"] for item in found["items"]] == ["智能传感器"]
    assert client.get("/api/v1/search", query_string={"q": "智能", "kind": "agency"}).get_json()["total"] == 0


@pytest.mark.parametrize(
    "q", ["%ff%fe", "%ED%A0%80", "%00", "a%0d%0ab", "'%22%5C%3C%3E%7B%7D", "%F0%9F%92%A9", "*", "?x"]
)
@pytest.mark.parametrize("path", ["/api/v1/leads", "/api/v1/ask", "/api/v1/search", "/api/v1/targets", "/"])
def test_strange_input_is_answered_or_refused(client: FlaskClient, path: str, q: str) -> None:
    assert client.get(f"{path}?q={q}").status_code in {200, 400}
