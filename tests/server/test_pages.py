"""Linked data and the pages for people."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.files import read_text
from kg.rdf.terms import ID
from kg.store import Row, Store, Term
from server import SITE, create_app
from server.catalogue import Catalogue
from server.execution import too_large
from server.marking import Mark, mark_up
from server.tables import table
from tests.server import graph

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path, headers=BROWSER)
    assert (answer.status_code, answer.mimetype) == (status, "text/html"), answer.text
    return answer.text


@pytest.mark.parametrize(
    ("path", "accept", "media", "form"),
    [
        ("", "text/turtle", "text/turtle", ox.RdfFormat.TURTLE),
        ("", "*/*", "text/turtle", ox.RdfFormat.TURTLE),
        ("", "application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("", "application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("", "application/rdf+xml, text/html;q=0.5", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        (".ttl", BROWSER["Accept"], "text/turtle", ox.RdfFormat.TURTLE),
        (".jsonld", "*/*", "application/ld+json", ox.RdfFormat.JSON_LD),
        (".nt", "*/*", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("?format=rdf", BROWSER["Accept"], "application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_a_thing_is_rdf_for_those_who_ask(
    client: FlaskClient, path: str, accept: str, media: str, form: ox.RdfFormat
) -> None:
    answer = client.get(f"/id/target/one{path}", headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (200, media)
    subjects = {q.subject.value for q in ox.parse(answer.data, format=form) if isinstance(q.subject, ox.NamedNode)}
    assert {f"{ID}target/one", f"{ID}evidence/goal"} <= subjects
    assert any('rel="alternate"' in link for link in answer.headers.getlist("Link"))
    assert answer.headers["Vary"].startswith("Accept") and answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_page_says_what_matters_with_quotes_that_lead_to_the_source(client: FlaskClient) -> None:
    text = page(client, "/id/cluster/smart-sensors")
    start, end = graph.place("智能传感器产业增加值达到80亿元")
    assert f"/source/plan?at={start}-{end}#char={start},{end}" in html.unescape(text)
    assert "第一发文单位是深圳市工业和信息化局" in text
    for words in ("总部引领区", "80 亿元", "广东省智能传感器创新中心", "MEMS传感器", 'href="/id/district/nanshan"'):
        assert words in text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/id/agency/sz-industry", ["智能传感器", "（一）中试线工程", "按职责分工负责"]),
        ("/id/measure/pilot", ["市发展改革委按职责分工负责", "深圳市发展和改革委员会", "总部引领区"]),
        ("/id/evidence/goal", ["智能传感器产业增加值达到80亿元", "亿元"]),
        ("/id/document/plan", ["/source/plan", "深圳市发展和改革委员会"]),
        ("/id/category/electronics", ["智能传感器"]),
        ("/ontology", ["本体"]),
        ("/browse", ["智能传感器", "合成生物"]),
        ("/browse?kind=observation", ["41.5 亿元"]),
        ("/", ["智能传感器", "深圳市工业和信息化局", "合成生物"]),
    ],
)
def test_pages_show_what_is_known(client: FlaskClient, path: str, words: list[str]) -> None:
    text = html.unescape(page(client, path))
    assert [w for w in words if w not in text] == []


def test_the_home_page_answers_with_its_basis_and_its_sentence(client: FlaskClient) -> None:
    text = page(client, "/?q=智能传感器产业由谁牵头")
    assert "深圳市工业和信息化局" in text and "第一发文单位，原文未写" in text
    assert re.search(r'href="/source/plan\?at=\d+-\d+#char=\d+,\d+"', text)
    assert "没有找到答案" in page(client, "/?q=茶叶")


def test_what_is_written_in_the_graph_or_asked_is_never_markup(client: FlaskClient) -> None:
    assert "<script>alert" not in page(client, "/id/enterprise/acme")
    assert "<script>alert" not in page(client, "/browse?kind=enterprise")
    assert "<script>alert" not in page(client, "/?q=<script>alert(1)</script>")


@pytest.mark.parametrize("path", ["/id/cluster/nope", "/id/dragon/x", "/id/cluster/../x", "/source/nope", "/nope"])
def test_unknown_things_are_told_with_what_is_near(client: FlaskClient, path: str) -> None:
    assert 'name="q"' in page(client, path, 404)
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    if path != "/nope":
        assert answer.get_json()["suggestions"] or "dragon" in path


@pytest.mark.parametrize("slug", ["%ff", "%ED%A0%80", "%00", "a%20b", "x" * 5000, "%3Cscript%3E", "..%2f..%2fetc"])
def test_strange_addresses_are_not_found(client: FlaskClient, slug: str) -> None:
    for path in (f"/id/cluster/{slug}", f"/source/{slug}", f"/source/{slug}/raw"):
        assert client.get(path).status_code == 404


def test_the_source_is_readable_and_marked(client: FlaskClient) -> None:
    text = page(client, "/source/plan")
    start, end = graph.place("智能传感器产业增加值达到80亿元")
    assert f'id="char={start},{end}"' in text
    assert re.search(r"<mark[^>]*m-target[^>]*>[^<]*增加值达到80亿元", text)
    assert re.search(r"<h2>.*重点工程.*</h2>", text)
    ids = re.findall(r'id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_a_range_is_lit_without_scripts(client: FlaskClient) -> None:
    start, end = graph.place("位居全国前列")
    lit = re.findall(
        r'<mark class="[^"]*m-lit[^"]*"[^>]*>([^<]*)</mark>', page(client, f"/source/plan?at={start}-{end}")
    )
    assert lit == ["位居全国前列"]
    for bad in ("9-3", "x", "1-", "1-2-3"):
        assert client.get(f"/source/plan?at={bad}").status_code == 400
    assert client.get("/source/plan?at=900000-900001").status_code == 200


def test_the_raw_source_is_as_published(client: FlaskClient) -> None:
    answer = client.get("/source/plan/raw")
    assert (answer.mimetype, answer.get_data(as_text=True)) == ("text/plain", graph.SOURCE)


ranges = st.tuples(st.integers(0, len(graph.SOURCE)), st.integers(1, 60)).map(lambda r: (r[0], r[0] + r[1]))


@given(st.lists(ranges, max_size=12))
def test_marks_never_change_the_text(found: list[tuple[int, int]]) -> None:
    source = read_text("plan.txt", graph.SOURCE)
    marks = [Mark(start, end, "target", f"x{i}") for i, (start, end) in enumerate(found)]
    paragraphs = mark_up(source, source.blocks, marks, {})
    texts = ["".join(segment.text for segment in p.segments) for p in paragraphs]
    assert texts == [source.block_text(block) for block in source.blocks]
    for mark in marks:
        shown = "".join(s.text for p in paragraphs for s in p.segments if mark in s.marks)
        assert shown in source.text.chars
        within = [i for i, offset in enumerate(source.text.offsets) if mark.start <= offset < mark.end]
        assert bool(shown) == any(b.start <= i < b.end for i in within for b in source.blocks)


def test_every_answer_carries_the_safe_headers(client: FlaskClient) -> None:
    for path in ("/", "/id/cluster/smart-sensors", "/api/v1/clusters", "/nope", "/static/style.css", "/sparql?query=x"):
        headers = client.get(path, headers=BROWSER).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"
        assert "Set-Cookie" not in headers


def test_pages_fetch_nothing_from_elsewhere_and_need_no_inline_code(client: FlaskClient) -> None:
    for path in ("/", "/?q=智能传感器", "/explore", "/query", "/source/plan", "/id/cluster/smart-sensors"):
        text = page(client, path)
        loaded = re.findall(r'<(?:script|img|link rel="(?:stylesheet|icon)")[^>]*(?:src|href)="([^"]+)"', text)
        assert loaded and all(address.startswith("/static/") for address in loaded)
        assert not re.search(r"<style|style=|\son\w+=|<script>", text)
        assert 'lang="zh-CN"' in text and "<h1" in text


def test_a_page_known_already_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/id/cluster/smart-sensors", headers=BROWSER)
    again = client.get("/id/cluster/smart-sensors", headers={**BROWSER, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    stylesheet = re.search(r'href="(/static/style.css\?v=\w+)"', first.text)
    assert stylesheet and "immutable" in client.get(stylesheet[1]).headers["Cache-Control"]


def test_links_on_pages_lead_somewhere(client: FlaskClient) -> None:
    seen: set[str] = set()
    left = ["/"]
    while left:
        path = left.pop()
        found = {html.unescape(a).partition("#")[0] for a in re.findall(r'href="(/[^"]*)"', page(client, path))}
        for link in sorted(link for link in found - seen if link.count("=") < (2 if "=" in path else 3)):
            seen.add(link)
            answer = client.get(link, headers=BROWSER)
            assert answer.status_code == 200, link
            # Filters can be combined freely: a page with two of them leads to no page of another sort.
            if answer.mimetype == "text/html" and link.count("=") < 2:
                left.append(link)
    assert "/id/target/one" in seen and "/source/plan/raw" in seen


def test_the_service_tells_whether_it_is_up_and_ready(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    ready = client.get("/readyz").get_json()
    assert (ready["status"], ready["generation"], ready["counts"]["cluster"]) == ("ready", "test", 2)


class Crowded(Store):
    """A graph with more assignments than a result can hold."""

    asked = 0

    def rows(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> list[Row]:
        if "a ckg:Assignment" in sparql:
            self.asked += 1
            raise too_large()
        return super().rows(sparql, bindings)


def test_a_graph_with_more_than_lists_can_hold_is_served_all_the_same() -> None:
    """What can't be listed is said to be so, at once, and what can be listed is."""
    held = ox.Store()
    held.bulk_extend(graph.store().quads())
    crowded = Crowded(held, "crowded", {})
    client = create_app(crowded, lookup=graph.Search()).test_client()
    ready = client.get("/readyz").get_json()
    assert ready["status"] == "ready" and ready["counts"]["cluster"] == 2 and "assignment" not in ready["counts"]
    home = client.get("/", headers=BROWSER)
    assert home.status_code == 200 and "无法全部列出" in home.text and "/browse?kind=measure" in home.text
    assert client.get("/browse?kind=measure").status_code == client.get("/api/v1/clusters").status_code == 200
    refused = client.get("/browse?kind=assignment", headers=BROWSER)
    assert refused.status_code == 413 and "太多了" in refused.text and "SPARQL 查询" in refused.text
    # What points to a thing would not be all: nothing rather than a part.
    assert client.get("/id/cluster/smart-sensors", headers=BROWSER, follow_redirects=True).status_code == 413
    assert crowded.asked == 1


