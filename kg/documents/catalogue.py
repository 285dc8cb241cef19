"""What a ``seeds.toml`` beside the sources says of them: who published them, when, and what to expect."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from kg.errors import SourceError
from kg.facts import DocumentType

CATALOGUE = "seeds.toml"


@dataclass(frozen=True, slots=True)
class Entry:
    """One source file's catalogue entry; ``expect`` bounds the number of facts of a kind (at least, at most)."""

    file: str
    id: str = ""
    title: str = ""
    publisher: str = ""
    date: str = ""
    type: DocumentType | None = None
    place: str = ""
    expect: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def read_catalogue(folder: Path) -> dict[str, Entry]:
    """The catalogue of a folder by file name; empty where it has none.

    Raises SourceError where the catalogue is not TOML or has an unknown document type.
    """
    path = folder / CATALOGUE
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(f"The catalogue {path} can't be read: {error}.") from error
    return {raw["file"]: entry_of(raw, path) for raw in data.get("source", []) if "file" in raw}


def entry_of(raw: Mapping[str, object], path: Path) -> Entry:
    """A catalogue entry from its fields; raises SourceError, naming ``path``, where its type is unknown."""
    types: tuple[DocumentType, ...] = get_args(DocumentType)
    kind = next((t for t in types if t == raw.get("type")), None)
    if raw.get("type") and kind is None:
        raise SourceError(f"The catalogue {path} names the type {raw['type']}: use one of {', '.join(types)}.")
    expect = raw.get("expect")
    bounds = {k: (int(v[0]), int(v[1])) for k, v in expect.items()} if isinstance(expect, dict) else {}
    texts = {name: str(raw.get(name, "")) for name in ("id", "title", "publisher", "date", "place")}
    return Entry(file=str(raw["file"]), type=kind, expect=bounds, **texts)
