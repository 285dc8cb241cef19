"""A claim is right where gold says the same in the same place, and each counts once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kg.evaluation.claims import KINDS, Claim, Place, Unit
from kg.evaluation.gold import Gold
from kg.evaluation.matching import Verdict, judge

UNITS = (Unit("u1", Place("a.txt", 0, 100)), Unit("u2", Place("a.txt", 100, 200)))
TARGET = Claim(
    "targets",
    (Decimal(500), None, "亿元"),
    Place("a.txt", 10, 20),
    "u1",
    comparator=">",
    times=("2025",),
    about="海洋产业增加值",
)
GIVEN = replace(TARGET, unit="", place=Place("a.txt", 12, 30), rules=("targets/goal",))
PARK = Claim("platforms", ("船舶园",), Place("a.txt", 40, 45), "u1", names=frozenset({"船舶园", "深圳船舶园"}))
PARK_GIVEN = replace(PARK, key=("id:park",), unit="", names=frozenset({"深圳船舶园", "Ship park"}))
ROLE = Claim("district_roles", ("海洋", "盐田区"), Place("a.txt", 50, 60), "u1", roles=("核心集聚区",))
BODY = Claim("responsibilities", ("深圳市商务局", "lead"), Place("a.txt", 70, 80), "u1")


def verdict(kind: str, wanted: list[Claim], given: list[Claim], asides: tuple[Place, ...] = ()) -> Verdict:
    verdicts = judge(Gold(UNITS, tuple(wanted), asides, ()), given)
    assert [v.kind for v in verdicts] == list(KINDS)
    return verdicts[KINDS.index(kind)]


def counts(found: Verdict) -> tuple[int, int, int]:
    return len(found.matches), len(found.missed), len(found.invented)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (GIVEN, (1, 0, 0)),
        (replace(GIVEN, place=Place("a.txt", 20, 30)), (0, 1, 1)),
        (replace(GIVEN, place=Place("b.txt", 12, 30)), (0, 1, 0)),
        (replace(GIVEN, place=Place("a.txt", 210, 220)), (0, 1, 0)),
        (replace(GIVEN, key=(Decimal(500), None, "亿")), (0, 1, 1)),
        (replace(GIVEN, key=(Decimal(500), Decimal(600), "亿元")), (0, 1, 1)),
        (replace(GIVEN, kind="observations"), (0, 1, 0)),
    ],
)
def test_a_target_matches_by_place_value_and_unit(given: Claim, expected: tuple[int, int, int]) -> None:
    assert counts(verdict("targets", [TARGET], [given])) == expected


def test_a_claim_matches_once() -> None:
    assert counts(verdict("targets", [TARGET, TARGET], [GIVEN])) == (1, 1, 0)
    assert counts(verdict("targets", [TARGET], [GIVEN, GIVEN])) == (1, 0, 1)


def test_the_claim_that_agrees_on_most_is_taken() -> None:
    other = replace(GIVEN, comparator="=", times=("2030",), about="")
    (match,) = verdict("targets", [TARGET], [other, GIVEN]).matches
    assert match.given == GIVEN
    assert match.sides == {"comparator": True, "when": True, "about": True}


def test_what_a_match_does_not_agree_on_is_said_on_the_side() -> None:
    (match,) = verdict("targets", [TARGET], [replace(GIVEN, comparator=">=", times=("2030",), about="产值")]).matches
    assert match.sides == {"comparator": False, "when": False, "about": False}


def test_any_of_golds_times_counts_by_its_year() -> None:
    gold = replace(TARGET, kind="observations", comparator="", times=("2022Q1", "2023Q1-Q3"))
    (match,) = verdict("observations", [gold], [replace(GIVEN, kind="observations", times=("2023-Q1/Q3",))]).matches
    assert match.sides == {"when": True, "about": True}


def test_optional_gold_is_neither_asked_for_nor_held_against() -> None:
    optional = replace(TARGET, optional=True)
    met, unmet = verdict("targets", [optional], [GIVEN]), verdict("targets", [optional], [])
    assert (met.wanted, met.optional, met.allowed, *counts(met)) == (0, 1, 1, 0, 0, 0)
    assert (unmet.wanted, unmet.allowed, *counts(unmet)) == (0, 0, 0, 0, 0)


def test_gold_that_is_asked_for_goes_before_optional_gold() -> None:
    found = verdict("targets", [replace(TARGET, optional=True), TARGET], [GIVEN])
    assert (found.allowed, *counts(found)) == (0, 1, 0, 0)


def test_a_named_thing_matches_by_any_of_its_names_once_a_unit() -> None:
    again = replace(PARK_GIVEN, place=Place("a.txt", 90, 95))
    elsewhere = replace(PARK_GIVEN, place=Place("a.txt", 140, 145))
    assert counts(verdict("platforms", [PARK], [PARK_GIVEN, again])) == (1, 0, 0)
    assert counts(verdict("platforms", [PARK], [PARK_GIVEN, elsewhere])) == (1, 0, 1)
    assert counts(verdict("platforms", [PARK], [replace(PARK_GIVEN, names=frozenset({"园"}))])) == (0, 1, 1)


def test_a_name_need_not_stand_where_gold_found_it() -> None:
    assert counts(verdict("platforms", [replace(PARK, place=None)], [PARK_GIVEN])) == (1, 0, 0)


@pytest.mark.parametrize(("role", "agrees"), [("核区", False), ("产业核心集聚区", True), ("", False)])
def test_a_role_agrees_by_most_of_its_characters(role: str, agrees: bool) -> None:
    (match,) = verdict("district_roles", [ROLE], [replace(ROLE, unit="", roles=(role,))]).matches
    assert match.sides == {"role": agrees}


def test_of_several_roles_of_a_district_one_must_agree() -> None:
    second = replace(ROLE, place=Place("a.txt", 62, 66), roles=("总部基地",))
    (match,) = verdict("district_roles", [ROLE, second], [replace(ROLE, unit="", roles=("总部基地",))]).matches
    assert match.sides == {"role": True}


def test_leads_in_running_text_are_judged_apart_from_clauses() -> None:
    lead = replace(BODY, kind="leads", place=Place("a.txt", 84, 90))
    given = [replace(BODY, unit=""), replace(BODY, unit="", place=Place("a.txt", 85, 88))]
    assert counts(verdict("responsibilities", [BODY, lead], given)) == (1, 0, 0)
    assert counts(verdict("leads", [BODY, lead], given)) == (1, 0, 0)


def test_a_lead_by_no_public_body_counts_neither_way() -> None:
    given = [replace(BODY, unit="", place=Place("a.txt", 85, 88))]
    assert counts(verdict("responsibilities", [], given)) == (0, 0, 1)
    assert counts(verdict("responsibilities", [], given, asides=(Place("a.txt", 84, 90),))) == (0, 0, 0)


def test_a_companys_cluster_is_held_against_only_where_gold_knows_the_company() -> None:
    gold = Claim("enterprise_clusters", ("船厂", "海洋"), None, "u1", frozenset({"船厂"}))
    right = replace(gold, key=("id:yard", "海洋"), unit="")
    wrong, unknown = replace(right, key=("id:yard", "氢能")), replace(right, names=frozenset({"别家"}))
    assert counts(verdict("enterprise_clusters", [gold], [right, wrong, unknown])) == (1, 0, 1)
