"""What passes through the service: an identifier for each request, its line in the log, its figures, and a limit."""

from __future__ import annotations

import hashlib
import json
import random
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from server.errors import Problem
from server.journal import Journal
from server.streaming import Ended, Stream

_CLIENTS = 20_000
_BURST_SECONDS = 5.0
_IDENTIFIER = re.compile(r"[A-Za-z0-9._-]{1,64}")
# Asked by those who run the service, and by machines that must not be turned away.
_EXEMPT = {"/healthz", "/readyz", "/metrics"}
_OUTCOMES = {429: "limited", 499: "left", 503: "busy", 504: "late"}
# Made once: for a line that costs less than to make it.
_WRITTEN = json.JSONEncoder(ensure_ascii=False).encode
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Rate:
    """So many requests a second for each client, and a burst of what it saved up in five seconds."""

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_second
        self._clock = clock
        self._lock = threading.Lock()
        self._clients: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_of(self, client: str) -> float:
        """Count a request; the seconds until the client's next one may come, 0 where this one may pass."""
        if not self._rate:
            return 0.0
        now, most = self._clock(), max(1.0, self._rate * _BURST_SECONDS)
        with self._lock:
            saved, since = self._clients.pop(client, (most, now))
            saved = min(most, saved + (now - since) * self._rate)
            passes = saved >= 1.0
            self._clients[client] = (saved - passes, now)
            if len(self._clients) > _CLIENTS:
                self._clients.popitem(last=False)
        return 0.0 if passes else (1.0 - saved) / self._rate


class Seen(NamedTuple):
    """A request and how it was answered.

    ``seconds`` until the answer began, and where it was sent as it came, ``lasted`` until it ended, with ``outcome``;
    ``size`` in bytes; ``rows`` of a query's result; ``short`` where the event loop did it.
    """

    identifier: str
    client: str
    method: str
    path: str
    route: str
    status: int
    seconds: float
    size: int
    query: str | None = None
    rows: int | None = None
    lasted: float | None = None
    outcome: str = ""
    short: bool = False


class Traffic:
    """Watches all requests of an application."""

    def __init__(self, registry: CollectorRegistry, rate: float = 0.0, journal: Journal | None = None) -> None:
        self._rate = Rate(rate)
        self._journal = journal
        labels = ("route", "status")
        self._requests = Counter("kg_http_requests", "requests answered", registry=registry, labelnames=labels)
        self._bytes = Counter("kg_http_response_bytes", "bytes of answers", registry=registry, labelnames=labels[:1])
        self._short = Counter("kg_http_short", "answers that took no thread", registry=registry)
        if journal is not None:
            lost = Gauge("kg_log_lost_lines", "lines of the log that nobody took in time", registry=registry)
            lost.set_function(lambda: journal.lost)
        self._seconds = Histogram(
            "kg_http_request_seconds",
            "time until an answer begins",
            registry=registry,
            labelnames=("route",),
            buckets=_SECONDS,
        )

    def install(self, app: Flask) -> None:
        """Watch this application."""
        app.before_request(self._before)
        app.after_request(self._after)

    def wait_of(self, client: str) -> float:
        """Count a request of a client; the seconds that it has to wait, 0 where it may pass."""
        return self._rate.wait_of(client)

    def note(self, *seen: Seen) -> None:
        """Count answers, and write their lines."""
        for one in seen:
            self._requests.labels(one.route, one.status).inc()
            self._seconds.labels(one.route).observe(one.seconds)
            self._bytes.labels(one.route).inc(one.size)
        self._short.inc(sum(one.short for one in seen))
        if self._journal is not None:
            self._journal.add(*(_WRITTEN(_line(one)) + "\n" for one in seen))

    def _before(self) -> None:
        """Raises Problem 429 where a client sends too many requests."""
        g.began = time.perf_counter()
        g.identifier = identifier(request.headers.get("X-Request-Id", ""))
        if request.path in _EXEMPT:
            return
        wait = self.wait_of(request.remote_addr or "")
        if wait:
            headers = {"Retry-After": str(max(1, round(wait + 0.5)))}
            raise Problem("请求过于频繁，请稍后再试。Too many requests: wait a moment.", 429, headers=headers)

    def _after(self, response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("identifier", "")
        began = g.get("began", time.perf_counter())
        stream = response.response if isinstance(response.response, Stream) else None
        seen = Seen(
            g.get("identifier", ""),
            request.remote_addr or "",
            request.method,
            request.path,
            request.url_rule.rule if request.url_rule else "none",
            response.status_code,
            time.perf_counter() - began,
            0 if stream else response.calculate_content_length() or 0,
            g.get("query"),
            g.get("rows"),
        )
        if stream is None:
            self.note(seen)
        else:
            stream.watch(lambda ended: self.note(_ended(seen, ended, time.perf_counter() - began)))
        return response


def _ended(seen: Seen, ended: Ended, lasted: float) -> Seen:
    return seen._replace(size=ended.size, rows=ended.rows, outcome=ended.outcome, lasted=lasted)


def identifier(sent: str) -> str:
    """The identifier of a request: the one that was sent with it where that is one, else a new one."""
    return sent if _IDENTIFIER.fullmatch(sent) else f"{random.getrandbits(64):016x}"


@lru_cache(2)
def _time(second: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second))


def _line(seen: Seen) -> dict[str, object]:
    """What the log says of an answer; of a query its hash, so that it can be found again without being told."""
    kind = "ok" if seen.status < 400 else "error" if seen.status == 500 else "refused"
    line: dict[str, object] = {
        "time": _time(int(time.time())),
        "id": seen.identifier,
        "client": seen.client,
        "method": seen.method,
        "path": seen.path,
        "status": seen.status,
        "seconds": round(seen.seconds, 4),
        "bytes": seen.size,
        "outcome": seen.outcome or _OUTCOMES.get(seen.status, kind),
    }
    if seen.query is not None:
        line["query"] = hashlib.sha256(seen.query.encode("utf-8", "replace")).hexdigest()[:12]
    if seen.rows is not None:
        line["rows"] = seen.rows
    if seen.lasted is not None:
        line["lasted"] = round(seen.lasted, 4)
    return line
