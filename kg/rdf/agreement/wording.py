"""What a quantity measures, in words that do not depend on how a text puts it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from kg.facts import Thing
from kg.places import leading_place, short_name
from kg.vocabulary import Vocabulary

# Spaces and quotation marks: who prints 专精特新“小巨人” and who prints 专精特新小巨人 mean the same.
_LAYOUT = re.compile(r"[\s“”‘’「」『』\"']+")


@dataclass(frozen=True, slots=True)
class Wording:
    """What is measured: ``place`` where the subject names one, ``words`` in their canonical form.

    Of a share ``words`` is what has it and ``whole`` what it is a share of (empty where the text leaves that open).
    """

    place: str
    words: str
    whole: str = ""
    share: bool = False

    @property
    def growth(self) -> bool:
        """Whether it is the speed of a growth or a fall."""
        return self.words.endswith((*words("wording", "growth"), *words("wording", "fall")))

    @property
    def vague(self) -> bool:
        """Whether it names nothing itself (该数据)."""
        return not (self.words or self.whole) or self.words.startswith(words("wording", "pointing"))

    @property
    def less_is_better(self) -> bool:
        """Whether a lower value is the better one."""
        said = self.words + self.whole
        return said.endswith(words("wording", "fall")) or any(w in said for w in words("wording", "less_is_better"))

    @property
    def of_companies(self) -> bool:
        """Whether it is a measure that texts give of companies (净利润)."""
        return (
            re.fullmatch(f"(?:{any_of('wording', 'of_companies')})(?:{any_of('wording', 'growth')})?", self.words)
            is not None
        )

    def of_that(self, measured: Wording) -> Wording:
        """The share that what was just measured has: 企业研发投入1785亿元，占全社会研发投入的94.9%."""
        return replace(self, place=measured.place, words=measured.words)


@cache
def _data() -> dict[str, Any]:
    with Path(__file__).with_name("words.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def words(table: str, name: str) -> tuple[Any, ...]:
    """A word list of this package, as it stands."""
    return tuple(_data()[table][name])


@cache
def any_of(table: str, name: str) -> str:
    """A pattern of all words of a list, the longest first."""
    return "|".join(map(re.escape, sorted(words(table, name), key=lambda word: (-len(word), word))))


def wording(about: Thing | None, subject: str, metric: str, vocabulary: Vocabulary) -> Wording:
    """What a subject and a metric, as a text prints them, measure of a thing."""
    place, own = _placed(_plain(subject))
    named = _unnamed(own, about, vocabulary)
    # A subject that stands in the metric (深圳 | 深圳战略性新兴产业增速) has a place there, too.
    said = _canonical((named + _plain(metric)).removeprefix("的"))
    return _shared(place, said)


def _plain(text: str) -> str:
    return _LAYOUT.sub("", unicodedata.normalize("NFKC", text))


def _placed(subject: str) -> tuple[str, str]:
    """The place that a subject begins with, in full, and the rest; words for the whole place name none."""
    for group in words("wording", "beyond"):
        larger = next((name for name in group if subject.startswith(name)), "")
        if larger:
            return group[0], subject.removeprefix(larger).removeprefix("的")
    place, end = leading_place(subject)
    rest = subject[end:].removeprefix("的")
    whole = next((w for w in words("wording", "whole_place") if rest.startswith(w)), "")
    return place, rest.removeprefix(whole).removeprefix("的")


def says_its_place(text: str, place: str) -> bool:
    """Whether a text says that it speaks of the whole of this place, or of a larger one."""
    larger = (name for group in words("wording", "beyond") for name in group)
    return any(name in text for name in (*words("wording", "whole_place"), *larger, short_name(place)) if name)


def _unnamed(subject: str, about: Thing | None, vocabulary: Vocabulary) -> str:
    """The subject without what the thing itself is called: nothing, where it says no more."""
    kind = about.kind if about else ""
    for name in (subject, _bare(subject)):
        found = vocabulary.find(kind, name)
        if about is not None and (name == about.name or (found is not None and found.slug == about.name)):
            return ""
    return _bare(subject)


def _bare(subject: str) -> str:
    suffix = next((s for s in words("wording", "industry") if subject.endswith(s)), "")
    return subject.removesuffix(suffix)


def _canonical(said: str) -> str:
    """The words with one name for each measure, and without the word for a count."""
    pattern, meant = _synonyms()
    said = pattern.sub(lambda match: meant[match[0]], said)
    return re.sub(f"(?:{any_of('wording', 'counted')})+$", "", said)


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    meant = {_plain(name): _plain(group[0]) for group in words("wording", "names") for name in group}
    found = sorted(meant, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, found))), meant


def _shared(place: str, said: str) -> Wording:
    ending = re.compile(f"(?:{any_of('wording', 'shares')})+$")
    holder, mark, whole = ending.sub("", said).rpartition("占")
    if not mark or not (ending.search(said) or whole == "比"):
        return Wording(place, said)
    whole = "" if whole == "比" else whole.removeprefix("据")
    own = next((w for w in words("wording", "whole_place") if whole.startswith(w) and whole != w), "")
    return Wording(place, holder, whole.removeprefix(own).removeprefix("地区"), share=True)
