"""Content types: one table of what can be served, and the choice by ``Accept`` or ``format=``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from flask import Request
from werkzeug.datastructures import MIMEAccept

from server.errors import NotAcceptable

HTML = "text/html"
_CHARSET = re.compile(r";\s*charset=[^;]*", re.IGNORECASE)
PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write results or a graph: its short names (the first is its file suffix) and media types."""

    names: tuple[str, ...]
    media: tuple[str, ...]
    rows: ox.QueryResultsFormat | None = None
    graph: ox.RdfFormat | None = None

    @property
    def content_type(self) -> str:
        """The value of ``Content-Type``."""
        main = self.media[0]
        return main if main.endswith(("json", "xml")) else f"{main}; charset=utf-8"


_ROW_FORMAT = ox.QueryResultsFormat

ROWS = (
    Format(("json", "srj"), ("application/sparql-results+json", "application/json"), rows=_ROW_FORMAT.JSON),
    Format(("xml", "srx"), ("application/sparql-results+xml", "application/xml"), rows=_ROW_FORMAT.XML),
    Format(("csv",), ("text/csv",), rows=_ROW_FORMAT.CSV),
    Format(("tsv",), ("text/tab-separated-values",), rows=_ROW_FORMAT.TSV),
)
TRIPLES = (
    Format(("ttl", "turtle"), ("text/turtle", "application/x-turtle"), graph=ox.RdfFormat.TURTLE),
    Format(("nt", "ntriples", "n-triples"), ("application/n-triples", "text/plain"), graph=ox.RdfFormat.N_TRIPLES),
    Format(("jsonld", "json-ld"), ("application/ld+json", "application/json"), graph=ox.RdfFormat.JSON_LD),
    Format(("rdf", "rdfxml", "rdf-xml", "xml"), ("application/rdf+xml", "application/xml"), graph=ox.RdfFormat.RDF_XML),
)
GRAPHS = (
    *TRIPLES,
    Format(("nq", "nquads", "n-quads"), ("application/n-quads",), graph=ox.RdfFormat.N_QUADS),
    Format(("trig",), ("application/trig",), graph=ox.RdfFormat.TRIG),
)


def named(name: str, formats: Sequence[Format]) -> Format | None:
    """The format of a short name or media type, None where it is not among these."""
    wanted = name.strip().lower()
    return next((f for f in formats if wanted in f.names or wanted in f.media), None)


def choose(request: Request, formats: Sequence[Format], name: str | None = None) -> Format:
    """The format that a client likes best: the one that it names (``format=``), else by ``Accept`` with its q values.

    Raises NotAcceptable where the client takes none of them.
    """
    name = request.args.get("format", "") if name is None else name
    if name:
        chosen = named(name, formats)
    elif not request.accept_mimetypes:
        chosen = formats[0]
    else:
        best = _without_charsets(request).best_match([m for f in formats for m in f.media])
        chosen = named(best, formats) if best else None
    if chosen is None:
        offered = ", ".join(f"{f.names[0]} ({f.media[0]})" for f in formats)
        raise NotAcceptable(f"这里没有所要的格式。This can be had as {offered}.")
    return chosen


def _without_charsets(request: Request) -> MIMEAccept:
    """What the client accepts; the charset that some add is the only one that there is."""
    return MIMEAccept((_CHARSET.sub("", value), quality) for value, quality in request.accept_mimetypes)


def wants_html(request: Request, *others: str) -> bool:
    """Whether the client asks for a page by name and likes it at least as well as these other media types."""
    accept = request.accept_mimetypes
    if request.args.get("format") or not any(value == HTML for value, _ in accept):
        return False
    return all(accept[HTML] >= accept[other] for other in others if any(value == other for value, _ in accept))


def wants_rdf(request: Request) -> bool:
    """Whether the client names a graph format, by ``format=`` or in ``Accept``, and likes it better than a page."""
    if request.args.get("format"):
        return named(request.args["format"], GRAPHS) is not None
    media = [m for f in GRAPHS for m in f.media if m not in {"application/json", "application/xml", "text/plain"}]
    accept = request.accept_mimetypes
    return any(value in media and quality > accept[HTML] for value, quality in accept)
