"""How long the measures take: all of them on the graph of the seeds, and the large ones on a generated network.

    python bench/analysis.py [--store DIR] [--nodes N] [--ties N] [--pivots N] [--format table|json|csv]

Approximate betweenness is given with its standard error, and with the error that it really has on a network small
enough to be exact.
"""

from __future__ import annotations

import argparse
import math
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from kg.analysis.communities import communities, modularity
from kg.analysis.measures import MEASURES, measure
from kg.analysis.networks import Network
from kg.analysis.paths import betweenness, exact, sampled
from kg.analysis.power import pagerank
from kg.analysis.projections import PROJECTIONS, Names, View
from kg.build import build
from kg.commands.tables import add_format, print_rows
from kg.store import Store

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
_SEED = 20
_SMALL = 2000
_SHOWN = 100

Row = dict[str, object]


def generated(nodes: int, ties: int) -> Network:
    """A network in which new nodes prefer those with many ties, and those of their own fiftieth."""
    random = Random(_SEED)
    ends = list(range(10))
    weights: dict[tuple[str, str], float] = {}
    for node in range(nodes):
        own = node % 50
        while len(weights) < ties * (node + 1) / nodes:
            other = random.choice(ends)
            if random.random() < 0.7:
                other = other - other % 50 + own
            if other != node and other < nodes:
                weights[f"n{min(node, other):06}", f"n{max(node, other):06}"] = float(random.randint(1, 9))
                ends += (node, other)
    return Network.of(weights, nodes=(f"n{i:06}" for i in range(nodes)))


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What work gives, and the seconds that the processor was at it: other work on the machine does not add to them."""
    start = time.process_time()
    found = work()
    return found, time.process_time() - start


def seeds(store: Store) -> Iterator[Row]:
    """Loading and all measures of each projection of the seeds."""
    names, total = Names(store), 0.0
    for name, kind in PROJECTIONS.items():
        view, loading = timed(lambda name=name: View.load(store, name, names))
        wanted = [one for one, about in MEASURES.items() if kind.shape in about.shapes]
        _, seconds = timed(lambda view=view, wanted=wanted: [measure(view, one) for one in wanted])
        total += seconds
        size = f"{len(view.network.nodes)} nodes, {len(view.network.weights)} ties, {len(wanted)} measures"
        yield {"what": f"seeds: {name}", "seconds": f"{seconds:.2f}", "note": f"{size}; loaded in {loading:.2f} s"}
    yield {"what": "seeds: all measures", "seconds": f"{total:.2f}", "note": "at most 3 s"}


def large(nodes: int, ties: int, pivots: int) -> Iterator[Row]:
    """The measures that matter on a large network, with the memory they took."""
    network, seconds = timed(lambda: generated(nodes, ties))
    yield _row("generated network", seconds, f"{len(network.nodes)} nodes, {len(network.weights)} ties")
    _, seconds = timed(lambda: pagerank(network))
    yield _row("PageRank", seconds, "at most 60 s")
    groups, seconds = timed(lambda: communities(network))
    quality = modularity(network, groups) or 0.0
    yield _row("communities", seconds, f"at most 60 s; {len(set(groups.values()))} with modularity {quality:.3f}")
    (values, errors), seconds = timed(lambda: sampled(network, pivots))
    best = sorted(range(len(values)), key=lambda i: -values[i])[:_SHOWN]
    relative = math.fsum(errors[i] / values[i] for i in best) / len(best)
    yield _row(
        "betweenness, sampled", seconds, f"{pivots} pivots; standard error of the first {_SHOWN}: {relative:.1%}"
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield {"what": "memory", "seconds": "", "note": f"{memory:.0f} MB at most so far; at most 2048"}


def honest(pivots: int) -> Iterator[Row]:
    """How far the sample really is from the exact values, and how far it says it is."""
    network = generated(_SMALL, 4 * _SMALL)
    truth, seconds = timed(lambda: exact(network))
    yield _row("betweenness, exact", seconds, f"{len(network.nodes)} nodes, {len(network.weights)} ties")
    (values, errors), seconds = timed(lambda: sampled(network, pivots))
    best = sorted(range(len(truth)), key=lambda i: -truth[i])[:_SHOWN]
    real = math.fsum(abs(values[i] - truth[i]) / truth[i] for i in best) / len(best)
    said = math.fsum(errors[i] / truth[i] for i in best) / len(best)
    within = sum(abs(values[i] - truth[i]) <= 2 * errors[i] for i in best)
    note = f"first {_SHOWN}: error {real:.1%}, standard error {said:.1%}, {within} within two of them"
    yield _row("betweenness, sampled", seconds, note)
    fast, seconds = timed(lambda: betweenness(network, most_exact=0))
    yield _row("betweenness above the limit", seconds, fast.method)


def _row(what: str, seconds: float, note: str) -> Row:
    return {"what": what, "seconds": f"{seconds:.2f}", "note": note}


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--store", type=Path, help="a store with the graph of the seeds (else it is built)")
    parser.add_argument("--nodes", type=int, default=50_000)
    parser.add_argument("--ties", type=int, default=200_000)
    parser.add_argument("--pivots", type=int, default=100)
    add_format(parser)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = arguments.store or Path(folder) / "store"
        if not arguments.store:
            build([SEEDS], place)
        rows = list(seeds(Store.open(place)))
    rows += large(arguments.nodes, arguments.ties, arguments.pivots)
    rows += honest(arguments.pivots)
    print_rows(rows, arguments.format)


if __name__ == "__main__":
    main()
