"""A browser on the service of the real sources: what it must never do is watched at every step.

One browser and one service serve all tests; each has a visitor of its own. Where there is no Chromium or no font that
draws Chinese the tests are left out, and said so; where REQUIRE_BROWSER is set that is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import zlib
from collections.abc import Iterator
from importlib.resources import files
from typing import Literal

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright
from werkzeug.serving import make_server

from kg.store import Store
from server import SITE, create_app
from server.site import Site

Scheme = Literal["light", "dark"]

# All services of these tests are on this machine.
HOST = "http://127.0.0.1:"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
SCREENS = {"desktop": (1280, 900), "phone": (360, 740)}
_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="package")
def app(store: Store) -> Flask:
    """The service, its lists made."""
    made = create_app(store)
    site: Site = made.extensions[SITE]
    site.catalogue.mentions("")
    return made


@pytest.fixture(scope="package")
def site(app: Flask) -> Site:
    """What the service is made of."""
    found: Site = app.extensions[SITE]
    return found


@pytest.fixture(scope="package")
def address(app: Flask) -> Iterator[str]:
    """Where the service listens, without a slash at the end."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"{HOST}{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def missing() -> str:
    """What these tests lack on this machine; nothing where they can run."""
    if CHROMIUM is None:
        return "there is no Chromium (apt-get install chromium)"
    listed = shutil.which("fc-list")
    fonts = subprocess.run([listed, ":lang=zh"], capture_output=True, check=False).stdout if listed else b""
    return (
        "" if fonts.strip() else "there is no font that draws Chinese (apt-get install fontconfig fonts-wqy-microhei)"
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that these tests were left out."""
    left = [r for r in terminalreporter.stats.get("skipped", ()) if "tests/browser" in r.nodeid]
    if left:
        terminalreporter.section("THE BROWSER TESTS WERE LEFT OUT", sep="!", red=True, bold=True)
        terminalreporter.line(
            f"{len(left)} tests of the pages did not run: {missing()}. make test-browser requires them."
        )


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a screen."""
    lacking = missing()
    if lacking and os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(f"The browser tests are required, and {lacking}.")
    if lacking:
        pytest.skip(f"BROWSER TESTS LEFT OUT: {lacking}")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def screen(request: pytest.FixtureRequest) -> tuple[str, Scheme]:
    """The visitor's screen, a key of SCREENS, and light or dark: a desktop in daylight unless a test says more."""
    return getattr(request, "param", ("desktop", "light"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every journey is made on a desktop and on a telephone, one of them in the dark: which one goes by its name."""
    if "screen" in metafunc.fixturenames and metafunc.module.__name__.endswith("test_journeys"):
        turned = zlib.crc32(metafunc.function.__name__.encode()) % 2
        schemes: tuple[Scheme, Scheme] = ("dark", "light") if turned else ("light", "dark")
        both = list(zip(SCREENS, schemes, strict=True))
        metafunc.parametrize("screen", both, indirect=True, ids=["-".join(one) for one in both])


@pytest.fixture
def context(screen: tuple[str, Scheme], browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A visitor who comes for the first time."""
    width, height = SCREENS[screen[0]]
    opened = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=screen[1],
        base_url=address,
        accept_downloads=True,
        reduced_motion="reduce",
    )
    opened.set_default_timeout(20_000)
    opened.add_init_script(_SHIFTS)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page of the visitor's; a fault in the console, a request elsewhere, a cookie, a shift of the layout fail."""
    faults: list[str] = []

    def seen(request: Request) -> None:
        if not request.url.startswith((HOST, "data:", "blob:")):
            faults.append(f"request to {request.url}")

    opened = context.new_page()
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


def violations(page: Page, *rules: str) -> list[str]:
    """What axe-core finds wrong by these rules (by all where none is named), in a line each."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    # Of what is wrong the markup is shown: no selector need be made of each thing that is looked at.
    options = {"resultTypes": ["violations"], "preload": False, "selectors": False}
    options |= {"runOnly": list(rules)} if rules else {}
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:160]}" for v in found]
