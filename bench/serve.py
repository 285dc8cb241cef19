"""How fast the service answers beside others, on the graph itself and a generated one, and while hostile queries run.

    python bench/serve.py [--store DIR] [--triples N] [--servers …] [--queries …] [--clients …] [--seconds N]

Needs ``wrk``; the others come with ``pip install 'cluster-kg[bench]'`` and are left out where they are not there.
Servers alternate query by query, so the ratios say more than the figures: those of a busy machine are lower for all.
rdflib-endpoint takes half a minute to read a million triples, and seconds for some queries.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

import million
import pyoxigraph as ox
from load import HOSTILE_CLIENTS, KINDS, PLAIN, Kind, Measured, hostile, measure
from peers import EMPTY, OURS, OXIGRAPH, RDFLIB, Graph, Server, running

from kg.commands.tables import add_format, print_rows
from kg.generations import GRAPH, current_folder
from kg.rdf.terms import CKG
from kg.store import Store

Row = dict[str, object]
_LOOKUP = KINDS[0]
# Where each measurement begins to count its requests.
_FIRST = count(10_000_000, 10_000_000)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--store", type=Path, default=Path("store"), help="the graph itself")
    parser.add_argument("--triples", type=int, default=1_000_000, help="the size of the generated graph, 0 for none")
    names = (OURS, OXIGRAPH, RDFLIB, EMPTY)
    parser.add_argument("--servers", nargs="+", choices=names, default=list(names))
    kinds = [kind.name for kind in KINDS]
    parser.add_argument("--queries", nargs="*", choices=kinds, default=kinds, metavar="NAME", help=", ".join(kinds))
    parser.add_argument("--clients", nargs="+", type=int, default=[1, 16])
    parser.add_argument("--seconds", type=int, default=3, help="seconds of each measurement (3)")
    parser.add_argument("--no-hostile", action="store_true", help="leave out the lookups beside hostile queries")
    add_format(parser)
    args = parser.parse_args()
    if not shutil.which("wrk"):
        print("This needs wrk (apt-get install wrk).", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [row for graph in graphs(args.store, args.triples, folder) for row in compared(graph, args, folder)]
    print_rows(rows, args.format)
    return 0


def graphs(store: Path, triples: int, folder: Path) -> Iterator[Graph]:
    """The graph itself, and one that is generated."""
    if (store / "CURRENT").is_file():
        found = Store.open(store).rows(f"SELECT DISTINCT ?s {{ ?s a <{CKG}Measure> }}")
        lines = folder / "own.nt"
        opened = ox.Store.read_only(str(current_folder(store) / GRAPH))
        opened.dump(str(lines), format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        yield Graph("itself", store, lines, sorted(str(row["s"])[1:-1] for row in found))
    if triples:
        yield Graph(f"{triples:,} triples", folder / "store", million.fill(folder, triples), million.things(triples))


def compared(graph: Graph, args: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """A row for each kind of request, number of clients and server; ours first."""
    kinds = [kind for kind in KINDS if kind.name in args.queries]
    with running(args.servers, graph, folder) as servers:
        for kind in kinds:
            for clients in args.clients:
                yield from side_by_side(graph, kind, clients, servers, args.seconds, folder)
        if args.no_hostile:
            return
        for server in servers:
            if server.name != EMPTY:
                server.wake()
                with hostile(server.address):
                    found = beside(server, graph, args.seconds, folder)
                    yield row(
                        graph, Kind(f"point lookup beside {HOSTILE_CLIENTS} hostile", ""), 2, server, found, found
                    )
                server.rest()


def beside(server: Server, graph: Graph, seconds: int, folder: Path) -> Measured:
    """Lookups of two clients, for six seconds at least."""
    found = measure(server.address, _LOOKUP, graph.things, 2, max(6, seconds), folder, next(_FIRST))
    assert found is not None
    return found


def side_by_side(
    graph: Graph, kind: Kind, clients: int, servers: Sequence[Server], seconds: int, folder: Path
) -> Iterator[Row]:
    """One kind of request, one server after the other."""
    own: Measured | None = None
    first = next(_FIRST)
    for server in servers:
        asked = PLAIN if server.name == EMPTY else kind
        server.wake()
        found = measure(server.address, asked, graph.things, clients, seconds, folder, first)
        server.rest()
        if found is None:
            continue
        own = own or found
        yield row(graph, kind, clients, server, found, own)


def row(graph: Graph, kind: Kind, clients: int, server: Server, found: Measured, own: Measured) -> Row:
    return {
        "graph": graph.name,
        "query": kind.name,
        "clients": clients,
        "server": server.name,
        "requests/s": round(found.rate, 1 if found.rate < 100 else None),
        "p50 ms": round(found.median, 2),
        "p99 ms": round(found.late, 2),
        "failed": found.failed,
        "MiB": server.megabytes(),
        "ours / it": f"{own.rate / found.rate:.2f}" if found.rate else "–",
    }


if __name__ == "__main__":
    sys.exit(main())
