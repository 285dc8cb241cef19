"""The service over the graph of the real sources."""

from __future__ import annotations

import html
import re
from itertools import chain

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server import SITE
from server.openings import EXAMPLES
from server.site import Site

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def app(seeds_app: Flask) -> Flask:
    return seeds_app


def whole_source(client: FlaskClient, slug: str) -> str:
    """The pages of a source, part by part."""
    texts = [client.get(f"/source/{slug}", headers=BROWSER).text]
    while following := re.search(r'rel="next" href="([^"]+)"', texts[-1]):
        texts.append(client.get(html.unescape(following[1]), headers=BROWSER).text)
    return html.unescape("".join(texts))


def test_every_fact_can_be_seen_where_it_is_stated(app: Flask, client: FlaskClient) -> None:
    site: Site = app.extensions[SITE]
    documents = site.catalogue.items("document")
    assert len(documents) > 20
    for document in documents:
        text = whole_source(client, document["slug"])
        anchors = set(re.findall(r'id="char=(\d+,\d+)"', text))
        stated = {f"{e['start']},{e['end']}" for _, e in site.catalogue.stated_in(document["iri"])}
        assert stated and stated <= anchors, (document["slug"], sorted(stated - anchors)[:3])


@pytest.mark.parametrize("kind", ["target", "observation", "assignment", "role", "platform"])
def test_the_lit_range_is_the_quote(app: Flask, client: FlaskClient, kind: str) -> None:
    site: Site = app.extensions[SITE]
    for item in site.catalogue.items(kind)[::90]:
        evidence = item["evidence"][0]
        path = evidence["url"].partition("#")[0] + f"?at={evidence['start']}-{evidence['end']}"
        text = client.get(path, headers=BROWSER).text
        lit = "".join(re.findall(r'<mark class="[^"]*m-lit[^"]*"[^>]*>([^<]*)</mark>', text))
        assert html.unescape(lit).replace(" ", "") == evidence["quote"].replace(" ", "")


def test_every_cluster_shows_who_leads_it(client: FlaskClient) -> None:
    clusters = client.get("/api/v1/clusters").get_json()["items"]
    assert len(clusters) == 28
    assert [c["slug"] for c in clusters if not c["leadAgencies"]] == []


@pytest.mark.parametrize("kind", ["cluster", "district", "agency", "document", "category", "enterprise", "subsector"])
def test_every_page_of_a_kind_opens(app: Flask, client: FlaskClient, kind: str) -> None:
    site: Site = app.extensions[SITE]
    site.catalogue.mentions("")
    items = site.catalogue.items(kind)[:60]
    statuses = {client.get(f"/id/{kind}/{item['slug']}", headers=BROWSER).status_code for item in items}
    assert statuses == {200}


def test_the_example_questions_are_answered(client: FlaskClient) -> None:
    for question in chain.from_iterable(EXAMPLES):
        answer = client.get("/api/v1/ask", query_string={"q": question}).get_json()
        assert answer["answers"], question
        page = client.get("/", query_string={"q": question}, headers=BROWSER).text
        assert "没有找到答案" not in page and 'href="/source/' in page, question
