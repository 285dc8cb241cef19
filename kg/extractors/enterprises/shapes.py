"""Whether a word has the shape of a company's short name: no trade, no field, no place, no school or body."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from kg.extractors.enterprises.forms import says_which
from kg.grammar.words import any_of, load_words
from kg.places import leading_place

_WORDS = load_words(Path(__file__).parent)
_NO_COMPANY = tuple(_WORDS["no_company"])
_TRADES = tuple(_WORDS["trades_end"])
_LIKE_COMPANY = re.compile(rf"(?P<head>[\u4e00-\u9fff]{{2,3}}){any_of(_WORDS['endings'])}")
# Words of trades and of praise, with which no company's own name begins.
COMMON = re.compile(any_of(_WORDS["general"]))


class Shapes:
    """Judges words by the word lists of this room and the words for industries."""

    def __init__(self, fields: frozenset[str]) -> None:
        """``fields``: the words for industries, of which no company's name is made alone."""
        self._fields = fields

    def is_plain(self, name: str) -> bool:
        """Whether a name is a company's or holds no word for a trade, so that praise of it is praise of a company."""
        if self.is_like_company(name) or 0 < leading_place(name)[1] < len(name) - 1:
            return True
        return self.heads(name) and not name.endswith(_TRADES) and not any(f in name for f in self._fields)

    def is_short(self, name: str) -> bool:
        """Whether a short item can be a company's name: no trade, no place, no school or body."""
        return self.is_plain(name) and not name.endswith(_NO_COMPANY) and leading_place(name)[1] < len(name)

    def heads(self, head: str) -> bool:
        """Whether a company's name can begin with this: no industry, no word of a trade or of praise."""
        return head not in self._fields and says_which(head) and not COMMON.match(head)

    def is_like_company(self, name: str) -> bool:
        """Whether a name ends as companies' do, after a head that is no word for a trade or an industry."""
        match = _LIKE_COMPANY.fullmatch(name, leading_place(name)[1])
        if match is None or name in self._fields or match["head"] in self._fields:
            return False
        return says_which(match["head"])


@lru_cache(maxsize=4)
def shapes_of(fields: frozenset[str]) -> Shapes:
    """The shapes of a vocabulary's fields, made ready once."""
    return Shapes(fields)
