"""The short way for queries by GET that are known to be quick: the event loop answers them without a thread.

What is taken here gets the same answer as from the application; whatever is not plain is left to that.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from email.utils import formatdate
from functools import lru_cache, partial
from typing import NamedTuple

from werkzeug.http import parse_etags

from kg.errors import KgError
from server import guard, protocol
from server.delivery import Cache, Kept, tag_of
from server.encoding import IDENTITY, encode
from server.errors import Problem
from server.execution import Answer, Question, Remote
from server.front.standing import Standing, Standings
from server.headers import RESULT_VARY, SAFE, SHARED
from server.negotiate import GRAPHS, ROWS, Format, named
from server.pool.relay import Attempt, Loop, Relay
from server.traffic import Seen, Traffic, identifier

_PATH = "/sparql"
_LINE = re.compile(rb"GET /sparql\?([^ \r\n#]{1,16384}) HTTP/1\.1\r\n")
# What differs from request to request is read apart, so that the rest of the head is the same text.
_OWN = re.compile(rb"(?mi)^(if-none-match|x-request-id):[ \t]*([^\r\n]*?)[ \t]*\r\n")
_NO_OWN: dict[bytes, str] = {}
_END = b"\r\n\r\n"
_FORMS = 4096
_NOTHING = Kept(b"", IDENTITY, None)
_STATUS = {200: "200 OK", 304: "304 NOT MODIFIED"}
_ALWAYS = "".join(f"{name}: {value}\r\n" for name, value in {**SAFE, **SHARED, "Vary": RESULT_VARY}.items())

Reply = Callable[[bytes | None], None]


class _Asked(NamedTuple):
    """A request that may go the short way; ``tag`` is that of its answer from the ``generation`` that is current."""

    question: Question
    form: str
    standing: Standing
    tags: str
    identifier: str
    began: float
    generation: str
    tag: str


class Express:
    """The short way to a pool's workers and to the results that are kept."""

    def __init__(
        self,
        store: Remote,
        relay: Callable[[Loop], Relay],
        cache: Cache,
        traffic: Traffic,
        proxies: int,
    ) -> None:
        self._store = store
        self._made = relay
        self._relay: Relay | None = None
        self._cache = cache
        self._traffic = traffic
        self._standings = Standings(_PATH, proxies)
        self._long: set[str] = set()
        self._seen: list[Seen] = []

    def join(self, loop: Loop) -> None:
        """Become part of an event loop; before that nothing goes the short way."""
        self._relay = self._made(loop)

    @property
    def busy(self) -> bool:
        """Whether any query is on its way."""
        return self._relay is not None and self._relay.busy

    def take(self, request: bytes, client: str, reply: Reply) -> bytes | Attempt | None:
        """The answer to a request, or the attempt that will ``reply`` later: with the answer, or with None where the
        application is to be asked after all. None where it is to be asked at once."""
        began = time.perf_counter()
        line = _LINE.match(request)
        if line is None or request.find(_END) != len(request) - len(_END):
            return None
        try:
            asked = self._read(line[1], request[line.end() : -len(_END)], client, began)
            if asked is None or self._traffic.wait_of(asked.standing.client):
                return None
            return self._kept(asked) or self._begin(asked, reply)
        except (KgError, Problem):
            return None

    def look(self) -> None:
        """Look after the queries on their way, and note what was answered."""
        if self._relay is not None:
            self._relay.look()
        if self._seen:
            seen, self._seen = self._seen, []
            self._traffic.note(*seen)

    def leave(self, attempt: Attempt) -> None:
        """Give up an attempt whose client has gone."""
        if self._relay is not None:
            self._relay.leave(attempt)

    def _read(self, address: bytes, head: bytes, client: str, began: float) -> _Asked | None:
        standing, own = self._standings.known(head, client), _NO_OWN
        if standing is None:
            head += b"\r\n"
            own = {name.lower(): value.decode("latin-1") for name, value in _OWN.findall(head)}
            standing = self._standings.of((_OWN.sub(b"", head) if own else head)[:-2], client)
        if standing is None:
            return None
        asked = protocol.read_address(address)
        known = guard.remembered(asked.text) if asked.operation == "query" else None
        if known is None or known[1].volatile or known[0] in self._long:
            return None
        form, shape = known
        graph = shape.form in {"CONSTRUCT", "DESCRIBE"}
        written = _format(standing, graph, asked.format)
        if written is None:
            return None
        question = Question(asked.text, written, asked.dataset, standing.base, asked.timeout, weight=shape.weight)
        generation = self._store.current()
        tag = tag_of(generation, question, standing.coding)
        tags, name = own.get(b"if-none-match", ""), own.get(b"x-request-id", "")
        return _Asked(question, form, standing, tags, name, began, generation, tag)

    def _kept(self, asked: _Asked) -> bytes | None:
        """The answer that needs no query."""
        if asked.tags and parse_etags(asked.tags).contains(asked.tag):
            return self._said(asked, 304, asked.tag, _NOTHING)
        kept = self._cache.get(asked.tag)
        return None if kept is None else self._said(asked, 200, asked.tag, kept)

    def _begin(self, asked: _Asked, reply: Reply) -> Attempt | None:
        if self._relay is None:
            return None
        return self._relay.take(asked.question, asked.form, asked.generation, partial(self._end, asked, reply))

    def _end(self, asked: _Asked, reply: Reply, attempt: Attempt, answer: Answer | None) -> None:
        if attempt.long:
            self._remember_long(asked.form)
        if attempt.left:
            return
        if answer is None:
            reply(None)
            return
        coding = asked.standing.coding
        same = answer.generation == asked.generation
        tag = asked.tag if same else tag_of(answer.generation, asked.question, coding)
        whole = Kept(*encode(answer.body, coding), answer.rows)
        self._cache.put(tag, whole)
        reply(self._said(asked, 200, tag, whole))

    def _remember_long(self, form: str) -> None:
        if len(self._long) >= _FORMS:
            self._long.clear()
        self._long.add(form)

    def _said(self, asked: _Asked, status: int, tag: str, whole: Kept) -> bytes:
        """The whole answer as it goes to the client; its line in the log is written when there is time."""
        name = identifier(asked.identifier)
        size = len(whole.data)
        kind = f"{_kind(asked.question.written, whole.coding)}{size}\r\n" if status == 200 else ""
        head = f'{_start(status, int(time.time()))}{kind}ETag: "{tag}"\r\nX-Request-Id: {name}\r\n\r\n'
        seconds = time.perf_counter() - asked.began
        client = asked.standing.client
        text, rows = asked.question.text, whole.rows
        self._seen.append(Seen(name, client, "GET", _PATH, _PATH, status, seconds, size, text, rows, short=True))
        return head.encode("latin-1") + whole.data


@lru_cache(4)
def _start(status: int, second: int) -> str:
    date = formatdate(second, usegmt=True)
    return (
        f"HTTP/1.1 {_STATUS[status]}\r\nServer: gunicorn\r\nDate: {date}\r\nConnection: keep-alive\r\n"
        f"Cache-Control: no-cache\r\n{_ALWAYS}"
    )


@lru_cache(64)
def _kind(written: Format, coding: str) -> str:
    coded = f"Content-Encoding: {coding}\r\n" if coding != IDENTITY else ""
    return f"Content-Type: {written.content_type}\r\n{coded}Content-Length: "


def _format(standing: Standing, graph: bool, name: str) -> Format | None:
    """The format of the answer, by ``format=`` or by what the client likes best; None where it takes none."""
    if name:
        return named(name, GRAPHS if graph else ROWS)
    return standing.graphs if graph else standing.rows
