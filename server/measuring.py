"""What is measured and how much, in English: put together from words that are known, else left as it is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from server.naming import Json, amount
from server.words import CURRENCIES, ENDINGS, METRICS, MULTIPLES, OWNERS, QUALITIES, UNITS, WHOLES

_QUOTES = str.maketrans("", "", "“”")
_SHARE = re.compile(r"(?P<part>.+?)占(?P<whole>.+)(?:比重|比例)")
_AND = re.compile(r"[、和及与]")
# What a list of several may name once at its end: 规上、上市企业.
_COMMON = "企业"
_LARGE = ((10**12, "tn"), (10**9, "bn"), (10**6, "m"))
_KNOWN = {name.translate(_QUOTES): en for name, (_, en) in METRICS.items()}


def in_english(metric: str) -> str:
    """A metric in English where every word of it is known, else as it is printed."""
    return _said(metric.translate(_QUOTES)) or metric


@cache
def _said(words: str) -> str:
    """The words in English; nothing where one of them is not known."""
    return _KNOWN.get(words) or _share(words) or _ended(words) or _qualified(words) or _list(words) or _owned(words)


def _share(words: str) -> str:
    """国高企业占全省比重: a part of a whole."""
    match = _SHARE.fullmatch(words)
    if match is None:
        return ""
    part, whole = _said(match["part"]), WHOLES.get(match["whole"], ("", ""))[1] or _said(match["whole"])
    return f"{part} as a share of {whole}" if part and whole else ""


def _ended(words: str) -> str:
    """增加值增速, 上市企业数量: how something grows, how many there are."""
    for ending, (_, form) in ENDINGS.items():
        stem = words.removesuffix(ending)
        if stem != words and (said := _said(stem)):
            return form.format(said)
    return ""


def _qualified(words: str) -> str:
    """新增上市企业, 省级创新平台: which ones are meant."""
    for start, (_, form) in QUALITIES.items():
        rest = words.removeprefix(start)
        if rest != words and (said := _said(rest)):
            return form.format(said)
    return ""


def _owned(words: str) -> str:
    """战略性新兴产业增加值: the figure of a part of the economy."""
    for owner, (_, en) in OWNERS.items():
        rest = words.removeprefix(owner)
        if rest != words and (said := _said(rest)):
            return f"{said} of {en}"
    return ""


def _list(words: str) -> str:
    """科技型中小企业、高新技术企业: several together."""
    parts = _AND.split(words)
    if len(parts) < 2:
        return ""
    tail = _COMMON if words.endswith(_COMMON) else ""
    said = [_said(part) or (_said(part + tail) if tail else "") for part in parts]
    return f"{', '.join(said[:-1])} and {said[-1]}" if all(said) else ""


def figure_in_english(item: Json) -> str:
    """How much, without a comparator and with every digit that is printed: CNY 270 bn, 30,000 m², 1–2."""
    unit = str(item.get("unit") or "")
    size, base = _sized(unit)
    keys = ("value",) if item.get("value") is not None else ("minValue", "maxValue")
    if base in CURRENCIES:
        return f"{CURRENCIES[base]} {_short([item[key] * size for key in keys if item.get(key) is not None])}"
    multiplied = {key: item[key] * size for key in keys if item.get(key) is not None}
    return amount({**item, **multiplied, "comparator": None, "unit": UNITS.get(base, unit)})


def unit_in_english(unit: str) -> str:
    """A unit that stands alone: CNY 100 m, 10,000 m²; nothing where English has no word for it."""
    size, base = _sized(unit)
    if base in CURRENCIES:
        return f"{CURRENCIES[base]} {_short([size])}" if size > 1 else CURRENCIES[base]
    word = UNITS.get(base, "")
    return f"{size:,} {word}" if word and size > 1 else word


def _sized(unit: str) -> tuple[int, str]:
    """A unit that is known and how many of it this one is: 10,000 m² for 万平方米; else 1 and the unit itself."""
    if unit in UNITS or unit in CURRENCIES:
        return 1, unit
    for start, size in MULTIPLES.items():
        base = unit.removeprefix(start)
        if base != unit and (base in UNITS or base in CURRENCIES):
            return size, base
    return 1, unit


def _short(sums: Sequence[float]) -> str:
    """Sums of money in the largest step that the last of them reaches."""
    size, name = next(((s, n) for s, n in _LARGE if sums and sums[-1] >= s), (1, ""))
    # Twelve digits: no figure is printed with more, and what binary fractions add lies beyond.
    return f"{'–'.join(f'{own / size:,.12g}' for own in sums)} {name}".strip()
