"""How kinds, classes and properties are called on pages, in Chinese and in English: ``words.toml`` read."""

from __future__ import annotations

import tomllib
from pathlib import Path

_WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def _pairs(section: str) -> dict[str, tuple[str, str]]:
    return {name: (zh, en) for name, (zh, en) in _WORDS[section].items()}


KINDS = _pairs("kinds")
TERMS = _pairs("terms")
PROPERTIES = _pairs("properties")
BASES = _pairs("bases")
# By the reason as it is on record, in English.
REASONS = {en: zh for zh, en in _pairs("reasons").values()}
FUNCTIONS = _pairs("functions")
METRICS = _pairs("metrics")
ENDINGS = _pairs("endings")
QUALITIES = _pairs("qualities")
OWNERS = _pairs("owners")
WHOLES = _pairs("wholes")
DISTRICT_ROLES = _pairs("roles")
CURRENCIES = dict(_pairs("currencies").values())
MULTIPLES: dict[str, int] = _WORDS["multiples"]
UNITS = dict(_pairs("units").values()) | dict.fromkeys(_WORDS["counted"]["units"], "")
TIES = _pairs("ties")
INTENTS = _pairs("intents")
ROLES = {name: TERMS[name][0] for name in ("lead", "joint", "responsible", "participant")}
COMPARATORS: dict[str, str] = {sign: zh for sign, (zh, _) in _pairs("comparators").items()}
COMPARATORS_EN: dict[str, str] = {sign: en for sign, (_, en) in _pairs("comparators").items()}


def term(name: str) -> str:
    """What a class, kind or role is called in Chinese; an unknown one by its own name."""
    return TERMS.get(name, (name, name))[0]
