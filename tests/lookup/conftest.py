"""One lookup over the graph of the seeds for all tests of this folder."""

from __future__ import annotations

import pytest

from kg.lookup import Lookup
from kg.store import Store


@pytest.fixture(scope="session")
def lookup(store: Store) -> Lookup:
    """The lookup over the real graph."""
    return Lookup(store)
