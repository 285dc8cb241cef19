"""What a passage is about when it does not say so itself: the cluster that stands above it."""

from __future__ import annotations

from kg.structure.outline import Outline
from kg.vocabulary import Vocabulary


def cluster_of(outline: Outline, section: int | None, vocabulary: Vocabulary) -> str | None:
    """The cluster (slug) of a section: that of the innermost heading that is its name, else the document's only one."""
    for above in reversed(outline.chain(section)):
        entry = vocabulary.find("cluster", above.heading)
        if entry is not None:
            return entry.slug
    clusters = outline.document.clusters
    return clusters[0] if len(clusters) == 1 else None
