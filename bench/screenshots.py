"""Makes the pictures of README: serves a store on this machine and photographs four pages with Chromium.

Usage: python bench/screenshots.py STORE FOLDER
"""

from __future__ import annotations

import shutil
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from kg.store import Store
from server import create_app

# Name, address, width, height, colour scheme.
PICTURES = (
    ("answer", "/?q=智能传感器产业由谁牵头？", 1280, 560, "light"),
    ("cluster", "/id/cluster/smart-sensors", 1280, 900, "light"),
    ("matrix", "/matrix", 1280, 1100, "light"),
    ("source", "/source/news-agency-report-2023#p8", 420, 860, "dark"),
)


def main(store: Path, folder: Path) -> int:
    """Write the pictures into the folder; 1 where there is no Chromium."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("There is no Chromium: apt-get install chromium fonts-noto-cjk.", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    server = make_server("127.0.0.1", 0, create_app(Store.open(store)), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, path, width, height, scheme in PICTURES:
            dark = scheme == "dark"
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
            )
            page.goto(f"http://127.0.0.1:{server.server_port}{path}")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()
    server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
