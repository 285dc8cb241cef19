"""A client of the service over the small graph."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server import create_app
from tests.server import graph


@pytest.fixture(scope="package")
def app() -> Flask:
    return create_app(graph.store(), lookup=graph.Search())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
