"""The same results on every machine: whatever the hash seed, and without the extras."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WITHOUT = """
import sys
for name in ("numpy", "scipy", "matplotlib", "rustworkx", "igraph", "lxml"):
    sys.modules[name] = None
"""
SAID = """
from kg.analysis.chance import intervals
from kg.analysis.files import gexf
from kg.analysis.measures import MEASURES, judged, measure
from kg.analysis.projections import PROJECTIONS
from tests.analysis.small import plans, view
for name, kind in PROJECTIONS.items():
    one = view(plans(), name)
    for measured, about in MEASURES.items():
        if kind.shape in about.shapes:
            print(name, measured, measure(one, measured).scores)
    if kind.shape == "folded":
        print(judged(one, "co-occurrence").scores, judged(one, "modularity").scores)
    print(sorted(intervals(one, "betweenness", "clause", draws=5).items()), gexf(one, [measure(one, "core")]))
"""


def said(seed: str, before: str = "") -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(
        [sys.executable, "-c", before + SAID], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout


def test_results_do_not_depend_on_the_hash_seed_or_on_extras() -> None:
    first = said("1")
    assert first and first == said("2", WITHOUT)
