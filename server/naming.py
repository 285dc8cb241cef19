"""What a thing is called on pages, and its quantity in words."""

from __future__ import annotations

from typing import Any

from server.words import COMPARATORS, term

Json = dict[str, Any]


def amount(item: Json) -> str:
    """A quantity in words: 超过 2,700 亿元."""
    if item.get("value") is not None:
        figure = f"{item['value']:,.15g}"
    else:
        figure = "–".join(f"{item[key]:,.15g}" for key in ("minValue", "maxValue") if item.get(key) is not None)
    return f"{COMPARATORS.get(item.get('comparator') or '', '')} {figure} {item.get('unit') or ''}".strip()


def name_of(item: Json) -> str:
    """The name of a thing; a document's is its title, that of a fact without a label is what it says."""
    if item["kind"] in {"target", "observation"}:
        return " ".join(filter(None, (item.get("subjectText"), item.get("metric"), amount(item))))
    if item["kind"] == "role":
        return f"{_label(item, 'district')}：{item.get('roleText') or ''}（{_label(item, 'cluster')}）"
    if item["kind"] == "assignment":
        return f"{_label(item, 'agency')} {term(item.get('role') or '')}：{_label(item, 'measure')}"
    if item["kind"] == "issuance":
        return f"{_label(item, 'agency')}发布《{_label(item, 'document')}》"
    return str(item.get("title") or item["label"])


def _label(item: Json, key: str) -> str:
    value = item.get(key) or {}
    return str(value.get("label", ""))
