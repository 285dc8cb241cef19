"""Printed units in units that can be compared: 2700亿元 is 270000000000 CNY."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path


@cache
def _table() -> tuple[dict[str, tuple[Decimal, str]], dict[str, int]]:
    with Path(__file__).with_name("units.toml").open("rb") as file:
        data = tomllib.load(file, parse_float=Decimal)
    bases = {printed: (Decimal(size), unit) for unit, found in data["units"].items() for printed, size in found.items()}
    return bases, data["multipliers"]


def normalize(value: Decimal, unit: str) -> tuple[Decimal, str] | None:
    """The value in its comparable unit (CNY, ratio, count, m2 …); None for a unit that the table does not hold."""
    bases, multipliers = _table()
    if unit in bases:
        size, base = bases[unit]
        return value * size, base
    for printed in sorted(multipliers, key=len, reverse=True):
        rest = unit.removeprefix(printed)
        if rest != unit and (rest in bases or not rest):
            size, base = bases.get(rest, (Decimal(1), "count"))
            return value * multipliers[printed] * size, base
    return None
