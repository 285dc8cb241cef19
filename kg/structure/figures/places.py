"""The place that passages speak of where they name none: that of their chapter, or of the sentence before."""

from __future__ import annotations

from kg.facts import Thing
from kg.structure.figures.names import names_of
from kg.structure.figures.tenses import Chapter
from kg.structure.outline import Outline
from kg.vocabulary import Vocabulary

_ENDS = "。！？!?"
Place = tuple[Thing | None, str]


class Places:
    """Follows a document passage by passage; ``home`` is the place whose document it is.

    ``here`` is what a passage speaks of, ``outside`` the land beyond the city that it speaks of instead. A district
    that opens a chapter holds for all of it, one that is named later for its own sentence.
    """

    def __init__(self, outline: Outline, vocabulary: Vocabulary) -> None:
        name = outline.document.place
        entry = vocabulary.find("district", name)
        self.home: Place = (Thing("district", entry.slug) if entry else None, name)
        self.here, self._chapter = self.home, self.home
        self.outside: str | None = None
        self._names = names_of(vocabulary)
        self._section: int | None = None
        self._opening, self._goes_on = True, False

    def enter(self, text: str, section: int | None, chapter: Chapter) -> None:
        """Begin a passage under a section."""
        if section != self._section:
            self._section, self.here, self._chapter = section, self.home, self.home
            self.outside, self._opening, self._goes_on = None, True, False
        if chapter in ("article", "state"):
            self._follow(text, chapter == "article")
        self._goes_on = text[-1:] not in _ENDS
        self._opening = self._opening and self._goes_on

    def _follow(self, text: str, article: bool) -> None:
        land = self._names.outside(text) if article else None
        if land is not None or not self._goes_on:
            self.outside = land
        if land is not None:
            self.here = self._chapter = self.home
            return
        named = self._names.place_at_head(text)
        if named is None:
            if not self._goes_on and not self._names.points_back(text):
                self.here = self._chapter
            return
        self.here = named
        first = self._opening and self._chapter == self.home
        if first or (not self._goes_on and named[0] == self.home[0] and self._names.leads(text, named[0])):
            self._chapter = named
