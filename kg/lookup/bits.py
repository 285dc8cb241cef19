"""Sets of small numbers as the bits of one integer, and sums over many such sets at once.

The engine of the index: a set of a hundred thousand entries is 12 KB, to meet or join two takes microseconds, and a
weighted sum over all entries is an addition of binary numbers, one integer for each of their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

Classes = dict[float, int]
"""Entries by their exact sum."""

_PLACES = 16
_NOT_EMPTY = re.compile(rb"[^\0]+")
_BITS_OF = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


def of(numbers: Iterable[int], size: int) -> bytes:
    """The set of these numbers below ``size``."""
    found = bytearray((size + 7) // 8)
    for number in numbers:
        found[number >> 3] |= 1 << (number & 7)
    return bytes(found)


def whole(data: bytes) -> int:
    """A set as an integer, to be met (&) and joined (|) with others."""
    return int.from_bytes(data, "little")


def between(start: int, end: int) -> int:
    """The numbers from ``start`` up to ``end``, exclusive."""
    return ((1 << (end - start)) - 1) << start if end > start else 0


def members(found: int) -> Iterator[int]:
    """The numbers of a set, in order."""
    data = found.to_bytes((found.bit_length() + 7) // 8, "little")
    for run in _NOT_EMPTY.finditer(data):
        for place in range(*run.span()):
            yield from (8 * place + bit for bit in _BITS_OF[data[place]])


class Tally:
    """The sums of weights over sets, to find those entries whose sum is among the greatest, or great enough.

    Sums are exact: a first pass in whole numbers finds all that can be meant, and their sums are then added up in the
    order of the terms and divided by ``total``. A term is a list of sets without a common entry, each with its weight
    (0 or more).
    """

    def __init__(self, terms: Sequence[Sequence[tuple[float, int]]], total: float = 1.0) -> None:
        self._terms = terms
        self._total = total
        highest = sum(max((weight for weight, _ in term), default=0.0) for term in terms)
        self._scale = (1 << _PLACES) / highest if highest > 0 else 0.0
        self._any = 0
        for term in terms:
            for _, found in term:
                self._any |= found

    def greatest(self, count: int, among: int | None) -> list[tuple[int, float]]:
        """The entries with the greatest sums, the greatest first, those alike in order of their numbers."""
        within = self._any if among is None else self._any & among
        if within.bit_count() > count:
            within &= self._from(_at(self._planes, within, count) - len(self._terms))
        best: list[tuple[int, float]] = []
        for value, found in sorted(self._classes(within).items(), reverse=True):
            for number in members(found):
                if len(best) == count:
                    return best
                best.append((number, value))
        return best

    def least(self, least: float, among: int | None) -> dict[int, float]:
        """All entries with a sum of at least this."""
        within = self._any if among is None else self._any & among
        if least > 0:
            rounded = int(least * self._total * self._scale)
            within &= self._from(rounded - len(self._terms) - 1)
        classes = self._classes(within)
        return {n: value for value, found in classes.items() if value >= least for n in members(found)}

    @cached_property
    def _planes(self) -> list[int]:
        """The rounded sums, one integer for each place of a binary number, the lowest first."""
        planes = [0] * (_PLACES + 1)
        for term in self._terms:
            carry = 0
            amounts = [(int(weight * self._scale), found) for weight, found in term]
            for place in range(_PLACES + 1):
                added = 0
                for amount, found in amounts:
                    if amount >> place & 1:
                        added |= found
                before = planes[place]
                if not carry:
                    planes[place], carry = before ^ added, before & added
                else:
                    either = before ^ added
                    planes[place], carry = either ^ carry, (before & added) | (either & carry)
        return planes

    def _from(self, least: int) -> int:
        """The entries whose rounded sum is at least this."""
        if least <= 0:
            return self._any
        above, level = 0, self._any
        for place, plane in reversed(list(enumerate(self._planes))):
            high = level & plane
            if least >> place & 1:
                level = high
            else:
                above |= high
                level ^= high
        return above | level

    def _classes(self, within: int) -> Classes:
        """These entries by their exact sums, added up in the order of the terms."""
        classes: Classes = {0.0: within} if within else {}
        for term in self._terms:
            parted: Classes = {}
            for value, found in classes.items():
                for weight, covered in term:
                    part = found & covered
                    if part:
                        parted[value + weight] = parted.get(value + weight, 0) | part
                        found ^= part
                if found:
                    parted[value] = parted.get(value, 0) | found
            classes = parted
        shares: Classes = {}
        for value, found in classes.items():
            shares[value / self._total] = shares.get(value / self._total, 0) | found
        return shares


def _at(planes: Sequence[int], within: int, count: int) -> int:
    """The rounded sum of the entry that comes at this place (from 1) in these entries, the greatest first."""
    value, rest = 0, count
    for place in reversed(range(len(planes))):
        high = within & planes[place]
        found = high.bit_count()
        if found >= rest:
            within, value = high, value | 1 << place
        else:
            rest, within = rest - found, within ^ high
    return value
