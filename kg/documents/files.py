"""Reads a source file from disk, or says in one sentence why it can't be read."""

from __future__ import annotations

from pathlib import Path

from kg.documents.characters import fold
from kg.documents.encodings import decode
from kg.documents.html import front_matter, is_html, read_html
from kg.documents.markdown import is_markdown, without_marks
from kg.documents.pdf import PdfError, read_pdf
from kg.documents.plain import unwrap
from kg.documents.source import Field, Source
from kg.documents.word import WordError, read_word
from kg.errors import SourceError

SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")
# A source of this many bytes holds every plan that was ever written; a larger file is no document.
LARGEST = 64 * 1024 * 1024
# What stands between characters and is none: byte order marks and zero-width spaces.
_NOTHING = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"), " ")


def source_files(paths: list[Path]) -> list[Path]:
    """The source files among these paths, folders looked into, in the order of their names.

    Raises SourceError where a path is missing or a folder holds no document.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES and p.is_file())
            if not found:
                raise SourceError(f"There is no document in the folder {path}: it needs {', '.join(SUFFIXES)} files.")
            files.extend(found)
        elif path.is_file():
            files.append(path)
        else:
            raise SourceError(f"There is no file {path}: check its name.")
    return sorted(set(files), key=lambda p: (p.name, str(p)))


def read_file(path: Path) -> Source:
    """Read one source file.

    Offsets count characters of the file's text as it is on disk, line ends included; of a PDF or Word document, those
    of the text taken out of it (``Source.raw``). Raises SourceError where it can't be read.
    """
    suffix = path.suffix.lower()
    if suffix not in (".pdf", ".docx"):
        text, encoding = _decoded(path)
        return read_text(path.name, text, encoding)
    data = _bytes(path)
    try:
        if suffix == ".pdf":
            return read_text(path.name, read_pdf(data, LARGEST))
        raw, chars, blocks, tables = read_word(data, LARGEST)
    except (PdfError, WordError) as error:
        raise SourceError(f"The file {path} {error}") from error
    return Source(path.name, raw, fold(chars), blocks, tables=tables)


def load(path: Path) -> str:
    """The characters of a source file that offsets count (``Source.raw``), without reading what they say."""
    return read_file(path).raw if path.suffix.lower() in (".pdf", ".docx") else _decoded(path)[0]


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise SourceError(f"The file {path} can't be read: {error.strerror}.") from error
    if not data.strip():
        raise SourceError(f"The file {path} is empty: there is nothing to read.")
    if len(data) > LARGEST:
        raise SourceError(f"The file {path} is larger than {LARGEST >> 20} MB: split it into its documents.")
    return data


def _decoded(path: Path) -> tuple[str, str]:
    decoded = decode(_bytes(path))
    if decoded is None:
        raise SourceError(f"The file {path} is not text in a known encoding: save it as UTF-8, or give the original.")
    return decoded


def read_text(name: str, raw: str, encoding: str = "UTF-8") -> Source:
    """Read the characters of a source file; a guessed ``encoding`` is kept in its header."""
    header, start = front_matter(raw)
    if encoding != "UTF-8":
        header["encoding"] = Field(encoding, 0, 0)
    plain = raw.translate(_NOTHING) if any(map(raw.__contains__, map(chr, _NOTHING))) else raw
    markdown = is_markdown(name, raw)
    if is_html(raw) and not name.lower().endswith(".md"):
        text, blocks, links, tables = read_html(plain, start)
        return Source(name, raw, fold(text), blocks, links, header, tables)
    plain, alone = without_marks(plain) if markdown else (plain, frozenset[int]())
    text, blocks, tables = unwrap(plain, alone)
    return Source(name, raw, fold(text), blocks, (), header, tables)
