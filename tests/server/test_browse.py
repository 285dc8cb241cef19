"""Lists, matrices and comparisons: what they show is what their SPARQL and their CSV give."""

from __future__ import annotations

import csv
import html
import io
import re
from itertools import pairwise

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.store import Store
from server import SITE, asked
from server.catalogue import KIND_QUERIES, Catalogue
from server.console import examples
from server.facets import FACETS, Index
from server.matrices import matrix_of, sparql
from server.neighbourhood import KINDS, RELATIONS, web_of
from server.timeline import metrics_of, rows_of
from server.timeline import sparql as timeline_sparql
from server.words import REASONS

BROWSER = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def app(seeds_app: Flask) -> Flask:
    return seeds_app


@pytest.fixture(scope="module")
def catalogue(app: Flask) -> Catalogue:
    found: Catalogue = app.extensions[SITE].catalogue
    return found


def rows(client: FlaskClient, path: str) -> list[list[str]]:
    """The rows of a CSV file without its header."""
    answer = client.get(path)
    assert answer.mimetype == "text/csv" and "attachment" in answer.headers["Content-Disposition"]
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))[1:]


@pytest.mark.parametrize("kind", sorted(KIND_QUERIES))
def test_the_query_of_a_list_gives_the_list(store: Store, catalogue: Catalogue, kind: str) -> None:
    index = Index.of(kind, catalogue.items(kind))
    chosen: list[dict[str, str]] = [{}]
    for facet in index.facets({}):
        chosen += [{facet.name: value.key} for value in facet.values[:2]]
    for wanted in chosen:
        found = {
            str(row["item"].value) for row in store.rows(asked.query(kind, wanted)) if hasattr(row["item"], "value")
        }
        assert found == {item["iri"] for item in index.narrowed(wanted)}, wanted


def test_a_list_has_what_documents_name_and_tells_what_else_there_is(client: FlaskClient, store: Store) -> None:
    plain, every = (rows(client, f"/browse?kind=agency&format=csv{more}") for more in ("", "&all=1"))
    found = {str(row["item"]).strip("<>") for row in store.rows(asked.query("agency", {}, named=True))}
    assert {row[-1] for row in plain} == found < {row[-1] for row in every}
    text = client.get("/browse?kind=agency", headers=BROWSER).text
    assert f"词表中还有 {len(every) - len(plain)} 个" in text and "all=1" in text
    assert "FILTER+EXISTS" in text or "FILTER%20EXISTS" in text
    assert "词表中还有" not in client.get("/browse?kind=cluster", headers=BROWSER).text


@pytest.mark.parametrize("kind", sorted(FACETS))
def test_a_facet_counts_what_it_leads_to(catalogue: Catalogue, kind: str) -> None:
    index = Index.of(kind, catalogue.items(kind))
    for facet in index.facets({}):
        for value in facet.values:
            assert len(index.narrowed({facet.name: value.key})) == value.count
    within = frozenset(range(0, len(index.items), 3))
    for facet in index.facets({}, within):
        for value in facet.values[:5]:
            assert len(index.narrowed({facet.name: value.key}, within)) == value.count


def test_a_list_is_the_same_as_its_file(client: FlaskClient) -> None:
    page = client.get("/targets?metric=增加值&sort=-amount", headers=BROWSER).text
    total = int(re.findall(r'class="count">(\d+)', page)[0])
    assert len(rows(client, "/targets?metric=增加值&sort=-amount&format=csv")) == total > 10


def test_words_that_look_like_formulas_are_text_in_files(client: FlaskClient) -> None:
    for path in ("/browse?kind=target&format=csv", "/id/cluster/smart-sensors.csv", "/matrix?format=csv"):
        assert not [cell for row in rows(client, path) for cell in row if re.match(r"[=+@-].", cell)]


def test_sorting_goes_both_ways_within_a_unit(client: FlaskClient) -> None:
    upwards = [row[-1] for row in rows(client, "/targets?unit=亿元&sort=amount&format=csv")]
    downwards = [row[-1] for row in rows(client, "/targets?unit=亿元&sort=-amount&format=csv")]
    assert upwards != downwards and sorted(upwards) == sorted(downwards)


