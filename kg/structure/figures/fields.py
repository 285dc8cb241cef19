"""What a figure is of where only the words around its clause say so: a heading's industry, those counted before."""

from __future__ import annotations

import re
from functools import cache

from kg.grammar.words import any_of
from kg.structure.figures.tenses import Chapter
from kg.structure.figures.wording import words
from kg.structure.outline import Outline

_NOUN = "(?:产业集群|产业链|产业|集群|行业)"
_RANK = "(?:国家|省部?|市|州|县|区)级(?:及?以上)?"
_OTHER_RANK = re.compile(rf"(?P<rank>{_RANK})数量")
_RANKED = re.compile(rf"(?P<added>新增)?{_RANK}(?P<noun>.{{2,}})")


class Fields:
    """The industries that the headings and the title of a document name."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        place = outline.document.place
        title = outline.document.title.rpartition("印发")[2].lstrip("《")
        self._title = _field(title.removeprefix(place))

    def of(self, section: int | None, chapter: Chapter) -> str:
        """The industry that the passages under a heading speak of; empty where none is named, and in articles."""
        if chapter == "article":
            return ""
        above = (_field(part.heading) for part in reversed(self._outline.chain(section)))
        return next(filter(None, above), self._title)


def _field(heading: str) -> str:
    """The industry that a heading begins with, after what is done with it (做强高端装备产业集群)."""
    match = _pattern().match(heading)
    return match["field"] if match else ""


@cache
def _pattern() -> re.Pattern[str]:
    lists = words()
    verbs = rf"(?:{any_of((*lists['verbs'], *lists['fostering']))})*"
    return re.compile(
        rf"(?:关于)?{verbs}(?:[\u4e00-\u9fff]{{1,6}}[省市州县区旗])?{verbs}"
        rf"(?!{any_of(lists['no_fields'])}|{any_of(lists['verbs'])})(?P<field>[^，。、；：《》的“”\d]{{2,12}}?{_NOUN})(?!化|{any_of(lists['of_industries'])})"
    )


def kind_counted(metric: str) -> str:
    """The companies or projects whose number a metric gives, which the next clause may go on with; empty for others."""
    noun = metric.removesuffix("数量")
    return noun if noun != metric and noun.endswith(words()["counted"]) else ""


def ranked_anew(metric: str, before: str) -> str:
    """A count that only names a rank, with the noun of the one before (国家级龙头企业2家、省级10家); else empty."""
    rank, noun = _OTHER_RANK.fullmatch(metric), _RANKED.fullmatch(before)
    return (noun["added"] or "") + rank["rank"] + noun["noun"] if rank and noun else ""
