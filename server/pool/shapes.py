"""What queries of a form have cost so far, whatever things they name: the lane that the next one begins in."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict

from server.pool.lanes import Lane

_FORMS = 4096
_LOSS = 5
_MOST = 20
# An IRI of these characters is one wherever it stands, in a comment and a string too: to empty it changes no bracket.
_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9:/._~#?=&;,@+%\u0080-\U0010ffff-]{0,300}>")
_NUMBER = re.compile(r"\b[0-9]+\b")
_STRING = re.compile(r'"[^"\n\r]*"')
# Where one of these is left, a quote may not begin a string, and the text stands for itself.
_DOUBTFUL = re.compile(r"[\\'#]|\"\"\"")


def shape_of(query: str) -> str:
    """The query with its IRIs, numbers and strings emptied, so that queries of one form are the same text."""
    shape = _IRI.sub("<>", query)
    if _DOUBTFUL.search(shape):
        return shape
    return _NUMBER.sub("0", _STRING.sub('""', shape))


class Costs:
    """Which forms of query are known to be quick, and which to be long; the forms longest unseen are forgotten.

    A form earns credit with each quick run and loses more with each long one, so that one that was quick many times is
    not taken for a long one because the machine was busy once.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._credit: OrderedDict[str, int] = OrderedDict()

    def lane(self, shape: str) -> Lane:
        """Where a query of this form begins."""
        with self._lock:
            credit = self._credit.get(shape, 0)
        if credit > 0:
            return Lane.KNOWN
        return Lane.NEW if credit == 0 else Lane.LONG

    def learn(self, shape: str, quick: bool) -> None:
        """Note how a query of this form ran."""
        with self._lock:
            credit = self._credit.get(shape, 0) + (1 if quick else -_LOSS)
            self._credit[shape] = max(-_LOSS, min(_MOST, credit)) if not quick or credit > 0 else 0
            self._credit.move_to_end(shape)
            if len(self._credit) > _FORMS:
                self._credit.popitem(last=False)
