"""Names that no layout expects, in a browser: nothing is too wide, nothing runs, nothing is cut from the screen."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from werkzeug.serving import make_server

from server import create_app
from tests.browser.conftest import SCREENS, check
from tests.server import graph
from tests.server.test_odd_graphs import NAMES, odd_store

PATHS = (
    "/",
    "/matrix?of=agency",
    "/browse?kind=cluster",
    "/explore/all",
    "/source/long",
    *(f"/{page}{kind}/{slug}" for slug in NAMES for kind, page in (("cluster", "id/"), ("agency", "explore?from="))),
    "/compare?" + "&".join(f"thing=district/{slug}" for slug in sorted(NAMES)[:4]),
)


@pytest.fixture(scope="module")
def odd_address() -> Iterator[str]:
    """Where a service with odd names listens."""
    server = make_server("127.0.0.1", 0, create_app(odd_store(), lookup=graph.Search()), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("path", PATHS)
def test_odd_names_fit_every_screen(page: Page, odd_address: str, path: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail(f"{path} ran what stands in a name"))
    for width, height in SCREENS.values():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(odd_address + path)
        check(page)
