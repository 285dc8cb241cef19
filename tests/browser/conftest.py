"""A browser on the service of the real sources: what it must never do is watched at every step.

Left out, and said so, where there is no Chromium; where REQUIRE_BROWSER is set its absence is a failure.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright
from werkzeug.serving import make_server

from kg.store import Store
from server import SITE, create_app
from server.site import Site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
# How the visitor's screen is: wide and light, and narrow and dark as a telephone at night.
SCREENS = {"desktop": (1280, 900, "light"), "phone": (360, 740, "dark")}
_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="session")
def address(store: Store) -> Iterator[str]:
    """Where the service listens, without a slash at the end."""
    app = create_app(store)
    site: Site = app.extensions[SITE]
    site.catalogue.mentions("")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a screen."""
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("There is no Chromium: apt-get install chromium fonts-noto-cjk.")
        pytest.skip("BROWSER TESTS LEFT OUT: there is no Chromium (apt-get install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture(params=sorted(SCREENS))
def context(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A visitor who comes for the first time, on each kind of screen."""
    width, height, scheme = SCREENS[request.param]
    opened = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        base_url=address,
        accept_downloads=True,
        reduced_motion="reduce",
    )
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """A page of the visitor's; a fault in the console, a request elsewhere, a cookie, a shift of the layout fail."""
    faults: list[str] = []

    def seen(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            faults.append(f"request to {request.url}")

    opened = context.new_page()
    opened.add_init_script(_SHIFTS)
    opened.on("request", seen)
    opened.on("console", lambda m: faults.append(m.text) if m.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    check(opened)
    assert faults == []
    assert context.cookies() == []


def check(page: Page) -> None:
    """What must hold on every page: nothing wider than the screen, nothing that moved while it loaded."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{page.url} is too wide"
    assert page.evaluate("window.shifted") == 0, f"{page.url} moved"


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong, in a line each."""
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run()).violations")
    return [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:160]}" for v in found]


def saved(path: Path | None) -> str:
    """The text of a file that the browser saved."""
    assert path is not None
    return path.read_bytes().decode("utf-8")
