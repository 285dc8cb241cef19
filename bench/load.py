"""Requests of a kind, sent by wrk as fast as they are answered, and what is measured of them."""

from __future__ import annotations

import re
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROWS, TURTLE = "application/sparql-results+json", "text/turtle"
_CKG = "PREFIX ckg: <https://w3id.org/cluster-kg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
_JOIN = "SELECT ?c ?l { ?m ckg:agency ?a ; ckg:measure/ckg:document/ckg:cluster ?c . ?c rdfs:label ?l } LIMIT ROWS"
_GROUPS = _CKG + "SELECT ?t (COUNT(*) AS ?n) { ?s a ?t } GROUP BY ?t"
HOSTILE = "SELECT * {{ ?a{0} ?b ?c . ?d ?e ?f . ?g ?h ?i }} ORDER BY ?a{0} ?f ?i"
HOSTILE_CLIENTS = 16
_SCRIPT = """
local things = {{}}
for line in io.lines("{things}") do things[#things + 1] = line end
local number, query = {first}, "{query}"
request = function()
  number = number + 1
  local asked = query:gsub("THING", things[number % #things + 1]):gsub("ROWS", tostring(1000 + number % 9000))
  asked = asked:gsub("NUMBER", tostring(number))
  return wrk.format("GET", "{path}" .. asked, {{["Accept"] = "{accept}"{more}}})
end
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request. A NUMBER makes each another text, so that no cache answers, as do the four figures of ROWS
    where the size of the answer hangs on them; ``fresh`` is for those whose client has the answer and asks whether it
    still holds."""

    name: str
    query: str
    accept: str = ROWS
    fresh: bool = False


KINDS = (
    Kind("point lookup", "SELECT ?p ?o { <THING> ?p ?o } LIMIT NUMBER"),
    Kind("label lookup", _CKG + 'SELECT ?s { ?s rdfs:label "智能传感器"@zh } LIMIT NUMBER'),
    Kind("3-hop join", _CKG + _JOIN),
    Kind("group by", _GROUPS + " LIMIT NUMBER"),
    Kind("property path", _CKG + "SELECT ?x { <THING> ckg:partOf+ ?x } LIMIT NUMBER"),
    Kind("construct", "CONSTRUCT { <THING> ?p ?o } WHERE { <THING> ?p ?o } LIMIT NUMBER", TURTLE),
    Kind("10,000 rows", "SELECT * { ?s ?p ?o } LIMIT 1ROWS"),
    Kind("cached repeat", _GROUPS),
    Kind("304", _GROUPS, fresh=True),
)
PLAIN = Kind("empty route", "")


@dataclass(frozen=True, slots=True)
class Measured:
    """Requests a second, milliseconds until half and 99 % of the answers are there, and how many failed."""

    rate: float
    median: float
    late: float
    failed: int


def measure(
    address: str, kind: Kind, things: list[str], clients: int, seconds: int, folder: Path, first: int
) -> Measured | None:
    """Send requests of this kind for so many seconds; None where the server gives nothing to ask again for.

    The requests count on from ``first``: another one each time, or what was asked before is answered from a cache.

    Raises CalledProcessError where wrk can't.
    """
    base, path = _split(address)
    more = ""
    if kind.fresh:
        tag = _tag(f"{address}?query={quote(kind.query)}", kind.accept)
        if not tag:
            return None
        more = f""", ["If-None-Match"] = '{tag}'"""
    listed, script = folder / "things", folder / "script.lua"
    # A percent sign means something to Lua where it replaces.
    listed.write_text("\n".join(quote(iri, safe="").replace("%", "%%") for iri in things), encoding="ascii")
    text = f"{path}?query=" if kind.query else path
    query = quote(kind.query, safe="")
    filled = _SCRIPT.format(things=listed, first=first, query=query, path=text, accept=kind.accept, more=more)
    script.write_text(filled, encoding="utf-8")
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "5s", "--latency", "-s", str(script), base]
    return _read(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@contextmanager
def hostile(address: str) -> Iterator[None]:
    """Clients that send queries without end, again and again."""
    done = threading.Event()

    def send(number: int) -> None:
        while not done.is_set():
            number += HOSTILE_CLIENTS
            try:
                urllib.request.urlopen(f"{address}?query={quote(HOSTILE.format(number))}", timeout=15).read(1)
            except (OSError, ValueError, urllib.error.URLError):
                time.sleep(0.05)

    threads = [threading.Thread(target=send, args=(n,), daemon=True) for n in range(HOSTILE_CLIENTS)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join(20)


def _split(address: str) -> tuple[str, str]:
    base, _, path = address.rpartition("/")
    return base, f"/{path}"


def _tag(address: str, accept: str) -> str:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept": accept}), timeout=30) as found:
            return str(found.headers.get("ETag") or "")
    except OSError:
        return ""


def _read(out: str) -> Measured:
    """What wrk prints."""
    failed = sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", out)))
    failed += sum(sum(map(int, re.findall(r"\d+", line))) for line in re.findall(r"Socket errors: (.*)", out))
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    return Measured(float(rate[1]) if rate else 0.0, _milliseconds(out, "50%"), _milliseconds(out, "99%"), failed)


def _milliseconds(out: str, name: str) -> float:
    found = re.search(rf"{name}\s+([\d.]+)(us|ms|s)", out)
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]] if found else 0.0
