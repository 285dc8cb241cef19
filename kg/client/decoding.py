"""From the interface's JSON to frozen values; keys that are not known are left out, as newer services have more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from kg.errors import StoreError

T = TypeVar("T")
Decoder = Callable[[Any], Any]

# Where a field has another name than its key: "with" is a word of Python.
_KEYS = {"others": "with"}
_NUMBERS = {"integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger", "gYear"}


def decode(kind: type[T], said: Any) -> T:
    """A value of this kind; raises StoreError where the service answers in another shape."""
    hint: Any = kind
    try:
        made: T = _decoder(hint)(said)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise StoreError(f"The service answers in a shape that is not known ({kind.__name__}: {error}).") from error
    return made


def decode_rows(result: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[dict[str, Any], ...]]:
    """The variables and rows of SPARQL's results in JSON; raises StoreError where they are something else."""
    try:
        rows = [{name: literal(term) for name, term in row.items()} for row in result["results"]["bindings"]]
        return tuple(result["head"]["vars"]), tuple(rows)
    except (AttributeError, KeyError, TypeError) as error:
        raise StoreError(f"The service answers a query in a shape that is not known ({error}).") from error


def literal(term: Mapping[str, str]) -> Any:
    """A term of SPARQL's results as a value: numbers and truth values as such, all else as text."""
    datatype = term.get("datatype", "").rsplit("#", 1)[-1]
    text = term["value"]
    if datatype == "boolean":
        return text in {"true", "1"}
    if datatype not in _NUMBERS:
        return text
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    whole = number.is_finite() and number == number.to_integral_value()
    return int(number) if whole else float(number)


@cache
def _decoder(hint: Any) -> Decoder:
    if isinstance(hint, type) and is_dataclass(hint):
        return _of_dataclass(hint)
    arguments = get_args(hint)
    if get_origin(hint) is tuple:
        inner = _decoder(arguments[0])
        return lambda said: tuple(inner(one) for one in said or ())
    if get_origin(hint) in (Union, UnionType) and NoneType in arguments:
        others = [one for one in arguments if one is not NoneType]
        some = _decoder(others[0]) if len(others) == 1 else _as_it_is
        return lambda said: None if said is None else some(said)
    return (lambda said: int(said)) if hint is int else _as_it_is


def _of_dataclass(kind: type) -> Decoder:
    hints = get_type_hints(kind)
    parts = [(one.name, _key(one.name), _decoder(hints[one.name]), one.default is MISSING) for one in fields(kind)]

    def made(said: Any) -> Any:
        known = {name: part(said.get(key)) for name, key, part, needed in parts if needed or said.get(key) is not None}
        return kind(**known)

    return made


def _as_it_is(said: Any) -> Any:
    return said


def _key(name: str) -> str:
    """The interface's name of a field: leadAgencies for lead_agencies."""
    first, *rest = name.split("_")
    return _KEYS.get(name) or first + "".join(word.capitalize() for word in rest)
