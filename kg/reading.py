"""Reads a source file into facts: files, documents, outline, and every room in turn. Pure: same bytes, same facts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kg import records
from kg.accounting import account
from kg.documents.bundles import split
from kg.documents.catalogue import Entry
from kg.documents.files import read_file
from kg.documents.identity import identify
from kg.errors import SourceError
from kg.extractors.categories import rules as categories
from kg.extractors.district_roles import rules as district_roles
from kg.extractors.enterprises import rules as enterprises
from kg.extractors.issuance import rules as issuance
from kg.extractors.observations import rules as observations
from kg.extractors.platforms import rules as platforms
from kg.extractors.responsibilities import rules as responsibilities
from kg.extractors.subsectors import rules as subsectors
from kg.extractors.targets import rules as targets
from kg.facts import Fact, Reading
from kg.structure.figures.owners import owned
from kg.structure.measures import measures
from kg.structure.outline import Outline
from kg.structure.reading import lay_out
from kg.vocabulary import ONTOLOGY, Vocabulary, load

_READER = ("grammar", "documents", "structure", "extractors")
_READER_FILES = (
    *("accounting.py", "errors.py", "facts.py", "kinds.py", "places.py", "reading.py", "records.py", "slugs.py"),
    *("text.py", "vocabulary.py"),
)

Room = Callable[[Outline, Vocabulary], Iterable[Fact]]

ROOMS: dict[str, Room] = {
    "issuance": issuance.read,
    "responsibilities": responsibilities.read,
    "targets": targets.read,
    "observations": observations.read,
    "district_roles": district_roles.read,
    "platforms": platforms.read,
    "enterprises": enterprises.read,
    "subsectors": subsectors.read,
    "categories": categories.read,
}


@dataclass(frozen=True, slots=True)
class Slice:
    """A share of the documents of one source file: every ``of``-th, from number ``first`` (from 0) on."""

    path: Path
    entry: Entry
    first: int = 0
    of: int = 1


def outlines(part: Slice, vocabulary: Vocabulary) -> tuple[Outline, ...]:
    """The documents of a slice, laid out; raises SourceError where the file can't be read."""
    source = read_file(part.path)
    parts = split(source)
    if not any(found.blocks for found in parts):
        raise SourceError(f"The file {part.path} holds no text: there is nothing to read.")
    bundled = len(parts) > 1
    return tuple(
        lay_out(identify(source, found, part.entry, vocabulary, bundled), source, found.blocks, found.head)
        for found in parts[part.first :: part.of]
    )


def read_outline(outline: Outline, vocabulary: Vocabulary) -> Reading:
    """Everything that one document states."""
    facts: list[Fact] = list(measures(outline))
    for room in ROOMS.values():
        facts.extend(room(outline, vocabulary))
    facts = list(owned(facts, outline))
    return Reading(outline.document, tuple(facts), account(outline, vocabulary, facts))


def read_slice(part: Slice, kept: Path | None = None) -> tuple[Reading, ...]:
    """Everything that the documents of a slice state. Pure, so that it can run in any process.

    ``kept`` is the file that holds the same from an earlier build, or will hold it from this one on.
    """
    found = records.load(kept) if kept else None
    if found is None:
        vocabulary = load()
        found = tuple(read_outline(outline, vocabulary) for outline in outlines(part, vocabulary))
        if kept:
            records.save(found, kept)
    return found


def slice_key(part: Slice, rules: str) -> str:
    """What a slice's reading depends on: the file's bytes, what is said of it beside, its share, and the rules."""
    beside = repr((part.entry, part.first, part.of, rules)).encode("utf-8")
    return hashlib.sha256(part.path.read_bytes() + beside).hexdigest()


def rules_version() -> str:
    """A digest of all that decides how a text is read: see ``rule_files``."""
    found = hashlib.sha256()
    for path in sorted(rule_files()):
        found.update(path.name.encode("utf-8") + b"\x00" + path.read_bytes())
    return found.hexdigest()


def rule_files() -> list[Path]:
    """The reader's code, its words, and the vocabulary."""
    root = Path(__file__).parent
    files = [p for room in _READER for p in (root / room).rglob("*") if p.suffix in (".py", ".toml")]
    files += [root / name for name in _READER_FILES]
    return [*files, *(p for p in (ONTOLOGY / "vocabulary").iterdir() if p.suffix in (".ttl", ".toml"))]
