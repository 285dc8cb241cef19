"""Reads the list of fields that follows a verb: 服装、家具等产业和工业设计、品牌营销等服务业及会展业."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.grammar.enumerations import depths, items
from kg.grammar.words import any_of, load_words
from kg.text import Span

WORDS = load_words(Path(__file__).parent)

# The noun that a list counts itself by: 等四大业态, 4项中类10项小类, 2个大类中的13个中类.
_COUNT = re.compile(r"(?:\d+|[一二三四五六七八九十两]+)(?:大|个|项|类)")
_SO_ON = re.compile("等(?!离子|级|候|教育|于)")
_NEXT_LIST = re.compile("以及|及其|和|及")
_SERVES = re.compile("^为[^、]*?的")
_PREFIX = re.compile(rf"^{any_of(WORDS['prefixes'])}")
_TRADE = re.compile("^[\u4e00-\u9fff]{2,8}业$")
_NO_NAME = re.compile("[《》]|^[^\u4e00-\u9fffA-Za-z]*$")
_LONGEST = 24


class Fields:
    """The fields that a text names from a position on: their ranges, and the words right after each of the lists."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.spans: list[Span] = []
        self.heads: list[str] = []
        self._read(start)

    def _read(self, start: int) -> None:
        levels = depths(self.text)
        stops = [m for m in _SO_ON.finditer(self.text, start) if not levels[m.start()]]
        if not stops:
            count = _COUNT.search(self.text, start)
            self._add(start, count.start() if count else len(self.text))
            self.heads.append("")
            return
        for position, stop in enumerate(stops):
            self._add(start, stop.start())
            limit = stops[position + 1].start() if position + 1 < len(stops) else len(self.text)
            following = _NEXT_LIST.search(self.text, stop.end(), limit)
            self.heads.append(self.text[stop.end() : following.start() if following else limit])
            if following is None:
                return
            start = following.end()
        if _TRADE.match(self.text[start:]):
            self._add(start, len(self.text))

    def _add(self, start: int, end: int) -> None:
        serves = _SERVES.match(self.text[start:end])
        begin = start + (serves.end() if serves else 0)
        for item in items(self.text[begin:end]):
            span = _trimmed(self.text, Span(begin + item.start, begin + item.end))
            if span.end - span.start <= _LONGEST and not _NO_NAME.search(self.text[span.start : span.end]):
                self.spans.append(span)

    def named(self) -> Iterator[tuple[str, Span]]:
        """Each field's name with its range."""
        for span in self.spans:
            yield self.text[span.start : span.end], span


def _trimmed(text: str, span: Span) -> Span:
    start = span.start
    while (match := _PREFIX.match(text[start : span.end])) and start + match.end() < span.end:
        start += match.end()
    return Span(start, span.end)
