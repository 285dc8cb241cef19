"""Of whom a figure speaks: its clause's subject, else the cluster or the place that the context sets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from kg.facts import Thing
from kg.grammar.words import any_of
from kg.structure.context import cluster_of
from kg.structure.figures.clauses import Clause, measures
from kg.structure.figures.fields import Fields, kind_counted, ranked_anew
from kg.structure.figures.lists import one_of_list, shared_items
from kg.structure.figures.names import names_of
from kg.structure.figures.phrases import ADDED, BARE, Phrase, read_measure, read_phrase
from kg.structure.figures.places import Place, Places
from kg.structure.figures.tenses import Chapter
from kg.structure.figures.wording import head_of, named_apart, noun_of, patterns, words
from kg.structure.outline import Outline
from kg.vocabulary import Vocabulary

_INDUSTRIES = ("category", "cluster")
_COUNTED = ("count", "people", "freight")
# 占全国27.5万家国高企业的28%: what the second figure is a share of stands around the first.
_WHOLE = re.compile(r"占(?P<whole>[^占]*?)$")
_OF = re.compile(r"(?P<noun>[^，、；。]{0,20}?)的$")
# 超100亿元的企业 after 营收超500亿元的企业.
_SIZE = re.compile(
    rf"(?:{ADDED})?(?:超过?|突破|达到?)?[\d.]*[一二三四五六七八九十百千万亿]+元?级?(?:以上)?的?(?:企业|公司)"
)


# Not frozen: thousands of them are made, and that takes a frozen one three times as long.
@dataclass(slots=True)
class Named:
    """Subject and metric of a figure; ``falls`` is true where the figure is a negative growth."""

    about: Thing | None
    subject: str
    metric: str
    falls: bool = False


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a clause is of where it does not say: the cluster with its industry, or the place."""

    chapter: Chapter
    cluster: str | None
    industry: str
    place: Place