@pytest.mark.parametrize(("of", "role"), [("district", ""), ("agency", ""), ("agency", "lead"), ("agency", "joint")])
def test_the_query_of_a_matrix_gives_its_numbers(store: Store, catalogue: Catalogue, of: str, role: str) -> None:
    counts = {(str(r["cluster"]), str(r[of])): int(str(r["count"]).split('"')[1]) for r in store.rows(sparql(of, role))}
    matrix = matrix_of(catalogue, of, role)
    shown = {
        (f"<{row.thing['iri']}>", f"<{thing['iri']}>"): cell.count
        for row in matrix.rows
        for (thing, _), cell in zip(matrix.across, row.cells, strict=True)
        if cell.count
    }
    assert shown == counts and counts


def test_a_matrix_turned_says_the_same(catalogue: Catalogue) -> None:
    straight, turned = matrix_of(catalogue, "district"), matrix_of(catalogue, "district", turned=True)
    assert sum(row.total for row in straight.rows) == sum(row.total for row in turned.rows)
    assert [total for _, total in straight.across] == [row.total for row in turned.rows]


def test_a_cell_leads_to_as_many_facts_as_it_says(client: FlaskClient, catalogue: Catalogue) -> None:
    for of in ("district", "agency"):
        cells = [cell for row in matrix_of(catalogue, of).rows for cell in row.cells if cell.count]
        for cell in cells[::40]:
            assert len(rows(client, f"{cell.href}&format=csv")) == cell.count


def test_the_query_of_a_timeline_gives_its_figures(store: Store, catalogue: Catalogue) -> None:
    for metric, _ in metrics_of(catalogue)[:3]:
        _, lines = rows_of(catalogue, metric)
        shown = {item["iri"] for line in lines for cell in line.cells for item in cell}
        found = {str(r["item"])[1:-1] for r in store.rows(timeline_sparql(metric))}
        assert shown == found


def test_things_of_two_kinds_are_not_compared(client: FlaskClient) -> None:
    assert client.get("/compare?thing=cluster/marine&thing=district/nanshan").status_code == 400
    assert client.get("/compare?thing=cluster/nope").status_code == 400
    page = client.get("/compare?thing=cluster/marine&thing=cluster/new-energy", headers=BROWSER).text
    assert "海洋" in page and 'class="shared"' in page


@pytest.mark.parametrize("example", examples(), ids=lambda e: e.names[1])
def test_an_example_query_answers_its_question(client: FlaskClient, example: object) -> None:
    query = getattr(example, "query", "")
    page = html.unescape(client.get("/query", query_string={"query": query}, headers=BROWSER).text)
    count = re.search(r'结果 <span class="count">(\d+)', page)
    assert count and int(count[1]) > 0 and query in page


def test_there_are_twelve_examples_with_two_names() -> None:
    assert len(examples()) == 12
    assert all(re.search("[一-鿿]", zh) and en.isascii() for zh, en in (e.names for e in examples()))


def test_the_graph_of_things_has_no_thing_alone_in_a_path(catalogue: Catalogue) -> None:
    web = web_of(catalogue)
    one, other = (item["iri"] for item in catalogue.items("cluster")[:2])
    for path in web.paths(one, other):
        assert path[0] == one and path[-1] == other
        assert all(web.between(a, b) for a, b in pairwise(path))
    assert set(web.beside(one, KINDS, RELATIONS)) == set(web.network.neighbours[one])
    assert web.beside(one, (), RELATIONS) == web.beside(one, KINDS, ()) == []


@pytest.mark.parametrize(
    "path",
    [
        "/browse?kind=dragon",
        "/browse?offset=-1",
        "/matrix?of=dragon",
        "/matrix?rows=agency",
        "/explore?from=cluster/nope",
        "/explore?to=x",
        "/compare?thing=measure/x",
        "/source/news-agency-report-2023?part=99",
    ],
)
def test_what_makes_no_sense_is_told(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 400 and 'role="search"' in answer.text


def test_every_reason_of_a_doubt_is_told_in_chinese(store: Store, client: FlaskClient) -> None:
    reasons = {str(r["reason"].value) for r in store.rows(DOUBTS) if hasattr(r["reason"], "value")}
    assert reasons and reasons <= set(REASONS)


DOUBTS = """
PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
SELECT DISTINCT ?reason WHERE { ?doubt a ckg:Doubt ; ckg:reason ?reason }
"""
