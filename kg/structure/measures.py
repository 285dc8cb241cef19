"""The headed passages of a document as facts."""

from __future__ import annotations

from collections.abc import Iterator

from kg.facts import Measure
from kg.structure.outline import Outline


def measures(outline: Outline) -> Iterator[Measure]:
    """One measure a heading, in the order of the text; its evidence is the heading as printed."""
    for order, section in enumerate((s for s in outline.sections if s.heading), 1):
        above = next((s for s in reversed(outline.chain(section.parent)) if s.heading), None)
        yield Measure(
            key=section.key,
            document=outline.document.slug,
            parent=above.key if above else None,
            number=section.number,
            heading=section.heading,
            kind=section.kind,
            order=order,
            text=outline.slice(section.body, section.own_end),
            evidence=outline.evidence(section.start, max(section.body, section.start + 1), "structure/heading"),
        )
