"""What a figure of a document states."""

from __future__ import annotations

from dataclasses import dataclass

from kg.facts import Comparator, Quantity, Thing
from kg.grammar.periods import Time


# Not frozen: thousands of them are made, and that takes a frozen one three times as long.
@dataclass(slots=True)
class Figure:
    """A figure with what it states; ``start`` and ``end`` are characters of the outline's text.

    ``passage`` counts the passages of the document. ``goal`` is false for an observation; ``time`` is the year by
    which, or the period of which; ``subject`` and ``metric`` are in the words of the text.
    """

    start: int
    end: int
    passage: int
    goal: bool
    time: Time
    about: Thing | None
    subject: str
    metric: str
    comparator: Comparator
    quantity: Quantity
