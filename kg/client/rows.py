"""Rows of answers, and the same as a pandas frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from importlib import import_module
from typing import Any, Generic, TypeVar, overload

from kg.errors import KgError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rows(Sequence[T], Generic[T]):
    """Rows in their order; ``total`` counts also those that were not asked for."""

    items: tuple[T, ...]
    total: int

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        """The row at a place, or the rows of a slice."""
        return self.items[place]

    def __len__(self) -> int:
        """How many rows are here."""
        return len(self.items)

    def frame(self) -> Any:
        """The rows as a pandas.DataFrame; raises KgError where pandas is not installed."""
        return frame(self.items)


def frame(items: Iterable[object]) -> Any:
    """Rows as a pandas.DataFrame: a thing takes two columns, its label and its IRI; of evidence, the first place.

    Raises KgError where pandas is not installed.
    """
    try:
        pandas = import_module("pandas")
    except ImportError as error:
        raise KgError("A frame needs pandas: run 'pip install pandas'.") from error
    return pandas.DataFrame([flat(item) for item in items])


def flat(item: object) -> dict[str, Any]:
    """A row as plain values by column."""
    if isinstance(item, Mapping):
        return dict(item)
    if not is_dataclass(item):
        return {"value": item}
    return {name: value for field in fields(item) for name, value in _columns(field.name, getattr(item, field.name))}


def _columns(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if name == "evidence":
        first = value[0] if value else None
        yield from ((part, getattr(first, part, None)) for part in ("quote", "start", "end", "url"))
        yield "document_title", first.document.title if first else None
    elif hasattr(value, "iri") and hasattr(value, "label"):
        yield name, value.label
        yield f"{name}_iri", value.iri
    elif isinstance(value, tuple):
        yield name, "; ".join(str(getattr(one, "label", one)) for one in value)
    else:
        yield name, value
