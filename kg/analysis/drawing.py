"""Charts of scores, with matplotlib where it is installed, in a font that has the Chinese characters they need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from kg.errors import KgError

ENDINGS = (".svg", ".png")

# Fonts with Chinese characters that are often installed, the best for print first.
_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
)
# It comes with matplotlib and has a box for every character there is.
_BOXES = re.compile(r"^\.?Last ?Resort")
_BAR, _MARGIN, _WIDTH = 0.32, 1.1, 8.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its name, its value, and what is printed behind it (an interval of ranks)."""

    name: str
    value: float
    note: str = ""


def draw(bars: Sequence[Bar], title: str, axis: str, path: Path) -> None:
    """Write a bar chart, the first bar on top, as SVG or PNG by the file's ending; the same bars give the same bytes.

    Raises KgError where the ending is another, matplotlib or a font for the characters is missing, there is nothing
    to draw, or the file can't be written.
    """
    if path.suffix.lower() not in ENDINGS:
        raise KgError(f"A plot is written to a file that ends in {' or '.join(ENDINGS)}, not to {path.name}.")
    if not bars:
        raise KgError("There is nothing to draw.")
    pyplot = _matplotlib("matplotlib.pyplot", backend=True)
    font = _font("".join([title, axis, *(bar.name + bar.note for bar in bars)]))
    settings = {"font.family": "sans-serif", "font.sans-serif": [font], "axes.unicode_minus": False}
    with pyplot.rc_context({**settings, "svg.hashsalt": "cluster-kg", "svg.fonttype": "path"}):
        figure = _chart(pyplot, bars, title, axis)
        try:
            figure.savefig(path, metadata={"Date": None} if path.suffix.lower() == ".svg" else None, dpi=150)
        except OSError as error:
            raise KgError(f"The plot can't be written to {path}: {error.strerror}.") from error
        finally:
            pyplot.close(figure)


def _chart(pyplot: Any, bars: Sequence[Bar], title: str, axis: str) -> Any:
    figure, axes = pyplot.subplots(figsize=(_WIDTH, _BAR * len(bars) + _MARGIN), layout="constrained")
    places = range(len(bars), 0, -1)
    drawn = axes.barh(list(places), [bar.value for bar in bars], color="#2f6f8f")
    axes.set_yticks(list(places), [bar.name for bar in bars])
    axes.bar_label(drawn, [f"{bar.value:.4g} {bar.note}".rstrip() for bar in bars], padding=3, fontsize=8)
    axes.margins(x=0.18, y=0.02)
    axes.set_title(title)
    axes.set_xlabel(axis)
    axes.spines[["top", "right"]].set_visible(False)
    return figure


def has_font(characters: str) -> bool:
    """Whether an installed font has all these characters."""
    try:
        return bool(_font(characters))
    except KgError:
        return False


def _font(characters: str) -> str:
    """The name of an installed font that has all these characters; raises KgError where there is none."""
    manager, fonts = _matplotlib("matplotlib.font_manager"), _matplotlib("matplotlib.ft2font")
    needed = {ord(char) for char in characters if not char.isspace()}
    found = sorted(manager.fontManager.ttflist, key=lambda entry: entry.fname)
    installed = {entry.name: entry.fname for entry in found if not _BOXES.search(entry.name)}
    known = [name for name in _FONTS if name in installed]
    for name in [*known, *sorted(set(installed) - set(known))]:
        if needed <= set(fonts.FT2Font(installed[name]).get_charmap()):
            return str(name)
    raise KgError(
        "No installed font has the Chinese characters of this plot: install one, on Debian fonts-wqy-microhei (5 MB) "
        "or fonts-noto-cjk (91 MB)."
    )


def _matplotlib(module: str, backend: bool = False) -> Any:
    try:
        if backend:
            import_module("matplotlib").use("Agg")
        return import_module(module)
    except ImportError as error:
        raise KgError("Plots need matplotlib, which is not installed: pip install 'cluster-kg[plot]'.") from error
