"""The source documents: readable, with the evidence of every fact marked, and as published."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from flask import Blueprint, Response, render_template, request

from kg.documents.files import read_text
from kg.documents.source import Block, Source
from server import parameters
from server.catalogue import Catalogue, kept
from server.errors import BadParameter, NotFound
from server.marking import Mark, Paragraph, blocks_of, cut, header_of, mark_up
from server.naming import Json
from server.negotiate import HTML
from server.site import Site
from server.tongue import called, quantity, word
from server.urls import path_of, thing_iri
from server.words import KINDS

_RANGE = re.compile(r"(\d{1,9})-(\d{1,9})")
# A document longer than this is shown in parts of about so many characters: what a phone loads in a second.
_LONG, _PART = 12_000, 8_000
# A paragraph longer than this, which no layout ever broke, is shown in pieces.
_PARAGRAPH = 2_000
# Lit at first: what the text states. What it merely mentions is one click away.
STATED = ("target", "observation", "assignment", "role", "issuance", "doubt")
_KINDS = (*STATED, "platform", "enterprise", "subsector", "category")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of a document's outline: its level (2 to 4), its words, the number of its paragraph and of its part."""

    level: int
    words: str
    number: int
    part: int


@dataclass(frozen=True, slots=True)
class Laid:
    """A document laid out: its source, what stands before the text, its blocks part by part, its marks and outline."""

    source: Source
    header: Source | None
    parts: tuple[tuple[Block, ...], ...]
    marks: tuple[Mark, ...]
    levels: dict[int, int]
    outline: tuple[Heading, ...]
    first: int

    def first_of(self, part: int) -> int:
        """The number of a part's first paragraph."""
        return self.first + sum(len(blocks) for blocks in self.parts[:part])


def blueprint(site: Site) -> Blueprint:
    """The routes ``/source/{document}`` and ``/source/{document}/raw``."""
    routes = Blueprint("reader", __name__)
    routes.add_url_rule("/source/<slug>", "source", lambda slug: _source(site, slug))
    routes.add_url_rule("/source/<slug>/raw", "raw", lambda slug: _raw(site, slug))
    return routes


def _source(site: Site, slug: str) -> Response:
    document = _document(site, slug)
    laid = _laying(site.catalogue)(document["iri"])
    at, shown = _at(), _shown()
    part = _part(laid, at)
    paragraphs = _marked(laid, part, at)
    body = render_template(
        "source.html",
        document=document,
        paragraphs=paragraphs,
        facts={mark.iri: _fact(site.catalogue, mark.iri) for p in paragraphs for mark in p.marks},
        filters=_filters(laid, shown),
        shown=shown,
        outline=laid.outline,
        part=part,
        last=len(laid.parts),
        at=at,
    )
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


@kept
def _laying(catalogue: Catalogue) -> Callable[[str], Laid]:
    """Lays out a document of this catalogue; the last ones are at hand."""
    return lru_cache(maxsize=64)(partial(_laid, catalogue))


def _laid(catalogue: Catalogue, iri: str) -> Laid:
    """A document's blocks, marks and outline."""
    document = catalogue.item(iri) or {}
    header, source = _read(document["sourceFile"], catalogue.store.source_text(document["sourceFile"]))
    whole = blocks_of(source, document.get("start") or 0, document.get("end") or 0)
    blocks = [piece for block in whole for piece in cut(source, block, _PARAGRAPH)]
    marks = tuple(Mark(e["start"], e["end"], _kind(fact), fact) for fact, e in catalogue.stated_in(iri))
    stated = header if any(m.start < (source.text.offsets[0] if len(source.text) else 0) for m in marks) else None
    levels = _levels(catalogue, iri)
    parts = _parts(source, blocks, levels)
    first = 1 + (len(stated.blocks) if stated else 0)
    return Laid(source, stated, parts, marks, levels, tuple(_outline(source, parts, levels, first)), first)


@lru_cache(maxsize=8)
def _read(name: str, raw: str) -> tuple[Source, Source]:
    """A source file's head and its text without layout."""
    source = read_text(name, raw)
    return header_of(source), source


def _parts(source: Source, blocks: Sequence[Block], levels: dict[int, int]) -> tuple[tuple[Block, ...], ...]:
    """The blocks in parts of some thousand characters; a new part begins with a chapter where there is one."""
    parts: list[list[Block]] = [[]]
    if not blocks or blocks[-1].end - blocks[0].start < _LONG:
        return (tuple(blocks),)
    size = 0
    for block in blocks:
        chapter = levels.get(source.text.offsets[block.start]) == 2
        if size > _PART or (chapter and size > _PART * 0.6):
            parts.append([])
            size = 0
        parts[-1].append(block)
        size += block.end - block.start
    return tuple(tuple(part) for part in parts)


