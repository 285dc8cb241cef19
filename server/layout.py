"""Where things stand in a picture of the graph: columns around what is looked at, layers of a path, discs of groups.

Columns and layers have a narrow form for screens of a telephone's width: what lies side by side lies in one column.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, NARROW = 1000, 500
_ROW, _TOP = 27, 34
_LEFT, _MIDDLE, _RIGHT = 265, WIDTH // 2, WIDTH - 265
# A letter is half as large again in the narrow form, which is shown at two thirds of its size.
_LINE, _STEM, _BRANCH = 36, 40, 120
_GOLDEN = math.pi * (3 - math.sqrt(5))
_GAP = 30.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the picture: what stands there, x and y, and to which side its label goes (start, middle, end)."""

    iri: str
    x: float
    y: float
    side: str


def columns(centre: Sequence[str], others: Sequence[str]) -> tuple[list[Spot], int]:
    """What is looked at in the middle, its neighbours to both sides in their order; and the height."""
    half = (len(others) + 1) // 2
    rows = max(half, 2 * len(centre), 4)
    height = _TOP * 2 + _ROW * rows
    spots = [Spot(iri, _MIDDLE, height * (i + 1) / (len(centre) + 1), "middle") for i, iri in enumerate(centre)]
    for x, side, held in ((_LEFT, "end", others[:half]), (_RIGHT, "start", others[half:])):
        space = (height - 2 * _TOP) / max(len(held), 1)
        spots += [Spot(iri, x, _TOP + space * (i + 0.5), side) for i, iri in enumerate(held)]
    return spots, height


def branches(centre: Sequence[str], others: Sequence[str]) -> tuple[list[Spot], int]:
    """The narrow form of columns: what is looked at above, its neighbours below in one column; and the height."""
    rows = [(_STEM, iri) for iri in centre] + [(_BRANCH, iri) for iri in others]
    spots = [Spot(iri, x, _TOP + _LINE * i, "start") for i, (x, iri) in enumerate(rows)]
    return spots, _TOP * 2 + _LINE * max(len(rows) - 1, 0)


def steps(paths: Sequence[Sequence[str]]) -> tuple[list[Spot], int]:
    """The narrow form of layers: one layer below the other, the things of each in a column; and the height."""
    held = _layers(paths)
    rows = [(place, iri) for place, layer in enumerate(held) for iri in layer]
    indent = min(_BRANCH - _STEM, (NARROW - 300) / len(held))
    spots = [Spot(iri, _STEM + indent * place, _TOP + _LINE * i, "start") for i, (place, iri) in enumerate(rows)]
    return spots, _TOP * 2 + _LINE * (len(rows) - 1)


def _layers(paths: Sequence[Sequence[str]]) -> list[list[str]]:
    """The things at each place of paths of one length, each thing once."""
    held: list[list[str]] = [[] for _ in range(len(paths[0]))]
    for path in paths:
        for place, iri in enumerate(path):
            if iri not in held[place]:
                held[place].append(iri)
    return held


def layers(paths: Sequence[Sequence[str]]) -> tuple[list[Spot], int]:
    """Paths of one length from left to right, each thing once in the layer where it stands; and the height."""
    held = _layers(paths)
    height = _TOP * 2 + 60 * max(len(layer) for layer in held)
    step = (WIDTH - 300) / max(len(held) - 1, 1)
    return [
        Spot(iri, 150 + step * place, height * (i + 1) / (len(layer) + 1), "middle")
        for place, layer in enumerate(held)
        for i, iri in enumerate(layer)
    ], height


def discs(groups: Mapping[int, Sequence[str]], space: float = 9.0) -> dict[str, tuple[float, float]]:
    """Every thing on a disc of its group, the first of the group in the middle; discs do not touch.

    Lengths are in the unit of ``space``, the distance of neighbours on a disc.
    """
    placed: list[tuple[float, float, float]] = []
    spots: dict[str, tuple[float, float]] = {}
    for _, members in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        radius = space * math.sqrt(len(members)) + _GAP
        x, y = _free(placed, radius)
        placed.append((x, y, radius))
        for i, iri in enumerate(members):
            far, turn = space * math.sqrt(i), i * _GOLDEN
            spots[iri] = (x + far * math.cos(turn), y + far * math.sin(turn))
    return spots


def _free(placed: Sequence[tuple[float, float, float]], radius: float) -> tuple[float, float]:
    """The first place on a spiral from the middle where a disc of this radius touches no other."""
    turn = 0
    while True:
        far, angle = 4.0 * math.sqrt(turn), turn * 0.13
        x, y = far * math.cos(angle) * 1.3, far * math.sin(angle)
        if all(math.hypot(x - a, y - b) >= radius + r for a, b, r in placed):
            return x, y
        turn += 1
