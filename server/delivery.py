"""A result on its way to the client: tagged, kept for those who ask the same again, broken off rather than faked."""

from __future__ import annotations

import errno
import hashlib
import socket
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator

from flask import Request, Response

from kg.errors import KgError
from kg.store import Store
from server.encoding import IDENTITY, choose, encode, encode_parts
from server.execution import Answer, Question, generation_of, run
from server.front.outbox import Outbox
from server.headers import RESULT_VARY

_KEPT_BYTES = 64 * 1024 * 1024
_LARGEST = 1024 * 1024
_TAG = 32


class Cache:
    """Finished results by their tag; those longest unused go when there are too many bytes."""

    def __init__(self, limit: int = _KEPT_BYTES) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self.size = 0
        self._held: OrderedDict[str, tuple[bytes, str]] = OrderedDict()
        self.hits = 0

    def get(self, tag: str) -> tuple[bytes, str] | None:
        """The result with this tag and its coding."""
        with self._lock:
            found = self._held.get(tag)
            if found is not None:
                self._held.move_to_end(tag)
                self.hits += 1
            return found

    def put(self, tag: str, data: bytes, coding: str) -> None:
        """Keep a result, unless it is large."""
        if len(data) > _LARGEST:
            return
        with self._lock:
            if tag not in self._held:
                self.size += len(data)
            self._held[tag] = (data, coding)
            while self.size > self._limit:
                self.size -= len(self._held.popitem(last=False)[1][0])


def client_of(request: Request) -> socket.socket | None:
    """The connection of the client, where the server tells it."""
    found = request.environ.get("gunicorn.socket")
    return found if isinstance(found, socket.socket) else None


def tag_of(generation: str, question: Question, coding: str) -> str:
    """The tag of a result: the same for the same bytes."""
    dataset = question.dataset
    parts = (
        generation,
        question.text,
        question.written.names[0],
        question.base,
        coding,
        *dataset.default,
        "|",
        *dataset.named,
    )
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:_TAG]


def deliver(request: Request, store: Store, question: Question, cache: Cache, volatile: bool) -> Response:
    """The response with the result of a query; 304 where the client has it already.

    Raises what ``run`` raises.
    """
    response = Response(content_type=question.written.content_type)
    response.headers["Vary"] = RESULT_VARY
    response.headers["Cache-Control"] = "no-store" if volatile else "no-cache"
    coding = choose(request)
    if volatile:
        return _filled(response, run(store, question), question, coding)[0]
    tag = tag_of(generation_of(store), question, coding)
    if request.method != "POST" and request.if_none_match.contains(tag):
        response.status_code = 304
        response.set_etag(tag)
        return response
    kept = cache.get(tag)
    if kept is not None:
        response.set_data(kept[0])
        _say_coding(response, kept[1])
    else:
        answer = run(store, question)
        tag = tag_of(answer.generation, question, coding)
        response, data = _filled(response, answer, question, coding)
        if data is not None:
            cache.put(tag, data, response.headers.get("Content-Encoding", IDENTITY))
    response.set_etag(tag)
    return response


def _filled(response: Response, answer: Answer, question: Question, coding: str) -> tuple[Response, bytes | None]:
    """The response with its body, and the body where it is all there."""
    if answer.rest is None:
        data, coding = encode(answer.body, coding)
        response.set_data(data)
        _say_coding(response, coding)
        return response, data
    response.response = _Stream(answer, question.client, coding)
    response.direct_passthrough = True
    _say_coding(response, coding)
    return response, None


def _say_coding(response: Response, coding: str) -> None:
    if coding != IDENTITY:
        response.headers["Content-Encoding"] = coding


class _Stream:
    """A result that goes to the client as it comes; where its end can't be reached, the connection breaks."""

    def __init__(self, answer: Answer, client: socket.socket | None, coding: str) -> None:
        self._answer = answer
        self._client = client
        self._parts = encode_parts(self._checked(answer.rest or ()), coding)

    def __iter__(self) -> Iterator[bytes]:
        return (part for part in self._parts if part)

    def close(self) -> None:
        """Give up what has not been sent."""
        rest = self._answer.rest
        close = getattr(rest, "close", None)
        if close is not None:
            close()

    def _checked(self, rest: Iterable[bytes]) -> Iterator[bytes]:
        try:
            yield from rest
        except KgError as error:
            # Nothing may look like an end: the client is hung up on, and no server writes one for us.
            if isinstance(self._client, Outbox):
                self._client.abort()
            raise BrokenPipeError(errno.EPIPE, str(error)) from error