def _outline(source: Source, parts: Sequence[Sequence[Block]], levels: dict[int, int], first: int) -> list[Heading]:
    found, number = [], first
    for part, blocks in enumerate(parts):
        for block in blocks:
            level = levels.get(source.text.offsets[block.start])
            words = source.text.chars[block.start : block.end]
            if level and len(words) <= 60:
                found.append(Heading(level, words, number, part))
            number += 1
    return found


def _marked(laid: Laid, part: int, at: tuple[int, int] | None) -> tuple[Paragraph, ...]:
    """The paragraphs of a part with their marks, and what is asked for lit."""
    lit = (Mark(*at, "lit"),) if at else ()
    head: tuple[Paragraph, ...] = ()
    if laid.header and not part:
        head = tuple(p for p in mark_up(laid.header, laid.header.blocks, (*laid.marks, *lit), {}) if p.marks)
    blocks = laid.parts[part]
    offsets = laid.source.text.offsets
    start, end = (offsets[blocks[0].start], offsets[blocks[-1].end - 1] + 1) if blocks else (0, 0)
    within = [m for m in (*laid.marks, *lit) if m.start < end and m.end > start]
    return head + mark_up(laid.source, blocks, within, laid.levels, laid.first_of(part))


def _part(laid: Laid, at: tuple[int, int] | None) -> int:
    """The part that the address asks for: by its number, by a paragraph's, or by what is to be lit."""
    most = len(laid.parts)
    if at:
        offsets = laid.source.text.offsets
        place = min(bisect_left(offsets, at[0]), len(offsets) - 1)
        return next((i for i, blocks in enumerate(laid.parts) if blocks and place < blocks[-1].end), most - 1)
    paragraph = parameters.whole_number("p", 0, 0, 10_000_000)
    if paragraph:
        return max((i for i in range(most) if laid.first_of(i) <= paragraph), default=0)
    return parameters.whole_number("part", 1, 1, most) - 1


def _at() -> tuple[int, int] | None:
    """The range that the address asks to be lit."""
    text = request.args.get("at", "")
    if not text:
        return None
    match = _RANGE.fullmatch(text)
    if match is None or int(match[1]) >= int(match[2]):
        raise BadParameter("at", "at 应为 起-止，如 1234-1260。at is a range of characters such as 1234-1260.")
    return int(match[1]), int(match[2])


def _shown() -> tuple[str, ...]:
    """The kinds of facts that are lit."""
    asked = request.args.get("show")
    return STATED if asked is None else tuple(kind for kind in _KINDS if kind in asked.split(","))


def _filters(laid: Laid, shown: Sequence[str]) -> list[tuple[str, tuple[str, str], int, bool, str]]:
    """Each kind with its names, its count, whether it is lit, and the value of ``show`` that changes that."""
    kinds = [mark.kind for mark in laid.marks]
    found = []
    for kind in _KINDS:
        if kind in kinds:
            changed = [k for k in _KINDS if (k in shown) != (k == kind)]
            found.append((kind, KINDS[kind], kinds.count(kind), kind in shown, ",".join(changed) or "none"))
    return found


def _kind(iri: str) -> str:
    return iri.rsplit("/", 2)[-2]


def _levels(catalogue: Catalogue, document: str) -> dict[int, int]:
    """The level of each headed passage (2, 3 or 4) by the offset of its heading."""
    measures = {m["iri"]: m for m in catalogue.mentions(document).get(("measure", "document"), [])}
    return {e["start"]: _depth(m, measures) for m in measures.values() for e in m["evidence"][:1]}


def _depth(measure: Json, measures: dict[str, Json]) -> int:
    depth = 2
    while depth < 4 and (parent := measures.get((measure.get("partOf") or {}).get("iri", ""))):
        measure, depth = parent, depth + 1
    return depth


def _fact(catalogue: Catalogue, iri: str) -> Json:
    """How a fact is named beside its paragraph."""
    item = catalogue.item(iri) or catalogue.reference(iri)
    return {"kind": KINDS[item["kind"]], "name": _short(item), "path": path_of(iri)}


def _short(item: Json) -> str:
    """A fact in the few words that its paragraph does not say already."""
    kind = item["kind"]
    if kind == "doubt":
        return ""
    if kind in {"issuance", "assignment"} and item.get("agency"):
        return f"{called(item['agency'])} {word(item['role']) if item.get('role') else ''}".strip()
    if kind in {"target", "observation"}:
        return f"{word(item.get('metric') or '')} {quantity(item)}"
    return f"{called(item['district'])} {item.get('roleText') or ''}" if kind == "role" else called(item)