def test_an_empty_graph_is_served_but_not_ready() -> None:
    empty = create_app(Store.in_memory([], "empty"), lookup=graph.Search()).test_client()
    assert empty.get("/readyz").status_code == 503
    for path in ("/", "/explore", "/api/v1/targets", "/ontology"):
        assert empty.get(path, headers=BROWSER).status_code == 200


def test_an_unforeseen_error_tells_nothing_of_the_inside(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(graph.Search):
        def ask(self, q: str) -> dict[str, object]:
            raise RuntimeError("secret place")

    app: Flask = create_app(Store.in_memory(graph.store().quads()), lookup=Broken())
    answer = app.test_client().get("/api/v1/ask?q=x")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert "secret" not in answer.text and "secret place" in caplog.text
    missing = app.test_client().get("/source/plan")
    assert missing.status_code == 503 and "plan.txt" in missing.text


def test_issuers_that_one_sentence_names_show_it_once(client: FlaskClient) -> None:
    catalogue: Catalogue = client.application.extensions[SITE].catalogue
    issuances = catalogue.items("issuance")
    assert len(issuances) == 2 and issuances[0]["evidence"] != issuances[1]["evidence"]
    apart = table("issuance", issuances)
    alike = table("issuance", [{**i, "evidence": issuances[0]["evidence"]} for i in issuances])
    assert not apart.shared and list(alike.shared) == issuances[0]["evidence"]
    assert not table("issuance", issuances[:1]).shared
    # Both issuers stand in one list, and under it the two places that name them.
    section = page(client, "/id/cluster/smart-sensors").partition("牵头与联合发文单位")[2].partition("</section>")[0]
    assert section.count("<ol>") == 1 and section.count("<li>") == 2
    assert section.count("<details") == 1 and section.count("<blockquote") == 2
