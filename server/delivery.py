"""A result on its way to the client: tagged, kept for those who ask the same again, broken off rather than faked."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections import OrderedDict
from dataclasses import dataclass

from flask import Request, Response, g

from kg.store import Store
from server.encoding import IDENTITY, choose, encode
from server.execution import Answer, Question, generation_of, run
from server.headers import RESULT_VARY
from server.streaming import Stream

_KEPT_BYTES = 64 * 1024 * 1024
_LARGEST = 1024 * 1024
_TAG = 32


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished result as it goes to clients, its coding, and its rows where it has any."""

    data: bytes
    coding: str
    rows: int | None


class Cache:
    """Finished results by their tag; those longest unused go when there are too many bytes."""

    def __init__(self, limit: int = _KEPT_BYTES) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self.size = 0
        self._held: OrderedDict[str, Kept] = OrderedDict()
        self.hits = 0

    def get(self, tag: str) -> Kept | None:
        """The result with this tag."""
        with self._lock:
            found = self._held.get(tag)
            if found is not None:
                self._held.move_to_end(tag)
                self.hits += 1
            return found

    def put(self, tag: str, kept: Kept) -> None:
        """Keep a result, unless it is large."""
        if len(kept.data) > _LARGEST:
            return
        with self._lock:
            if tag not in self._held:
                self.size += len(kept.data)
            self._held[tag] = kept
            while self.size > self._limit:
                self.size -= len(self._held.popitem(last=False)[1].data)


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
        _fill(response, run(store, question), question, coding)
        return response
    tag = tag_of(generation_of(store), question, coding)
    if request.method != "POST" and request.if_none_match.contains(tag):
        response.status_code = 304
        response.set_etag(tag)
        return response
    kept = cache.get(tag)
    if kept is not None:
        _give(response, kept)
    else:
        answer = run(store, question)
        tag = tag_of(answer.generation, question, coding)
        whole = _fill(response, answer, question, coding)
        if whole is not None:
            cache.put(tag, whole)
    response.set_etag(tag)
    return response


def _fill(response: Response, answer: Answer, question: Question, coding: str) -> Kept | None:
    """Put the result into the response; returns it where it is all there."""
    if answer.rest is None:
        whole = Kept(*encode(answer.body, coding), answer.rows)
        _give(response, whole)
        return whole
    response.response = Stream(answer.rest, question.client, coding)
    response.direct_passthrough = True
    _say_coding(response, coding)
    return None


def _give(response: Response, whole: Kept) -> None:
    response.set_data(whole.data)
    _say_coding(response, whole.coding)
    # For the log.
    g.rows = whole.rows


def _say_coding(response: Response, coding: str) -> None:
    if coding != IDENTITY:
        response.headers["Content-Encoding"] = coding
