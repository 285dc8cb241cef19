"""Errors as RFC 9457 problems for programs and as pages for people, from one table."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from kg.errors import KgError, QueryError, SourceError, StoreError, ValidationError

STATUS: dict[type[KgError], int] = {
    QueryError: 400,
    SourceError: 404,
    StoreError: 503,
    ValidationError: 500,
    KgError: 400,
}
_log = logging.getLogger(__name__)


@dataclass
class Problem(Exception):
    """What is wrong with a request, in one plain sentence.

    ``extra`` are further members of the problem, ``headers`` those of the answer.
    """

    detail: str
    status: int = 400
    extra: dict[str, Any] | None = None
    allow: str = ""
    headers: dict[str, str] | None = None


class NotAcceptable(Problem):
    """The client takes none of the formats that there are."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, 406)


class BadParameter(Problem):
    """A query parameter that can't be understood; the problem names it."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail, 400, {"parameter": parameter})


class NotFound(Problem):
    """Nothing stands at this address; ``suggestions`` are the nearest things."""

    def __init__(self, detail: str, suggestions: list[dict[str, Any]] | None = None) -> None:
        super().__init__(detail, 404, {"suggestions": suggestions or []})


def problem_of(error: Exception) -> Problem:
    """The problem that an error is for the client; what nobody foresaw is 500 and tells nothing of the inside."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, KgError):
        status = next((s for kind, s in STATUS.items() if isinstance(error, kind)), 400)
        place = {"line": getattr(error, "line", None), "column": getattr(error, "column", None)}
        return Problem(str(error), status, {k: v for k, v in place.items() if v is not None})
    if isinstance(error, HTTPException) and error.code:
        allow = ", ".join(sorted(getattr(error, "valid_methods", None) or []))
        return Problem(error.description or error.name, error.code, allow=allow)
    _log.exception("unforeseen error at %s", request.path, exc_info=error)
    return Problem("服务内部出错，这不是您的请求造成的。Something went wrong here, not with your request.", 500)


def is_browser() -> bool:
    """Whether the client asks for HTML by name, and not less than for JSON."""
    accept = request.accept_mimetypes
    explicit = dict(accept)
    json_quality = max(explicit.get("application/json", 0.0), explicit.get("application/problem+json", 0.0))
    return not request.args.get("format") and explicit.get("text/html", 0.0) > json_quality


def respond(problem: Problem) -> Response:
    """The answer that tells a problem, as a page or as problem+json."""
    title = HTTPStatus(problem.status).phrase
    extra = problem.extra or {}
    if is_browser():
        body = render_template("error.html", problem=problem, title=title, extra=extra)
        response = Response(body, problem.status, mimetype="text/html")
    else:
        members = {"type": "about:blank", "title": title, "status": problem.status, "detail": problem.detail, **extra}
        text = json.dumps(members, ensure_ascii=False)
        response = Response(text, problem.status, content_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept"
    response.headers.update(problem.headers or {})
    if problem.allow:
        response.headers["Allow"] = problem.allow
    return response


def install(app: Flask) -> None:
    """Answer every error of this application by the table above."""

    def handle(error: Exception) -> Response:
        return respond(problem_of(error))

    app.register_error_handler(Exception, handle)
