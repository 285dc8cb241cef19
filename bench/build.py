"""How long a build of the seeds takes from a cold start, and where the time goes.

    python bench/build.py [--times N] [--format table|json|csv]

Absolute times say more about the machine than about the build, so each is also given as a ratio to the time that the
store alone needs to take in the same statements.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg.build import following, merge
from kg.commands.tables import add_format, print_rows
from kg.facts import Fact, Reading
from kg.generations import GRAPH, publish, writing
from kg.planning import plan
from kg.rdf.dataset import digest, lines_of, merged, named
from kg.rdf.validation import validate
from kg.reading import ROOMS, outlines
from kg.structure.measures import measures
from kg.vocabulary import Vocabulary

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
COMMAND = [sys.executable, "-c", "import sys; from kg.cli import main; sys.exit(main())"]
IMPORTS = "import kg.build, kg.commands.graph"


class Clock:
    """Seconds by step, in the order in which the steps were first taken."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """Count the time of a block to a step."""
        start = time.perf_counter()
        yield
        self.seconds[step] = self.seconds.get(step, 0.0) + time.perf_counter() - start


def timed(run: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def process(*command: str) -> float:
    """Seconds that a process takes from its start to its end."""
    return timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))


def read(clock: Clock) -> list[Reading]:
    """Read the seeds one after the other in this process, which a build does side by side."""
    with clock("reading: vocabulary"):
        vocabulary = Vocabulary.load()
    readings: list[Reading] = []
    for part in plan([SEEDS]):
        with clock("reading: documents and structure"):
            pages = outlines(part, vocabulary)
        for page in pages:
            facts: list[Fact] = list(measures(page))
            for name, room in ROOMS.items():
                with clock(f"reading: room {name}"):
                    facts.extend(room(page, vocabulary))
            readings.append(Reading(page.document, tuple(facts)))
    return readings


def write(clock: Clock, readings: list[Reading], folder: Path) -> bytes:
    """Make the graph and publish it, step by step; returns the statements as N-Quads."""
    with clock("merging"):
        graphs = merge(readings, Vocabulary.load())
    with clock("ordering"):
        lines = {name: lines_of(triples) for name, triples in graphs.items()}
        default = merged(lines)
    memory = ox.Store()
    memory.bulk_load(default, format=ox.RdfFormat.N_TRIPLES)
    with clock("deriving and scoring"):
        more = following(memory)
    with clock("validating"):
        validate(memory)
    for graph, added in more.items():
        lines[graph] = sorted({*lines.get(graph, ()), *added})
    data = named(lines) + merged(lines)
    with clock("digest"):
        name = digest(lines)
    with writing(folder) as scratch:
        with clock("loading"):
            load(scratch / GRAPH, data)
        with clock("swapping"):
            publish(folder, scratch, name)
    return data


def load(folder: Path, data: bytes) -> None:
    """Load statements into an empty store on disk."""
    store = ox.Store(str(folder))
    store.bulk_load(data, format=ox.RdfFormat.N_QUADS)
    store.flush()


def rows(times: int, folder: Path) -> Iterator[dict[str, object]]:
    """The table: whole processes first, then the steps of a build that takes them one after the other."""
    clock = Clock()
    data = write(clock, read(clock), folder / "steps")
    alone = median(times, lambda n: timed(lambda: load(folder / f"alone-{n}", data)))
    start = median(times, lambda n: process(sys.executable, "-c", "pass"))
    found = {
        f"store alone: {len(data.splitlines())} statements": alone,
        "cold build": median(times, lambda n: process(*COMMAND, "build", str(SEEDS), "--store", f"{folder}/{n}")),
        "build of unchanged sources": median(
            times, lambda n: process(*COMMAND, "build", str(SEEDS), "--store", f"{folder}/{n}")
        ),
        "Python's start": start,
        "imports": median(times, lambda n: process(sys.executable, "-c", IMPORTS)) - start,
    }
    steps = clock.seconds
    whole = sum(steps.values())
    for what, seconds in {**found, "all steps, one after the other": whole}.items():
        yield {"what": what, "seconds": f"{seconds:.3f}", "share of steps": "", "times store": f"{seconds / alone:.2f}"}
    for step, seconds in steps.items():
        share, ratio = f"{seconds / whole:.1%}", f"{seconds / alone:.2f}"
        yield {"what": f"  {step}", "seconds": f"{seconds:.3f}", "share of steps": share, "times store": ratio}


def median(times: int, run: Callable[[int], float]) -> float:
    """The median of the seconds that several runs say they took; each is told its number."""
    return statistics.median(run(number) for number in range(times))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=5, help="how often each process is run (5)")
    add_format(parser)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print_rows(list(rows(max(1, arguments.times), Path(folder))), arguments.format)


if __name__ == "__main__":
    main()
