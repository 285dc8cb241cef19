"""Holds the claims of a graph against gold: what was found, what was missed, and what was invented."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kg.evaluation.claims import KINDS, Claim, Place, Unit, squeeze
from kg.evaluation.gold import Gold

# Kinds whose claims match where they stand; the others match anywhere in their unit, once.
_BY_PLACE = ("issuers", "responsibilities", "leads", "targets", "observations")
_ONCE_A_UNIT = ("platforms", "enterprises", "district_roles", "subsectors")
# The share of gold's characters that another wording must have to say the same.
_ALIKE_ABOUT = 0.5
_ALIKE_ROLE = 0.6


@dataclass(frozen=True, slots=True)
class Match:
    """A claim of gold, the claim of the graph that meets it, and what they agree on besides."""

    wanted: Claim
    given: Claim
    sides: dict[str, bool] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one kind fared. ``matches`` and ``missed`` are of gold that is asked for; ``allowed`` is how many pieces of
    optional gold were met; ``invented`` is in gold's units and in no gold."""

    kind: str
    wanted: int
    optional: int
    matches: tuple[Match, ...]
    allowed: int
    missed: tuple[Claim, ...]
    invented: tuple[Claim, ...]


def judge(gold: Gold, claims: Iterable[Claim]) -> tuple[Verdict, ...]:
    """A verdict for each kind, in the order of KINDS. Claims outside gold's units are passed over."""
    inside = [claim for claim in claims if _within(claim, gold.units)]
    return tuple(_judge(kind, gold, inside) for kind in KINDS)


def _within(claim: Claim, units: Iterable[Unit]) -> bool:
    return claim.place is None or any(claim.place.overlaps(unit.place) for unit in units)


def _judge(kind: str, gold: Gold, inside: Sequence[Claim]) -> Verdict:
    wanted = [claim for claim in gold.claims if claim.kind == kind]
    given = [claim for claim in inside if claim.kind == ("responsibilities" if kind == "leads" else kind)]
    if kind == "responsibilities":
        apart = [c.place for c in gold.claims if c.kind == "leads" and c.place] + list(gold.asides)
        given = [claim for claim in given if not _at_any(claim, apart)]
    elif kind in _ONCE_A_UNIT:
        wanted, given = _once(wanted, gold.units), _once(given, gold.units)
    elif kind == "enterprise_clusters":
        wanted = list({c.key: c for c in sorted(wanted, key=lambda c: not c.optional)}.values())
    matches, missed, left = _pair(wanted, given)
    asked = [match for match in matches if not match.wanted.optional]
    return Verdict(
        kind,
        wanted=sum(not claim.optional for claim in wanted),
        optional=sum(claim.optional for claim in wanted),
        matches=tuple(asked),
        allowed=len(matches) - len(asked),
        missed=tuple(missed),
        invented=tuple(_held_against(kind, left, wanted)),
    )


def _at_any(claim: Claim, places: Iterable[Place]) -> bool:
    return claim.place is not None and any(claim.place.overlaps(place) for place in places)


def _held_against(kind: str, left: Sequence[Claim], wanted: Sequence[Claim]) -> Sequence[Claim]:
    """The unmatched claims that are wrong: not all unmatched ones are, where gold does not cover a kind whole."""
    if kind == "leads":
        return ()
    if kind == "enterprise_clusters":
        return [claim for claim in left if any(claim.names & other.names for other in wanted)]
    return left


def _once(claims: Iterable[Claim], units: Sequence[Unit]) -> list[Claim]:
    """Each different claim once a unit: the first in the text stands for its repeats, with the roles of all."""
    found: dict[tuple[str, tuple[object, ...]], Claim] = {}
    for claim in sorted(claims, key=lambda c: (c.place.start, c.place.end) if c.place else (0, 0)):
        unit = claim.unit or _unit_of(claim, units)
        first = found.get((unit, claim.key))
        if first is None:
            found[unit, claim.key] = replace(claim, unit=unit)
            continue
        found[unit, claim.key] = replace(
            first,
            roles=first.roles + claim.roles,
            optional=first.optional and claim.optional,
            rules=tuple(sorted({*first.rules, *claim.rules})),
        )
    return list(found.values())


def _unit_of(claim: Claim, units: Iterable[Unit]) -> str:
    return next((unit.name for unit in units if claim.place and claim.place.overlaps(unit.place)), "")


def _pair(wanted: Sequence[Claim], given: Sequence[Claim]) -> tuple[list[Match], list[Claim], list[Claim]]:
    """Give each claim of gold the best claim that is left for it, gold that is asked for first.

    Returns the matches, the gold that is asked for and has none, and the claims that are left over.
    """
    places: dict[object, list[int]] = defaultdict(list)
    for index, claim in enumerate(given):
        places[_bucket(claim)].append(index)
    used: set[int] = set()
    matches: list[Match] = []
    missed: list[Claim] = []
    for claim in sorted(wanted, key=lambda c: c.optional):
        fits = [i for i in places[_bucket(claim)] if i not in used and _agree(claim, given[i])]
        if fits:
            best = max(fits, key=lambda i: sum(side_facts(claim, given[i]).values()))
            used.add(best)
            matches.append(Match(claim, given[best], side_facts(claim, given[best])))
        elif not claim.optional:
            missed.append(claim)
    return matches, missed, [claim for index, claim in enumerate(given) if index not in used]


def _bucket(claim: Claim) -> object:
    """What must be equal before two claims are compared at all."""
    if claim.kind in _BY_PLACE:
        return claim.place and claim.place.file, claim.key
    if claim.kind == "enterprise_clusters":
        return claim.key[1]
    return (claim.unit,) if claim.names else (claim.unit, claim.key)


def _agree(wanted: Claim, given: Claim) -> bool:
    if wanted.kind in _BY_PLACE:
        return bool(wanted.place and given.place and wanted.place.overlaps(given.place))
    return bool(wanted.names & given.names) if wanted.names else True


def side_facts(wanted: Claim, given: Claim) -> dict[str, bool]:
    """What a matched pair agrees on beside its contents; a comparator counts where gold has one."""
    sides: dict[str, bool] = {}
    if wanted.comparator:
        sides["comparator"] = wanted.comparator == given.comparator
    if wanted.times:
        sides["when"] = {squeeze(time)[:4] for time in given.times} <= {squeeze(time)[:4] for time in wanted.times}
        sides["about"] = _alike(wanted.about, given.about) >= _ALIKE_ABOUT
    if wanted.roles:
        sides["role"] = any(_alike(want, have) >= _ALIKE_ROLE for want in wanted.roles for have in given.roles)
    return sides


def _alike(wanted: str, given: str) -> float:
    """The share of gold's characters that the other wording has too (0 to 1)."""
    asked = set(squeeze(wanted))
    return len(asked & set(squeeze(given))) / len(asked) if asked else 1.0
