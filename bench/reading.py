"""How much text one core reads a minute: documents, structure and every room, for prose as it is and for hard shapes.

    python bench/reading.py [--megabytes N] [--format table|json|csv]

The prose is each seed, once and many times over with other numbers in every copy, so that what grows faster than the
text shows: the rate of a long source must not fall below that of a short one. The shapes are texts that hold little but
table rows, headings, one line without a full stop, or names of companies; each stands there in one size and in four
times that. Rates are of UTF-8 bytes and of this process's time.
"""

from __future__ import annotations

import argparse
import re
import resource
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from kg.commands.tables import add_format, print_rows
from kg.documents.bundles import split
from kg.documents.catalogue import Entry
from kg.documents.files import read_text
from kg.documents.identity import identify
from kg.reading import ROOMS
from kg.structure.outline import Outline
from kg.structure.reading import lay_out
from kg.vocabulary import load

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
MEGABYTE = 1_000_000
# Counts and amounts; years, and numbers that set something apart (1., （3）), stay what they are.
_AMOUNT = re.compile(r"(?<![\d.])(?!(?:19|20)\d\d(?!\d))\d{2,}(?=[.\d]*[%亿万家个项件人])")
_ROWS = 400


def rows(megabytes: float) -> Iterator[dict[str, object]]:
    """For each seed, all of them and each shape, short and long: megabytes a minute by step."""
    seeds = {path.name: path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))}
    for name, text in seeds.items():
        times = max(2, round(megabytes * MEGABYTE / len(text.encode("utf-8"))))
        yield _row(name, [(name, text)])
        yield _row(name, [(name, varied(text, times))])
    yield _row("all seeds", list(seeds.items()))
    for name, shape in SHAPES.items():
        for count in (_ROWS, 4 * _ROWS):
            yield _row(name, [(f"{name.replace(' ', '-')}{'.md' if name == 'table' else '.txt'}", shape(count))])


def varied(text: str, times: int) -> str:
    """A text so many times over, with other amounts in each copy."""
    return "".join(_AMOUNT.sub(partial(_more, by=copy), text) for copy in range(times))


def _more(amount: re.Match[str], by: int) -> str:
    return str(int(amount[0]) + by)


def table(count: int) -> str:
    """Tasks with the bodies that lead and help, one a row."""
    head = "# 关于任务分工的通知\n\n| 序号 | 任务 | 牵头单位 | 配合单位 |\n|---|---|---|---|\n"
    row = "| {0} | 建设第{0}个创新平台，到2025年达到{0}家 | 市科技创新委 | 市财政局、市教育局 |\n"
    return head + "".join(row.format(number) for number in range(1, count + 1))


def headings(count: int) -> str:
    """Headings of two levels with nothing below them."""
    two = "（{2}）推进第{0}项工作。\n\n{1}.加快建设第{0}批项目。\n\n"
    return "关于发展的意见\n\n" + "".join(two.format(n, n % 99 + 1, "一二三四五六七八九"[n % 9]) for n in range(count))


def one_line(count: int) -> str:
    """Figures and carriers in one sentence."""
    said = "到{1}年第{0}个产业增加值达到{0}亿元、建设新区{0}号创新中心{0}家"
    return "关于发展的意见\n" + "，".join(said.format(n + 10, 2023 + n % 9) for n in range(count)) + "。\n"


def companies(count: int) -> str:
    """Companies, each with a name of its own."""
    name = "{}{}{}科技有限公司营业收入{}亿元。\n\n"
    han = [chr(0x4E00 + n) for n in range(0, 5000, 7)]
    parts = ((han[n % 89], han[n * 5 % 701], han[n * 11 % 709], n + 1) for n in range(count))
    return "企业\n\n" + "".join(name.format(*part) for part in parts)


SHAPES: dict[str, Callable[[int], str]] = {
    "table": table,
    "headings": headings,
    "one line": one_line,
    "companies": companies,
}


def _row(label: str, sources: list[tuple[str, str]]) -> dict[str, object]:
    size = sum(len(text.encode("utf-8")) for _, text in sources) / MEGABYTE
    took = [seconds(name, text) for name, text in sources]
    rates = {f"{step} MB/min": f"{size / sum(one[step] for one in took) * 60:.0f}" for step in took[0]}
    return {"source": label, "MB": f"{size:.2f}", **rates}


def seconds(name: str, text: str) -> dict[str, float]:
    """Seconds that each step takes, and all of them."""
    vocabulary = load()
    start = time.process_time()
    pages = outlines(name, text)
    laid_out = time.process_time()
    for page in pages:
        for room in ROOMS.values():
            for _ in room(page, vocabulary):
                pass
    end = time.process_time()
    return {"documents and structure": laid_out - start, "rooms": end - laid_out, "all": end - start}


def outlines(name: str, text: str) -> list[Outline]:
    """The documents of a source, laid out."""
    source = read_text(name, text)
    parts = split(source)
    several = len(parts) > 1
    entry, vocabulary = Entry(file=name), load()
    return [lay_out(identify(source, p, entry, vocabulary, several), source, p.blocks, p.head) for p in parts]


def main() -> None:
    """Print the table, and the memory that the largest of its sources took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--megabytes", type=float, default=2.0, help="size of the long sources (default: 2)")
    add_format(parser)
    arguments = parser.parse_args()
    for path in sorted(SEEDS.glob("*.txt")):  # patterns are made at their first use
        seconds(path.name, path.read_text(encoding="utf-8"))
    print_rows(list(rows(arguments.megabytes)), arguments.format)
    if arguments.format == "table":
        print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
