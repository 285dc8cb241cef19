"""The service of a store folder for callers in the same process: what ``kg.client`` asks where it is given a folder."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from kg.store import Store
from server import create_app


def application(folder: Path) -> Flask:
    """The WSGI application over the current generation of a store folder.

    Raises StoreError where there is no store.
    """
    return create_app(Store.open(folder))
