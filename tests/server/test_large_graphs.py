"""A graph of many documents, of other cities: pages stay small, say what they leave out, and give it as a file."""

from __future__ import annotations

import csv
import gzip
import html
import io
import re

import pytest
from flask.testing import FlaskClient

from bench.documents import CLUSTERS, store_of
from kg.store import Store
from server import SITE, create_app
from server.catalogue import Catalogue
from server.site import Site
from tests.server import graph

BROWSER = {"Accept": "text/html", "Accept-Encoding": "gzip"}
LARGEST = 30_000
# Six cities, a plan for each cluster of each.
DOCUMENTS = 6 * CLUSTERS


@pytest.fixture(scope="module")
def store() -> Store:
    return store_of(DOCUMENTS)


@pytest.fixture(scope="module")
def client(store: Store) -> FlaskClient:
    return create_app(store, lookup=graph.Search()).test_client()


def shown(client: FlaskClient, path: str) -> str:
    """A page, small enough with all that it loads."""
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 200, path
    text = gzip.decompress(answer.data).decode()
    loaded = set(re.findall(r'(?:src|rel="stylesheet" href)="(/static/[^"]+)"', text))
    size = len(answer.data) + sum(len(client.get(name, headers=BROWSER).data) for name in loaded)
    assert size <= LARGEST, f"{path}: {size} bytes"
    return html.unescape(text)


def rows(client: FlaskClient, path: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(path).data.decode("utf-8-sig"))))[1:]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?lang=en",
        "/id/cluster/3-1",
        "/id/agency/3-1?lang=en",
        "/id/district/3-1",
        "/id/document/13",
        "/id/measure/13-0",
        "/browse?kind=assignment",
        "/browse?kind=measure&lang=en",
        "/targets?sort=-amount",
        "/matrix?all=1",
        "/matrix?of=agency&all=1",
        "/timeline",
        "/quality",
        "/conflicts",
        "/compare?thing=cluster/3-1&thing=cluster/3-2",
        "/explore?from=cluster/3-1",
        "/source/13",
    ],
)
def test_pages_of_a_large_graph_are_small(client: FlaskClient, path: str) -> None:
    shown(client, path)


def test_the_front_page_leads_to_the_clusters_that_it_leaves_out(client: FlaskClient) -> None:
    assert f"全部 {DOCUMENTS} 个集群" in shown(client, "/")


def test_a_matrix_says_how_much_it_leaves_out_and_gives_it_as_a_file(client: FlaskClient) -> None:
    for path, left in (("/matrix", r"另有 \d+ 个<"), ("/matrix?all=1", r"另有 \d+ 个未显示")):
        assert re.search(left, shown(client, path))
    assert len(rows(client, "/matrix?format=csv")) == DOCUMENTS


def test_a_timeline_gives_all_rows_as_a_file(client: FlaskClient) -> None:
    assert "显示前 100 行" in shown(client, "/timeline?metric=增加值")
    assert len(rows(client, "/timeline?metric=增加值&format=csv")) == DOCUMENTS


def test_what_is_derived_of_a_graph_goes_with_it() -> None:
    app = create_app(graph.store(), lookup=graph.Search())
    site: Site = app.extensions[SITE]
    client = app.test_client()
    paths = ("/", "/matrix", "/explore/all", "/timeline", "/browse?kind=platform", "/api/v1/conflicts")
    before = [client.get(path).text for path in paths]
    site.store = store_of(CLUSTERS)
    site.catalogue = Catalogue(site.store)
    for path, old in zip(paths, before, strict=True):
        text = client.get(path).text
        assert "广东省智能传感器创新中心" not in text and (text != old or "conflicts" in path), path
