"""What was made of a document, kept while rooms ask for the same one in turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

_Asked = ParamSpec("_Asked")
_Made = TypeVar("_Made")


class Kept(Generic[_Asked, _Made]):
    """A function that remembers its last answer, and gives it again to the very same things (positional, by identity).

    One document is kept at most, so that a source of many takes no more memory than its largest.
    """

    def __init__(self, make: Callable[_Asked, _Made]) -> None:
        self._make = make
        self._last: tuple[tuple[object, ...], _Made] | None = None

    def __call__(self, *args: _Asked.args, **kwargs: _Asked.kwargs) -> _Made:
        """The answer, made where the last one was to something else."""
        last = self._last
        if last is None or kwargs or any(a is not b for a, b in zip(args, last[0], strict=True)):
            last = args, self._make(*args, **kwargs)
            self._last = last
        return last[1]
