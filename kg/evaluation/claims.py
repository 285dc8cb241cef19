"""What a fact claims, in a form in which gold and graph can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from kg.errors import KgError
from kg.text import Text

KINDS = (
    "issuers",
    "responsibilities",
    "leads",
    "targets",
    "observations",
    "district_roles",
    "platforms",
    "enterprises",
    "enterprise_clusters",
    "subsectors",
)

_SUFFIXES = (".txt", ".html", ".htm", ".md")
_SPACE = re.compile(r"\s+")
_PAGE_NUMBER = re.compile(r"^[ \t\f]*\d{1,3}[ \t]*$", re.M)
_MARKUP = re.compile(r"<!--.*?-->|<[^>]+>|&#?\w+;", re.S)
_LOOKS_LIKE_HTML = ("<div>", "<p>")
_INDUSTRY = re.compile("(?:产业集群|产业)$")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A range of characters of a source file as shipped, end exclusive."""

    file: str
    start: int
    end: int

    def overlaps(self, other: Place) -> bool:
        """Whether the two share a character."""
        return self.file == other.file and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Unit:
    """A document that gold covers: its name and its range in its source file."""

    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact of gold or of the graph.

    ``key`` must agree for two claims to match; ``names`` are the forms of a name, one of which must agree. What lies
    beyond that is compared on the side: ``comparator``, ``times`` (any of them counts), ``about`` (subject and metric)
    and ``roles``. ``optional`` gold is neither asked for nor held against; ``rules`` found a claim of the graph.
    """

    kind: str
    key: tuple[object, ...]
    place: Place | None
    unit: str = ""
    names: frozenset[str] = frozenset()
    comparator: str = ""
    times: tuple[str, ...] = ()
    about: str = ""
    roles: tuple[str, ...] = ()
    optional: bool = False
    rules: tuple[str, ...] = ()


def squeeze(text: str | None) -> str:
    """A text without white space; empty for none."""
    return _SPACE.sub("", text or "")


def number(value: object) -> Decimal | None:
    """A number in one form (600 and 600.0 are the same); None where there is none."""
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return None


def unit_name(printed: str | None) -> str:
    """A printed unit in one spelling."""
    return squeeze(printed).replace("％", "%").replace("平米", "平方米")


def cluster_name(label: str) -> str:
    """A cluster's short name, without 产业 or 产业集群."""
    return _INDUSTRY.sub("", squeeze(label))


def bare_text(raw: str) -> Text:
    """A source's characters without white space, page numbers and (in HTML) tags and entities."""
    dropped = [m.span() for m in _PAGE_NUMBER.finditer(raw)]
    if any(tag in raw for tag in _LOOKS_LIKE_HTML):
        dropped += [m.span() for m in _MARKUP.finditer(raw)]
    kept = bytearray(not char.isspace() for char in raw)
    for start, end in dropped:
        kept[start:end] = bytes(end - start)
    offsets = [index for index, keep in enumerate(kept) if keep]
    return Text("".join(raw[index] for index in offsets), offsets)


def read_sources(folder: Path) -> dict[str, Text]:
    """The bare texts of a folder's source files, by file name; raises KgError where one can't be read."""
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)
        # Read as bytes: offsets count the characters on disk, so line ends must stay as they are.
        return {path.name: bare_text(path.read_bytes().decode("utf-8")) for path in files}
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"The sources in {folder} can't be read: {error}.") from error
