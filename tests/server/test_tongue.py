"""English by the address: every link keeps it, no cookie, and names where there are none in English."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.tongue import quantity, word

BROWSER = {"Accept": "text/html"}


def page(client: FlaskClient, path: str) -> str:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    return html.unescape(answer.text)


@pytest.mark.parametrize("path", ["/", "/id/cluster/smart-sensors", "/browse?kind=target", "/matrix", "/explore"])
def test_links_to_pages_stay_english(client: FlaskClient, path: str) -> None:
    text = page(client, f"{path}{'&' if '?' in path else '?'}lang=en")
    links = re.findall(r'<a (?!class="tongue")[^>]*?href="(/[^"]*)"', text)
    data = re.compile(r"^/(sparql|api|docs|openapi)|/raw$|\.(ttl|nt|jsonld|rdf|csv)$|format=")
    assert links
    for link in links:
        path_alone = link.partition("#")[0]
        assert "lang=en" in path_alone or data.search(path_alone), link
    assert '<html lang="en"' in text and 'hreflang="zh-CN"' in text


def test_the_other_language_is_one_link_away(client: FlaskClient) -> None:
    assert 'class="tongue" href="/browse?kind=target&lang=en"' in page(client, "/browse?kind=target")
    assert 'class="tongue" href="/browse?kind=target"' in page(client, "/browse?kind=target&lang=en")


def test_english_pages_use_english_names(client: FlaskClient) -> None:
    text = page(client, "/id/cluster/smart-sensors?lang=en")
    assert "Smart sensors is a strategic emerging cluster" in text and "Nanshan District" in text
    # What has no name in English keeps its own.
    assert "深圳市工业和信息化局" in text
    assert "at least" not in page(client, "/browse?kind=target")


def test_an_unknown_language_is_chinese(client: FlaskClient) -> None:
    assert '<html lang="zh-CN"' in page(client, "/?lang=fr")


def test_pages_tell_search_engines_and_other_sites_what_they_are(client: FlaskClient) -> None:
    text = client.get("/id/cluster/smart-sensors", headers=BROWSER).text
    assert '<script type="application/ld+json">' in text and '"@type": "DefinedTerm"' in text
    for name in ("og:title", "og:description", "og:url"):
        assert re.search(rf'<meta property="{name}" content="[^"]+">', text)
    assert '<link rel="alternate" type="text/turtle"' in text
    hostile = client.get("/id/enterprise/acme", headers=BROWSER).text
    assert hostile.count("</script>") == hostile.count("<script")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("增加值", "added value"),
        ("增加值增速", "growth of added value"),
        ("5G基站数量", "number of 5G base stations"),
        ("研发设计", "research and design"),
        ("lead", "lead"),
        ("亿元", "CNY 100 m"),
        ("万平方米", "10,000 m²"),
        ("家", "家"),
        ("新增国家级专精特新“小巨人”企业数量", "number of new national “little giant” companies"),
        ("省级以上制造业创新中心数量", "number of manufacturing innovation centres of provincial level or above"),
        ("科技型中小企业、高新技术企业数量", "number of technology-based SMEs and high-tech companies"),
        ("上市、规上企业数量", "number of listed companies and companies above scale"),
        ("国高企业占全省比重", "national high-tech companies as a share of the province’s"),
        ("战略性新兴产业增加值增速", "growth of added value of strategic emerging industries"),
        ("集聚区", "agglomeration area"),
        ("没有译名的指标", "没有译名的指标"),
        ("没有译名的指标数量", "没有译名的指标数量"),
        ("没有译名的指标占全省比重", "没有译名的指标占全省比重"),
    ],
)
def test_words_of_facts_have_english(app: Flask, name: str, words: str) -> None:
    with app.test_request_context("/?lang=en"):
        app.preprocess_request()
        assert word(name) == words
    with app.test_request_context("/"):
        app.preprocess_request()
        assert word(name) in {name, "牵头"}


def test_a_quantity_in_english_is_written_as_english_does(app: Flask) -> None:
    item = {"kind": "target", "value": 2700, "unit": "亿元", "comparator": ">"}
    with app.test_request_context("/?lang=en"):
        app.preprocess_request()
        assert quantity(item) == "over CNY 270 bn"
        assert quantity({**item, "value": 10393.39, "comparator": "="}) == "CNY 1.039339 tn"
        assert (
            quantity({**item, "value": None, "minValue": 1, "maxValue": 1.5, "unit": "万亿元"}) == "over CNY 1–1.5 tn"
        )
        assert quantity({**item, "value": 3.3, "unit": "万平方米", "comparator": "="}) == "33,000 m²"
        assert quantity({**item, "value": 3.2, "unit": "亿美元", "comparator": "~"}) == "about USD 320 m"
        assert quantity({**item, "value": 12, "unit": "没有译名的单位", "comparator": "="}) == "12 没有译名的单位"
        assert quantity({**item, "value": 5, "unit": "家", "comparator": ">="}) == "at least 5"
    assert quantity(item) == "超过 2,700 亿元"
