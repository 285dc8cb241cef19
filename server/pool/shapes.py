"""What queries of a form have cost so far, whatever things they name: the lane that the next one begins in."""

from __future__ import annotations

import hashlib
import math
import threading
from collections import OrderedDict
from dataclasses import dataclass

from server.pool.lanes import Lane
from server.weighing import Weight

LONG = math.inf
_FORMS = 4096
_SHORT = 256
_LOSS = 5
_MOST = 20
# Of the average that is kept, the part that the last run makes.
_NEWS = 0.2
_UNSEEN = {Weight.LIGHT: Lane.KNOWN, Weight.UNKNOWN: Lane.NEW, Weight.HEAVY: Lane.LONG}


@dataclass(slots=True)
class _Cost:
    """What is known of a form: its credit, and the seconds that a run takes on average."""

    credit: int
    seconds: float


class Costs:
    """Which forms of query are known to be quick, and which to be long; the forms longest unseen are forgotten.

    A form earns credit with each run in less than half the ``budget`` (seconds) and loses more with each that takes
    more than all of it, so that one that was quick many times is not taken for a long one because the machine was busy
    once. What lies between changes nothing: a form that needs nearly its budget stays where it is.
    """

    def __init__(self, budget: float) -> None:
        self._budget = budget
        self._lock = threading.Lock()
        self._known: OrderedDict[str | bytes, _Cost] = OrderedDict()

    def lane(self, shape: str, weight: Weight) -> Lane:
        """Where a query of this form begins; one that was never seen is judged by its text."""
        found = self._known.get(_key(shape))
        if found is None:
            return _UNSEEN[weight]
        if found.credit > 0:
            return Lane.KNOWN
        return Lane.NEW if found.credit == 0 else Lane.LONG

    def expected(self, shape: str) -> float:
        """The seconds that a query of this form takes; all of the budget where none was seen."""
        found = self._known.get(_key(shape))
        return self._budget if found is None else found.seconds

    def learn(self, shape: str, seconds: float) -> None:
        """Note how long a query of this form ran; LONG where it was ended."""
        key = _key(shape)
        with self._lock:
            found = self._known.get(key)
            if found is None:
                # One that needs nearly all of its budget at once is not for the quick.
                found = self._known[key] = _Cost(-1 if seconds >= self._budget / 2 else 0, min(seconds, self._budget))
                if len(self._known) > _FORMS:
                    self._known.popitem(last=False)
            else:
                self._known.move_to_end(key)
            found.seconds += _NEWS * (min(seconds, self._budget) - found.seconds)
            if seconds < self._budget / 2:
                found.credit = min(_MOST, max(0, found.credit + 1))
            elif seconds >= self._budget:
                found.credit = max(-_LOSS, found.credit - _LOSS)


def _key(shape: str) -> str | bytes:
    """What stands for a form, which may itself be long."""
    if len(shape) <= _SHORT:
        return shape
    return hashlib.blake2b(shape.encode("utf-8", "replace"), digest_size=16).digest()
