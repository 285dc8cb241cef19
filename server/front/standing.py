"""What the head of a request says besides its first line, worked out once for all requests of a client that repeat
it."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Request, Response
from werkzeug.middleware.proxy_fix import ProxyFix

from server import encoding
from server.errors import Problem
from server.negotiate import GRAPHS, ROWS, Format, choose, wants_html

_KEPT, _LONGEST = 1024, 4096
_FIELD = re.compile(r"([A-Za-z0-9!#$&'*+.^_`|~%-]+):[ \t]*([^\r\n]*?)[ \t]*\Z")
# A request with one of these is no plain question, or gunicorn reads more into it than is read here.
_OTHER = re.compile(
    r"(?:authorization|content-length|content-encoding|transfer-encoding|expect|upgrade|te|trailer|connection"
    r"|http2-settings|proxy-.*|forwarded|x-forwarded-ssl|x-forwarded-protocol|script-name|script_name|path-info)\Z"
)
_FORWARDED = "x-forwarded-"


@dataclass(frozen=True, slots=True)
class Standing:
    """Who asks and how they want to be answered.

    ``client`` is the address to hold to its rate, ``base`` the address of the service as the client sees it,
    ``coding`` the one that it takes best, ``rows`` and ``graphs`` the formats that it likes best, None for none.
    """

    client: str
    base: str
    coding: str
    rows: Format | None
    graphs: Format | None


class Standings:
    """What heads say, for a path of this service; ``proxies`` in front of it are believed."""

    def __init__(self, path: str, proxies: int) -> None:
        self._path = path
        self._proxies = proxies
        self._kept: OrderedDict[tuple[bytes, str], Standing | None] = OrderedDict()

    def known(self, head: bytes, client: str) -> Standing | None:
        """What the lines of a head were found to say before; None where they were not, or it was nothing."""
        return self._kept.get((head, client))

    def of(self, head: bytes, client: str) -> Standing | None:
        """What the lines of a head say; None where the request is to be read in the ordinary way."""
        if len(head) > _LONGEST:
            return None
        key = head, client
        if key in self._kept:
            return self._kept[key]
        found = self._kept[key] = self._read(head, client)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found

    def _read(self, head: bytes, client: str) -> Standing | None:
        fields = self._fields(head)
        if fields is None:
            return None
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": self._path,
            "QUERY_STRING": "",
            "REMOTE_ADDR": client,
            "wsgi.url_scheme": "http",
            **fields,
        }
        if self._proxies:
            ProxyFix(Response(), self._proxies, self._proxies)(environ, _unsaid)
        request = Request(environ)
        if wants_html(request, *(media for one in (*ROWS, *GRAPHS) for media in one.media)):
            return None
        formats = (_chosen(request, ROWS), _chosen(request, GRAPHS))
        return Standing(request.remote_addr or "", request.base_url, encoding.choose(request), *formats)

    def _fields(self, head: bytes) -> dict[str, str] | None:
        found: dict[str, str] = {}
        for line in head.decode("latin-1").split("\r\n"):
            match = _FIELD.match(line)
            if match is None:
                return None
            name = match[1].lower()
            key = f"HTTP_{name.upper().replace('-', '_')}"
            told = name.startswith(_FORWARDED) and not self._proxies
            if _OTHER.match(name) or told or key in found or "_" in name:
                return None
            found[key] = match[2]
        return found if "HTTP_HOST" in found else None


def _unsaid(status: str, headers: list[tuple[str, str]], failure: object = None, /) -> Callable[[bytes], object]:
    """Take the answer that nobody gets."""
    return len


def _chosen(request: Request, formats: tuple[Format, ...]) -> Format | None:
    try:
        return choose(request, formats)
    except Problem:
        return None
