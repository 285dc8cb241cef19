"""Answers made smaller for the clients that take them so: zstd or gzip, at the level that costs less than the query."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator

import zstandard
from flask import Request, Response

IDENTITY = "identity"
_CODINGS = ("zstd", "gzip", IDENTITY)
_LEVEL = 1
_SMALL = 1024
_GZIP_WINDOW = 31
_TEXTS = ("json", "xml", "javascript", "n-triples", "n-quads", "trig")


def choose(request: Request) -> str:
    """The coding that a client takes best; zstd before gzip where it takes both alike."""
    accepted = request.accept_encodings
    best = max(_CODINGS[:2], key=lambda coding: accepted[coding])
    wanted = accepted[best] > 0 and accepted[best] >= (accepted[IDENTITY] if IDENTITY in dict(accepted) else 0)
    return best if accepted and wanted else IDENTITY


def squeeze(request: Request, response: Response) -> None:
    """Put a whole answer into the coding that the client takes best, where that is worth it."""
    if response.direct_passthrough or "Content-Encoding" in response.headers or not _is_text(response.mimetype or ""):
        return
    response.vary.add("Accept-Encoding")
    data, coding = encode(response.get_data(), choose(request))
    if coding != IDENTITY:
        response.set_data(data)
        response.headers["Content-Encoding"] = coding


def _is_text(mimetype: str) -> bool:
    return mimetype.startswith("text/") or mimetype.endswith(
        ("json", "xml", "javascript", "n-triples", "n-quads", "trig")
    )


def encode(data: bytes, coding: str) -> tuple[bytes, str]:
    """The data in this coding, and the coding that it is really in: what is small stays as it is."""
    if coding == IDENTITY or len(data) < _SMALL:
        return data, IDENTITY
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=_LEVEL).compress(data), coding
    return gzip.compress(data, _LEVEL, mtime=0), coding


def encode_parts(parts: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """The parts in this coding, each of which can be read when it arrives."""
    if coding == IDENTITY:
        yield from parts
    elif coding == "zstd":
        squeeze = zstandard.ZstdCompressor(level=_LEVEL).compressobj()
        for part in parts:
            yield squeeze.compress(part) + squeeze.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        yield squeeze.flush()
    else:
        deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
        for part in parts:
            yield deflate.compress(part) + deflate.flush(zlib.Z_SYNC_FLUSH)
        yield deflate.flush()
