"""A kept answer is given again to the very same things, and to no others."""

from __future__ import annotations

from itertools import count

from kg.structure.kept import Kept


def test_the_same_thing_is_asked_about_once() -> None:
    answers = count()
    made = Kept(lambda one: (one, next(answers)))
    first, alike = [1], [1]
    assert [made(one)[1] for one in (first, first, alike, first)] == [0, 0, 1, 2]


def test_every_argument_counts() -> None:
    made = Kept(lambda one, other: (one, other))
    one, other = [1], [2]
    assert made(one, other) is made(one, other)
    assert made(one, one) == (one, one)
