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
from typing import Any

import pyoxigraph as ox

from kg.commands.tables import add_format, print_rows
from kg.rdf import fulltext
from kg.rdf.terms import CKG, ID

Row = dict[str, Any]

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
TEXT = ox.NamedNode(f"{CKG}text")
# From what stands in one of thousands to what stands in nearly all: figures and other scripts, words of two characters,
# several words, what a dictionary cuts otherwise, what stands nowhere though all its parts do, and long ones.
_PLAN = "智能传感器产业集群培育发展行动计划"
WANTED = (
    *("第700001批", "第1批", "700001", "第第", "2025", "2025年", "AI", "5G 网络"),
    *("的", "批", "一", "产业", "量子", "传感", "业的", "的产", "展产", "深圳市", "智能传感器"),
    *("产业 发展", "智能传感器 公共服务平台", "量子 海洋 低空", "有限公司 责任单位 牵头 负责"),
    *("创新 产业 发展 技术 企业 服务 平台", "创新 产业 发展 技术 企业 服务 平台 国际 量子 深海 海洋 石油"),
    *("科技创新委员会牵头", "无此一说", "无 此 一 说", "的 无此", "负责牵头", "产业的产业", "负责分", "分工程"),
    *("推动产业集群", "推动产业集群高质量发展建设具有国际影响力", "产业，发展"),
    *(_PLAN * 12, "的" * 200, " ".join("的一是在不了有和人这" * 20)),
)
_SHOWN = 40


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
        rows = [row(folder, wanted, args.times) for wanted in WANTED]
        print_rows(rows, args.format)
        worst = max(rows, key=lambda found: found["median ms"])
        print(f"slowest: {worst['search']}, {worst['median ms']} ms")
    return 0


def row(folder: Path, wanted: str, times: int) -> Row:
    """Milliseconds of the processor that a search takes, and how much it finds."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        found = fulltext.find(folder, wanted, 100)
        taken.append((time.process_time() - began) * 1000)
    return {
        "search": wanted if len(wanted) <= _SHOWN else f"{wanted[:_SHOWN]}… ({len(wanted)} characters)",
        "first ms": round(taken[0], 2),
        "median ms": round(statistics.median(taken), 2),
        "most ms": round(max(taken), 2),
        "found": len(found),
    }


if __name__ == "__main__":
    sys.exit(main())
