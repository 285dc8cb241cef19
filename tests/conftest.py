"""The graph of the real sources, built once for all tests that ask it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kg.build import build
from kg.store import Store

ROOT = Path(__file__).parents[1]

# A law holds at any speed: no test of ours depends on how fast the machine is, and one for all gives one verdict.
settings.register_profile(
    "house",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store folder with the graph of the seeds."""
    folder = tmp_path_factory.mktemp("seeds") / "store"
    build([ROOT / "seeds"], folder)
    return folder


@pytest.fixture(scope="session")
def store(store_folder: Path) -> Iterator[Store]:
    """The graph of the seeds, open for reading."""
    yield Store.open(store_folder)
