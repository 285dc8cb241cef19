"""Every page on every screen: axe-core finds nothing, nothing is too wide, nothing moves or comes from elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

from server.site import Site
from server.urls import path_of
from tests.browser.conftest import SCREENS, check, violations

PAGES = (
    "/",
    "/?lang=en",
    "/?q=智能传感器产业由谁牵头？",
    "/?q=2025年网络与通信产业增加值目标是多少？&lang=en",
    "/?q=茶叶由谁牵头",
    "/id/cluster/smart-sensors",
    "/id/cluster/marine?lang=en",
    "/id/cluster/quantum-information",
    "/id/agency/sz-industry-and-information-technology",
    "/id/agency/sz-central-bank?lang=en",
    "/id/district/nanshan",
    "/id/category/new-generation-electronic-information",
    "/browse",
    "/browse?kind=measure&lang=en",
    "/browse?kind=assignment",
    "/browse?kind=document",
    "/targets?sort=-amount",
    "/matrix",
    "/matrix?of=agency",
    "/timeline",
    "/compare",
    "/compare?thing=cluster/smart-sensors&thing=cluster/smart-terminals",
    "/conflicts",
    "/quality",
    "/explore?from=cluster/smart-sensors",
    "/explore?from=cluster/smart-sensors&to=enterprise/xin-zhou-bang&lang=en",
    "/explore/all",
    "/query?query=SELECT ?s WHERE { ?s ?p ?o } LIMIT 3",
    "/source/shenzhen-industry-magazine-2022?part=2",
    "/source/news-agency-report-2023",
    "/ontology",
    "/docs",
)
WRONG = ("/nothing-here", "/id/cluster/nope", "/compare?thing=dragon/x", "/query?query=SELECT ?s WHERE { ?s ?p")
# One of each of these kinds, whichever comes first.
KINDS = ("platform", "enterprise", "subsector", "document", "measure", "assignment", "target", "observation", "role")


def looked_at(page: Page, path: str) -> None:
    """Look at the page on a desktop and on a telephone, in the light and in the dark; twice at contrast alone."""
    for (width, height), first in zip(SCREENS.values(), ("light", "dark"), strict=True):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if first == "dark" else "light")
        page.goto(path)
        check(page)
        assert violations(page) == [], f"{width} px, {first}"
        page.emulate_media(color_scheme="light" if first == "dark" else "dark")
        check(page)
        assert violations(page, "color-contrast") == [], f"{width} px, not {first}"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everyone(page: Page, path: str) -> None:
    looked_at(page, path)


@pytest.mark.parametrize("path", WRONG)
def test_what_went_wrong_is_told_to_everyone(context: BrowserContext, path: str) -> None:
    looked_at(context.new_page(), path)


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_a_thing_is_for_everyone(page: Page, site: Site, kind: str) -> None:
    looked_at(page, path_of(site.catalogue.items(kind)[0]["iri"]))
