"""The description of the interface: ``/openapi.json`` for programs, and the same for people at ``/docs``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from flask import Blueprint, Response, current_app, render_template

from server.naming import Json
from server.negotiate import HTML
from server.openapi import data, document
from server.site import Site
from server.writing import to_json

_SHOWN_KEYS = ("enum", "minimum", "maximum", "default", "maxLength")


@dataclass(frozen=True, slots=True)
class Shown:
    """An operation as the page shows it, with the references of the document followed."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Json, ...]
    media: tuple[str, ...]
    refusals: tuple[tuple[str, str], ...]
    example: str
    href: str


def blueprint(_: Site) -> Blueprint:
    """The routes ``/openapi.json`` and ``/docs``."""
    routes = Blueprint("docs", __name__)
    routes.add_url_rule("/openapi.json", "openapi", lambda: to_json(described()))
    routes.add_url_rule("/docs", "docs", _page)
    return routes


def described() -> Json:
    """The description of the application that answers this request."""
    rules = (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in current_app.url_map.iter_rules())
    return document(frozenset(rules))


def _page() -> Response:
    whole = described()
    shown = list(_operations(whole))
    all_groups = [(tag, [one for one, name in shown if name == tag["name"]]) for tag in whole["tags"]]
    groups = [(tag, found) for tag, found in all_groups if found]
    schemas = {name: shape for name, shape in whole["components"]["schemas"].items() if shape.get("properties")}
    body = render_template("docs.html", info=whole["info"], groups=groups, schemas=schemas, type_of=type_of)
    return Response(body, mimetype=HTML)


def _operations(whole: Json) -> Iterator[tuple[Shown, str]]:
    """Every operation with the name of its group."""
    examples = {one["id"]: one["example"] for one in data()["operation"]}
    for path, methods in whole["paths"].items():
        for method, one in methods.items():
            parameters = tuple(_parameter(_followed(whole, parameter)) for parameter in one["parameters"])
            answers = one["responses"].items()
            refused = [(code, _followed(whole, answer)["description"]) for code, answer in answers if code != "200"]
            media = tuple(one["responses"].get("200", {}).get("content", ()))
            example = _example(path, examples.get(one["operationId"], "limit=3"))
            href = quote(example, safe="/?&=")
            said = one["summary"], one.get("description", "")
            shown = Shown(
                one["operationId"], method.upper(), path, *said, parameters, media, tuple(refused), example, href
            )
            yield shown, one["tags"][0]


def _example(path: str, example: str) -> str:
    """An address to try: the example is a query string, or the whole address."""
    if example.startswith("/"):
        return example
    return f"{path}?{example}" if example else path


def _followed(whole: Json, reference: Json) -> Json:
    """What a reference inside the document stands for."""
    if "$ref" not in reference:
        return reference
    found: Json = whole
    for step in str(reference["$ref"]).removeprefix("#/").split("/"):
        found = found[step]
    return found


def _parameter(one: Json) -> Json:
    limits = {key: one["schema"][key] for key in _SHOWN_KEYS if key in one["schema"]}
    return {**one, "limits": limits}


def type_of(schema: Json) -> str:
    """The kind of a value in a word or two: ``text or null``, ``list of Reference``."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    choices: list[Json] = schema.get("anyOf") or schema.get("allOf") or []
    if choices:
        return " or ".join(map(type_of, choices))
    if schema.get("type") == "array":
        return f"list of {type_of(schema['items'])}"
    kinds = schema.get("type", "value")
    return " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
