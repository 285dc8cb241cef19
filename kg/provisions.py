"""What a generation carries beside its graph: the sources, their texts, and a manifest of what it was built from."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from kg.documents.files import load
from kg.facts import Reading
from kg.generations import MANIFEST, SOURCES, TEXTS
from kg.reading import Slice


def readings_folder(store: Path) -> Path:
    """Where a store keeps what was read from its sources."""
    return store / "readings"


def keep_sources(slices: Iterable[Slice], generation: Path) -> None:
    """Put the source files into a generation as they were given, and the characters that offsets count beside."""
    for name in (SOURCES, TEXTS):
        (generation / name).mkdir()
    for path in sorted({part.path for part in slices}):
        shutil.copyfile(path, generation / SOURCES / path.name)
        (generation / TEXTS / f"{path.name}.txt").write_bytes(load(path).encode("utf-8"))


def write_manifest(
    slices: Iterable[Slice], readings: Iterable[Reading], facts: Mapping[str, int], generation: Path
) -> None:
    """Say what a generation was built from: each source with its digest, its catalogue entry and its documents."""
    documents: dict[str, list[str]] = {}
    for reading in readings:
        documents.setdefault(reading.document.source_file, []).append(reading.document.slug)
    sources = [
        {
            "file": path.name,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "entry": asdict(entry),
            "documents": sorted(documents.get(path.name, [])),
        }
        for path, entry in sorted({part.path: part.entry for part in slices}.items())
    ]
    text = json.dumps({"sources": sources, "facts": dict(facts)}, ensure_ascii=False, indent=1)
    (generation / MANIFEST).write_text(text + "\n", encoding="utf-8")


def prune_readings(wanted: Sequence[Path], store: Path) -> None:
    """Remove the readings that the current generation was not built from."""
    for path in readings_folder(store).iterdir():
        if path not in wanted:
            path.unlink(missing_ok=True)
