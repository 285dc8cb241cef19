"""A client of the service over the small graph, and the service over that of the seeds."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.store import Store
from server import create_app
from tests.server import graph


@pytest.fixture(scope="package")
def app() -> Flask:
    return create_app(graph.store(), lookup=graph.Search())


@pytest.fixture(scope="package")
def seeds_app(store: Store) -> Flask:
    """The service over the graph of the seeds; a module of tests that is all about it makes this its ``app``."""
    return create_app(store)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
