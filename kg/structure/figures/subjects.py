"""Of whom a figure speaks: its clause's subject, else the cluster or the place that the context sets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.facts import Thing, ThingKind
from kg.grammar.words import any_of
from kg.structure.context import cluster_of
from kg.structure.figures.clauses import Clause
from kg.structure.figures.phrases import Phrase, named_apart, patterns, read_phrase, shared_heads, words
from kg.structure.figures.tenses import Chapter
from kg.structure.outline import Outline
from kg.vocabulary import Vocabulary

_LONGEST_COMPANY = 8
# A place named this near to the head of a passage is what the passage is about.
_HEAD = 14
_KINDS: tuple[ThingKind, ...] = ("cluster", "category", "district")


@dataclass(frozen=True, slots=True)
class Named:
    """Subject and metric of a figure; ``falls`` is true where the figure is a negative growth."""

    about: Thing | None
    subject: str
    metric: str
    falls: bool = False


class Subjects:
    """Follows a document passage by passage and tells of each figure whom it is about."""

    def __init__(self, outline: Outline, vocabulary: Vocabulary) -> None:
        self._outline = outline
        self._vocabulary = vocabulary
        self._names = _names_of(vocabulary)
        self._section: int | None = None
        self._place = self._home()

    def read(self, text: str, clauses: tuple[Clause, ...], section: int | None, chapter: Chapter) -> list[Named]:
        """Subject and metric of each clause of a passage."""
        if section != self._section:
            self._section, self._place = section, self._home()
        if chapter in ("article", "state"):
            self._place = self._names.place_at_head(text) or self._place
        if not clauses:
            return []
        outside = self._names.outside(text) if chapter == "article" else None
        cluster = cluster_of(self._outline, section, self._vocabulary)
        lists = _lists(text, clauses)
        named: list[Named] = []
        for index, clause in enumerate(clauses):
            phrase = read_phrase(text, clause, named[-1].metric if named else "")
            if index in lists:
                phrase = _one_of_list(phrase, lists[index], text, clause)
            named.append(self._name(phrase, chapter, cluster, outside, named[-1] if named else None))
        return named

    def _home(self) -> tuple[Thing | None, str]:
        place = self._outline.document.place
        entry = self._vocabulary.find("district", place)
        return (Thing("district", entry.slug) if entry else None, place)

    def _name(
        self, phrase: Phrase, chapter: Chapter, cluster: str | None, outside: str | None, last: Named | None
    ) -> Named:
        own, metric = self._parted(phrase)
        if not own and last is not None and phrase.leans:
            return Named(last.about, last.subject, metric, phrase.falls)
        about = self._names.thing(own) or self._names.company(own, metric) or self._names.thing(metric)
        if about is None and self._names.is_city(own):
            about = self._home()[0]
        if about is None and chapter != "goal" and self._names.is_elsewhere(own or metric):
            return Named(None, own or metric, metric, phrase.falls)
        if cluster is not None:
            label = self._vocabulary.entry("cluster", cluster).label
            subject = own or (label if label.endswith("产业") else label + "产业")
            return Named(about or Thing("cluster", cluster), subject, metric, phrase.falls)
        if about is None and not patterns()["apart"].search(own) and outside is None:
            about = self._place[0]
        return Named(about, own or outside or self._place[1], metric, phrase.falls)

    def _parted(self, phrase: Phrase) -> tuple[str, str]:
        """A subject that is one, and a metric with what is none: 一般公共预算收入, 南山区|国家高新技术企业数量."""
        own, metric = phrase.subject, phrase.metric
        if not own:
            return self._names.part(metric)
        known = self._names.thing(own) or self._names.is_elsewhere(own) or self._names.is_city(own)
        if known or named_apart(own) or self._names.company(own, metric):
            return own, metric
        return "", metric if metric.startswith(own) else own + metric


def _lists(text: str, clauses: tuple[Clause, ...]) -> dict[int, str]:
    """Which clauses share the head of a list (A、B分别增长a、b), and the item that each is of."""
    items: dict[int, str] = {}
    for index, clause in enumerate(clauses):
        head = text[clause.start : clause.found.start]
        if "分别" not in head:
            continue
        run = index + 1
        while run < len(clauses) and not text[clauses[run].start : clauses[run].found.start].strip("、和及 "):
            run += 1
        found = shared_heads(head, run - index) if run > index + 1 else None
        items.update({index + k: name for k, name in enumerate(found or ())})
    return items


def _one_of_list(phrase: Phrase, item: str, text: str, clause: Clause) -> Phrase:
    """The phrase of one item of a list; growth stays growth."""
    match = patterns()["metric"].fullmatch(item)
    subject, metric = (match["subject"], match["metric"]) if match else ("", item)
    suffix = next((s for s in ("增速", "降幅") if phrase.metric.endswith(s)), "")
    return Phrase(subject, metric + suffix, falls=phrase.falls)


class _Names:
    """The names of the vocabulary, and words for places, as patterns."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        lists = words()
        self._kinds = {kind: re.compile(any_of(name for name, _ in vocabulary.names(kind))) for kind in _KINDS}
        self._city = re.compile(any_of(lists["city"]))
        self._elsewhere = re.compile(any_of(lists["elsewhere"]))
        self._beyond = re.compile(
            rf"(?:[^，]{{0,4}}，)?(?:今日|在|\d{{4}}年)?(?P<land>{any_of(lists['beyond'])})(?!{any_of(lists['ranked'])})"
        )
        self._company = re.compile(rf"{any_of(lists['companies'])}$")
        verbs = rf"(?!{any_of(lists['no_verbs'])}){any_of(lists['verbs'])}"
        places = any_of([name for name, _ in vocabulary.names("district")] + list(lists["city"]))
        anywhere = r"[\u4e00-\u9fff]{2,3}(?:省|(?<![上城股超门])市)"
        self._owner = re.compile(rf"(?P<owner>{places}|{anywhere})(?:的|{verbs})*(?P<rest>[^、].+)")

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
        match = self._owner.match(phrase)
        return (match["owner"], match["rest"]) if match else ("", phrase)

    def is_elsewhere(self, phrase: str) -> bool:
        """Whether a subject lies outside the city (全国, 全球)."""
        return bool(self._elsewhere.match(phrase))

    def place_at_head(self, text: str) -> tuple[Thing | None, str] | None:
        """The district that a passage names near its head."""
        match = self._kinds["district"].search(text, 0, _HEAD)
        if match is None or text[match.end() : match.end() + 1] in ("、", "等"):
            return None
        entry = self._vocabulary.find("district", match[0])
        return (Thing("district", entry.slug), entry.label) if entry is not None else None

    def outside(self, text: str) -> str | None:
        """The land beyond the city that a passage begins with (今日中国, 粤港澳大湾区)."""
        match = self._beyond.match(text)
        return match["land"] if match else None


@lru_cache(maxsize=4)
def _names_of(vocabulary: Vocabulary) -> _Names:
    return _Names(vocabulary)
