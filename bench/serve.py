"""How fast the service answers beside ``oxigraph serve``, on the same graph, and while hostile queries run.

    python bench/serve.py [--store DIR] [--seconds N] [--format table|json|csv]

Needs ``wrk``; ``oxigraph`` (pip install oxigraph) is measured beside ours where it is there. The two alternate in one
run, so the ratios say more than the figures: those of a busy machine are lower for both.
"""

from __future__ import annotations

import argparse
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from kg.commands.tables import add_format, print_rows
from kg.generations import GRAPH, current_folder
from kg.store import Store
from server.copying import copy_generation

COMMAND = [sys.executable, "-c", "import sys; from kg.cli import main; sys.exit(main())"]
CKG = "PREFIX ckg: <https://w3id.org/cluster-kg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
ROWS, TURTLE = "application/sparql-results+json", "text/turtle"
# Each with a number that makes it another text, so that no cache answers, save the one that says so.
QUERIES = {
    "point lookup": ("SELECT ?p ?o { <THING> ?p ?o } LIMIT NUMBER", ROWS),
    "label lookup": (CKG + 'SELECT ?s { ?s rdfs:label "智能传感器"@zh } LIMIT NUMBER', ROWS),
    "3-hop join": (
        CKG
        + "SELECT ?c ?l { ?m ckg:agency ?a ; ckg:measure/ckg:document/ckg:cluster ?c . ?c rdfs:label ?l } LIMIT NUMBER",
        ROWS,
    ),
    "group by": (CKG + "SELECT ?t (COUNT(*) AS ?n) { ?s a ?t } GROUP BY ?t LIMIT NUMBER", ROWS),
    "property path": (CKG + "SELECT ?x { ?m ckg:partOf+ ?x } LIMIT NUMBER", ROWS),
    "construct": ("CONSTRUCT { <THING> ?p ?o } WHERE { <THING> ?p ?o } LIMIT NUMBER", TURTLE),
    "10,000 rows": ("SELECT * { ?s ?p ?o } LIMIT 1NUMBER", ROWS),
    "cached repeat": (CKG + "SELECT ?t (COUNT(*) AS ?n) { ?s a ?t } GROUP BY ?t", ROWS),
}
HOSTILE = "SELECT * {{ ?a{0} ?b ?c . ?d ?e ?f . ?g ?h ?i }} ORDER BY ?a{0} ?f ?i"
SCRIPT = """
local things = {{}}
for line in io.lines("{things}") do things[#things + 1] = line end
local number, query = 0, "{query}"
request = function()
  number = number + 1
  local asked = query:gsub("THING", things[number % #things + 1]):gsub("NUMBER", tostring(1000 + number % 9000))
  return wrk.format("GET", "{path}?query=" .. asked, {{["Accept"] = "{accept}"}})
end
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A server that answers at this port."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait()


def asked(address: str, script: Path, clients: int, seconds: int) -> dict[str, float]:
    """What wrk measures: requests a second, milliseconds (median, 99 %), failures."""
    command = [
        "wrk",
        "-t1",
        f"-c{clients}",
        f"-d{seconds}s",
        "--timeout",
        "10s",
        "--latency",
        "-s",
        str(script),
        address,
    ]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    failed = sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", out)))
    failed += sum(sum(map(int, re.findall(r"\d+", line))) for line in re.findall(r"Socket errors: (.*)", out))
    rate = re.search(r"Requests/sec:\s+([\d.]+)", out)
    found = {"rate": float(rate[1]) if rate else 0.0, "failed": float(failed)}
    return {**found, **{name: milliseconds(out, name) for name in ("50%", "99%")}}


def milliseconds(out: str, name: str) -> float:
    found = re.search(rf"{name}\s+([\d.]+)(us|ms|s)", out)
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]] if found else 0.0


def attack(address: str, done: threading.Event) -> list[threading.Thread]:
    """Sixteen clients that send queries without end, again and again, until told to stop."""

    def send(number: int) -> None:
        while not done.is_set():
            number += 16
            try:
                urllib.request.urlopen(f"{address}?query={quote(HOSTILE.format(number))}", timeout=30).read(1)
            except (OSError, urllib.error.URLError):
                time.sleep(0.05)

    threads = [threading.Thread(target=send, args=(number,), daemon=True) for number in range(16)]
    for thread in threads:
        thread.start()
    return threads


def measure(servers: dict[str, str], things: Path, seconds: int) -> Iterator[dict[str, object]]:
    """One row a query, number of clients and server; ours first."""
    script = things.with_name("script.lua")
    for name, (query, accept) in QUERIES.items():
        text = quote(query, safe="")
        for clients in (1, 16):
            own = 0.0
            for server, address in servers.items():
                path = "/" + address.rsplit("/", 1)[1]
                script.write_text(SCRIPT.format(things=things, query=text, path=path, accept=accept), encoding="utf-8")
                found = asked(address.rsplit("/", 1)[0], script, clients, seconds)
                own = own or found["rate"]
                yield row(name, clients, server, found, own)


def row(name: str, clients: int, server: str, found: dict[str, float], own: float) -> dict[str, object]:
    ratio = f"{own / found['rate']:.2f}" if found["rate"] else "–"
    return {
        "query": name,
        "clients": clients,
        "server": server,
        "requests/s": round(found["rate"]),
        "p50 ms": round(found["50%"], 2),
        "p99 ms": round(found["99%"], 2),
        "failed": int(found["failed"]),
        "ours / it": ratio,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=Path, default=Path("store"))
    parser.add_argument("--seconds", type=int, default=3, help="seconds of each measurement (3)")
    add_format(parser)
    args = parser.parse_args()
    if not shutil.which("wrk"):
        print("This needs wrk (apt-get install wrk).", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        print_rows(list(compared(args.store, Path(folder), args.seconds)), args.format)
    return 0


def compared(store: Path, folder: Path, seconds: int) -> Iterator[dict[str, object]]:
    """Ours and its peer, first alone, then beside hostile queries."""
    things = folder / "things"
    rows = Store.open(store).rows("SELECT DISTINCT ?s { ?s a <https://w3id.org/cluster-kg/ontology#Measure> }")
    iris = sorted(str(r["s"])[1:-1] for r in rows)
    things.write_text("\n".join(quote(iri, safe="").replace("%", "%%") for iri in iris), encoding="ascii")
    copy_generation(current_folder(store), folder)
    ports = free_port(), free_port()
    ours = [*COMMAND, "serve", "--store", str(store), "--port", str(ports[0]), "--timeout", "2", "--quiet"]
    peer = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    theirs = [peer or "", "serve-read-only", "--location", str(folder / GRAPH), "--bind", f"127.0.0.1:{ports[1]}"]
    with running(ours, ports[0]):
        # The lists are made first, so that this measures queries.
        urllib.request.urlopen(f"http://127.0.0.1:{ports[0]}/readyz", timeout=120).read()
        servers = {"ours": f"http://127.0.0.1:{ports[0]}/sparql"}
        if peer is None:
            yield from measure(servers, things, seconds)
        else:
            with running(theirs, ports[1]):
                yield from measure({**servers, "oxigraph serve": f"http://127.0.0.1:{ports[1]}/query"}, things, seconds)
        done = threading.Event()
        threads = attack(servers["ours"], done)
        time.sleep(1)
        text = quote(QUERIES["point lookup"][0], safe="")
        script = things.with_name("script.lua")
        script.write_text(SCRIPT.format(things=things, query=text, path="/sparql", accept=ROWS), encoding="utf-8")
        found = asked(servers["ours"].rsplit("/", 1)[0], script, 2, max(6, seconds))
        done.set()
        yield row("point lookup beside 16 hostile", 2, "ours", found, found["rate"])
        for thread in threads:
            thread.join(5)


if __name__ == "__main__":
    sys.exit(main())
