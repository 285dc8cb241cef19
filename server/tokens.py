"""The words of SPARQL: a small scanner that tells brackets and keywords from what strings, IRIs and comments hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
    |(?P<string>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<variable>[?$]\w+)
    |(?P<language>@[A-Za-z-]+)
    |(?P<name>(?:\w[\w.-]*)?:(?:(?:[\w:%]|\\.)(?:[\w:%-]|\\.|\.(?=[\w:%.\\-]))*)?)
    |(?P<word>[A-Za-z_]\w*)
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<mark>&&|\|\||\S)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a query: the kind of token, what is written, and where it starts (in characters)."""

    kind: str
    text: str
    start: int


_NOTHING = Token("mark", "", 0)


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query, comments left out; what is no token at all is a mark of one character."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup and match.lastgroup != "comment":
            yield Token(match.lastgroup, match[0], match.start())


def prefixes_of(found: Iterable[Token]) -> dict[str, str]:
    """The prefixes that a query declares, each with its colon."""
    before = [_NOTHING, _NOTHING]
    prefixes = {}
    for token in found:
        if token.kind == "iri" and before[1].kind == "name" and before[0].text.upper() == "PREFIX":
            prefixes[before[1].text] = token.text[1:-1]
        before = [before[1], token]
    return prefixes


def expand(token: Token, prefixes: Mapping[str, str]) -> str | None:
    """The IRI that a token stands for, None where it stands for none."""
    if token.kind == "iri":
        return token.text[1:-1]
    if token.kind != "name":
        return None
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix + ":", prefix + ":") + local


# An IRI of these characters is one wherever it stands, in a comment and a string too: to empty it changes no bracket.
_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9:/._~#?=&;,@+%\u0080-\U0010ffff-]{0,300}>")
_NUMBER = re.compile(r"\b[0-9]+\b")
_STRING = re.compile(r'"[^"\n\r]*"')
# Where one of these is left, a quote may not begin a string, and the text stands for itself.
_DOUBTFUL = re.compile(r"[\\'#]|\"\"\"")


def shape_of(query: str) -> str:
    """The query with its IRIs, numbers and strings emptied, so that queries of one form are the same text."""
    shape = _IRI.sub("<>", query)
    if _DOUBTFUL.search(shape):
        return shape
    return _NUMBER.sub("0", _STRING.sub('""', shape))
