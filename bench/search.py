"""How long the full-text search inside SPARQL takes over a million sentences, put together from clauses of the seeds.

python bench/search.py [--sentences N] [--times N] [--format table|json|csv]
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.commands.tables import add_format, print_rows
from kg.rdf import fulltext
from kg.rdf.terms import CKG, ID

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
TEXT = ox.NamedNode(f"{CKG}text")
# From what stands in one of thousands to what stands in nearly all; two words, and a word cut out by nobody.
WANTED = (
    "第700001批",
    "量子",
    "智能传感器",
    "产业",
    "产业 发展",
    "智能传感器 公共服务平台",
    "传感",
    "的",
    "科技创新委员会牵头",
    "无此一说",
)


def sentences(wanted: int) -> Iterator[tuple[str, str]]:
    """So many things with their sentences, the same at every run."""
    clauses = sorted({clause for path in SEEDS.glob("*.txt") for clause in _clauses(path)})
    for number in range(wanted):
        parts = [clauses[(number * step + shift) % len(clauses)] for step, shift in ((1, 0), (7919, 13), (104729, 71))]
        yield f"{ID}measure/m{number}", f"第{number}批：{'，'.join(parts)}。"


def _clauses(path: Path) -> list[str]:
    text = "".join(path.read_text(encoding="utf-8").split())
    return [clause for clause in re.split("[，。；、：]", text) if 4 <= len(clause) <= 30]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sentences", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=9, help="how often each is asked (9)")
    add_format(parser)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, graph = Path(name), ox.Store()
        graph.bulk_extend(
            ox.Quad(ox.NamedNode(thing), TEXT, ox.Literal(text, language="zh"))
            for thing, text in sentences(args.sentences)
        )
        began = time.process_time()
        fulltext.build(graph, folder)
        size = (folder / fulltext.INDEX).stat().st_size // 2**20
        print(
            f"index of {args.sentences:,} sentences: {time.process_time() - began:.1f} s of the processor, {size} MiB"
        )
        print_rows([row(folder, wanted, args.times) for wanted in WANTED], args.format)
    return 0


def row(folder: Path, wanted: str, times: int) -> dict[str, object]:
    """Milliseconds of the processor that a search takes, and how much it finds."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        found = fulltext.find(folder, wanted, 100)
        taken.append((time.process_time() - began) * 1000)
    return {
        "search": wanted,
        "median ms": round(statistics.median(taken), 2),
        "most ms": round(max(taken), 2),
        "found": len(found),
    }


if __name__ == "__main__":
    sys.exit(main())
