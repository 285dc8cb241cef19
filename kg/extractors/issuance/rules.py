"""Reads the issuers of a document: the bodies that its printed title names before 关于, or the paper behind an article.

Issuers in a title stand apart by a space or by nothing at all, so they are cut where one body's name ends and the next
begins. An article is issued by the site in its header and by the paper that its reporters call their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.documents.source import Block
from kg.facts import Body, Doubt, Evidence, Issuance
from kg.grammar.bodies.names import is_body, level_of
from kg.grammar.bodies.reading import read_bodies
from kg.grammar.words import any_of
from kg.kinds import official
from kg.places import leading_place, parse
from kg.structure.outline import Outline
from kg.vocabulary import Vocabulary

_SEPARATORS = "、，, "
_OPENINGS = ("中共", "中国", "国家", "共青团", "省", "市", "自治区")
_ABOUT = re.compile("关于")
_OWN_REPORTER = re.compile("本[报刊]记者")
_PAPER = re.compile("《(?P<name>[^《》，。]{2,14}(?:报|刊|志))》记者")
_ORGANISER = re.compile(r"(?:^|[）)期])(?P<name>[\u4e00-\u9fff]{4,20})主办")


def read(outline: Outline, vocabulary: Vocabulary) -> Iterator[Issuance | Doubt]:
    """The issuers in the order printed; a Doubt where what stands before 关于 is no list of bodies."""
    evidence = list(_of_article(outline)) if outline.head is None else []
    for position, found in enumerate(evidence, 1):
        yield Issuance(outline.document.slug, Body(found.quote, found.quote), position, found)
    if outline.head is not None:
        yield from _of_title(outline, outline.head, vocabulary)


def _of_article(outline: Outline) -> Iterator[Evidence]:
    """Where an article says who publishes it: the author in its header, the paper of its 本报记者, its 主办."""
    slug, author = outline.document.slug, outline.header.get("author")
    if author is not None:
        yield Evidence(slug, author.start, author.end, author.value, (), slug, "issuance/header")
    chars = outline.slice(outline.blocks[0].start, outline.blocks[-1].end) if outline.blocks else ""
    patterns = [("issuance/organiser", _ORGANISER)]
    if _OWN_REPORTER.search(chars):
        patterns.append(("issuance/paper", _PAPER))
    for rule, pattern in patterns:
        match = pattern.search(chars)
        if match is not None:
            first = outline.blocks[0].start
            yield outline.evidence(first + match.start("name"), first + match.end("name"), rule)


def _of_title(outline: Outline, head: Block, vocabulary: Vocabulary) -> Iterator[Issuance | Doubt]:
    first = head.start
    title = outline.slice(first, head.end)
    about = _ABOUT.search(title)
    if about is None or about.start() == 0:
        return
    names = _cut(title[: about.start()], first, outline, vocabulary)
    if names is None:
        reason = "What stands before 关于 in the title is no list of bodies."
        yield Doubt("issuance", reason, outline.evidence(first, first + about.start(), "issuance/unread-title"))
        return
    for position, (start, end) in enumerate(names, 1):
        evidence = outline.evidence(first, head.end, "issuance/title")
        body = _body(title[start:end], outline.document.place, vocabulary)
        yield Issuance(outline.document.slug, body, position, evidence)


def _body(printed: str, place: str, vocabulary: Vocabulary) -> Body:
    """An issuer, completed from the document's place where its name says only a level (省财政厅)."""
    bodies = read_bodies(printed, place, vocabulary) if level_of(printed) else None
    return bodies[0].body if bodies and len(bodies) == 1 else Body(printed, printed)


def _cut(text: str, first: int, outline: Outline, vocabulary: Vocabulary) -> list[tuple[int, int]] | None:
    """Ranges of the bodies' names: names of the vocabulary first, else what the spaces of the source keep apart."""
    found: list[tuple[int, int]] = []
    position = 0
    while position < len(text):
        if text[position] in _SEPARATORS:
            position += 1
            continue
        end = _known(text, position, vocabulary) or _of_kind(text, position, outline.document.place)
        end = end or _apart(text, position, first, outline, vocabulary)
        if end is None:
            return None
        found.append((position, end))
        position = end
    return found


def _known(text: str, position: int, vocabulary: Vocabulary) -> int | None:
    """End of the longest name of the vocabulary that begins here and that another body, or nothing, follows."""
    match = _agencies(vocabulary).match(text, position)
    return match.end() if match and _is_followed(text[match.end() :]) else None


def _is_followed(rest: str) -> bool:
    """Whether what stands after a name is another body's, or nothing."""
    return not rest or rest[0] in _SEPARATORS or rest.startswith(_OPENINGS) or leading_place(rest)[1] > 0


@cache
def _agencies(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(any_of(name for name, _ in vocabulary.names("agency")))


def _of_kind(text: str, position: int, place: str) -> int | None:
    """End of the first name of a known kind of body that begins here and that another body, or nothing, follows."""
    for end in range(position + 4, len(text) + 1):
        if _is_followed(text[end:]) and official(_with_place(text[position:end], place), place) is not None:
            return end
    return None


def _with_place(name: str, place: str) -> str:
    """A body's name with the place that its level means in the document (市人民政府办公室)."""
    level = level_of(name)
    own = parse(place).at(level) if level and place else ""
    return own + name[len(level) :] if own else name


def _apart(text: str, position: int, first: int, outline: Outline, vocabulary: Vocabulary) -> int | None:
    """End of a body's name that a space or the end of the list closes."""
    for end in range(position + 2, len(text) + 1):
        closed = end == len(text) or text[end] in _SEPARATORS or outline.text.gap_before(first + end)
        if closed and is_body(text[position:end], vocabulary):
            return end
    return None
