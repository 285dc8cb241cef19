"""Measures a store: gold, claims, verdicts and figures in one go."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.evaluation.claims import Claim, Place, Unit, read_sources
from kg.evaluation.figures import Figures, RuleFigures, evidence_figures, figures, rule_figures, words_at
from kg.evaluation.gold import read_gold
from kg.evaluation.graph import graph_claims, quotes
from kg.evaluation.matching import Verdict, judge
from kg.store import Store
from kg.text import Text


@dataclass(frozen=True, slots=True)
class Measurement:
    """A graph held against gold.

    ``figures`` has one entry a kind and one for the evidence, whose quotes ``inexact`` do not stand at their place;
    ``unplaced`` are quotes of gold that the sources do not hold.
    """

    units: tuple[Unit, ...]
    sources: Mapping[str, Text]
    verdicts: tuple[Verdict, ...]
    figures: tuple[Figures, ...]
    rules: tuple[RuleFigures, ...]
    inexact: tuple[Place, ...]
    unplaced: tuple[str, ...]

    def only(self, kinds: Collection[str]) -> Measurement:
        """The same for some kinds."""
        verdicts = tuple(verdict for verdict in self.verdicts if verdict.kind in kinds)
        return replace(
            self,
            verdicts=verdicts,
            figures=tuple(one for one in self.figures if one.kind in kinds),
            rules=tuple(rule_figures(verdicts)),
            inexact=self.inexact if "evidence" in kinds else (),
        )

    def unit_of(self, claim: Claim) -> str:
        """The name of the unit that a claim stands in; empty where it has no place."""
        return next((u.name for u in self.units if claim.place and claim.place.overlaps(u.place)), "")

    def words(self, claim: Claim) -> str:
        """The words at a claim's place; empty where it has none."""
        return words_at(claim.place, self.sources) if claim.place else ""


def measure(store: Store, gold_folder: Path, source_folder: Path) -> Measurement:
    """Hold the graph of a store against the gold of a folder.

    ``source_folder`` holds the sources that both were read from. Raises KgError where gold or sources can't be read.
    """
    sources = read_sources(source_folder)
    gold = read_gold(gold_folder, sources)
    verdicts = judge(gold, graph_claims(store))
    evidence, inexact = evidence_figures(quotes(store), sources)
    return Measurement(
        units=gold.units,
        sources=sources,
        verdicts=verdicts,
        figures=(*map(figures, verdicts), evidence),
        rules=tuple(rule_figures(verdicts)),
        inexact=tuple(inexact),
        unplaced=gold.unplaced,
    )
