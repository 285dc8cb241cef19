"""What a subject names: a company, a cluster, a category, a district, or a land beyond the city."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.facts import Thing, ThingKind
from kg.grammar.words import any_of
from kg.structure.figures.wording import named_apart, words
from kg.vocabulary import Vocabulary

_LONGEST_COMPANY = 8
# A place named this near to the head of a passage is what the passage is about.
_HEAD = 14
# Longer than this, what follows a district in a list is no spot in it.
_LONGEST_SPOT = 8
_KINDS: tuple[ThingKind, ...] = ("cluster", "category", "district")


class Names:
    """The names of the vocabulary, and words for places, as patterns."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        lists = words()
        longer = {"cluster": f"(?!{any_of(lists['longer'])})"}
        self._kinds = {
            kind: re.compile(any_of(name for name, _ in vocabulary.names(kind)) + longer.get(kind, ""))
            for kind in _KINDS
        }
        self._city = re.compile(any_of(lists["city"]))
        ranked = rf"(?!{any_of(lists['ranked'])}|\d+强)"
        self._elsewhere = re.compile(any_of(lists["elsewhere"]) + ranked)
        self._beyond = re.compile(
            rf"(?:[^，]{{0,4}}，)?(?:今日|在|\d{{4}}年)?(?P<land>{any_of(lists['beyond'])}){ranked}"
        )
        self._company = re.compile(rf"{any_of(lists['companies'])}$")
        verbs = rf"(?!{any_of(lists['no_verbs'])}){any_of(lists['verbs'])}"
        districts = any_of(name for name, _ in vocabulary.names("district"))
        places = any_of([name for name, _ in vocabulary.names("district")] + list(lists["city"]))
        anywhere = rf"(?!{any_of(lists['subjects'])})[\u4e00-\u9fff]{{2,3}}(?:省(?!级)|(?<![上城股超门])市(?![级场]))"
        other, number = rf"(?:{districts}|{any_of(lists['elsewhere'])})", r"[两三四五六七八九十\d]+个?大?"
        together = rf"(?:[、和与及]{other})+等?(?:(?:{number})?(?:区|城市|地|市))?"
        self._several = re.compile(rf"(?P<owner>{districts}{together})(?:的|{verbs})*(?P<rest>[^、]*)")
        self._owner = re.compile(rf"(?P<owner>{places}|{anywhere})(?:的|{verbs})*(?P<rest>[^、].+)")
        self._lead = re.compile(rf"(?:[^，]{{0,10}}，)?(?:\d{{4}}年)?(?P<place>{districts})")
        self._there = re.compile(any_of(lists["there"]))
        self._within = re.compile(rf"在[^，]*?(?P<place>{districts})[^，]{{0,2}}，")

    def thing(self, phrase: str) -> Thing | None:
        """What a subject names: a company, a cluster, a category or a district."""
        if not phrase:
            return None
        if self._company.search(phrase):
            return Thing("enterprise", phrase)
        for kind in _KINDS:
            match = self._kinds[kind].search(phrase)
            entry = self._vocabulary.find(kind, match[0]) if match else None
            if entry is not None:
                return Thing(kind, entry.slug)
        return None

    def is_city(self, phrase: str) -> bool:
        """Whether a subject is the city whose document it is (全市)."""
        return bool(self._city.search(phrase))

    def company(self, phrase: str, metric: str) -> Thing | None:
        """A company that only its earnings tell as one (某某通讯|营业收入)."""
        short = 2 <= len(phrase) <= _LONGEST_COMPANY and not named_apart(phrase)
        earns = metric.removesuffix("增速") in words()["earnings"]
        return Thing("enterprise", phrase) if short and earns else None

    def part(self, phrase: str) -> tuple[str, str]:
        """A district or city at the head of a phrase, and the rest without the verb that follows it."""
        match = self._several.match(phrase) or self._owner.match(phrase)
        return (match["owner"], match["rest"]) if match else ("", phrase)

    def several(self, phrase: str) -> bool:
        """Whether a subject is more than one place (南山、宝安两区)."""
        return self._several.fullmatch(phrase) is not None

    def exact(self, phrase: str) -> bool:
        """Whether a subject is a name of the vocabulary, and nothing beside it."""
        return any(self._vocabulary.find(kind, phrase) is not None for kind in _KINDS)

    def points_back(self, text: str) -> bool:
        """Whether a passage goes on speaking of the place of the one before it (这里, 全区)."""
        return bool(self._there.match(text))

    def field(self, metric: str) -> Thing | None:
        """A cluster or a category that a measure begins with (新能源创新载体数量)."""
        found = ((kind, self._kinds[kind].match(metric)) for kind in _KINDS if kind != "district")
        entries = ((kind, self._vocabulary.find(kind, match[0])) for kind, match in found if match)
        return next((Thing(kind, entry.slug) for kind, entry in entries if entry is not None), None)

    def land(self, phrase: str) -> str:
        """The land outside the city that a phrase begins with (全国, 北京); empty where it begins with none."""
        match = self._elsewhere.match(phrase)
        return match[0] if match else ""

    def is_elsewhere(self, phrase: str) -> bool:
        """Whether a subject lies outside the city (全国, 全球)."""
        return bool(self.land(phrase))

    def place_at_head(self, text: str) -> tuple[Thing, str] | None:
        """The district that a passage names near its head."""
        match = self._kinds["district"].search(text, 0, _HEAD)
        within = self._within.match(text)
        if within is not None:
            return self._place(within["place"])
        if match is None or self._listed(text, match.end()):
            return None
        return self._place(match[0])

    def _listed(self, text: str, end: int) -> bool:
        """Whether a place is but one of a list (宝安燕罗、龙岗宝龙)."""
        clause = re.split("[，；。]", text[end:], maxsplit=1)[0]
        mark = clause.find("、")
        later = mark >= 0 and self._kinds["district"].match(clause, mark + 1)
        return clause[:1] in ("、", "等") or bool(later and mark <= _LONGEST_SPOT)

    def _place(self, name: str) -> tuple[Thing, str] | None:
        entry = self._vocabulary.find("district", name)
        return (Thing("district", entry.slug), entry.label) if entry is not None else None

    def leads(self, text: str, place: Thing | None) -> bool:
        """Whether a passage begins with the name of a place, after a time at most."""
        match = self._lead.match(text)
        found = self._place(match["place"]) if match else None
        return found is not None and found[0] == place

    def outside(self, text: str) -> str | None:
        """The land beyond the city that a passage begins with (今日中国, 粤港澳大湾区)."""
        match = self._beyond.match(text)
        return match["land"] if match else None


@lru_cache(maxsize=4)
def names_of(vocabulary: Vocabulary) -> Names:
    """The names of a vocabulary, made once."""
    return Names(vocabulary)
