"""The description of the interface is held true: every operation is called, and every answer is as described."""

from __future__ import annotations

import html
import json
import re
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.checks import missing_required_header, negative_data_rejection, positive_data_acceptance

from kg.analysis.measures import NODE_VALUES
from kg.analysis.projections import PROJECTIONS
from kg.export.cells import BOM
from kg.lookup.conflicts import KINDS
from server import create_app
from server.fields import KIND_FIELDS
from server.listing import LISTINGS
from server.openapi import data
from tests.server import graph

APP = create_app(graph.store(), lookup=graph.Search())
DOCUMENT: dict[str, Any] = APP.test_client().get("/openapi.json").get_json()
OPERATIONS = [(path, method, one) for path, methods in DOCUMENT["paths"].items() for method, one in methods.items()]
# What a description can't say: which names there are (a name of nothing is 400), and that cursor excludes offset.
NOT_HELD = [positive_data_acceptance]


def followed(reference: dict[str, Any]) -> dict[str, Any]:
    found: Any = DOCUMENT
    for step in reference.get("$ref", "#/").removeprefix("#/").split("/"):
        found = found[step] if step else reference
    return dict(found)


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**schema, "components": DOCUMENT["components"]})


def address(path: str, one: dict[str, Any]) -> str:
    examples = {operation["id"]: operation["example"] for operation in data()["operation"]}
    example = examples.get(one["operationId"], "limit=1")
    return example if example.startswith("/") else f"{path}?{quote(example, safe='=&')}"


@pytest.mark.parametrize(("path", "method", "one"), OPERATIONS, ids=[path for path, _, _ in OPERATIONS])
def test_every_operation_answers_as_described_in_every_format(path: str, method: str, one: dict[str, Any]) -> None:
    client = APP.test_client()
    content = one["responses"].get("200", {}).get("content", {})
    form = {"query": "SELECT * WHERE { ?s ?p ?o } LIMIT 1"} if "requestBody" in one else None
    for media, shape in content.items():
        answer = client.open(address(path, one), method=method.upper(), headers={"Accept": media}, data=form)
        if answer.status_code == 406 and path == "/sparql":
            continue  # A table is not a graph.
        if "security" in one:
            assert answer.status_code == 403  # This service has no token: it is read-only.
            continue
        assert (answer.status_code, answer.mimetype) == (200, media)
        if media == "application/json":
            validator(shape["schema"]).validate(answer.get_json())
    refused = client.open(f"{path.replace('{kind}', 'x').replace('{slug}', '-')}?nonsense=1", method=method.upper())
    assert str(refused.status_code) in one["responses"]


def test_every_route_for_programs_is_described() -> None:
    routes = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in APP.url_map.iter_rules()}
    described = set(DOCUMENT["paths"])
    assert described <= routes
    assert {route for route in routes if route.startswith("/api/")} <= described


def test_the_choices_of_other_parts_are_those_that_there_are() -> None:
    choices = data()["parameters"]
    assert choices["projection"]["schema"]["enum"] == list(PROJECTIONS)
    assert choices["measure"]["schema"]["enum"] == list(NODE_VALUES)
    assert choices["conflictKind"]["schema"]["enum"] == list(KINDS)


def test_every_field_of_an_item_is_described_and_held(app: Flask) -> None:
    client = app.test_client()
    for listing in LISTINGS:
        wanted = {field.name for field in KIND_FIELDS[listing.kind]}
        for item in client.get(f"/api/v1/{listing.name}").get_json()["items"]:
            assert wanted <= set(item)


def test_the_document_is_openapi_and_its_references_lead_somewhere() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    for reference in re.findall(r'"\$ref":\s*"(#[^"]+)"', json.dumps(DOCUMENT)):
        assert followed({"$ref": reference})
    for shape in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)


def test_people_read_the_same_without_scripts_or_anything_from_outside() -> None:
    page = APP.test_client().get("/docs", headers={"Accept": "text/html"})
    text = page.text
    assert page.status_code == 200
    for path, _, one in OPERATIONS:
        assert f'id="{one["operationId"]}"' in text and html.escape(path) in text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', text)


@schemathesis.serializer("application/sparql-query", "application/sparql-update", "text/turtle")
def as_query(_: schemathesis.SerializationContext, value: Any) -> bytes:
    return str(value).encode("utf-8", "replace")


SCHEMA = schemathesis.openapi.from_wsgi("/openapi.json", APP)


@SCHEMA.parametrize()
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_request_breaks_the_service_or_gets_an_answer_that_is_not_described(case: schemathesis.Case) -> None:
    # What the SPARQL protocols make of an empty query or of other parameters is not for a schema to say.
    loose = [] if case.path.startswith("/api/") else [negative_data_rejection, missing_required_header]
    # This way of calling an application does not unpack what it sends.
    plain = {"Accept-Encoding": "identity"}
    case.call_and_validate(headers=plain, excluded_checks=NOT_HELD + loose)


def test_csv_for_spreadsheets_is_a_file_with_a_mark(client: FlaskClient) -> None:
    answer = client.get("/api/v1/targets?format=excel")
    assert answer.text.startswith(BOM) and answer.headers["Content-Disposition"] == 'attachment; filename="targets.csv"'
    assert not client.get("/api/v1/targets?format=csv").text.startswith(BOM)