class Subjects:
    """Follows a document passage by passage and tells of each figure whom it is about."""

    def __init__(self, outline: Outline, vocabulary: Vocabulary) -> None:
        self._outline = outline
        self._vocabulary = vocabulary
        self._names = names_of(vocabulary)
        self._places = Places(outline, vocabulary)
        self._fields = Fields(outline)
        self._section: int | None = None
        self._last: Named | None = None

    def read(self, text: str, clauses: tuple[Clause, ...], section: int | None, chapter: Chapter) -> list[Named]:
        """Subject and metric of each clause of a passage."""
        if section != self._section:
            self._section, self._last = section, None
        self._places.enter(text, section, chapter)
        if not clauses:
            return []
        cluster = cluster_of(self._outline, section, self._vocabulary)
        industry = self._field(section, cluster, chapter) if cluster else self._fields.of(section, chapter)
        lists = shared_items(text, clauses)
        named: list[Named] = []
        for index, clause in enumerate(clauses):
            phrase, last = self._phrase(text, clauses, index, lists.get(index), named)
            place = self._place(text[clause.start : clause.stop], phrase)
            setting = _Setting(chapter, cluster, industry, place)
            named.append(self._name(phrase, setting, last))
        self._last = named[-1]
        return named

    def of_measure(self, said: str, kind: str) -> Named:
        """Subject and metric of what a table measures in words alone (制造业增加值占地区生产总值比重)."""
        return self._name(read_measure(said, kind), _Setting("goal", None, "", self._places.home), None)

    def _phrase(
        self, text: str, clauses: tuple[Clause, ...], index: int, item: str | int | None, named: list[Named]
    ) -> tuple[Phrase, Named | None]:
        """The words of a clause, and the figure before that it takes a subject from."""
        clause, last = clauses[index], named[-1] if named else None
        if isinstance(item, int):
            return Phrase("", named[item].metric + "增速", leans=True), named[item]
        share = _share_of(text, clauses, index, named)
        if share is not None:
            return share, named[index - 2] if index > 1 else None
        phrase = read_phrase(text, clause, last.metric if last else "")
        if last is not None and ranked_anew(phrase.metric, last.metric):
            return Phrase("", ranked_anew(phrase.metric, last.metric), leans=True), last
        if not phrase.subject and (phrase.leans or phrase.metric in BARE):
            phrase = _skipped(text[clauses[index - 1].stop if index else 0 : clause.start], clause) or phrase
        if item is not None:
            phrase = one_of_list(phrase, item)
        elif last is not None:
            phrase = _carried(phrase, text, clause, last.metric)
        if patterns()["pointing"].match(phrase.subject + phrase.metric) and (before := last or self._last) is not None:
            return Phrase("", before.metric, leans=True), before
        return phrase, last

    def _place(self, text: str, phrase: Phrase) -> Place:
        """The place that a clause speaks of: that of its passage, or the whole city where it says so (全市)."""
        here = self._places.here
        of_city = self._names.is_city(text) and "占" not in phrase.metric and here[1].rstrip("区市") not in text
        return self._places.home if of_city else here

    def _name(self, phrase: Phrase, setting: _Setting, last: Named | None) -> Named:
        own, metric = self._parted(phrase)
        if not own and last is not None and (phrase.leans or self._goes_on(last, metric, setting.chapter)):
            return Named(last.about, last.subject, metric, phrase.falls)
        of = _kind(last) if last is not None else ""
        if of and own in words()["sectors"]:
            own, metric = "", own + metric
        if not own and metric.removesuffix("增速") in words()["plain"] and setting.cluster is None:
            of = of or setting.industry
            if of:
                return Named(self._names.thing(of), of, metric, phrase.falls)
        if self._names.several(own):
            return Named(None, own, metric, phrase.falls)
        home, outside = self._places.home, self._places.outside
        if own in words()["city"]:
            return Named(home[0], home[1], metric, phrase.falls)
        about = self._names.thing(own) or self._names.company(own, metric) or self._names.field(metric)
        if about is None and self._names.is_city(own):
            about = home[0]
        if about is None and setting.chapter != "goal" and self._names.is_elsewhere(own or metric):
            land = own or self._names.land(metric)
            return Named(None, land, metric.removeprefix(land) or metric, phrase.falls)
        if about is not None and about.kind in _INDUSTRIES and self._is_local(own, setting):
            return Named(setting.place[0], setting.place[1], own + metric, phrase.falls)
        if setting.cluster is not None:
            about = Thing("cluster", setting.cluster) if about is None or about == home[0] else about
            return Named(about, own or setting.industry, metric, phrase.falls)
        if about is None and not patterns()["apart"].search(own) and outside is None:
            about = setting.place[0]
        return Named(about, own or outside or setting.place[1], metric, phrase.falls)

    def _is_local(self, own: str, setting: _Setting) -> bool:
        """Whether an industry's figure is that of the district which the passage speaks of."""
        elsewhere = self._places.outside is not None or setting.place == self._places.home
        return (
            setting.cluster is None
            and not elsewhere
            and not self._names.is_city(own)
            and self._places.home[1].removesuffix("市") not in own
        )

    def _goes_on(self, last: Named, metric: str, chapter: Chapter) -> bool:
        """Whether a clause without a subject goes on with that of the figure before: a company, or a district."""
        owns = last.about is not None and last.about.kind in ("enterprise", "district")
        return (
            chapter == "article"
            and owns
            and last.about != self._places.home[0]
            and self._names.field(metric) is None
            and not metric.startswith(words()["others"])
            and not self._names.is_elsewhere(metric)
        )

    def _field(self, section: int | None, cluster: str, chapter: Chapter) -> str:
        """What the goals under a heading are of: the field of the cluster that it begins with, else the cluster."""
        label = self._vocabulary.entry("cluster", cluster).label
        above = self._outline.chain(section)[-1:] if chapter == "goal" else ()
        found = _industry().match(above[0].heading) if above else None
        return found["field"] if found else label if label.endswith("产业") else label + "产业"

    def _parted(self, phrase: Phrase) -> tuple[str, str]:
        """A subject that is one, and a metric with what is none: 一般公共预算收入, 南山区|国家高新技术企业数量."""
        own, metric = self._split(phrase.subject, phrase.metric.removeprefix(ADDED))
        return own, (ADDED + metric if phrase.metric.startswith(ADDED) else metric)

    def _split(self, own: str, metric: str) -> tuple[str, str]:
        if own.endswith("等"):
            own = self._names.part(own)[0]
        if not own or own in words()["generic"]:
            return self._names.part(metric)
        if metric.removesuffix("增速") in words()["bare_counts"] and not self._is_industry(own):
            place, noun = self._names.part(own)
            return place, noun + metric
        if named_apart(own) or self._names.exact(own) or self._names.company(own, metric):
            return own, metric
        whole = metric if metric.startswith(own) else own + metric
        place, rest = self._names.part(whole)
        if place or self._within(own):
            return place, rest
        known = self._names.thing(own) or self._names.is_elsewhere(own) or self._names.is_city(own)
        return (own, metric) if known else ("", whole)

    def _is_industry(self, own: str) -> bool:
        return self._names.exact(own) or own.endswith(("产业", "集群", "行业"))

    def _within(self, own: str) -> bool:
        """Whether a phrase only mentions a district (来源于深圳辖区的一般公共预算)."""
        about = self._names.thing(own)
        return about is not None and about.kind == "district"


