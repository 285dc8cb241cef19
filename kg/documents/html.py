"""HTML pages, with or without a front matter: text by block elements, each character with its offset in the file."""

from __future__ import annotations

import html
import re
from html.entities import html5
from html.parser import HTMLParser

from kg.documents.markup import OpenTable
from kg.documents.source import Block, Field, Link, Table
from kg.text import Text, keep_space

_FRONT_MATTER = re.compile(r"\s*---\n(?P<fields>.*?)\n---\n", re.S)
_FIELD = re.compile(r"""^(?P<name>[A-Za-z_]+):[ \t]*['"]?(?P<value>[^\s'"].*?)['"]?[ \t]*$""", re.M)
_LOOKS_LIKE_HTML = re.compile(r"<(?:div|p|html|body|article|table)[\s>]", re.I)
_BLOCK_TAGS = frozenset(
    ("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li")
) | frozenset(("p", "section", "table", "td", "th", "tr"))
_TABLE_TAGS = frozenset(("table", "tr", "td", "th"))
_SPANS = ("rowspan", "colspan")
_SILENT_TAGS = frozenset(("script", "style", "noscript", "template", "title", "head"))
_STOCK = re.compile(r"stock_(?P<code>[a-z]{2}\d{4,6})")


def is_html(raw: str) -> bool:
    """Whether a text file holds HTML."""
    return bool(_LOOKS_LIKE_HTML.search(raw))


def front_matter(raw: str) -> tuple[dict[str, Field], int]:
    """The fields of a file's front matter, and the offset where its body begins."""
    match = _FRONT_MATTER.match(raw)
    if match is None:
        return {}, 0
    start = match.start("fields")
    found = _FIELD.finditer(match["fields"])
    fields = {m["name"]: Field(m["value"], start + m.start("value"), start + m.end("value")) for m in found}
    return fields, match.end()


def read_html(raw: str, start: int) -> tuple[Text, tuple[Block, ...], tuple[Link, ...], tuple[Table, ...]]:
    """The readable text of a page from an offset on; never fails on broken markup."""
    page = _Page(raw, start)
    page.feed(raw[start:])
    page.close()
    page.end_block()
    return Text("".join(page.chars), page.offsets), tuple(page.blocks), tuple(page.links), tuple(page.tables)


class _Page(HTMLParser):
    def __init__(self, raw: str, start: int) -> None:
        super().__init__(convert_charrefs=False)
        self._raw = raw
        self.chars: list[str] = []
        self.offsets: list[int] = []
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.tables: list[Table] = []
        self._tables: list[OpenTable] = []
        self._block = 0
        self._silent = 0
        self._space: int | None = None
        self._open: list[tuple[str, str | None, int]] = []
        self._line_starts = [start]
        for newline in re.finditer("\n", raw[start:]):
            self._line_starts.append(start + newline.end())

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT_TAGS:
            self._silent += 1
        if tag in _BLOCK_TAGS:
            self.end_block()
        if tag in _TABLE_TAGS:
            self._open_table_part(tag, dict(attrs))
        if tag == "span":
            code = _STOCK.fullmatch(dict(attrs).get("id") or "")
            self._open.append((tag, code["code"] if code else None, len(self.chars)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT_TAGS:
            self._silent = max(0, self._silent - 1)
        if tag in _BLOCK_TAGS:
            self.end_block()
        if tag in _TABLE_TAGS and self._tables:
            self._close_table_part(tag)
        if tag == "span" and self._open:
            _, code, start = self._open.pop()
            if code and start < len(self.chars):
                self.links.append(Link(start, len(self.chars), code))

    def _open_table_part(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag == "table":
            for table in self._tables:
                table.nested = True
            self._tables.append(OpenTable())
        elif self._tables:
            self._tables[-1].close_cell(len(self.blocks))
            if tag == "tr":
                self._tables[-1].open_row()
            else:
                rows, columns = (_span(attrs.get(name)) for name in _SPANS)
                self._tables[-1].open_cell(rows, columns, len(self.blocks))

    def _close_table_part(self, tag: str) -> None:
        self._tables[-1].close_cell(len(self.blocks))
        if tag == "table":
            table = self._tables.pop().close(self.blocks)
            self.tables.extend([table] if table else [])

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        first = self._offset()
        for index, char in enumerate(data, first):
            self._add(char, index)

    def handle_entityref(self, name: str) -> None:
        """An entity is one character; what no entity begins (R&D) is text like any other."""
        offset = self._offset()
        if f"{name};" in html5:
            self._add(html5[f"{name};"][0], offset)
            return
        end = offset + 1 + len(name)
        for index in range(offset, end + self._raw.startswith(";", end)):
            self._add(self._raw[index], index)

    def handle_charref(self, name: str) -> None:
        self._add((html.unescape(f"&#{name};") or " ")[0], self._offset())

    def _add(self, char: str, offset: int) -> None:
        if self._silent:
            return
        if char.isspace() or char == "\x00":
            self._space = offset if self._space is None else self._space
            return
        if self._space is not None and len(self.chars) > self._block and keep_space(self.chars[-1], char):
            self.chars.append(" ")
            self.offsets.append(self._space)
        self._space = None
        self.chars.append(char)
        self.offsets.append(offset)

    def end_block(self) -> None:
        """Close the block that is open, if it holds any text."""
        if len(self.chars) > self._block:
            self.blocks.append(Block(self._block, len(self.chars)))
        self._block = len(self.chars)
        self._space = None


def _span(value: str | None) -> int:
    return int(value) if value and value.isdecimal() else 1
