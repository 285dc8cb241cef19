"""What a question wants to know: who leads, a list of things, or a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.lookup.frames import any_of, frames, word_lists
from kg.lookup.mentions import Mention, Names, Space
from kg.lookup.normal import fold_width, has_chinese, units, words
from kg.lookup.records import Records
from kg.lookup.things import Record, names_of

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Wish:
    """An intent with the things that the question names (``year`` is empty where it names none)."""

    intent: str
    clusters: tuple[Record, ...]
    districts: tuple[Record, ...]
    agencies: tuple[Record, ...]
    year: str


class Intents:
    """Tells what a folded question wants to know, from its words and from the things that it names."""

    def __init__(self, records: Records) -> None:
        cities = [d.label for d in records.kind("district") if d.label.endswith("市")]
        prefixes = tuple(dict.fromkeys([*cities, *(c.removesuffix("市") for c in cities), "市"]))
        self._clusters = Names(records.kind("cluster"))
        self._districts = Names([d for d in records.kind("district") if d.label not in cities])
        self._agencies = Names(records.kind("agency"), prefixes)

    def read(self, text: str) -> Wish:
        """The intent; ``leads`` where nothing else is recognised."""
        sequence, space = _sequence(text)
        districts = _records(self._districts.find(sequence, space))
        agencies = _records(self._agencies.find(sequence, space))
        clusters = _records(self._clusters.find(sequence, space))
        year = _YEAR.search(text)
        intent = self._intent(text, clusters, districts, agencies)
        return Wish(intent, clusters, districts, agencies, year[1] if year else "")

    def _intent(
        self, text: str, clusters: Sequence[Record], districts: Sequence[Record], agencies: Sequence[Record]
    ) -> str:
        if says(text, "quantity") or (says(text, "figure") and _YEAR.search(text)):
            return "quantity"
        listed = says(text, "list")
        if agencies and listed and (says(text, "clusters") or says(text, "participates")):
            return "led-by" if says(text, "leading") and not says(text, "participates") else "participates"
        if clusters and says(text, "agencies") and says(text, "participates"):
            return "agencies-of"
        if frames().who.search(text):
            return "leads"
        if clusters and says(text, "districts"):
            return "districts-of"
        if listed:
            return self._list_of(text, bool(clusters), bool(districts))
        return _bare(text, districts, agencies)

    def _list_of(self, text: str, of_cluster: bool, of_district: bool) -> str:
        if of_cluster or of_district:
            for kind in ("enterprises", "platforms"):
                if says(text, kind):
                    return f"{kind}-of"
        if of_cluster and says(text, "subsectors"):
            return "subsectors-of"
        return "clusters-of" if of_district and says(text, "clusters") else "leads"


def _bare(text: str, districts: Sequence[Record], agencies: Sequence[Record]) -> str:
    """A name of a district or a body and nothing else asks for its clusters."""
    named = {fold_width(name) for record in (*districts, *agencies) for name in names_of(record)}
    if text not in named:
        return "leads"
    return "clusters-of" if districts else "participates"


def _sequence(text: str) -> tuple[list[str], Space]:
    if has_chinese(text):
        return [unit.text for unit in units(text)], "characters"
    return words(text), "words"


def _records(mentions: Sequence[Mention]) -> tuple[Record, ...]:
    return tuple(dict.fromkeys(mention.record for mention in mentions))


def says(text: str, kind: str) -> bool:
    """Whether the folded text has any of the words of an intent (words.toml, ``intent``)."""
    return _pattern(kind).search(text) is not None


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """A pattern for the words of an intent; English words stand by themselves."""
    said = word_lists("words")["intent"][kind]
    chinese, english = [w for w in said if has_chinese(w)], [w for w in said if not has_chinese(w)]
    choices = [any_of(chinese)] if chinese else []
    return re.compile("|".join([*choices, *([rf"\b{any_of(english)}\b"] if english else [])]))


def bare_quantity(text: str) -> str:
    """A question for a number without the words of asking and the year: what is counted."""
    without_year = re.sub(r"20\d\d ?年?[底末]?", " ", text)
    if not has_chinese(text):
        return without_year
    counted = re.sub(r"多少(?:万亿|亿|万)?[个家项件元人种座条台所%]?", " ", without_year)
    return " ".join(_pattern("quantity_frame").sub(" ", counted).split())
