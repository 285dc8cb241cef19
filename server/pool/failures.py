"""What a client is told where its query or change has not ended well."""

from __future__ import annotations

from typing import Any

from kg.errors import KgError, QueryError, StoreError
from server.errors import Problem


class OutOfMemory(Problem):
    """What is said of a query whose worker died: nothing else of ours kills one."""

    def __init__(self, memory: int) -> None:
        detail = f"查询所需内存过多。The query needed more than {memory} MiB and was stopped: make it narrower."
        super().__init__(detail, 503, headers={"Retry-After": "10"})


def late(timeout: float) -> Problem:
    """What is said of a query that did not end in time."""
    return Problem(f"查询超时。The query was stopped after {timeout:g} seconds: make it narrower.", 504)


def error_of(head: dict[str, Any]) -> KgError | Problem:
    """What a worker or the writer said went wrong."""
    if head["kind"] == "problem":
        return Problem(head["detail"], head["status"])
    if head["kind"] == "query":
        return QueryError(head["detail"], head["line"], head["column"])
    return StoreError(head["detail"])
