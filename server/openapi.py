"""The interface described in OpenAPI 3.1, made of what the routes themselves keep to: lists, fields, operations."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from server.fields import KIND_FIELDS, Field, names, sortable
from server.listing import LISTINGS, Listing
from server.naming import Json
from server.rest import API
from server.urls import KINDS
from server.words import KINDS as KIND_WORDS
from server.words import ROLES

PROBLEM = "application/problem+json"
_HOME = Path(__file__).parent
# Any request can be one too many, or find the service busy or broken.
_ALWAYS = (429, 500, 503, 504)
_SECURITY: Json = {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}}
_SHARED = ("words", "limit", "offset", "cursor", "format")
_LISTED = ("application/json", "text/csv", "application/ld+json")
_TYPES: dict[str, Json] = {
    "text": {"type": ["string", "null"]},
    "integer": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "boolean": {"type": "boolean"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "reference": {"anyOf": [{"$ref": "#/components/schemas/Reference"}, {"type": "null"}]},
    "references": {"type": "array", "items": {"$ref": "#/components/schemas/Reference"}},
}


@cache
def data() -> Json:
    """The operations, parameters and words of ``operations.toml``."""
    return tomllib.loads((_HOME / "operations.toml").read_text(encoding="utf-8"))


@cache
def document(routes: frozenset[str]) -> Json:
    """The description of those operations whose routes (as OpenAPI writes them) the service has."""
    paths: Json = {f"{API}/{listing.name}": {"get": _list(listing)} for listing in LISTINGS}
    for one in data()["operation"]:
        if one["path"] in routes:
            paths.setdefault(one["path"], {})[one.get("method", "get")] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "深圳产业集群知识图谱 Cluster KG",
            "version": "1",
            "summary": "Who does what in Shenzhen's 20+8 industries, each fact with the sentence that states it",
        },
        "tags": [{"name": name, "description": _said(text)} for name, text in data()["tags"].items()],
        "paths": paths,
        "components": {"schemas": _schemas(), "parameters": _parameters(), "responses": _refusals(), **_SECURITY},
    }


def _operation(one: Json) -> Json:
    """An operation of ``operations.toml``."""
    links = "cursor" in one["parameters"]
    found = {
        "operationId": one["id"],
        "tags": [one["tag"]],
        "summary": _said(one["text"]),
        "parameters": [_parameter_reference(name) for name in one["parameters"]],
        "responses": _responses(one["answers"], one["refusals"], done=one.get("done", ()), links=links),
    }
    if one.get("secured"):
        found["security"] = [{"token": []}]
    if "body" in one:
        found["requestBody"] = {"required": True, "content": _content(one["body"])}
    return {**found, "description": _said(one["more"])} if "more" in one else found


def _list(listing: Listing) -> Json:
    zh, en = KIND_WORDS[listing.kind]
    filters = [_filter(listing, name) for name in listing.parameters]
    shape = [_keys("sort", listing), _keys("fields", listing)]
    return {
        "operationId": f"list-{listing.name}",
        "tags": ["lists"],
        "summary": f"{zh} {en}",
        "parameters": [*filters, *shape, *map(_parameter_reference, _SHARED)],
        "responses": _responses(dict(zip(_LISTED, (_page_name(listing), "Table", "Linked"), strict=True)), (400, 406)),
    }


def _filter(listing: Listing, name: str) -> Json:
    schema: Json = {"type": "string", "minLength": 1}
    if name == "year":
        schema = {"type": "string", "pattern": "^[0-9]{4}$"}
    elif name == "role" or name in listing.choices:
        schema = {"type": "string", "enum": [*(listing.choices.get(name) or ROLES)]}
    elif name not in listing.words:
        schema["description"] = "IRI, slug, or name"
    *said, example = (*data()["filters"][name], "")[:3]
    found = {"name": name, "in": "query", "description": _said(said), "schema": schema}
    return {**found, "example": example} if example else found


def _keys(name: str, listing: Listing) -> Json:
    """The parameter ``sort`` or ``fields`` of a list: some of its keys, with commas between them."""
    keys, sign = (sortable(listing.kind), "-?") if name == "sort" else (_names(listing), "")
    one = f"{sign}({'|'.join(keys)})"
    said = {
        "sort": ("排序字段，用逗号分隔，前加 - 为降序", "keys to sort by, with commas; - before one turns its order"),
        "fields": ("只要这些字段，用逗号分隔（iri 总在内）", "only these keys, with commas (iri always comes)"),
    }[name]
    schema = {"type": "string", "pattern": f"^{one}(,{one})*$"}
    return {"name": name, "in": "query", "description": _said(said), "schema": schema}


def _names(listing: Listing) -> tuple[str, ...]:
    return (*names(listing.kind), listing.shown_as) if listing.shown_as else names(listing.kind)


def _responses(answers: Json, refusals: Sequence[int], *, done: Sequence[int] = (), links: bool = True) -> Json:
    found: Json = {str(code): {"description": _said(data()["done"][str(code)])} for code in done}
    if answers:
        found["200"] = {"description": "答案 The answer", "content": _content(answers)}
        found["304"] = {"description": "与客户端已有的相同 The client has it already"}
    if links:
        text = "RFC 8288: next, prev, first, last"
        found["200"]["headers"] = {"Link": {"description": text, "schema": {"type": "string"}}}
    return found | {str(c): {"$ref": f"#/components/responses/{c}"} for c in sorted({*refusals, *_ALWAYS})}


def _content(shapes: Json) -> Json:
    return {media: {"schema": {"$ref": f"#/components/schemas/{name}"}} for media, name in shapes.items()}


def _refusals() -> Json:
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {code: {"description": _said(text), "content": content} for code, text in data()["refusals"].items()}


def _parameters() -> Json:
    return {key: _parameter(one) for key, one in data()["parameters"].items()}


def _parameter(one: Json) -> Json:
    schema = {k: v for k, v in one["schema"].items() if k != "kinds"}
    if one["schema"].get("kinds"):
        schema["enum"] = list(KINDS)
    found = {"name": one["name"], "in": one.get("in", "query"), "required": one.get("required", False)}
    found |= {"description": _said(one["text"]), "schema": schema}
    return {**found, "example": one["example"]} if "example" in one else found


def _parameter_reference(name: str) -> Json:
    return {"$ref": f"#/components/parameters/{name}"}


def _schemas() -> Json:
    shapes = tomllib.loads((_HOME / "schemas.toml").read_text(encoding="utf-8"))
    shapes |= {_item_name(kind): _item(kind, fields) for kind, fields in KIND_FIELDS.items()}
    shapes["FoundPage"] = _page("Found")
    shapes |= {_page_name(listing): _page(_item_name(listing.kind), listing) for listing in LISTINGS}
    return shapes


def _item_name(kind: str) -> str:
    return f"{kind.capitalize()}Item"


def _page_name(listing: Listing) -> str:
    return f"{listing.name.capitalize()}Page"


def _item(kind: str, fields: Sequence[Field]) -> Json:
    """The shape of an item of a list; ``fields`` of the request can leave out all but the address."""
    said = [("iri", "string"), ("kind", "string"), ("slug", "string"), ("label", "string")]
    properties: Json = {name: {"type": type_} for name, type_ in said}
    properties |= {"kind": {"const": kind}, "labelEn": _TYPES["text"], "altLabels": _TYPES["texts"]}
    properties |= {field.name: {**_TYPES[field.type], "description": _said((field.zh, field.en))} for field in fields}
    properties["evidence"] = {"type": "array", "items": {"$ref": "#/components/schemas/Evidence"}}
    return {"type": "object", "required": ["iri"], "properties": properties}


def _page(item: str, listing: Listing | None = None) -> Json:
    shape: Json = {"$ref": f"#/components/schemas/{item}"}
    if listing and listing.shown_as:
        part = {"type": "array", "items": {"$ref": f"#/components/schemas/{_item_name(listing.parts)}"}}
        shape = {"allOf": [shape, {"properties": {listing.shown_as: part}}]}
    count = {"type": "integer", "minimum": 0}
    properties = {"items": {"type": "array", "items": shape}, "total": count, "limit": count, "offset": count}
    properties["next"] = {"type": ["string", "null"]}
    return {"type": "object", "required": list(properties), "properties": properties}


def _said(pair: Sequence[str]) -> str:
    return f"{pair[0]} {pair[1]}"
