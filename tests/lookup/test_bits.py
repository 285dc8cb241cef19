"""Sums over sets of bits, against the same sums one by one."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from kg.lookup import bits

SIZE = 300
SETS = st.sets(st.integers(0, SIZE - 1), max_size=SIZE)
WEIGHTS = st.sampled_from([0.0, 0.3, 0.69, 1.1, 2.0000001, 2.0, 5.0])
TERM = st.lists(st.tuples(WEIGHTS, SETS), max_size=3)
TERMS = st.lists(TERM, max_size=12)


def apart(terms: list[list[tuple[float, set[int]]]]) -> list[list[tuple[float, set[int]]]]:
    """The same with every entry only in the first set of a term that has it."""
    found: list[list[tuple[float, set[int]]]] = []
    for term in terms:
        seen: set[int] = set()
        found.append([])
        for weight, entries in term:
            found[-1].append((weight, entries - seen))
            seen |= entries
    return found


def sums(terms: list[list[tuple[float, set[int]]]], total: float) -> dict[int, float]:
    added: dict[int, float] = defaultdict(float)
    for term in terms:
        for weight, entries in term:
            for entry in entries:
                added[entry] += weight
    return {entry: value / total for entry, value in added.items()}


def tally(terms: list[list[tuple[float, set[int]]]], total: float) -> bits.Tally:
    return bits.Tally([[(w, bits.whole(bits.of(found, SIZE))) for w, found in term] for term in terms], total)


@given(SETS)
def test_a_set_keeps_its_numbers_in_order(numbers: set[int]) -> None:
    assert list(bits.members(bits.whole(bits.of(numbers, SIZE)))) == sorted(numbers)


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_range_has_the_numbers_from_its_start_up_to_its_end(start: int, end: int) -> None:
    assert list(bits.members(bits.between(start, end))) == list(range(start, end))


@given(TERMS, st.integers(1, 40), st.none() | SETS)
def test_the_greatest_sums_are_those_of_adding_one_by_one(
    terms: list[list[tuple[float, set[int]]]], count: int, among: set[int] | None
) -> None:
    parted = apart(terms)
    wanted = {e: v for e, v in sums(parted, 7.0).items() if among is None or e in among}
    best = sorted(wanted.items(), key=lambda item: (-item[1], item[0]))[:count]
    within = None if among is None else bits.whole(bits.of(among, SIZE))
    assert tally(parted, 7.0).greatest(count, within) == best


@given(TERMS, st.floats(0, 3))
def test_no_sum_that_is_great_enough_is_left_out(terms: list[list[tuple[float, set[int]]]], least: float) -> None:
    parted = apart(terms)
    wanted = {entry: value for entry, value in sums(parted, 7.0).items() if value >= least}
    assert tally(parted, 7.0).least(least, None) == wanted
