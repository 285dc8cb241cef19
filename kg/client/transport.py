"""Two ways to the same answers: over HTTP, or to a store folder by the very application that serves HTTP."""

from __future__ import annotations

import io
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http.client import responses
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode

from kg.errors import KgError, QueryError, StoreError

_GROUP = "kg.services"
_SERVICE = "http"
_TOO_LONG = 4000
_BY_POST = ("/sparql",)

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: a status, the media type without its parameters, and the body."""

    status: int
    media: str
    body: bytes


class Transport(Protocol):
    """Sends one request; raises StoreError where nothing answers."""

    def send(self, path: str, accept: str, form: bytes | None = None) -> Reply:
        """GET this path with its query string, or POST this form to it."""


class Http:
    """A service by its address, with urllib alone."""

    def __init__(self, address: str, timeout: float) -> None:
        self._address = address.rstrip("/")
        self._timeout = timeout

    def send(self, path: str, accept: str, form: bytes | None = None) -> Reply:
        """GET this path with its query string, or POST this form to it."""
        request = urllib.request.Request(self._address + path, form, {"Accept": accept})
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:
                return Reply(answer.status, answer.headers.get_content_type(), answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, error.headers.get_content_type(), error.read())
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise StoreError(f"No service answers at {self._address}: {reason}.") from error


class Local:
    """A store folder, asked through the application that other packages register as the service of this graph."""

    def __init__(self, folder: Path) -> None:
        found = next(iter(entry_points(group=_GROUP, name=_SERVICE)), None)
        if found is None:
            raise KgError("The service is not installed beside this package: install cluster-kg as a whole.")
        self._application: Application = found.load()(folder)

    def send(self, path: str, accept: str, form: bytes | None = None) -> Reply:
        """Ask the application in this process, by WSGI."""
        began: list[tuple[str, list[tuple[str, str]]]] = []
        body = self._application(
            _environment(path, accept, form), lambda status, headers, _=None: began.append((status, headers))
        )
        try:
            data = b"".join(body)
        finally:
            close = getattr(body, "close", None)
            if close is not None:
                close()
        status, headers = began[-1]
        media = {name.lower(): value for name, value in headers}.get("content-type", "")
        return Reply(int(status.split()[0]), media.partition(";")[0].strip(), data)


def _environment(path: str, accept: str, form: bytes | None) -> dict[str, Any]:
    """What WSGI (PEP 3333) tells an application of a request."""
    place, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET" if form is None else "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": place,
        "QUERY_STRING": query,
        "CONTENT_TYPE": "application/x-www-form-urlencoded" if form is not None else "",
        "CONTENT_LENGTH": str(len(form or b"")),
        "HTTP_ACCEPT": accept,
        "HTTP_HOST": "localhost",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(form or b""),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def open_transport(place: str | Path, timeout: float) -> Transport:
    """The way to a graph: an address that begins with http:// or https://, else a store folder."""
    if isinstance(place, str) and place.startswith(("http://", "https://")):
        return Http(place, timeout)
    return Local(Path(place))


def ask(way: Transport, path: str, parameters: Mapping[str, object], accept: str = "application/json") -> Reply:
    """The answer to a request; parameters that are None are left out, a long query goes by POST.

    Raises KgError with the service's own sentence where it refuses, QueryError where that is about a query's text.
    """
    given = [(name, str(value)) for name, value in parameters.items() if value is not None]
    text = urlencode(given, errors="replace")
    if len(text) > _TOO_LONG and path in _BY_POST:
        reply = way.send(path, accept, text.encode("ascii"))
    else:
        reply = way.send(f"{path}?{text}" if text else path, accept)
    if reply.status >= 400:
        raise _refusal(reply)
    return reply


def read_json(reply: Reply, *keys: str) -> dict[str, Any]:
    """The JSON object of an answer; raises StoreError where it is none with these keys, as of another service."""
    try:
        found = json.loads(reply.body)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not set(keys) <= set(found):
        raise StoreError(f"The answer ({reply.media or 'nothing'}) is not as expected: is this a Cluster KG service?")
    return found


def _refusal(reply: Reply) -> KgError:
    try:
        found = json.loads(reply.body)
    except ValueError:
        found = None
    problem: dict[str, Any] = found if isinstance(found, dict) else {}
    said = str(
        problem.get("detail") or f"The service refused with status {reply.status} ({responses.get(reply.status)})."
    )
    near = "、".join(str(one.get("label", "")) for one in problem.get("suggestions", ()))
    detail = f"{said} Near: {near}." if near else said
    if problem.get("line") is not None:
        return QueryError(detail, problem.get("line"), problem.get("column"))
    return StoreError(detail) if reply.status >= 500 else KgError(detail)
