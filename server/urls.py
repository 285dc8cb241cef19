"""Every address of the service: the IRI of a thing, and the path that shows it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlencode

from kg.rdf.terms import BASE, CKG, ID

ONTOLOGY = CKG
KINDS = (
    "cluster",
    "category",
    "subsector",
    "district",
    "agency",
    "enterprise",
    "platform",
    "document",
    "measure",
    "assignment",
    "target",
    "observation",
    "role",
    "issuance",
    "evidence",
    "doubt",
    "conflict",
    "naming",
    "account",
    "score",
    "analysis",
)
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,199}")


class Address(NamedTuple):
    """The kind and the slug that an IRI of a thing is made of."""

    kind: str
    slug: str


def thing_iri(kind: str, slug: str) -> str | None:
    """The IRI of a thing; None where no thing can have this kind or slug."""
    return f"{ID}{kind}/{slug}" if kind in KINDS and _SLUG.fullmatch(slug) else None


def address(iri: str) -> Address | None:
    """The kind and slug of a thing's IRI; None for IRIs of anything else."""
    kind, _, slug = iri.removeprefix(ID).partition("/")
    return Address(kind, slug) if iri.startswith(ID) and slug else None


@lru_cache(maxsize=16_384)
def path_of(iri: str) -> str:
    """The local path that shows an IRI of ours; an IRI of others is its own address."""
    return "/" + quote(iri.removeprefix(BASE), safe="/#-._~") if iri.startswith(BASE) else iri


def local_name(iri: str) -> str:
    """What stands after the last ``#`` or ``/``."""
    return re.split(r"[#/]", iri)[-1]


def source_path(document: str, start: int, end: int) -> str:
    """Where a range of a document's source stands; works by its fragment alone."""
    return f"/source/{quote(document, safe='')}#char={start},{end}"


def lit_source_path(document: str, start: int, end: int) -> str:
    """The same place, lit by the server too, for readers without scripts."""
    return f"/source/{quote(document, safe='')}?at={start}-{end}#char={start},{end}"


def with_parameters(path: str, parameters: list[tuple[str, str]]) -> str:
    """A path with a query string."""
    return f"{path}?{urlencode(parameters)}" if parameters else path
