"""The curated names: complete, tidy, and found as texts print them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.vocabulary import Entry, Vocabulary, load

VOCABULARY = load()
KINDS = ("agency", "category", "cluster", "district")
ENTRIES = [entry for kind in KINDS for entry in VOCABULARY.entries(kind)]
GOLD = Path(__file__).parent / "gold"


def test_the_twenty_and_the_eight_stand_in_their_order() -> None:
    clusters = VOCABULARY.entries("cluster")
    assert [c.order for c in clusters] == list(range(1, 29))
    assert ["StrategicCluster" in c.types for c in clusters] == [True] * 20 + [False] * 8
    assert ["FutureIndustry" in c.types for c in clusters] == [False] * 20 + [True] * 8


def test_categories_hold_the_clusters_that_the_gold_reads() -> None:
    gold = json.loads((GOLD / "000-part2.json").read_text(encoding="utf-8"))["categories"]
    held: dict[str, list[str]] = defaultdict(list)
    for cluster in VOCABULARY.entries("cluster"):
        if cluster.category:
            held[VOCABULARY.entry("category", cluster.category).label].append(cluster.label)
    assert dict(held) == {row["category"]: row["clusters"] for row in gold}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: f"{e.kind}/{e.slug}")
def test_every_thing_has_tidy_names_in_both_tongues(entry: Entry) -> None:
    assert entry.label
    assert entry.label_en
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.slug)
    names = [entry.label, entry.label_en, *entry.alt, *entry.alt_en, *entry.hidden]
    assert len(names) == len(set(names))
    assert all(name == name.strip() and "  " not in name for name in names)


@pytest.mark.parametrize("kind", KINDS)
def test_no_name_of_a_kind_means_two_things(kind: str) -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    for entry in VOCABULARY.entries(kind):
        for name in (entry.label, entry.label_en, *entry.alt, *entry.alt_en, *entry.hidden):
            meant[name.casefold()].add(entry.slug)
    assert {name: slugs for name, slugs in meant.items() if len(slugs) > 1} == {}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: f"{e.kind}/{e.slug}")
def test_every_curated_name_finds_its_own_thing(entry: Entry) -> None:
    assert {VOCABULARY.find(entry.kind, name) for name in entry.own_names} == {entry}


@pytest.mark.parametrize(
    ("kind", "name", "slug"),
    [
        ("cluster", "智能传感器产业集群", "smart-sensors"),
        ("cluster", "海洋产业", "marine"),
        ("cluster", "时尚产业集群", "modern-fashion"),
        ("cluster", "新能源战略性新兴产业集群", "new-energy"),
        ("cluster", "时尚", None),
        ("cluster", "手机", None),
        ("category", "新一代电子信息产业", "new-generation-electronic-information"),
        ("category", "未来产业", "future-industries"),
        ("district", "深圳市南山区", "nanshan"),
        ("district", "深汕合作区", "shenshan"),
        ("agency", "市发展改革委", "sz-development-and-reform"),
        ("agency", "深圳市发改委", "sz-development-and-reform"),
        ("agency", "深圳市工信局", "sz-industry-and-information-technology"),
        ("agency", "深圳市委宣传部", "sz-party-publicity"),
        ("agency", "深圳委宣传部", None),
        ("agency", "福田区政府", "sz-futian-government"),
        ("agency", "各有关单位", "organisations-concerned"),
        ("agency", "发展改革委", None),
        ("thing", "海洋", None),
    ],
)
def test_names_are_found_as_texts_print_them(kind: str, name: str, slug: str | None) -> None:
    found = VOCABULARY.find(kind, name)
    assert (found.slug if found else None) == slug


def test_the_gold_calls_no_agency_by_a_name_that_is_not_found() -> None:
    names = {
        agency
        for path in GOLD.glob("0*.json")
        for clause in json.loads(path.read_text(encoding="utf-8"))["responsibilities"]
        for agency in _agencies(clause)
    }
    assert len(names) > 30
    assert {n for n in names if (e := VOCABULARY.find("agency", n)) is None or e.label != n} == set()


def _agencies(clause: object) -> list[str]:
    if isinstance(clause, dict):
        own = [clause["agency"]] if isinstance(clause.get("agency"), str) else []
        return own + [name for value in clause.values() for name in _agencies(value)]
    return [name for value in clause for name in _agencies(value)] if isinstance(clause, list) else []


@pytest.mark.parametrize("kind", KINDS)
def test_names_come_longest_first_and_lead_back_to_their_thing(kind: str) -> None:
    names = VOCABULARY.names(kind)
    lengths = [len(name) for name, _ in names]
    assert lengths == sorted(lengths, reverse=True)
    assert all(VOCABULARY.find(kind, name) == entry for name, entry in names)
    hidden = {word for entry in VOCABULARY.entries(kind) for word in entry.hidden}
    assert hidden.isdisjoint(name for name, _ in names)


def test_words_are_all_the_names() -> None:
    assert set(VOCABULARY.words()) == {name for kind in KINDS for name, _ in VOCABULARY.names(kind)}


@given(st.text(max_size=12))
def test_any_string_can_be_asked_for(name: str) -> None:
    found = VOCABULARY.find("agency", name)
    assert found is None or found.kind == "agency"


def test_districts_have_the_codes_of_the_national_standard() -> None:
    codes = {d.label: d.code for d in VOCABULARY.entries("district") if d.code}
    assert len(codes) == 10
    assert codes["南山区"] == "440305"
    assert all(code.startswith("4403") for code in codes.values())


def test_a_file_that_is_no_turtle_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.ttl").write_text("this is not turtle", encoding="utf-8")
    with pytest.raises(SourceError, match=re.escape("odd.ttl")):
        Vocabulary.load(tmp_path)


def test_a_thing_without_a_chinese_label_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        "<https://w3id.org/x/id/cluster/a> <http://www.w3.org/2004/02/skos/core#inScheme> <urn:s> .", encoding="utf-8"
    )
    with pytest.raises(SourceError, match="cluster/a"):
        Vocabulary.load(tmp_path)
