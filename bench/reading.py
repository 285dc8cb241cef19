"""How much text one core reads a minute: long sources made of the seeds, through documents, structure and every room.

    python bench/reading.py [--megabytes N] [--format table|json|csv]

The long source is a seed many times over, so that what grows faster than the text shows: beside a short source of the
same text, the rate must not fall. Rates are of UTF-8 bytes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

from kg.commands.tables import add_format, print_rows
from kg.documents.bundles import split
from kg.documents.catalogue import Entry
from kg.documents.files import read_text
from kg.documents.identity import identify
from kg.reading import ROOMS
from kg.structure.reading import lay_out
from kg.vocabulary import load

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
MEGABYTE = 1_000_000


def rows(megabytes: float) -> Iterator[dict[str, object]]:
    """For each seed, short and long: megabytes a minute by step."""
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        size = len(text.encode("utf-8")) / MEGABYTE
        for times in (1, max(2, round(megabytes / size))):
            steps = seconds(path.name, text * times)
            rates = {f"{step} MB/min": f"{size * times / took * 60:.0f}" for step, took in steps.items()}
            yield {"source": path.name, "MB": f"{size * times:.2f}", **rates}


def seconds(name: str, text: str) -> dict[str, float]:
    """Seconds that each step takes, and all of them."""
    vocabulary = load()
    start = time.process_time()
    source = read_text(name, text)
    parts = split(source)
    pages = [
        lay_out(identify(source, part, Entry(file=name), vocabulary, len(parts) > 1), source, part.blocks, part.head)
        for part in parts
    ]
    laid_out = time.process_time()
    for page in pages:
        for room in ROOMS.values():
            for _ in room(page, vocabulary):
                pass
    end = time.process_time()
    return {"documents and structure": laid_out - start, "rooms": end - laid_out, "all": end - start}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--megabytes", type=float, default=2.0, help="size of the long sources (default: 2)")
    add_format(parser)
    arguments = parser.parse_args()
    print_rows(list(rows(arguments.megabytes)), arguments.format)


if __name__ == "__main__":
    main()
