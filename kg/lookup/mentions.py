"""Names of closed classes (clusters, districts, agencies, categories) found in a question, whole or nearly whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.lookup.frames import frames
from kg.lookup.normal import fold_width, has_chinese, syllables, units, words
from kg.lookup.things import Record

Space = Literal["characters", "sounds", "words"]
Key = tuple[str, ...]

_SAME_SOUND = 0.95
_ONE_WRONG = 0.9
_SHORTEST_BY_SOUND = 3
_SHORTEST_WITH_ONE_WRONG = 5
_NAME_AS_CURATED = 1.0
_WORD_TO_SEARCH_BY = 0.9


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing named from unit ``start`` to ``end`` (exclusive).

    ``worth`` is 1 for a name as written, less where it was read through a slip of the pen; ``strict`` tells a name of
    the thing from a word that a reader may search for (手机 for 智能终端).
    """

    record: Record
    start: int
    end: int
    worth: float
    strict: bool


class Names:
    """The names of some records, to be found in questions in Chinese characters, in pinyin and in English."""

    def __init__(self, records: Iterable[Record], prefixes: Sequence[str] = ()) -> None:
        """``prefixes`` (深圳市, 市) may be left out of a name of three characters or more."""
        self._tables: dict[Space, defaultdict[Key, list[tuple[Record, bool]]]] = {
            "characters": defaultdict(list),
            "sounds": defaultdict(list),
            "words": defaultdict(list),
        }
        for record in records:
            for name, strict in _names(record, prefixes):
                self._add(record, fold_width(name), strict)
        self._long = [(n, r) for n, r in self._tables["characters"].items() if len(n) >= _SHORTEST_WITH_ONE_WRONG]
        self._longest = {space: max(map(len, table), default=0) for space, table in self._tables.items()}

    def _add(self, record: Record, name: str, strict: bool) -> None:
        keys: list[tuple[Space, Key]] = [("words", tuple(words(name)))]
        if has_chinese(name):
            keys = [("characters", tuple(u.text for u in units(name))), ("sounds", syllables(name))]
        for space, key in keys:
            if key and all(known is not record for known, _ in self._tables[space][key]):
                self._tables[space][key].append((record, strict))

    def find(self, sequence: Sequence[str], space: Space) -> list[Mention]:
        """The mentions in a sequence of units; of names that overlap, the longer one, then the more exact one."""
        found = list(self._exact(tuple(sequence), space))
        if space == "characters":
            found += self._by_sound(tuple(sequence)) + self._nearly(tuple(sequence))
        found.sort(key=lambda m: (-_telling(sequence, m), -m.worth, not m.strict, m.start, m.record.iri))
        return _without_overlap(found)

    def _exact(self, sequence: Key, space: Space) -> Iterator[Mention]:
        for start, end in _windows(len(sequence), 1, self._longest[space]):
            for record, strict in self._tables[space].get(sequence[start:end], ()):
                yield Mention(record, start, end, _worth(strict), strict)

    def _by_sound(self, sequence: Key) -> list[Mention]:
        sounds = syllables("".join(sequence))
        if len(sounds) != len(sequence):
            return []
        found = []
        for start, end in _windows(len(sequence), _SHORTEST_BY_SOUND, self._longest["sounds"]):
            for record, strict in self._tables["sounds"].get(sounds[start:end], ()):
                found.append(Mention(record, start, end, _worth(strict) * _SAME_SOUND, strict))
        return found

    def _nearly(self, sequence: Key) -> list[Mention]:
        """Names of five characters or more with one that is wrong."""
        found, there = [], frozenset(sequence)
        for name, named in self._long:
            if len(name) > len(sequence) or len(there.intersection(name)) < len(set(name)) - 1:
                continue
            for start in range(len(sequence) - len(name) + 1):
                window = sequence[start : start + len(name)]
                if _one_wrong(window, name):
                    end = start + len(name)
                    found += [Mention(r, start, end, _worth(s) * _ONE_WRONG, s) for r, s in named]
        return found


def _telling(sequence: Sequence[str], mention: Mention) -> int:
    """The units of a mention less those that every industry's name has (机器人产业 is no longer than 机器人)."""
    name = "".join(sequence[mention.start : mention.end])
    return mention.end - mention.start - len(name) + len(frames().industry.sub("", name))


def _one_wrong(window: Key, name: Key) -> bool:
    wrong = 0
    for one, other in zip(window, name, strict=True):
        wrong += one != other
        if wrong > 1:
            return False
    return wrong == 1


def _worth(strict: bool) -> float:
    return _NAME_AS_CURATED if strict else _WORD_TO_SEARCH_BY


def _names(record: Record, prefixes: Sequence[str]) -> Iterator[tuple[str, bool]]:
    for name in (record.label, *record.names, record.label_en, *record.names_en):
        if name:
            yield name, True
            yield from ((name[len(p) :], True) for p in prefixes if name.startswith(p) and len(name) > len(p) + 2)
    for name in record.hidden:
        yield name, False


def _windows(length: int, shortest: int, longest: int) -> Iterator[tuple[int, int]]:
    for start in range(length):
        for end in range(start + shortest, min(length, start + longest) + 1):
            yield start, end


def _without_overlap(mentions: Iterable[Mention]) -> list[Mention]:
    """The first of those that overlap and don't agree."""
    taken: list[Mention] = []
    for mention in mentions:
        if all(m.end <= mention.start or mention.end <= m.start or _agree(m, mention) for m in taken):
            taken.append(mention)
    return sorted(taken, key=lambda m: m.start)


def _agree(one: Mention, other: Mention) -> bool:
    """Two names of one thing (大健康, 健康产业) may overlap, and two things may have one name."""
    same = (one.start, one.end, one.worth) == (other.start, other.end, other.worth)
    return same or one.record is other.record
