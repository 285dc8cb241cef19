"""The source documents: readable, with the evidence of every fact marked, and as published."""

from __future__ import annotations

import re
from functools import lru_cache

from flask import Blueprint, Response, render_template, request

from kg.documents.files import read_text
from kg.documents.source import Source
from server import parameters
from server.catalogue import Catalogue
from server.errors import BadParameter, NotFound
from server.marking import Mark, Paragraph, blocks_of, header_of, mark_up
from server.naming import Json, name_of
from server.negotiate import HTML
from server.site import Site
from server.urls import path_of, thing_iri
from server.words import KINDS

_RANGE = re.compile(r"(\d{1,9})-(\d{1,9})")


def blueprint(site: Site) -> Blueprint:
    """The routes ``/source/{document}`` and ``/source/{document}/raw``."""
    routes = Blueprint("reader", __name__)
    routes.add_url_rule("/source/<slug>", "source", lambda slug: _source(site, slug))
    routes.add_url_rule("/source/<slug>/raw", "raw", lambda slug: _raw(site, slug))
    return routes


def _source(site: Site, slug: str) -> Response:
    document = _document(site, slug)
    header, source = _read(document["sourceFile"], site.store.source_text(document["sourceFile"]))
    stated = site.catalogue.stated_in(document["iri"])
    marks = [Mark(e["start"], e["end"], _kind(iri), iri) for iri, e in stated]
    at = _at()
    if at:
        marks.append(Mark(*at, "lit"))
    blocks = blocks_of(source, document.get("start") or 0, document.get("end") or 0)
    head = tuple(p for p in mark_up(header, header.blocks, marks, {}) if p.marks)
    levels = _levels(site.catalogue, document["iri"])
    paragraphs = head + mark_up(source, blocks, marks, levels, max((p.number for p in head), default=0) + 1)
    facts = {mark.iri: _fact(site.catalogue, mark.iri) for p in paragraphs for mark in p.marks}
    counts = _counts(paragraphs)
    body = render_template("source.html", document=document, paragraphs=paragraphs, facts=facts, counts=counts, at=at)
    return Response(body, mimetype=HTML)


def _raw(site: Site, slug: str) -> Response:
    text = site.store.source_text(_document(site, slug)["sourceFile"])
    return Response(text.encode("utf-8"), content_type="text/plain; charset=utf-8")


def _document(site: Site, slug: str) -> Json:
    iri = thing_iri("document", slug)
    document = site.catalogue.item(iri) if iri else None
    if document is None or not document.get("sourceFile"):
        raise NotFound("没有这份文件。There is no such document.", site.lookup.suggest(slug[: parameters.MAX_QUESTION]))
    return document


@lru_cache(maxsize=8)
def _read(name: str, raw: str) -> tuple[Source, Source]:
    """A source file's head and its text without layout."""
    source = read_text(name, raw)
    return header_of(source), source


def _at() -> tuple[int, int] | None:
    """The range that the address asks to be lit."""
    text = request.args.get("at", "")
    if not text:
        return None
    match = _RANGE.fullmatch(text)
    if match is None or int(match[1]) >= int(match[2]):
        raise BadParameter("at", "at 应为 起-止，如 1234-1260。at is a range of characters such as 1234-1260.")
    return int(match[1]), int(match[2])


def _kind(iri: str) -> str:
    return iri.rsplit("/", 2)[-2]


def _levels(catalogue: Catalogue, document: str) -> dict[int, int]:
    """The level of each headed passage (2, 3 or 4) by the offset of its heading."""
    measures = {m["iri"]: m for m in catalogue.items("measure") if (m.get("document") or {}).get("iri") == document}
    return {e["start"]: _depth(m, measures) for m in measures.values() for e in m["evidence"][:1]}


def _depth(measure: Json, measures: dict[str, Json]) -> int:
    depth = 2
    while depth < 4 and (parent := measures.get((measure.get("partOf") or {}).get("iri", ""))):
        measure, depth = parent, depth + 1
    return depth


def _fact(catalogue: Catalogue, iri: str) -> Json:
    """How a fact is named beside its paragraph."""
    item = catalogue.item(iri) or catalogue.reference(iri)
    return {"kind": KINDS[item["kind"]][0], "name": name_of(item), "path": path_of(iri)}


def _counts(paragraphs: tuple[Paragraph, ...]) -> list[tuple[str, str, int]]:
    """How many facts of each kind are marked."""
    kinds = [_kind(mark.iri) for p in paragraphs for mark in p.marks]
    return [(kind, KINDS[kind][0], kinds.count(kind)) for kind in KINDS if kind in kinds]
