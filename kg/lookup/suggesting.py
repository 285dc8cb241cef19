"""Suggestions while one types: names by their beginning, in Chinese, in pinyin whole or by initials, in English."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.lookup.normal import fold, fold_width, has_chinese, syllables
from kg.lookup.records import Records
from kg.lookup.things import Record

_KINDS = ("cluster", "district", "agency", "category", "platform", "enterprise", "subsector", "document", "measure")
_BEGINS, _INITIALS, _INSIDE = 1.0, 0.8, 0.6
_SHORTEST_INITIALS = 2


@dataclass(frozen=True, slots=True)
class _Forms:
    """The ways to begin typing a thing: its names, and their pinyin in one run and by initials."""

    record: Record
    names: tuple[str, ...]
    sounds: tuple[str, ...]
    initials: tuple[str, ...]


class Suggestions:
    """The names of all things, ready to be compared with what was typed."""

    def __init__(self, records: Records) -> None:
        ordered = sorted(records.all, key=lambda r: (_KINDS.index(r.kind) if r.kind in _KINDS else len(_KINDS), r.iri))
        self._forms = [_forms(record) for record in ordered]

    def find(self, typed: str, limit: int) -> list[tuple[Record, float]]:
        """The things whose names begin with what was typed, then those that hold it; the shorter name first."""
        text = fold(typed)
        if not text or limit < 1:
            return []
        run = text.replace(" ", "").replace("'", "")
        found = [(form, score) for form in self._forms if (score := _score(form, text, run))]
        found.sort(key=lambda item: (-item[1], _KINDS.index(item[0].record.kind), len(item[0].record.label)))
        return [(form.record, score) for form, score in found[:limit]]


def _score(form: _Forms, text: str, run: str) -> float:
    if any(name.startswith(text) for name in form.names):
        return _BEGINS
    if run.isascii() and run.isalpha():
        if any(sound.startswith(run) for sound in form.sounds):
            return _BEGINS
        if len(run) >= _SHORTEST_INITIALS and any(initials.startswith(run) for initials in form.initials):
            return _INITIALS
    inside = (name for name in form.names if len(text) > 1 and text in name)
    return _INSIDE if any(inside) else 0.0


def _forms(record: Record) -> _Forms:
    names = tuple(dict.fromkeys(fold_width(name) for name in _names(record)))
    heard = [syllables(name) for name in names if has_chinese(name)]
    return _Forms(
        record,
        names,
        tuple("".join(sounds) for sounds in heard),
        tuple("".join(sound[0] for sound in sounds) for sounds in heard),
    )


def _names(record: Record) -> Iterator[str]:
    if record.heading:
        yield record.heading
    yield record.label
    yield from record.names
    yield from (name for name in (record.label_en, *record.names_en) if name)
