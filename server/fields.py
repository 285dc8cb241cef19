"""What the items of each list hold: ``fields.toml`` read. The catalogue, the filters and the OpenAPI keep to it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

_DATA = tomllib.loads((Path(__file__).parent / "fields.toml").read_text(encoding="utf-8"))
_MANY = {"texts", "references"}
# What every item has besides the fields of its kind: before them and after them.
FIRST = ("iri", "kind", "slug", "label", "labelEn", "altLabels")
LAST = ("evidence",)


@dataclass(frozen=True, slots=True)
class Field:
    """A key of an item: the kind of its value, and what it means in Chinese and in English."""

    name: str
    type: str
    zh: str
    en: str

    @property
    def many(self) -> bool:
        """Whether it holds a list; an empty one where nothing is known, as the others hold null."""
        return self.type in _MANY

    @property
    def sortable(self) -> bool:
        """Whether items can be put in its order."""
        return not self.many


FIELDS = {name: Field(name, kind, zh, en) for name, (kind, zh, en) in _DATA["fields"].items()}
KIND_FIELDS: dict[str, tuple[Field, ...]] = {
    kind: tuple(FIELDS[name] for name in names) for kind, names in _DATA["kinds"].items()
}


def names(kind: str) -> tuple[str, ...]:
    """The keys of an item of this kind, in order."""
    return (*FIRST, *(field.name for field in KIND_FIELDS[kind]), *LAST)


def sortable(kind: str) -> tuple[str, ...]:
    """The keys by which a list of this kind can be sorted."""
    return ("label", "slug", *(field.name for field in KIND_FIELDS[kind] if field.sortable))
