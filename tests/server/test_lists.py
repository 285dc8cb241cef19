"""Lists: order, fields, pages by cursor and by offset, formats, and what the client has already."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from typing import Any

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.rdf.terms import ID, ckg
from server.fields import KIND_FIELDS, names
from server.listing import LISTINGS
from server.paging import page_of
from tests.server import graph


def items(client: FlaskClient, path: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.get_json()["items"]
    return found


@pytest.mark.parametrize(
    ("path", "slugs"),
    [
        ("measures?sort=order", ["goals", "projects", "pilot"]),
        ("measures?sort=-order", ["pilot", "projects", "goals"]),
        ("measures?sort=measureKind,-order", ["goals", "pilot", "projects"]),
        ("clusters?sort=category", ["smart-sensors", "synthetic-biology"]),
        ("clusters?sort=-category", ["smart-sensors", "synthetic-biology"]),
        ("platforms?document=plan&kind=创新中心", ["center"]),
        ("platforms?kind=laboratory", []),
        ("clusters?kind=未来产业", ["synthetic-biology"]),
        ("documents?kind=ActionPlan", ["plan"]),
        ("documents?year=2022", []),
        ("agencies?group=true", []),
        ("subsectors?document=plan", ["mems"]),
        ("enterprises?document=智能传感器行动计划", ["acme"]),
    ],
)
def test_lists_are_sorted_and_filtered_and_what_is_not_known_comes_last(
    client: FlaskClient, path: str, slugs: list[str]
) -> None:
    assert [item["slug"] for item in items(client, path)] == slugs


def test_only_the_fields_asked_for_come_and_the_address_always(client: FlaskClient) -> None:
    assert [list(item) for item in items(client, "targets?fields=year,value")] == [["iri", "year", "value"]]
    assert list(items(client, "measures?fields=assignments&agency=sz-reform")[0]) == ["iri", "assignments"]


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.name)
def test_items_have_the_fields_of_their_kind_in_order(client: FlaskClient, listing: Any) -> None:
    wanted = [*names(listing.kind), *filter(None, [listing.shown_as])]
    assert all(list(item) == wanted for item in items(client, listing.name))


def test_numbers_are_numbers_and_years_whole(client: FlaskClient) -> None:
    target, observation = items(client, "targets")[0], items(client, "observations")[0]
    assert (type(target["value"]), type(target["year"]), observation["value"]) == (int, int, 41.5)


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("targets?sort=price", "sort"),
        ("targets?sort=", "sort"),
        ("targets?sort=year,,value", "sort"),
        ("targets?fields=price", "fields"),
        ("targets?cluster=", "cluster"),
        ("platforms?kind=castle", "kind"),
        ("agencies?group=perhaps", "group"),
        ("targets?cursor=!!", "cursor"),
        ("targets?cursor=AAAA", "cursor"),
        ("targets?cursor=MCBhOmE&offset=1", "cursor"),
    ],
)
def test_a_bad_parameter_is_named(client: FlaskClient, path: str, parameter: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, parameter)


def links(header: str) -> dict[str, str]:
    parts = (part.split(">; rel=") for part in header.split(", <") if part)
    return {name.strip('"'): address.lstrip("<") for address, name in parts}


def test_links_lead_through_the_pages_both_ways(client: FlaskClient) -> None:
    first = client.get("/api/v1/assignments?limit=1&offset=0")
    found = links(first.headers["Link"])
    assert set(found) == {"next", "first", "last"} and first.get_json()["next"] == found["next"]
    second = client.get(found["next"])
    assert second.get_json()["offset"] == 1 and links(second.headers["Link"])["prev"] == found["first"]
    assert client.get(found["last"]).get_json()["items"] == second.get_json()["items"]


@given(limit=st.integers(1, 5), gone=st.sets(st.integers(0, 11), max_size=6), at=st.integers(0, 11))
@settings(deadline=None)
def test_a_cursor_keeps_its_place_when_the_list_changes(limit: int, gone: set[int], at: int) -> None:
    whole = [{"iri": f"{ID}cluster/{number}"} for number in range(12)]
    cursor = base64.urlsafe_b64encode(f"{at} {whole[at]['iri']}".encode()).decode().rstrip("=")
    left = [item for number, item in enumerate(whole) if number not in gone - {at}]
    with Flask("x").test_request_context(f"/?limit={limit}&cursor={cursor}"):
        page = page_of(left)
    assert page.items == left[left.index(whole[at]) + 1 :][:limit]


@given(limit=st.integers(1, 7), size=st.integers(0, 20))
@settings(deadline=None)
def test_following_next_shows_every_item_once(limit: int, size: int) -> None:
    whole = [{"iri": f"{ID}cluster/{number}"} for number in range(size)]
    app, path, seen = Flask("x"), f"/?limit={limit}", []
    while path:
        with app.test_request_context(path):
            page = page_of(whole)
        seen += page.items
        path = page.links.get("next", "")
    assert seen == whole


def test_csv_has_labels_and_addresses_and_runs_no_formula(client: FlaskClient) -> None:
    answer = client.get("/api/v1/targets", headers={"Accept": "text/csv"})
    assert answer.mimetype == "text/csv" and "Accept" in answer.headers["Vary"].split(", ")
    row = next(csv.DictReader(io.StringIO(answer.text)))
    assert (row["about"], row["aboutIri"]) == ("智能传感器", f"{ID}cluster/smart-sensors")
    assert (row["value"], row["comparator"], row["quote"]) == ("80", "=", "智能传感器产业增加值达到80亿元")
    leads = client.get("/api/v1/leads?q=智能传感器&format=csv")
    assert next(csv.DictReader(io.StringIO(leads.text)))["agency"] == "深圳市工业和信息化局"


def test_every_row_of_a_list_has_the_same_columns_in_csv(client: FlaskClient) -> None:
    for listing in LISTINGS:
        rows = list(csv.reader(io.StringIO(client.get(f"/api/v1/{listing.name}?format=csv").text)))
        assert {len(row) for row in rows} == {len(rows[0])}
        plain = [f.name for f in KIND_FIELDS[listing.kind]]
        assert set(plain) <= set(rows[0])


def test_json_ld_says_what_the_graph_says(client: FlaskClient) -> None:
    answer = client.get("/api/v1/targets", headers={"Accept": "application/ld+json"})
    assert answer.mimetype == "application/ld+json"
    said = {quad.triple for quad in ox.parse(answer.data, format=ox.RdfFormat.JSON_LD)}
    target = ox.NamedNode(f"{ID}target/one")
    assert set(graph.store().describe(target.value)) <= said
    assert any(t.predicate == ckg("quote") for t in said)
    led = ox.parse(client.get("/api/v1/leads?q=智能传感器&format=jsonld").data, format=ox.RdfFormat.JSON_LD)
    assert ox.NamedNode(f"{ID}agency/sz-industry") in {quad.subject for quad in led}


def test_other_formats_are_refused_with_those_that_there_are(client: FlaskClient) -> None:
    for answer in (client.get("/api/v1/targets?format=pdf"), client.get("/api/v1/ask?q=x", headers={"Accept": "a/b"})):
        assert answer.status_code == 406 and "jsonld" in answer.get_json()["detail"]


@pytest.mark.parametrize("path", ["targets", "leads?q=智能传感器", "measures?format=csv", "clusters?format=jsonld"])
def test_what_the_client_has_already_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(f"/api/v1/{path}")
    again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/api/v1/documents", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


STRANGE = {
    "nothing": "",
    "blank": "%20%09%0a",
    "long": "%E9%95%BF" * 10_000,
    "long word": "a" * 10_000,
    "control": "%00%01%1b%5b31m%7f%c2%85",
    "sql": "'%20OR%201=1;--%20DROP%20TABLE%20x",
    "sparql": '"%20}%20DROP%20ALL%20%23',
    "html": "%3Cscript%3Ealert(1)%3C/script%3E%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
    "template": "%7B%7B7*7%7D%7D",
    "emoji": "%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB",
    "right to left": "%E2%80%AE%D7%A9%D7%9C%D7%95%D7%9D",
    "surrogate": "%ED%A0%80%ED%B0%80",
    "half an escape": "%E6%9",
    "not hex": "%zz%u1234%",
    "not utf-8": "%ff%fe%c0%af",
    "pattern": "(((((((a%2B)%2B)%2B)%2B)%2B$",
    "lines": "a%0d%0aSet-Cookie:%20x=1",
    "path": "../../../../etc/passwd",
}


@pytest.mark.parametrize("q", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/leads?q=",
        "/api/v1/ask?q=",
        "/api/v1/search?q=",
        "/api/v1/suggest?q=",
        "/api/v1/targets?cluster=",
        "/api/v1/measures?q=",
        "/api/v1/targets?sort=",
        "/api/v1/targets?cursor=",
        "/api/v1/platforms?kind=",
        "/api/v1/targets?format=",
    ],
)
@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_strange_words_are_answered_with_nothing_or_refused_with_a_reason(
    client: FlaskClient, path: str, q: str, accept: str
) -> None:
    answer = client.get(path + q, headers={"Accept": accept})
    assert answer.status_code in {200, 400, 406}
    assert "Set-Cookie" not in answer.headers
    assert answer.mimetype != "text/html" or not {"<script>alert", "<img src=x"} & set(
        re.findall("<[^>(]+", answer.text)
    )
    if answer.status_code == 200 and answer.mimetype == "application/json":
        assert not answer.get_json().get("answers")
    elif answer.mimetype == "application/problem+json":
        assert json.loads(answer.data)["detail"]
