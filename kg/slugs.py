"""ASCII names for IRIs: deterministic, and the same from build to build."""

from __future__ import annotations

import hashlib
import re

from pypinyin import lazy_pinyin

_PIECE = re.compile(r"[a-z0-9]+")
_LONGEST = 60
_HASH_LENGTH = 12


def pinyin_slug(name: str) -> str:
    """A name in pinyin syllables joined by hyphens (深圳湾实验室 → shen-zhen-wan-shi-yan-shi).

    A name too long for an address is cut at a syllable and ends in a hash of the whole; a name without letters is its
    hash alone.
    """
    pieces = _PIECE.findall(" ".join(lazy_pinyin(name)).lower())
    slug = "-".join(pieces)
    if not slug:
        return content_slug(name)
    if len(slug) <= _LONGEST:
        return slug
    return slug[:_LONGEST].rsplit("-", 1)[0] + "-" + content_slug(name)[:6]


def content_slug(*parts: object) -> str:
    """A short hash of what is said, for things without a name."""
    said = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(said.encode("utf-8")).hexdigest()[:_HASH_LENGTH]
