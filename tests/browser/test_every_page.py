"""Every page on every screen: axe-core finds nothing, nothing is too wide, nothing moves or comes from elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import check, violations

PAGES = (
    "/",
    "/?lang=en",
    "/?q=智能传感器产业由谁牵头？",
    "/?q=茶叶由谁牵头",
    "/id/cluster/smart-sensors",
    "/id/cluster/marine?lang=en",
    "/id/agency/sz-industry-and-information-technology",
    "/id/district/nanshan",
    "/id/category/new-generation-electronic-information",
    "/browse",
    "/browse?kind=measure&lang=en",
    "/targets?sort=-amount",
    "/matrix",
    "/matrix?of=agency",
    "/timeline",
    "/compare?thing=cluster/smart-sensors&thing=cluster/smart-terminals",
    "/conflicts",
    "/quality",
    "/explore?from=cluster/smart-sensors",
    "/explore/all",
    "/query?query=SELECT ?s WHERE { ?s ?p ?o } LIMIT 3",
    "/source/shenzhen-industry-magazine-2022?part=2",
    "/source/news-agency-report-2023",
    "/ontology",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_everyone(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    check(page)
    assert violations(page) == []
