"""Search and suggestions."""

from __future__ import annotations

import pytest

from kg.lookup import Lookup


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("智能传", "智能传感器"),
        ("zhineng chuan", "智能传感器"),
        ("zncgq", "智能传感器"),
        ("smart sen", "智能传感器"),
        ("市公安", "深圳市公安局"),
        ("Futian", "福田区"),
    ],
)
def test_the_beginning_of_a_name_suggests_the_thing(lookup: Lookup, typed: str, label: str) -> None:
    assert lookup.suggest(typed)[0]["label"] == label


def test_nothing_typed_suggests_nothing(lookup: Lookup) -> None:
    assert lookup.suggest("") == []
    assert lookup.suggest("智能", 0) == []


@pytest.mark.parametrize("query", ["智能传感器", "smart sensors", "zhineng chuanganqi", "智慧传感器"])
def test_search_finds_a_cluster_in_each_writing(lookup: Lookup, query: str) -> None:
    assert "智能传感器" in [item["label"] for item in lookup.search(query, ["cluster"])]


def test_search_is_best_first_and_of_the_kinds_asked_for(lookup: Lookup) -> None:
    found = lookup.search("储能", ["measure", "cluster"], 10)
    assert {item["kind"] for item in found} <= {"measure", "cluster"}
    scores = [item["score"] for item in found]
    assert all(0 < score <= 1 for score in scores)
    assert found[0]["label"].endswith("新型储能发展工程")


def test_a_result_carries_its_names(lookup: Lookup) -> None:
    first = lookup.search("市公安局", ["agency"])[0]
    assert first["labelEn"] == "Shenzhen Public Security Bureau"
    assert "市公安局" in first["altLabels"]
    assert first["cluster"] is None
