"""Word documents (.docx): paragraphs and tables out of their XML; macros, pictures and fields are never opened."""

from __future__ import annotations

import zipfile
from array import array
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from kg.documents.lines import without_spaces
from kg.documents.markup import Cell, OpenTable
from kg.documents.source import Block, Table
from kg.text import Text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"
# A document unpacks to this many times its size at most; more is an attack.
_MOST_UNPACKED = 200
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}
_NOTHING = dict.fromkeys(map(ord, "\ufeff\u200b"), " ")
_DELETED = (f"{_W}del", f"{_W}moveFrom", f"{_W}instrText")


class WordError(ValueError):
    """A file that is no readable Word document; the message goes on from "The file … "."""


def read_word(data: bytes, largest: int) -> tuple[str, Text, tuple[Block, ...], tuple[Table, ...]]:
    """The text taken out of a document (which offsets count), less its layout, its blocks and its tables.

    ``largest`` bounds the unpacked size in bytes. Raises WordError.
    """
    try:
        # Of an archive that is encrypted zipfile says RuntimeError, of a compression it lacks NotImplementedError.
        root = ElementTree.fromstring(_unpack(data, largest))
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError) as error:
        raise WordError("is no Word document (.docx): save it as one, or as plain text.") from error
    except ElementTree.ParseError as error:
        raise WordError("is a damaged Word document: save it anew.") from error
    page = _Page()
    body = root.find(f"{_W}body")
    page.read(body if body is not None else root)
    raw = "".join(page.raw)
    return raw, Text("".join(page.chars), page.offsets), tuple(page.blocks), tuple(page.tables)


def _unpack(data: bytes, largest: int) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        limit = min(largest, max(len(data), 4096) * _MOST_UNPACKED)
        with archive.open(_DOCUMENT) as file:
            unpacked = file.read(limit + 1)
    if len(unpacked) > limit:
        raise WordError("unpacks to far more than a document holds: it is not read.")
    if b"<!DOCTYPE" in unpacked[:4096] or b"<!ENTITY" in unpacked:
        raise WordError("declares entities, which no Word document does: it is not read.")
    return unpacked


class _Page:
    """The text of a document while it is put together."""

    def __init__(self) -> None:
        self.raw: list[str] = []
        self.chars: list[str] = []
        self.offsets: array[int] = array("I")
        self.blocks: list[Block] = []
        self.tables: list[Table] = []
        self._length = 0

    def read(self, element: ElementTree.Element) -> None:
        """Read the paragraphs and tables below an element in order."""
        for child in element:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag not in _DELETED:
                self.read(child)

    def _paragraph(self, paragraph: ElementTree.Element) -> None:
        """One block; its line breaks are written down, and end no block."""
        text = "".join(_runs(paragraph))
        chars, offsets = without_spaces(text.translate(_NOTHING), self._length)
        self.chars.append(chars)
        self.offsets.extend(offsets)
        self.raw.append(text + "\n")
        self._length += len(text) + 1
        if chars:
            self.blocks.append(Block(len(self.offsets) - len(chars), len(self.offsets)))

    def _table(self, element: ElementTree.Element) -> None:
        table = OpenTable(nested=element.find(f".//{_W}tbl") is not None)
        above: dict[int, Cell] = {}
        for row in element.iter(f"{_W}tr"):
            table.open_row()
            column = 0
            for cell in row.findall(f"{_W}tc"):
                wide = int(_value(cell, "gridSpan", "1"))
                if _value(cell, "vMerge", "restart") == "continue" and column in above:
                    above[column].row_span += 1
                else:
                    above[column] = table.open_cell(1, wide, len(self.blocks))
                    self.read(cell)
                    table.close_cell(len(self.blocks))
                column += wide
        closed = table.close(self.blocks)
        self.tables.extend([closed] if closed else [])


def _value(cell: ElementTree.Element, name: str, missing: str) -> str:
    """A property of a cell; ``missing`` where it has none. A merge that says nothing more goes on."""
    found = cell.find(f"{_W}tcPr/{_W}{name}")
    if found is None:
        return missing
    value = found.get(f"{_W}val") or "continue"
    return value if name == "vMerge" or value.isdecimal() else missing


def _runs(element: ElementTree.Element) -> Iterator[str]:
    """The text of a paragraph's runs; deleted text and the codes of fields are none."""
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in _DELETED and child.tag != f"{_W}p":
            yield from _runs(child)
