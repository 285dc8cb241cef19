"""The graph of the real sources, built once for all tests that ask it."""

from __future__ import annotations

import gc
import os
import sys
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


def pytest_collection_finish() -> None:
    """What was imported and collected lives to the end: no collection of garbage need go through all of it again.

    What tests keep lives long too: the oldest objects are gone through a fifth as often.
    """
    gc.collect()
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, 50)


@pytest.fixture(scope="session", autouse=True)
def compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The processes that tests start compile what they import once, in a folder of this run.

    Where bytecode may stand beside the sources they find it there; where PYTHONDONTWRITEBYTECODE keeps it from there,
    each of them would compile everything again.
    """
    with pytest.MonkeyPatch.context() as patch:
        if sys.dont_write_bytecode:
            patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
            patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("bytecode")))
        yield


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
