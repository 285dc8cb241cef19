"""The graph of the real sources, built once for all tests that ask it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.build import build
from kg.store import Store

ROOT = Path(__file__).parents[1]


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
