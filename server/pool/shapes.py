"""What queries of a form have cost so far, whatever things they name: the lane that the next one begins in."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

from server.pool.lanes import Lane
from server.weighing import Weight

_FORMS = 4096
_SHORT = 256
_LOSS = 5
_MOST = 20
_UNSEEN = {Weight.LIGHT: Lane.KNOWN, Weight.UNKNOWN: Lane.NEW, Weight.HEAVY: Lane.LONG}


class Costs:
    """Which forms of query are known to be quick, and which to be long; the forms longest unseen are forgotten.

    A form earns credit with each quick run and loses more with each long one, so that one that was quick many times is
    not taken for a long one because the machine was busy once.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._credit: OrderedDict[str | bytes, int] = OrderedDict()

    def lane(self, shape: str, weight: Weight) -> Lane:
        """Where a query of this form begins; one that was never seen is judged by its text."""
        form = _key(shape)
        with self._lock:
            credit = self._credit.get(form)
        if credit is None:
            return _UNSEEN[weight]
        if credit > 0:
            return Lane.KNOWN
        return Lane.NEW if credit == 0 else Lane.LONG

    def learn(self, shape: str, quick: bool) -> None:
        """Note how a query of this form ran."""
        form = _key(shape)
        with self._lock:
            credit = self._credit.get(form, 0) + (1 if quick else -_LOSS)
            self._credit[form] = max(-_LOSS, min(_MOST, credit)) if not quick or credit > 0 else 0
            self._credit.move_to_end(form)
            if len(self._credit) > _FORMS:
                self._credit.popitem(last=False)


def _key(shape: str) -> str | bytes:
    """What stands for a form, which may itself be long."""
    if len(shape) <= _SHORT:
        return shape
    return hashlib.blake2b(shape.encode("utf-8", "replace"), digest_size=16).digest()
