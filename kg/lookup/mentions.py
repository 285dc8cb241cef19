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
_Halves = defaultdict[tuple[int, int], defaultdict[Key, list[tuple[int, Key]]]]

_SAME_SOUND = 0.95
_ONE_WRONG = 0.9
_SHORTEST_BY_SOUND = 3
_SHORTEST_WITH_ONE_WRONG = 5
# Any trade is called by its name and this: 会展业, 软件业.
_TRADE = "业"
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
        self._lengths = {space: _lengths(table) for space, table in self._tables.items()}
        self._halves = _halves(filter(_is_long, self._tables["characters"]))

    def _add(self, record: Record, name: str, strict: bool) -> None:
        written = tuple(u.text for u in units(name))
        # MEMS and 5G stand in questions of every script.
        keys: list[tuple[Space, Key]] = [("words", tuple(words(name))), ("characters", written), ("sounds", written)]
        if has_chinese(name):
            keys = [("characters", written), ("sounds", syllables(name))]
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
        for start, end, named in self._named(sequence, space):
            for record, strict in named:
                yield Mention(record, start, end, _worth(strict), strict)

    def _by_sound(self, sequence: Key) -> list[Mention]:
        sounds = syllables("".join(sequence))
        if len(sounds) != len(sequence):
            return []
        found = []
        for start, end, named in self._named(sounds, "sounds"):
            if end - start >= _SHORTEST_BY_SOUND:
                found += [Mention(r, start, end, _worth(s) * _SAME_SOUND, s) for r, s in named]
        return found

    def _named(self, sequence: Key, space: Space) -> Iterator[tuple[int, int, list[tuple[Record, bool]]]]:
        """Where names stand in a sequence, from unit to unit, and whose they are."""
        table, lengths = self._tables[space], self._lengths[space]
        for start, first in enumerate(sequence):
            for length in lengths.get(first, ()):
                named = table.get(sequence[start : start + length]) if start + length <= len(sequence) else None
                if named:
                    yield start, start + length, named

    def _nearly(self, sequence: Key) -> list[Mention]:
        """Names of five characters or more with one that is wrong: then one half of the name is right."""
        found = set[tuple[int, int, Key]]()
        for (length, cut), halves in self._halves.items():
            for start in range(len(sequence) - length + 1):
                window = sequence[start : start + length]
                for place, name in halves.get(window[:cut], []) + halves.get(window[cut:], []):
                    if _one_wrong(window, name):
                        found.add((place, start, name))
        table = self._tables["characters"]
        return [
            Mention(r, start, start + len(name), _worth(s) * _ONE_WRONG, s)
            for _, start, name in sorted(found)
            for r, s in table[name]
        ]


def _lengths(table: Iterable[Key]) -> dict[str, tuple[int, ...]]:
    """How long the names are that begin with a unit, the shortest first."""
    found = defaultdict[str, set[int]](set)
    for name in table:
        found[name[0]].add(len(name))
    return {first: tuple(sorted(lengths)) for first, lengths in found.items()}


def _halves(names: Iterable[Key]) -> _Halves:
    """Names and their places in order, by length and where they are cut, and by each of their halves."""
    found: _Halves = defaultdict(lambda: defaultdict(list))
    for place, name in enumerate(names):
        cut = len(name) // 2
        for half in {name[:cut], name[cut:]}:
            found[len(name), cut][half].append((place, name))
    return found


def _is_long(name: Key) -> bool:
    """Whether a name, without the word for a trade at its end, is still known with one character wrong."""
    return len(name) - (name[-1] == _TRADE) >= _SHORTEST_WITH_ONE_WRONG


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
    own = (record.label, *record.names, record.label_en, *record.names_en)
    for name, strict in (*((name, True) for name in own if name), *((name, False) for name in record.hidden)):
        yield name, strict
        if record.kind == "cluster" and has_chinese(name) and not name.endswith(_TRADE):
            yield name + _TRADE, strict
        yield from ((name[len(p) :], strict) for p in prefixes if name.startswith(p) and len(name) > len(p) + 2)


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
