"""Questions for a number: the goal or the statement about the past that a question means."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.lookup.answers import Answers, Json, sparql
from kg.lookup.forms import name_grams, unit_grams
from kg.lookup.index import Gathering, Index, Kept
from kg.lookup.intents import Wish, bare_quantity, says
from kg.lookup.mentions import Names
from kg.lookup.normal import fold_width
from kg.lookup.reading import Question, Reader
from kg.lookup.records import Records
from kg.lookup.shelf import Shelf
from kg.lookup.things import Quantity, names_of

QUANTITIES = "quantity-grams"

_SUBJECT, _ABOUT, _PLAN, _QUOTE = 1.0, 1.0, 0.9, 0.8
_ENOUGH, _NAMED = 0.6, 0.8
_TELLING = 1.0
_FULL_NAME, _COUNTED, _TOLD = 0.2, 0.4, 0.6
_TIE = 0.03
_MOST = 10
# Whoever asks how many there are does not say that it is a number.
_COUNT = "数量"
# A multiple (翻番) answers less than a number of its own.
_RELATIVE = "倍"
_KEPT = 8192


@dataclass(frozen=True, slots=True)
class Figured:
    """The quantities meant, best first, a query that gives the best, and how well it covers the question (0 to 1)."""

    answers: list[Json]
    query: str
    score: float


class Figures:
    """Finds quantities by what they count, about what, and of when."""

    def __init__(
        self, records: Records, answers: Answers, clusters: Names, english: Iterable[str], shelf: Shelf
    ) -> None:
        self._records = records
        self._clusters = clusters
        self._answers = answers
        self._index = Index(Kept(shelf.table(QUANTITIES), len(records.quantities)))
        self._reader = Reader(self._index, english, (), records.home)

    def answer(self, wish: Wish, text: str, *, named: bool = False) -> Figured:
        """The quantities that the question means, best first; ``named`` asks for those that it all but names."""
        question = self._reader.read(bare_quantity(text, self._index.holds))
        if question.empty or (named and self._names_only(question)):
            return Figured([], "", 0.0)
        ranked = self._ranked(question, wish, text, _NAMED if named else _ENOUGH)
        if not ranked:
            return Figured([], "", 0.0)
        best = [quantity for rank, quantity in ranked if rank >= ranked[0][0] - _TIE][:_MOST]
        return Figured([self._written(quantity) for quantity in best], _query(best[0]), min(1.0, ranked[0][0]))

    def _ranked(self, question: Question, wish: Wish, text: str, enough: float) -> list[tuple[float, Quantity]]:
        said = frozenset(gram for atom in question.atoms for option in atom.options for gram in option.grams)
        hinted = _hinted(wish, text)
        needed = 0.0 if self._names_only(question) else _COUNTED
        found = []
        for number, coverage in self._index.cover(question.atoms, least=enough).items():
            quantity = self._records.quantities[number]
            if not self._fits(quantity, wish, hinted):
                continue
            counted = max(self._counted(quantity, said), _TOLD if _tells(text, quantity) else 0.0)
            if counted >= needed:
                found.append((coverage + _FULL_NAME * counted + self._preference(quantity, wish, text), quantity))
        return sorted(found, key=lambda item: (-item[0], item[1].iri))

    def _names_only(self, question: Question) -> bool:
        """Whether the question names a cluster and says nothing of what is counted: then any of its numbers fits."""
        mentions = self._clusters.find(question.units, question.space)
        named = {n for mention in mentions for n in range(mention.start, mention.end)}
        rest = [weight for n, weight in enumerate(question.weights) if n not in named and weight > _TELLING]
        return bool(named) and not rest

    def _fits(self, quantity: Quantity, wish: Wish, hinted: Mapping[str, Collection[str]]) -> bool:
        """Whether it is of the year and of the things that the question names or hints at."""
        undated = quantity.kind == "target" and not quantity.when
        if wish.year and not undated and not quantity.when.startswith(wish.year):
            return False
        if wish.within and not self._told_of(quantity, wish):
            return False
        counted, subjects = fold_width(quantity.subject + quantity.metric), self._subjects(quantity)
        if any(iri not in subjects and not _says_any(quantity, names) for iri, names in hinted.items()):
            return False
        said = (fold_width(name) for record in wish.meant for name in names_of(record))
        return not wish.meant or any(r.iri in subjects for r in wish.meant) or any(name in counted for name in said)

    def _told_of(self, quantity: Quantity, wish: Wish) -> bool:
        """Whether a document of the places asked about states it, or it is itself about one of them."""
        told = any(self._records.is_of(document, wish.within) for document in quantity.documents)
        return told or bool(self._records.home.within(fold_width(quantity.subject)) & wish.within)

    def _subjects(self, quantity: Quantity) -> set[str]:
        plans = (cluster.iri for document in quantity.documents for cluster in self._records.planned_by(document))
        return {quantity.about, *plans}

    def _preference(self, quantity: Quantity, wish: Wish, text: str) -> float:
        """A little more for the kind asked for, the year and the unit told, and what is about the thing named."""
        goal, past = says(text, "goal"), says(text, "past")
        kind = (quantity.kind == "target") if goal or not past else (quantity.kind == "observation")
        about = quantity.about in {record.iri for record in (*wish.clusters, *wish.districts)}
        dated = bool(wish.year) and quantity.when.startswith(wish.year)
        unit = 0.05 * (fold_width(quantity.unit) in text) - 0.03 * (quantity.unit == _RELATIVE)
        return 0.1 * kind + 0.08 * about + 0.05 * dated + unit

    def _counted(self, quantity: Quantity, said: frozenset[str]) -> float:
        """The share of what is counted that the question says, the name of the cluster left aside."""
        clusters = [cluster for document in quantity.documents for cluster in self._records.planned_by(document)]
        about = self._records.get(quantity.about)
        named = frozenset[str]().union(*(_label(record.label) for record in (*clusters, *([about] if about else []))))
        form = _form(quantity.subject + quantity.metric.removesuffix(_COUNT))
        counted = [near for near in form if named.isdisjoint(near)]
        return sum(not said.isdisjoint(near) for near in counted) / len(counted) if counted else 1.0

    def _written(self, quantity: Quantity) -> Json:
        about = self._records.get(quantity.about)
        return {
            **said_of(quantity),
            "about": self._answers.thing(about) if about else None,
            "evidence": self._answers.evidence(quantity.evidence),
        }


def _hinted(wish: Wish, text: str) -> dict[str, tuple[str, ...]]:
    """The clusters that a question only hints at (软件 for 软件与信息服务), each with the words that do so."""
    found = {r.iri: [*map(fold_width, (*names_of(r), *r.hidden))] for r in wish.clusters if r not in wish.meant}
    return {iri: tuple(name for name in names if name in text) for iri, names in found.items()}


def _says_any(quantity: Quantity, names: Collection[str]) -> bool:
    """Whether what is counted, or what is said around it, has one of these words; also where there are none."""
    said = fold_width(" ".join((quantity.subject, quantity.metric, *quantity.quotes)))
    return not names or any(name in said for name in names)


@lru_cache(_KEPT)
def _label(label: str) -> frozenset[str]:
    return frozenset(name_grams(label))


@lru_cache(_KEPT)
def _form(counted: str) -> tuple[tuple[str, ...], ...]:
    """The grams around each unit of what is counted."""
    return tuple(near for near, _ in unit_grams(fold_width(counted)))


def quantity_grams(records: Records) -> Gathering:
    """What the quantities are found by: what is counted, of what, and the words around the number."""
    found = Gathering(len(records.quantities))
    for number, quantity in enumerate(records.quantities):
        for text, worth in _fields(records, quantity):
            found.add(number, name_grams(text), worth)
    return found


def _fields(records: Records, quantity: Quantity) -> Iterable[tuple[str, float]]:
    yield quantity.subject + quantity.metric, _SUBJECT
    yield quantity.unit, _SUBJECT
    about = records.get(quantity.about)
    yield from ((name, _ABOUT) for name in (names_of(about) if about else ()))
    for document in quantity.documents:
        for cluster in records.planned_by(document):
            yield from ((name, _PLAN) for name in names_of(cluster))
    yield from ((quote, _QUOTE) for quote in quantity.quotes)


def said_of(quantity: Quantity) -> Json:
    """A quantity in JSON, without what it is about and where it is stated."""
    numbers = {"value": quantity.value, "minValue": quantity.low, "maxValue": quantity.high}
    dated = quantity.kind == "target" and quantity.when
    when = {"year": int(quantity.when)} if dated else {"period": quantity.when}
    said = {"comparator": quantity.comparator, **when}
    return {
        "iri": quantity.iri,
        "kind": quantity.kind,
        "label": f"{quantity.subject}{quantity.metric} {quantity.text}",
        "subject": quantity.subject,
        "metric": quantity.metric,
        **{name: _number(number) for name, number in numbers.items() if number},
        "valueText": quantity.text,
        "unit": quantity.unit,
        **{name: value for name, value in said.items() if value},
    }


def _tells(text: str, quantity: Quantity) -> bool:
    """Whether a folded question has the very number of a quantity, with its unit (5家)."""
    numbers = "|".join(re.escape(n) for n in (quantity.value, quantity.low, quantity.high) if n and n in text)
    unit = re.escape(fold_width(quantity.unit))
    return bool(numbers) and re.search(rf"(?<![\d.])(?:{numbers}) ?{unit}", text) is not None


def _number(said: str) -> int | float:
    """A printed number as JSON has it: whole where it is whole."""
    value = float(said)
    return int(value) if value.is_integer() else value


def _query(quantity: Quantity) -> str:
    dated = f'; ckg:year "{quantity.when}"^^xsd:gYear ' if quantity.kind == "target" and quantity.when else ""
    return sparql(
        "SELECT ?quantity ?value ?minValue ?maxValue ?unit WHERE {\n"
        f"  ?quantity a ckg:{quantity.kind.capitalize()} ; ckg:subjectText {_quoted(quantity.subject)} ;\n"
        f"    ckg:metric {_quoted(quantity.metric)} {dated}; ckg:unit ?unit .\n"
        "  OPTIONAL { ?quantity ckg:value ?value }\n"
        "  OPTIONAL { ?quantity ckg:minValue ?minValue ; ckg:maxValue ?maxValue }\n}"
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
