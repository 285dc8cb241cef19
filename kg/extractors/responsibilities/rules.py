"""Reads every responsibility note of a document: in brackets, on lines, in tables, and stated in its sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extractors.responsibilities.brackets import brackets
from kg.extractors.responsibilities.notes import Part, first_leads, has_cue, is_strong, read_note
from kg.extractors.responsibilities.running import statements
from kg.extractors.responsibilities.tables import rows
from kg.facts import Assignment, Doubt
from kg.grammar.roles.reading import OPENING
from kg.structure.outline import Outline, Sentence
from kg.text import Span
from kg.vocabulary import Vocabulary

_RUNNING_HINT = re.compile("牵头|组织|负责|统筹|联合|会同|活动|配合|承办|统一|主导")
_FIRST_HINT = re.compile("第一|首|最前|第1")
_MARKS = "·•●◆■—-*　 "
_LONGEST_LINE = 600
_LONGEST_NOTE = 1500
_BARE_ENDING = re.compile(r"[。；！？”]$")
_BODY_ENDING = re.compile(r"[委局厅办部署院府会]$")

_Found = Assignment | Doubt


def read(outline: Outline, vocabulary: Vocabulary) -> Iterator[_Found]:
    """The assignments of a document, in the order of its text."""
    room = _Room(outline, vocabulary)
    room.look_for_first_leads()
    facts = [*room.tables(), *room.notes(), *room.sentences()]
    yield from sorted(facts, key=lambda fact: fact.evidence.start)


@dataclass(slots=True)
class _Room:
    """One document while it is read; ``taken`` marks the characters that tables and brackets have accounted for."""

    outline: Outline
    vocabulary: Vocabulary
    taken: bytearray = field(default_factory=bytearray)
    base: int = 0
    first_from: int | None = None

    def __post_init__(self) -> None:
        blocks = self.outline.blocks
        self.base = blocks[0].start if blocks else 0
        self.taken = bytearray(blocks[-1].end + 2 - self.base if blocks else 2)

    @property
    def place(self) -> str:
        """Whose document it is."""
        return self.outline.document.place

    def look_for_first_leads(self) -> None:
        """From where on the body named first leads: from where a note says so, or everywhere where a sentence does."""
        chars = self.outline.text.chars
        for sentence in self.outline.sentences:
            text = self.outline.sentence_text(sentence)
            if _FIRST_HINT.search(text) and first_leads(text):
                onward = "下同" in chars[sentence.start : sentence.end + 8] or has_cue(text)
                self.first_from = self._note_start(sentence) if onward else 0
                return

    def _note_start(self, sentence: Sentence) -> int:
        """Where the bracket opens that a sentence ends: what it says holds for this note too."""
        block = next(b for b in self.outline.blocks if b.start <= sentence.start < b.end)
        before = self.outline.slice(block.start, sentence.end)
        return block.start + max(before.rfind("（"), before.rfind("("), sentence.start - block.start - 1, 0)

    def tables(self) -> Iterator[_Found]:
        """What the tables of tasks give to whom."""
        for row in rows(self.outline, self.vocabulary):
            if row.parts is None:
                yield self._doubt(row.start, row.end)
            elif row.parts:
                leads = row.first_leads or self._leads_by_place(row.start)
                yield from self._assignments(row.parts, row.start, row.end, leads, row.position)
            self._take(row.start, row.end)

    def notes(self) -> Iterator[_Found]:
        """What stands in brackets."""
        for found in brackets(self.outline):
            if self._is_taken(found.start) or found.end - found.start > _LONGEST_NOTE:
                continue
            content = self.outline.slice(found.start, found.end)
            if has_cue(content):
                parts = read_note(content, self.place, self.vocabulary)
            else:
                parts = self._bare(found, content)
                if not parts:
                    continue
            self._take(found.start - 1, found.end + 1)
            if parts is None:
                yield self._doubt(found.start, found.end)
            else:
                leads = first_leads(content) or self._leads_by_place(found.start)
                yield from self._assignments(parts, found.start, found.end, leads)

    def _bare(self, found: Span, content: str) -> tuple[Part, ...] | None:
        """Bodies alone in the brackets that end a task: they are responsible for it."""
        chars = self.outline.text.chars
        after = chars[found.end + 1 : found.end + 2]
        before = chars[max(0, found.start - 2) : found.start - 1]
        ends = not after or after in "。；\n" or self.outline.text.gap_before(found.end + 1)
        if not before or not (_BARE_ENDING.search(before) or (ends and not _BODY_ENDING.search(before))):
            return None
        parts = read_note(content, self.place, self.vocabulary, bare="responsible")
        strong = [is_strong(named, self.vocabulary) for part in parts or () for named in part.bodies]
        return parts if strong and strong[0] and sum(strong) * 2 >= len(strong) else None

    def sentences(self) -> Iterator[_Found]:
        """What is said outside brackets: on labelled lines, on lines that are a note, and in running text."""
        quoted: set[str] = set()
        for sentence in self.outline.sentences:
            text = self.outline.sentence_text(sentence)
            if self._is_taken(sentence.start):
                continue
            label = OPENING.search(text)
            if label is not None and self._opens_line(sentence, label):
                yield from self._line(sentence, label)
            # A magazine prints a sentence again as a pull-quote: that states nothing new.
            elif _RUNNING_HINT.search(text) and text not in quoted:
                quoted.add(text)
                yield from self._whole(sentence, text) or self._running(sentence, text)

    def _opens_line(self, sentence: Sentence, label: re.Match[str]) -> bool:
        """Whether a label opens a note: it begins the sentence, or nothing but layout or a stop stands before it."""
        start = sentence.start + label.start()
        if self._is_taken(start) or self._in_brackets(start):
            return False
        before = label.string[: label.start()].strip(_MARKS)
        return not before or before[-1] in "。；;，,）)】］〕:：" or self.outline.text.gap_before(start)

    def _in_brackets(self, position: int) -> bool:
        start = max(0, position - _LONGEST_LINE)
        before = self.outline.slice(start, position)
        opened = max(before.rfind(char) for char in "（(")
        return opened > max(before.rfind(char) for char in "）)")

    def _line(self, sentence: Sentence, label: re.Match[str]) -> Iterator[_Found]:
        start, end = sentence.start + label.start(), sentence.end
        if label.end() == sentence.end - sentence.start:
            following = bisect_left(self.outline.blocks, sentence.end, key=lambda block: block.start)
            end = self.outline.blocks[following].end if following < len(self.outline.blocks) else end
            self._take(sentence.end, end)
        content = self.outline.slice(start, end).rstrip("。；;，, ")
        parts = read_note(content, self.place, self.vocabulary) if len(content) <= _LONGEST_LINE else None
        if parts is None:
            yield self._doubt(start, start + len(content))
            return
        leads = first_leads(content) or self._leads_by_place(start)
        yield from self._assignments(parts, start, start + len(content), leads)

    def _whole(self, sentence: Sentence, text: str) -> list[_Found]:
        """A sentence that is nothing but a note: 市经信局牵头，市科技局配合。"""
        content = text.rstrip("。；; ")
        skip = len(content) - len(content.lstrip(_MARKS + "由"))
        if len(content) > _LONGEST_LINE or not has_cue(content):
            return []
        parts = read_note(content[skip:], self.place, self.vocabulary)
        if not parts or not all(is_strong(named, self.vocabulary) for part in parts for named in part.bodies):
            return []
        start, end = sentence.start + skip, sentence.start + len(content)
        return list(self._assignments(parts, start, end, self._leads_by_place(start)))

    def _running(self, sentence: Sentence, text: str) -> Iterator[_Found]:
        """Assignments that a sentence states among other things."""
        for found in statements(text, self.place, self.vocabulary):
            first, last = sentence.start + found.start, sentence.start + found.end
            if self._is_taken(first):
                continue
            evidence = self.outline.evidence(first, last, f"responsibilities/{found.rule}")
            for position, named in enumerate(found.bodies, 1):
                yield Assignment(self.outline.measure_key(first), named.body, found.role, position, evidence)

    def _take(self, start: int, end: int) -> None:
        self.taken[start - self.base : end - self.base] = b"\x01" * (end - start)

    def _is_taken(self, position: int) -> bool:
        return bool(self.taken[position - self.base])

    def _leads_by_place(self, position: int) -> bool:
        return self.first_from is not None and position >= self.first_from

    def _assignments(
        self, parts: tuple[Part, ...], first: int, last: int, first_leads: bool, at: int | None = None
    ) -> Iterator[Assignment]:
        """One assignment a body; positions count through the whole note, which says what to do at ``at``."""
        leaderless = all(part.role in ("responsible", "joint") for part in parts[:1])
        leaderless = leaderless and not any(part.role == "lead" for part in parts)
        measure = self.outline.measure_key(first if at is None else at)
        position = 0
        for part in parts:
            rule = "responsibilities/sole" if part.sole else f"responsibilities/{part.role}-note"
            for named in part.bodies:
                position += 1
                leads = first_leads and leaderless and position == 1
                evidence = self.outline.evidence(first, last, "responsibilities/first-named" if leads else rule)
                yield Assignment(measure, named.body, "lead" if leads else part.role, position, evidence)

    def _doubt(self, start: int, end: int) -> Doubt:
        reason = "A note on responsibility names something that is no body, or gives it no role."
        evidence = self.outline.evidence(start, end, "responsibilities/unread-note")
        return Doubt("responsibilities", reason, evidence)
