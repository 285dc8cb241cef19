"""Graphs that are not Shenzhen's: odd names, nothing known, a very long document. Every page is still right."""

from __future__ import annotations

import gzip
import html
import re

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.rdf.terms import ID, PREFIXES
from kg.store import Store
from server import create_app
from tests.server import graph

BROWSER = {"Accept": "text/html"}
NAMES = {
    "quotes": "He said \"绿色\" & '蓝色'",
    "brackets": "<b>粗体</b></script><script>alert(1)</script>",
    "long": "杭州市数字经济与高端装备制造产业集群" * 12,
    "emoji": "🦾机器人🤖",
    "braces": "{{ 7 * 7 }} {% raw %} %s ${x}",
}
LONG = "".join(
    f"第{i}段，本市将推动产业高质量发展，完善配套政策，形成长效机制，并加强部门协同。\n\n" for i in range(2600)
)


def odd_store() -> Store:
    """The small graph, and beside it a city that it knows nothing of."""
    prefixes = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    lines = [prefixes]
    for i, (slug, name) in enumerate(NAMES.items(), 30):
        label = name.replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'<{ID}cluster/{slug}> a ckg:Cluster, ckg:Industry ; ckg:order {i} ; rdfs:label "{label}"@zh .')
        lines.append(f'<{ID}district/{slug}> a ckg:District ; rdfs:label "{label}"@zh .')
        lines.append(f'<{ID}agency/{slug}> a ckg:Agency ; rdfs:label "{label}"@zh .')
    lines.append(f'<{ID}document/long> a ckg:PolicyDocument, ckg:Opinion ; rdfs:label "很长的意见"@zh ; ')
    lines.append(f'dcterms:title "很长的意见" ; ckg:sourceFile "long.txt" ; ckg:start 0 ; ckg:end {len(LONG)} .')
    triples = [q.triple for q in ox.parse("\n".join(lines), format=ox.RdfFormat.TURTLE)]
    quads = [ox.Quad(t.subject, t.predicate, t.object, ox.DefaultGraph()) for t in triples]
    return Store.in_memory([*graph.store().quads(), *quads], "odd", {graph.FILE: graph.SOURCE, "long.txt": LONG})


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(odd_store(), lookup=graph.Search()).test_client()


@pytest.mark.parametrize("slug", sorted(NAMES))
@pytest.mark.parametrize("kind", ["cluster", "district", "agency"])
def test_odd_names_are_shown_as_they_are(client: FlaskClient, kind: str, slug: str) -> None:
    paths = (
        f"/id/{kind}/{slug}",
        f"/explore?from={kind}/{slug}",
        f"/compare?thing={kind}/{slug}",
        f"/browse?kind={kind}&all=1",
    )
    for path in (*paths, f"/id/{kind}/{slug}?lang=en"):
        answer = client.get(path, headers=BROWSER)
        assert answer.status_code == 200 and "<script>alert" not in answer.text and "<b>粗体" not in answer.text
        assert NAMES[slug] in html.unescape(answer.text), path
        assert answer.text.count("<script") == answer.text.count("</script>")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?lang=en",
        "/matrix",
        "/matrix?of=agency",
        "/targets",
        "/timeline",
        "/conflicts",
        "/quality",
        "/explore/all",
    ],
)
def test_pages_of_many_things_hold_odd_names(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 200 and "<script>alert" not in answer.text


def test_names_are_whole_in_what_scripts_read(client: FlaskClient) -> None:
    assert NAMES["brackets"] not in client.get("/explore?format=svg").text
    for slug, name in NAMES.items():
        csv = client.get(f"/browse?kind=cluster&all=1&q={slug}&format=csv").data.decode("utf-8-sig")
        assert csv.startswith("类别") and name


def test_a_cluster_of_which_nothing_is_known_has_a_page(client: FlaskClient) -> None:
    text = client.get("/id/cluster/emoji", headers=BROWSER).text
    assert "目标与现状" not in text and "任务与责任单位" not in text and "年均" not in text


def test_a_long_document_comes_in_parts_that_are_small(client: FlaskClient) -> None:
    assert len(LONG) > 100_000
    path, numbers, words, parts = "/source/long", [], "", 0
    while path:
        answer = client.get(path, headers=BROWSER)
        assert answer.status_code == 200 and len(gzip.compress(answer.data)) < 24_000
        numbers += [int(n) for n in re.findall(r'id="p(\d+)"', answer.text)]
        words += "".join(re.findall(r"<p>([^<]*)</p>", answer.text.partition("<article")[2].partition("</article>")[0]))
        following = re.search(r'rel="next" href="([^"]+)"', answer.text)
        path, parts = (html.unescape(following[1]) if following else ""), parts + 1
    assert numbers == list(range(1, len(numbers) + 1)) and parts > 8
    assert words == LONG.replace("\n", "")


def test_every_place_of_a_long_document_can_be_asked_for(client: FlaskClient) -> None:
    at = LONG.index("第1999段")
    text = client.get(f"/source/long?at={at}-{at + 7}", headers=BROWSER).text
    assert re.search(r'<mark class="m-lit[^>]*>第1999段', text)
    assert 'id="p50"' in client.get("/source/long?p=50", headers=BROWSER).text
    assert client.get("/source/long?at=99999999-999999999", headers=BROWSER).status_code == 200


ELSEWHERE = f"""<{ID}document/wuhan> a ckg:PolicyDocument ; dcterms:title "武汉市促进光电子信息产业发展行动方案" ;
  rdfs:label "武汉方案"@zh ; ckg:cluster <{ID}cluster/optics> .
<{ID}cluster/optics> a ckg:Cluster, ckg:StrategicCluster ; rdfs:label "光电子"@zh, "Optoelectronics"@en .
<{ID}cluster/unnamed> a ckg:Cluster, ckg:StrategicCluster ; rdfs:label "没有文件提到的集群"@zh .
<{ID}platform/park> a ckg:Platform ; rdfs:label "光谷园"@zh ; ckg:cluster <{ID}cluster/optics> ;
  ckg:evidence <{ID}evidence/park> .
<{ID}evidence/park> a ckg:Evidence ; ckg:document <{ID}document/wuhan> ; ckg:quote "光谷园" ; ckg:start 1 ; ckg:end 4 .
"""


def test_the_front_page_of_another_city_speaks_of_that_city_alone() -> None:
    prefixes = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    store = Store.in_memory(list(ox.parse(prefixes + ELSEWHERE, format=ox.RdfFormat.TURTLE)), "elsewhere", {})
    client = create_app(store, lookup=graph.Search()).test_client()
    text = html.unescape(client.get("/", headers=BROWSER).text)
    assert "光电子有哪些创新平台？" in text
    assert "深圳" not in text and "20+8" not in text and "没有文件提到的集群" not in text
    assert (
        "Optoelectronics is a strategic emerging cluster"
        in client.get("/id/cluster/optics?lang=en", headers=BROWSER).text
    )
    assert "没有文件提到的集群" not in client.get("/browse?kind=cluster", headers=BROWSER).text
    assert "没有文件提到的集群" in client.get("/browse?kind=cluster&all=1", headers=BROWSER).text
