"""The search finds what a scan of all texts finds, however its index keeps them."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cutting import Cutter, learn
from kg.errors import StoreError
from kg.rdf import fulltext, postings
from kg.rdf.grams import phrase

TOKEN = re.compile(r"[\u4e00-\u9fff]|[a-z0-9]+")
# Few characters, so that what is looked for stands in many texts, in part, and side by side or not.
LETTERS = "产产产业业的发展集A5，、 "
TEXTS = st.lists(st.text(LETTERS, min_size=1, max_size=14), min_size=1, max_size=40)
WANTED = st.lists(st.one_of(st.text(LETTERS, max_size=6), st.sampled_from(["产业", "5A", "a", "产业发展"])), max_size=4)
NAMES = learn()


def index(folder: Path, texts: Sequence[str]) -> Path:
    store = ox.Store()
    key = ox.NamedNode("urn:text")
    store.extend(ox.Quad(ox.NamedNode(f"urn:{n}"), key, ox.Literal(text)) for n, text in enumerate(texts))
    fulltext.build(store, folder)
    return folder


def found(folder: Path, wanted: str) -> list[str]:
    return sorted(hit.text for hit in fulltext.find(folder, wanted, fulltext.MOST))


def scanned(texts: Sequence[str], wanted: str) -> list[str]:
    """The same without an index: pieces first, and where they stand nowhere, words."""
    pieces = wanted.split()
    words = [word for piece in pieces for word in Cutter(NAMES).words(piece)]
    return _with_all(texts, pieces) or _with_all(texts, words)


def _with_all(texts: Sequence[str], pieces: Sequence[str]) -> list[str]:
    phrases = [phrase for piece in pieces if (phrase := _tokens(piece)) != "  "]
    return sorted(text for text in texts if phrases and all(phrase in _tokens(text) for phrase in phrases))


def _tokens(text: str) -> str:
    return f" {' '.join(TOKEN.findall(text.lower()))} "


@settings(deadline=None, max_examples=60)
@given(TEXTS, st.lists(WANTED, min_size=1, max_size=6))
def test_what_is_found_is_what_a_scan_finds(texts: list[str], asked: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = index(Path(name), texts)
        for pieces in asked:
            wanted = " ".join(pieces)
            assert found(folder, wanted) == scanned(texts, wanted)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """So many texts that some grams are kept as bits, some are lists that are counted, and some neither."""
    words = ("产业", "发展", "集群", "创新", "A5", "的", "企业", "平台", "5G", "深海", "量子", "石墨")
    texts = []
    for number in range(6000):
        said = [words[(number * step + shift) % (12 if number % 97 == 0 else 8)] for step, shift in ((1, 0), (5, 3))]
        texts.append(f"{said[0]}{'，' if number % 3 else ''}{said[1]}第{number}批" + "与石墨烯" * (number % 500 == 0))
    return index(tmp_path_factory.mktemp("large"), texts), texts


@pytest.mark.parametrize(
    "wanted",
    [
        *("产业 发展", "产业发展", "发展产业", "展产", "石墨烯", "石墨 石墨烯", "第97批", "97", "a5", "5g 平台", "的"),
        *("深海 量子", "第97批 产业", "第97批 发展 集群 创新", "批与石", "的的", "无此一说", "石墨烯产业"),
        *(" ".join("产业发展集群创新企平台深海量子石墨烯第批与的"), "产业的发展产业第5批"),
    ],
)
def test_rare_and_common_are_found_alike(large: tuple[Path, list[str]], wanted: str) -> None:
    folder, texts = large
    right = scanned(texts, wanted)
    hits = found(folder, wanted)
    assert set(hits) <= set(right)
    assert len(hits) == min(len(right), fulltext.MOST)


def test_a_gram_of_very_many_texts_is_kept_as_bits(large: tuple[Path, list[str]]) -> None:
    folder, texts = large
    with closing(sqlite3.connect(folder / fulltext.INDEX)) as base:
        kept = dict(base.execute("SELECT gram, texts FROM counted WHERE bits IS NOT NULL"))
        listed = dict(base.execute("SELECT gram, texts FROM counted WHERE bits IS NULL"))
        assert {"产业", "批", "第"} <= set(kept)
        assert "墨烯" in listed
        assert kept["批"] == len(texts)
        for gram in ("产业", "墨烯"):
            asked = phrase(gram)
            assert asked
            numbers, sure = postings.holding(base, [asked])
            assert sure
            assert len(list(numbers)) == {**kept, **listed}[gram] == sum(gram in text for text in texts)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Café 5G", "cafe"), ("产业，发展", "产业发展"), ("a_b", "B"), ("ＡＩ产业", "ＡＩ")],
)
def test_marks_capitals_and_accents_make_no_difference(tmp_path: Path, text: str, wanted: str) -> None:
    assert found(index(tmp_path, [text]), wanted) == [text]


@pytest.mark.parametrize(("text", "wanted"), [("15G", "5G"), ("产业5", "产业 发展"), ("smart sensors", "smartsensors")])
def test_words_of_other_scripts_are_whole(tmp_path: Path, text: str, wanted: str) -> None:
    assert found(index(tmp_path, [text]), wanted) == []


@pytest.mark.parametrize(
    ("text", "exact"),
    [("产", True), ("产业", True), ("5G", True), ("产业化", False), ("市市市", False), ("5G网", False)],
)
def test_only_what_is_a_gram_itself_is_surely_where_its_grams_are(text: str, exact: bool) -> None:
    asked = phrase(text)
    assert asked
    assert asked.exact == exact


def test_an_index_that_is_none_is_an_error_of_the_store(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        fulltext.find(tmp_path, "产业", 1)
    (tmp_path / fulltext.INDEX).write_bytes(b"something else" * 100)
    with pytest.raises(StoreError):
        fulltext.find(tmp_path, "产业", 1)


def test_a_question_of_many_words_is_answered(large: tuple[Path, list[str]]) -> None:
    assert found(large[0], " ".join(f"第{number}批" for number in range(400))) == []
    assert found(large[0], "产业" * 5000) == []
