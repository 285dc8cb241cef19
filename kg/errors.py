"""The errors that a user can cause, each with one plain sentence that says what is wrong and what to do."""

from __future__ import annotations


class KgError(Exception):
    """Root of all errors that are the input's fault; the command line prints it and exits with status 1."""


class SourceError(KgError):
    """A source document that can't be read."""


class StoreError(KgError):
    """A store that can't be opened, written or swapped."""


class QueryError(KgError):
    """A query that can't be answered; ``line`` and ``column`` count from 1 where the engine tells them."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class ValidationError(KgError):
    """A graph that breaks the ontology's shapes; the message names the first breaches."""