def _kind(last: Named) -> str:
    """The companies or projects that were counted, or spoken of, right before; empty where that was something else."""
    return kind_counted(last.metric) or (last.subject if last.subject.endswith(words()["counted"]) else "")


@cache
def _industry() -> re.Pattern[str]:
    """A heading that begins with a field of a cluster (服装产业高端化), and not with what all goals are about."""
    lists = words()
    return re.compile(
        rf"(?!{any_of(lists['verbs'])}|{any_of(lists['no_fields'])})(?P<field>[^，。的]{{2,14}}?(?:产业|行业))(?!{any_of(lists['of_industries'])})"
    )


@cache
def _named_on_the_way() -> re.Pattern[str]:
    """A measure, named by a clause that gives no figure of it."""
    lists = words()
    passed = rf"{any_of(lists['passing'])}[^，、。]{{1,8}}$"
    return re.compile(
        rf"(?P<said>[^，]{{2,30}}?{any_of(lists['metrics'])})(?:{any_of(lists['on_the_way'])}|{passed}|$)"
    )


def _share_of(text: str, clauses: tuple[Clause, ...], index: int, named: list[Named]) -> Phrase | None:
    """The share that what was counted has of the figure right before it: 约占全国27.5万家国高企业的28%."""
    if not index or clauses[index].found.kind != "share":
        return None
    whole, found = clauses[index - 1], clauses[index].found
    noun = _OF.fullmatch(text[whole.found.end : found.start])
    of = _WHOLE.search(text[whole.start : whole.found.start])
    if noun is None or of is None:
        return None
    counted = noun["noun"] or (named[index - 2].metric.removesuffix("数量") if index > 1 else "")
    return Phrase("", f"{counted}占{of['whole']}比重", leans=index > 1)


def _skipped(before: str, clause: Clause) -> Phrase | None:
    """What the clauses without a figure say that the next figure measures: 国高企业数量继续增加，突破2万家."""
    for words_between in reversed(before.split("，")):
        match = _named_on_the_way().match(head_of(words_between))
        if match is not None:
            said = read_measure(match["said"], clause.found.kind)
            city = next((word for word in words()["city"] if words_between.startswith(word)), "")
            return replace(said, subject=city, metric=said.subject + said.metric) if city else said
    return None


def _carried(phrase: Phrase, text: str, clause: Clause, before: str) -> Phrase:
    """A phrase with what it shares with the one before: 新增百亿级企业3家、上市企业8家, 营收超500亿元的企业."""
    if phrase.leans or clause.found.kind not in _COUNTED:
        return phrase
    if _SIZE.match(phrase.metric):
        measure = re.match(rf"(?:{ADDED})?(?P<measure>{any_of(measures())})", before)
        return replace(phrase, metric=measure["measure"] + phrase.metric) if measure else phrase
    head = text[clause.start : clause.found.start]
    mark = text[clause.start - 1 : clause.start]
    joined = mark == "、" or (not head and mark == "，")
    plain = noun_of(head) == head and not phrase.subject
    if joined and plain and before.startswith(ADDED) and not phrase.metric.startswith(ADDED):
        return replace(phrase, metric=ADDED + phrase.metric)
    return phrase
