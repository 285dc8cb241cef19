"""Reads a source file from disk, or says in one sentence why it can't be read."""

from __future__ import annotations

from pathlib import Path

from kg.documents.html import front_matter, is_html, read_html
from kg.documents.plain import unwrap
from kg.documents.source import Source
from kg.errors import SourceError

_SUFFIXES = (".txt", ".md", ".html", ".htm")


def source_files(paths: list[Path]) -> list[Path]:
    """The source files among these paths, folders looked into, in the order of their names.

    Raises SourceError where a path is missing or a folder holds no document.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.iterdir() if p.suffix.lower() in _SUFFIXES and p.is_file())
            if not found:
                raise SourceError(f"There is no document in the folder {path}: it needs {', '.join(_SUFFIXES)} files.")
            files.extend(found)
        elif path.is_file():
            files.append(path)
        else:
            raise SourceError(f"There is no file {path}: check its name.")
    return sorted(set(files), key=lambda p: (p.name, str(p)))


def read_file(path: Path) -> Source:
    """Read one source file; offsets count characters of the file as it is on disk.

    Raises SourceError where it is empty, binary, or not UTF-8.
    """
    return read_text(path.name, load(path))


def load(path: Path) -> str:
    """A source file's characters, line ends as they are."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"The file {path} can't be read: {error.strerror}.") from error
    if not data.strip():
        raise SourceError(f"The file {path} is empty: there is nothing to read.")
    if b"\x00" in data:
        raise SourceError(f"The file {path} is not text: convert it to plain text or HTML first.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(f"The file {path} is not UTF-8 (byte {error.start}): convert it to UTF-8 first.") from error


def read_text(name: str, raw: str) -> Source:
    """Read the characters of a source file."""
    header, start = front_matter(raw)
    if is_html(raw):
        text, blocks, links = read_html(raw, start)
        return Source(name, raw, text, blocks, links, header)
    text, blocks = unwrap(raw)
    return Source(name, raw, text, blocks, (), header)
