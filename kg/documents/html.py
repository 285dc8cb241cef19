"""HTML pages, with or without a front matter: text by block elements, each character with its offset in the file."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from kg.documents.source import Block, Field, Link
from kg.text import Text, keep_space

_FRONT_MATTER = re.compile(r"\s*---\n(?P<fields>.*?)\n---\n", re.S)
_FIELD = re.compile(r"""^(?P<name>[A-Za-z_]+):[ \t]*['"]?(?P<value>[^\s'"].*?)['"]?[ \t]*$""", re.M)
_LOOKS_LIKE_HTML = re.compile(r"<(?:div|p|html|body|article|table)[\s>]", re.I)
_BLOCK_TAGS = frozenset(
    ("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr")
    + ("li", "p", "section", "td", "th", "tr")
)
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


def read_html(raw: str, start: int) -> tuple[Text, tuple[Block, ...], tuple[Link, ...]]:
    """The readable text of a page from an offset on; never fails on broken markup."""
    page = _Page(raw, start)
    page.feed(raw[start:])
    page.close()
    page.end_block()
    return Text("".join(page.chars), page.offsets), tuple(page.blocks), tuple(page.links)


class _Page(HTMLParser):
    def __init__(self, raw: str, start: int) -> None:
        super().__init__(convert_charrefs=False)
        self.chars: list[str] = []
        self.offsets: list[int] = []
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self._block = 0
        self._silent = 0
        self._space = False
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
        if tag == "span":
            code = _STOCK.fullmatch(dict(attrs).get("id") or "")
            self._open.append((tag, code["code"] if code else None, len(self.chars)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT_TAGS:
            self._silent = max(0, self._silent - 1)
        if tag in _BLOCK_TAGS:
            self.end_block()
        if tag == "span" and self._open:
            _, code, start = self._open.pop()
            if code and start < len(self.chars):
                self.links.append(Link(start, len(self.chars), code))

    def handle_data(self, data: str) -> None:
        for index, char in enumerate(data, self._offset()):
            self._add(char, index)

    def handle_entityref(self, name: str) -> None:
        self._add(html.unescape(f"&{name};")[0], self._offset())

    def handle_charref(self, name: str) -> None:
        self._add((html.unescape(f"&#{name};") or " ")[0], self._offset())

    def _add(self, char: str, offset: int) -> None:
        if self._silent:
            return
        if char.isspace() or char == "\x00":
            self._space = True
            return
        if self._space and len(self.chars) > self._block and keep_space(self.chars[-1], char):
            self.chars.append(" ")
            self.offsets.append(offset - 1)
        self._space = False
        self.chars.append(char)
        self.offsets.append(offset)

    def end_block(self) -> None:
        """Close the block that is open, if it holds any text."""
        if len(self.chars) > self._block:
            self.blocks.append(Block(self._block, len(self.chars)))
        self._block = len(self.chars)
        self._space = False
