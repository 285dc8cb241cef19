"""Names as they are indexed and compared: grams of characters, of pinyin, and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.lookup.normal import (
    around,
    fold_width,
    has_chinese,
    sound_grams,
    sounds_around,
    syllables,
    text_grams,
    units,
    words,
)
from kg.lookup.things import Record

Grams = tuple[tuple[str, ...], tuple[str, ...]]
"""The grams that hold one unit of a name, in characters and in pinyin."""


def name_grams(name: str) -> Iterable[str]:
    """What a name is indexed by: grams of a Chinese name, words of an English one."""
    folded = fold_width(name)
    return text_grams(folded) if has_chinese(folded) else words(folded)


def own_names(record: Record) -> Iterator[str]:
    """A thing's heading or label and its other names; words to search by are none."""
    yield record.heading or record.label
    yield from record.names
    yield from (name for name in (record.label_en, *record.names_en) if name)


def english_words(record: Record) -> Iterator[str]:
    """The English words of a thing's names, without those that are its Chinese name in pinyin (Futian)."""
    names = [*record.names_en, *(name for name in (record.label_en, *record.hidden) if not has_chinese(name))]
    if any(names):
        heard = "".join(syllables(fold_width(record.label)))
        yield from (word for name in names for word in words(fold_width(name)) if word not in heard)


def grams_of(names: Iterable[str]) -> frozenset[str]:
    """What several names are indexed by."""
    return frozenset(gram for name in names for gram in name_grams(name))


def sounds_of(names: Iterable[str]) -> frozenset[str]:
    """What the Chinese ones of several names are indexed by in pinyin."""
    return frozenset(g for name in names if has_chinese(name) for g in sound_grams(syllables(fold_width(name))))


def unit_grams(name: str) -> list[Grams]:
    """The grams around each unit of a Chinese name; a character that stands alone has none and is left out."""
    found, sounds = units(name), syllables(name)
    heard = sounds if len(sounds) == len(found) else ()
    grams = [(around(found, n), sounds_around(found, heard, n) if heard else ()) for n in range(len(found))]
    return [pair for pair in grams if pair[0]]


def pair_grams(name: str) -> list[Grams]:
    """The grams of a Chinese name one by one, each with the same in pinyin."""
    found, sounds = units(name), syllables(name)
    aligned = len(sounds) == len(found)
    pairs: list[Grams] = [((unit.text,), ()) for unit in found if unit.latin]
    for number in range(1, len(found)):
        if found[number].joined:
            heard = tuple(sound_grams(sounds[number - 1 : number + 1])) if aligned else ()
            pairs.append(((found[number - 1].text + found[number].text,), heard))
    return pairs
