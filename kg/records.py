"""Readings as JSON and back: what a slice said, kept from one build to the next."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from kg.facts import Document, Fact, Reading, Tally

_FACTS = {kind.__name__: kind for kind in get_args(Fact)}

Decoder = Callable[[Any], Any]


def save(readings: Iterable[Reading], path: Path) -> None:
    """Write readings to a file; it appears whole or not at all."""
    rows = [
        {
            "document": _plain(reading.document),
            "facts": [[type(fact).__name__, _plain(fact)] for fact in reading.facts],
            "account": _plain(reading.account),
        }
        for reading in readings
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.write_text(json.dumps(rows, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    scratch.replace(path)


def load(path: Path) -> tuple[Reading, ...] | None:
    """The readings of a file; None where it is missing or says something else."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_reading(row) for row in rows)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _reading(row: dict[str, Any]) -> Reading:
    document, tally = _decoder(Document), _decoder(Tally)
    facts = tuple(_decoder(_FACTS[kind])(said) for kind, said in row["facts"])
    return Reading(document(row["document"]), facts, tuple(tally(said) for said in row["account"]))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, name)) for name in _names(type(value))]
    return str(value) if isinstance(value, Decimal) else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _decoder(hint: Any) -> Decoder:
    """From a plain value to one of this type: the inverse of what ``save`` makes of it."""
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        parts = [_decoder(hints[name]) for name in _names(hint)]
        return lambda said: hint(*[part(one) for part, one in zip(parts, said, strict=True)])
    if get_origin(hint) is tuple:
        inner = _decoder(get_args(hint)[0])
        return lambda said: tuple(inner(one) for one in said)
    if get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint):
        some = _decoder(next(arg for arg in get_args(hint) if arg is not NoneType))
        return lambda said: None if said is None else some(said)
    return Decimal if hint is Decimal else lambda said: said
