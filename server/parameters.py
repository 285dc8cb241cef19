"""The parameters of a request: read strictly, so that a typing mistake is told and never ignored."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence

from flask import request

from server.errors import BadParameter

MAX_QUESTION = 500
MAX_LIMIT = 500
MAX_OFFSET = 10_000_000


def check_names(known: Collection[str]) -> None:
    """Refuse parameters that a route doesn't know, those given twice, and those without a value.

    A filter whose value got lost would silently answer everything.
    """
    for name, values in request.args.lists():
        if name not in known:
            names = ", ".join(sorted(known))
            raise BadParameter(name[:40], f"没有参数 {name[:40]!r}。There is no such parameter: use {names}.")
        if len(values) > 1:
            raise BadParameter(name, f"参数 {name} 只能有一个值。Give the parameter {name} once.")
        if not values[0].strip():
            raise BadParameter(
                name, f"参数 {name} 没有值。The parameter {name} is empty: give a value or leave it out."
            )


def whole_number(name: str, default: int, least: int, most: int) -> int:
    """A whole number between these bounds."""
    text = request.args.get(name, "").strip()
    if not text:
        return default
    value = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
    if value is None or not least <= value <= most:
        bounds = f"{least} 至 {most} 的整数。{name} is a whole number from {least} to {most}."
        raise BadParameter(name, f"参数 {name} 应为 {bounds}")
    return value


def page() -> tuple[int, int]:
    """Limit (1 to 500, by default 50) and offset of a list."""
    return whole_number("limit", 50, 1, MAX_LIMIT), whole_number("offset", 0, 0, MAX_OFFSET)


def question(*, required: bool = True) -> str:
    """The words of ``q`` in one line; at most 500 characters.

    Raises BadParameter where they are too many, or none and they are required.
    """
    text = request.args.get("q", "")
    if len(text) > MAX_QUESTION:
        raise BadParameter("q", f"问题太长，最多 {MAX_QUESTION} 字。A question has at most {MAX_QUESTION} characters.")
    clean = " ".join("".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text).split())
    if required and not clean:
        raise BadParameter("q", "请在参数 q 里写问题。Put the question into the parameter q.")
    return clean


def fields(known: Sequence[str]) -> tuple[str, ...]:
    """The keys of items that the client wants, in its order and with the IRI; all where it names none.

    Raises BadParameter for a key that there is not.
    """
    text = request.args.get("fields", "")
    asked = [name.strip() for name in text.split(",")] if text else []
    for name in asked:
        if name not in known:
            raise BadParameter("fields", f"没有字段 {name[:40]!r}。The fields are: {', '.join(known)}.")
    return tuple(dict.fromkeys(["iri", *asked])) if asked else tuple(known)
