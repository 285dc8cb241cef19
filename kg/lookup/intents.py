"""What a question wants to know: who leads, a list of things, or a number."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from kg.lookup.frames import any_of, asks_who, frames, word_lists
from kg.lookup.home import cities
from kg.lookup.mentions import Mention, Names, Space
from kg.lookup.normal import fold_width, has_chinese, units, words
from kg.lookup.records import Records
from kg.lookup.things import Record, names_of

_SAYS_NOTHING = dict.fromkeys(map(ord, "的了是个有类大全市"))
_SHORTEST_METRIC = 3
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Wish:
    """An intent with the things that the question names (``year`` is empty where it names none).

    ``meant`` are the clusters and districts named by a name of theirs, not by a word to search by (手机 for 智能终端);
    ``tasks`` tells that any task will do as an answer, not only whole clusters; ``elsewhere`` that the question names
    another place than the graph's own; ``within`` are those of several own places that it is about.
    """

    intent: str
    clusters: tuple[Record, ...]
    districts: tuple[Record, ...]
    agencies: tuple[Record, ...]
    categories: tuple[Record, ...]
    meant: tuple[Record, ...]
    year: str
    tasks: bool
    elsewhere: bool
    within: frozenset[str] = frozenset()


class Intents:
    """Tells what a folded question wants to know, from its words and from the things that it names."""

    def __init__(self, records: Records) -> None:
        own = cities(records.kind("district"))
        self._home = records.home
        english = [f"{city.label_en} " for city in own if city.label_en]
        prefixes = tuple(dict.fromkeys([*sorted(self._home.names, key=len, reverse=True), "市", *english]))
        self._clusters = Names(records.kind("cluster"))
        self._districts = Names([d for d in records.kind("district") if d not in own])
        self._agencies = Names(records.kind("agency"), prefixes)
        self._categories = Names(records.kind("category"))
        metrics = {fold_width(metric) for metric in records.metrics if len(metric) >= _SHORTEST_METRIC}
        self._metric = re.compile(f"{any_of(metrics)}(?:是|为|有|的|吗|呢|[\\s?.!。])*$") if metrics else None

    def read(self, text: str) -> Wish:
        """The intent; ``leads`` where nothing else is recognised, ``bare`` where nothing at all is asked.

        ``figure`` is a question that ends in what a number is called (海洋集装箱吞吐量), and asks for nothing else.
        """
        sequence, space = _sequence(text)
        districts = _records(self._districts.find(sequence, space))
        agencies = _records(self._agencies.find(sequence, space))
        mentions = self._clusters.find(sequence, space)
        clusters, meant = _records(mentions), _records([m for m in mentions if m.strict])
        year = _YEAR.search(text)
        categories = _records(self._categories.find(sequence, space))
        intent = self._intent(text, clusters, districts, agencies)
        if intent == "leads" and not (asks_who(text) or says(text, "asked") or says(text, "leading")):
            intent = "figure" if self._metric and self._metric.search(text) else "bare"
        if intent in {"bare", "leads"} and not agencies and not districts and self._asks_for_all(text, categories):
            intent = "clusters"
        tasks, left = (
            not says(text, "clusters"),
            self._is_elsewhere(text, agencies),
        )
        named = (*meant, *districts)
        within, when = self._home.within(text), year[1] if year else ""
        return Wish(intent, clusters, districts, agencies, categories, named, when, tasks, left, within)

    def _intent(
        self, text: str, clusters: Sequence[Record], districts: Sequence[Record], agencies: Sequence[Record]
    ) -> str:
        if says(text, "compare") and (len(clusters) > 1 or len(districts) > 1):
            return "compare"
        if says(text, "growth") and (clusters or districts):
            return "growth"
        if says(text, "quantity") or (says(text, "figure") and _YEAR.search(text)):
            return "quantity"
        listed = says(text, "list")
        if agencies and listed and not says(text, "asked"):
            if says(text, "leading") and not says(text, "participates") and not frames().who.search(text):
                return "led-by"
            if any(says(text, kind) for kind in ("clusters", "participates", "duties")):
                return "participates"
        if clusters and says(text, "agencies") and (says(text, "participates") or says(text, "duties")):
            return "agencies-of"
        if frames().who.search(text):
            return "leads"
        if clusters and says(text, "districts"):
            return "districts-of"
        if listed:
            return self._list_of(text, bool(clusters), bool(districts))
        return _bare(text, districts, agencies)

    def _is_elsewhere(self, text: str, agencies: Sequence[Record]) -> bool:
        """Whether a question names another place than the graph's own, and not as a part of a body's name."""
        bodies = [fold_width(name) for agency in agencies for name in names_of(agency)]
        others = [place for place in self._home.others(text) if not any(place in name for name in bodies)]
        return bool(others) or (not agencies and bool(self._home.others_in_english(words(text))))

    def _asks_for_all(self, text: str, categories: Sequence[Record]) -> bool:
        """Whether a question for a list says nothing but that: all clusters, or all of the categories named."""
        if not says(text, "list") or not (categories or says(text, "clusters")):
            return False
        names = [fold_width(name) for record in categories for name in names_of(record)]
        known = [*names, *self._home.names, *self._home.english]
        rest = re.sub(any_of(known), " ", text) if known else text
        for kind in ("list", "all", "clusters"):
            rest = _pattern(kind).sub(" ", rest)
        left = frames().filler.sub(" ", rest)
        telling = (w for w in words(left) if w not in frames().english_stop)
        return not has_chinese(left.translate(_SAYS_NOTHING)) and not any(telling)

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
    return re.compile("|".join([*choices, *([f"(?<![a-z0-9]){any_of(english)}(?![a-z0-9])"] if english else [])]))


def bare_quantity(text: str, is_known: Callable[[str], bool]) -> str:
    """A question for a number without the words of asking and the year: what is counted.

    A word of asking of one character stays where it is part of a known pair (有 in 保有量, 能 in 新能源); ``is_known``
    tells the pairs that the numbers' own names have.
    """
    without_year = re.sub(r"20\d\d ?年?[底末]?", " ", text)
    if not has_chinese(text):
        return without_year
    counted = re.sub(r"多少(?:万亿|亿|万)?[个家项件元人种座条台所%]?", " ", without_year)

    def kept(match: re.Match[str]) -> str:
        start, end = match.span()
        pairs = (counted[max(0, start - 1) : end], counted[start : end + 1])
        return match[0] if end - start == 1 and any(map(is_known, pairs)) else " "

    return " ".join(_pattern("quantity_frame").sub(kept, counted).split())
