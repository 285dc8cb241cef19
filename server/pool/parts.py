"""What follows of a result that is too long to be waited for."""

from __future__ import annotations

from collections.abc import Callable

from kg.errors import StoreError
from server.execution import Rest
from server.pool import frames
from server.pool.hands import Hand


class Parts(Rest):
    """What follows of a result, part by part. ``done`` is told once whether the end was reached."""

    def __init__(
        self, hand: Hand, left: Callable[[], float], watched: Callable[[], None], done: Callable[[bool], None]
    ) -> None:
        self._hand = hand
        self._left = left
        self._watched = watched
        self._done: Callable[[bool], None] | None = done

    def __next__(self) -> bytes:
        """The next part. Raises StoreError where the result breaks off."""
        if self._done is None:
            raise StopIteration
        try:
            frame = self._hand.receive(self._left())
        except (OSError, TimeoutError):
            frame = None
        if frame is not None and frame.kind == frames.PART:
            return frame.body
        whole = frame is not None and frame.kind == frames.END
        self._end(whole)
        if frame is not None and whole:
            self.rows = frame.head["rows"]
        else:
            raise StoreError("The result breaks off: its deadline has passed, or its worker died.")
        raise StopIteration

    def close(self) -> None:
        """Give up the rest."""
        self._end(False)

    def _end(self, whole: bool) -> None:
        done, self._done = self._done, None
        if done is not None:
            self._watched()
            done(whole)
