"""Reads the issuers of a document: the bodies that its printed title names before 关于.

They stand apart by a space or by nothing at all, so they are cut where one body's name ends and the next begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.facts import Body, Doubt, Issuance
from kg.grammar.bodies.reading import is_body
from kg.structure.outline import Outline
from kg.vocabulary import Vocabulary

_SEPARATORS = "、，, "
_ABOUT = re.compile("关于")


def read(outline: Outline, vocabulary: Vocabulary) -> Iterator[Issuance | Doubt]:
    """The issuers in the order printed; a Doubt where what stands before 关于 is no list of bodies."""
    if outline.head is None:
        return
    first = outline.head.start
    title = outline.slice(first, outline.head.end)
    about = _ABOUT.search(title)
    if about is None or about.start() == 0:
        return
    names = _cut(title[: about.start()], first, outline, vocabulary)
    if names is None:
        reason = "What stands before 关于 in the title is no list of bodies."
        yield Doubt("issuance", reason, outline.evidence(first, first + about.start(), "issuance/unread-title"))
        return
    for position, (start, end) in enumerate(names, 1):
        printed = title[start:end]
        evidence = outline.evidence(first + start, first + end, "issuance/title")
        yield Issuance(outline.document.slug, Body(printed, printed), position, evidence)


def _cut(text: str, first: int, outline: Outline, vocabulary: Vocabulary) -> list[tuple[int, int]] | None:
    """Ranges of the bodies' names: names of the vocabulary first, else what the spaces of the source keep apart."""
    found: list[tuple[int, int]] = []
    position = 0
    while position < len(text):
        if text[position] in _SEPARATORS:
            position += 1
            continue
        end = _known(text, position, vocabulary) or _apart(text, position, first, outline, vocabulary)
        if end is None:
            return None
        found.append((position, end))
        position = end
    return found


def _known(text: str, position: int, vocabulary: Vocabulary) -> int | None:
    """End of the longest name of the vocabulary that begins here and that another body, or nothing, follows."""
    for name, _ in vocabulary.names("agency"):
        if text.startswith(name, position):
            return position + len(name)
    return None


def _apart(text: str, position: int, first: int, outline: Outline, vocabulary: Vocabulary) -> int | None:
    """End of a body's name that a space or the end of the list closes."""
    for end in range(position + 2, len(text) + 1):
        closed = end == len(text) or text[end] in _SEPARATORS or outline.text.gap_before(first + end)
        if closed and is_body(text[position:end], vocabulary):
            return end
    return None
