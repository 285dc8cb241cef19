"""What holds of every source, however it was read."""

from __future__ import annotations

from kg.documents.source import Source


def hold(source: Source, raw: str) -> None:
    """Characters stand at their offsets in order, and blocks part the text from end to end."""
    text = source.text
    assert list(text.offsets) == sorted(set(text.offsets))
    assert not text.offsets or text.offsets[-1] < len(raw)
    for char, offset in zip(text.printed, text.offsets, strict=True):
        assert raw[offset] == char or raw[offset] == "&" or (char == " " and raw[offset].isspace())
    edges = [(block.start, block.end) for block in source.blocks]
    assert [edge for pair in edges for edge in pair][1:-1:2] == [start for start, _ in edges][1:]
    assert all(start < end for start, end in edges)
    assert (edges[0][0], edges[-1][1]) == (0, len(text)) if edges else len(text) == 0
