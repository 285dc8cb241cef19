"""How large every kind of page is and how long the server takes for it, on the seeds' graph and on a generated one.

    python bench/pages.py [--store DIR] [--documents N] [--times N] [--format table|json|csv]

Sizes are in KB (1,000 bytes) as sent, compressed: the page alone, and with the styles and scripts that it loads. Times
are processor milliseconds of one request, so that a busy machine changes little; lists are made beforehand.
"""

from __future__ import annotations

import argparse
import gzip
import re
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from documents import store_of
from flask.testing import FlaskClient

from kg.commands.tables import add_format, print_rows
from kg.store import Store
from server import SITE, create_app
from server.catalogue import Catalogue
from server.naming import Json
from server.neighbourhood import web_of
from server.site import Site
from server.urls import path_of

# What may be larger than LARGEST: the whole graph on one page, and the editor with its examples and terms.
LARGE = ("/explore/all", "/query")
LARGEST = 30.0
ASKED = {"Accept": "text/html", "Accept-Encoding": "gzip"}
KINDS = (
    "cluster",
    "category",
    "agency",
    "district",
    "platform",
    "document",
    "measure",
    "target",
    "observation",
    "role",
)
FIXED = (
    "/?q=增加值",
    "/targets",
    "/targets?sort=-amount",
    "/browse?kind=assignment",
    "/browse?kind=measure&q=工程",
    "/matrix",
    "/matrix?of=agency",
    "/matrix?of=agency&all=1",
    "/timeline",
    "/conflicts",
    "/quality",
    "/explore/all",
    "/query",
    "/ontology",
    "/docs",
)


def paths(catalogue: Catalogue) -> Iterator[str]:
    """A page of every kind: of things, the one to which most points."""
    yield "/"
    yield "/?lang=en"
    first = {kind: max(catalogue.items(kind), key=lambda i: _pointing(catalogue, i), default=None) for kind in KINDS}
    yield from (path_of(item["iri"]) for item in first.values() if item)
    yield from FIXED
    cluster, document = first["cluster"], first["document"]
    if cluster and document:
        names = [f"cluster/{item['slug']}" for item in catalogue.items("cluster")[:4]]
        yield f"/browse?kind=target&cluster={cluster['slug']}"
        yield "/compare?" + "&".join(f"thing={name}" for name in names)
        yield f"/explore?from=cluster/{cluster['slug']}"
        yield f"/explore?from={names[0]}&to={names[-1]}"
        yield f"/source/{document['slug']}"


def _pointing(catalogue: Catalogue, item: Json) -> int:
    return sum(map(len, catalogue.mentions(item["iri"]).values()))


def row(client: FlaskClient, graph: str, path: str, times: int) -> dict[str, object]:
    """The size and the times of a page."""
    address = quote(path, safe="/?&=-%+")
    taken = []
    for _ in range(times + 1):
        began = time.process_time()
        answer = client.get(address, headers=ASKED)
        taken.append((time.process_time() - began) * 1000)
    if answer.status_code != 200:
        raise SystemExit(f"{path} is answered with status {answer.status_code}.")
    text = gzip.decompress(answer.data).decode()
    loaded = set(re.findall(r'(?:src|rel="stylesheet" href)="(/static/[^"]+)"', text))
    rest = sum(len(client.get(name, headers=ASKED).data) for name in loaded)
    # The first request may fill what others find.
    kept = sorted(taken[1:])
    return {
        "graph": graph,
        "page": path,
        "KB": round(len(answer.data) / 1000, 1),
        "KB with all it loads": round((len(answer.data) + rest) / 1000, 1),
        "p50 ms": round(statistics.median(kept), 1),
        "p99 ms": round(kept[-1 - len(kept) // 100], 1),
        "first ms": round(taken[0], 1),
    }


def measured(graph: str, store: Store, times: int) -> Iterator[dict[str, object]]:
    """A row for a page of every kind, the lists of the graph made."""
    app = create_app(store)
    site: Site = app.extensions[SITE]
    site.catalogue.mentions("")
    web_of(site.catalogue)
    client = app.test_client()
    for path in paths(site.catalogue):
        yield row(client, graph, path, times)


def _over(found: dict[str, object]) -> bool:
    """Whether a page is larger than it may be, or takes longer."""
    milliseconds, size = float(str(found["p50 ms"])), float(str(found["KB with all it loads"]))
    large = str(found["page"]).startswith(LARGE)
    return milliseconds > (15 if found["graph"] == "seeds" else 60) or (size > LARGEST and not large)


def main() -> int:
    """Print the table; 1 where a page is larger than it may be or takes longer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=Path, default=Path("store"))
    parser.add_argument("--documents", type=int, default=1000, help="documents of the generated graph (1000; 0: none)")
    parser.add_argument("--times", type=int, default=15, help="requests of each page (15)")
    add_format(parser)
    args = parser.parse_args()
    rows = list(measured("seeds", Store.open(args.store), args.times))
    if args.documents:
        rows += measured(f"{args.documents} documents", store_of(args.documents), args.times)
    print_rows(rows, args.format)
    over = [found for found in rows if _over(found)]
    for found in over:
        print(f"over: {found['graph']} {found['page']}", file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
