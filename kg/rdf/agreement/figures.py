"""The figures of a document with what they measure, so that those of other documents can be held against them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.facts import Body, Document, Observation, Reading, Target, Thing
from kg.names import Names
from kg.places import leading_county, short_name
from kg.rdf.agreement import saying
from kg.rdf.agreement.wording import Wording, says_its_place, wording
from kg.rdf.units import normalize

Figure = Target | Observation

# One figure follows another in a list where no more than a mark stands between them.
_ADJACENT = 1
# A count as small as that, of nothing named and no time told, may be anybody's.
_SMALL = 100
# A value of so many digits is hardly met by chance.
TELLING_DIGITS = 3
_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}", re.ASCII)
_HEADING_ENDS = ("", "：", ":", "—", "－", " ", "　")


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured, of what, in which unit that can be compared: two values of one measure can be compared.

    ``about`` and ``place`` say whose it is, ``part`` the district that the passage is about where that is another;
    ``added`` is true of what came on top (新增30家).
    """

    about: str
    place: str
    part: str
    wording: Wording
    unit: str
    added: bool


@dataclass(frozen=True)
class Said:
    """A figure of a document with its measure.

    ``named`` is true where its own words say whose it is; ``extent`` as in ``saying.extent``.
    """

    figure: Figure
    document: Document
    measure: Measure
    extent: saying.Extent
    named: bool

    @property
    def when(self) -> str:
        """The year of a goal or the period of an observation; empty where the text gives none."""
        return when(self.figure)

    @property
    def date(self) -> str:
        """The date of the document; empty where it has none that sorts as it prints (2022, 2022-06, 2022-06-30)."""
        return self.document.date if _DATE.fullmatch(self.document.date) else ""

    @property
    def digits(self) -> int:
        """How many digits of the value tell something: of 2000 one."""
        return len(self.figure.quantity.low.normalize().as_tuple().digits)

    @property
    def own(self) -> str:
        """The document, where the figure is too vague to be held against another document's."""
        quantity = self.figure.quantity
        value = (normalize(quantity.low, quantity.unit) or (quantity.low, ""))[0]
        vague = not self.when and not self.named and self.digits < TELLING_DIGITS and value < _SMALL
        return self.document.slug if vague or self.measure.wording.vague else ""

    @property
    def value(self) -> tuple[object, ...]:
        """The value in its comparable unit and, of a goal, how it bounds."""
        quantity = self.figure.quantity
        low = normalize(quantity.low, quantity.unit) or (quantity.low, "")
        high = None if quantity.high is None else (normalize(quantity.high, quantity.unit) or (quantity.high, ""))[0]
        sign = self.figure.comparator if isinstance(self.figure, Target) else ""
        return (low[0].normalize(), None if high is None else high.normalize(), sign)


def when(figure: Figure) -> str:
    """The year of a goal or the period of an observation; empty where the text gives none."""
    return str(figure.year or "") if isinstance(figure, Target) else figure.period


def figures_of(reading: Reading, names: Names) -> list[Said]:
    """The figures of a document, in the order of the text."""
    return list(_alike(_said(reading, names)))


def _alike(said: Iterable[Said]) -> Iterator[Said]:
    """The figures of a document: one that is worded like an earlier one (a pull-quote, a caption) means the same."""
    found = [(_worded(one), one) for one in said]
    named = {worded for worded, one in found if one.named}
    first = {worded: one.measure for worded, one in reversed(found)}
    for worded, one in found:
        yield replace(one, measure=first[worded], named=worded in named)


def _worded(said: Said) -> tuple[object, ...]:
    figure = said.figure
    return (
        type(figure).__name__,
        figure.subject,
        figure.metric,
        said.measure.about,
        said.measure.part,
        said.measure.unit,
        said.when,
        said.value,
    )


def _said(reading: Reading, names: Names) -> Iterator[Said]:
    """The figures of a document in the order of the text, each read with the one that it directly follows."""
    figures = {fact for fact in reading.facts if isinstance(fact, (Target, Observation))}
    before: Said | None = None
    for figure in sorted(figures, key=lambda f: (f.evidence.start, f.evidence.end, type(f).__name__, str(f))):
        gap = figure.evidence.start - before.figure.evidence.end if before else -1
        follows = before if 0 <= gap <= _ADJACENT else None
        before = _read(figure, reading.document, names, follows)
        yield before


def _read(figure: Figure, document: Document, names: Names, follows: Said | None) -> Said:
    about, place = _about(figure.about, document, names)
    worded = wording(figure.about, figure.subject, figure.metric, names.vocabulary)
    if follows and worded.share and not worded.words and saying.of_that(figure):
        worded = worded.of_that(follows.measure.wording)
    extent = saying.extent(figure)
    if not extent and follows and type(follows.figure) is type(figure):
        extent = "added" if follows.extent == "added" else ""
    unit = normalize(figure.quantity.low, figure.quantity.unit)
    measure = Measure(
        about=about,
        place=place and (worded.place or place),
        part=_part(figure, document, names) if place and not worded.place else "",
        wording=replace(worded, place=""),
        unit=unit[1] if unit else figure.quantity.unit,
        added=extent == "added",
    )
    return Said(figure, document, measure, extent, _names_it(figure, worded, names))


def _about(about: Thing | None, document: Document, names: Names) -> tuple[str, str]:
    """What a figure is about, and the place whose it is: none where the thing itself is a place's or a company."""
    if about is None:
        return "", document.place
    if about.kind == "agency":
        return f"agency/{names.agency(Body(about.name, about.name), document.place).slug}", ""
    if about.kind == "enterprise":
        return f"enterprise/{names.enterprise(about.name).slug}", ""
    return f"{about.kind}/{about.name}", "" if about.kind == "district" else document.place


def _names_it(figure: Figure, worded: Wording, names: Names) -> bool:
    """Whether the quote itself names what the figure is about, or whose it is."""
    quote, about = figure.evidence.quote, figure.about
    if worded.place and short_name(worded.place) in quote:
        return True
    if about is None or about.kind == "enterprise":
        return figure.subject in quote
    entries = (entry for entry in names.vocabulary.entries(about.kind) if entry.slug == about.name)
    return any(name in quote for entry in entries for name in entry.own_names)


def _part(figure: Figure, document: Document, names: Names) -> str:
    """The district whose passage it is by the heading (南山区：…), where the words themselves name no larger place."""
    if says_its_place(figure.subject + figure.evidence.quote, document.place):
        return ""
    for heading in reversed(figure.evidence.path):
        county = leading_county(heading)
        if county and heading[len(county) : len(county) + 1] in _HEADING_ENDS:
            found = names.vocabulary.find("district", county)
            name = found.label if found else county
            return "" if document.place.endswith(name) else name
    return ""
