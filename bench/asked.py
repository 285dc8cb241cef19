"""Questions of many forms, made of what a graph names: what ``bench/ask.py`` asks. The same graph gives the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pyoxigraph as ox
from opencc import OpenCC
from pypinyin import lazy_pinyin

from kg.store import Store

_SEED = 7
_GOLD = Path(__file__).resolve().parents[1] / "tests" / "gold" / "questions.json"
_NAMED = """PREFIX ckg: <https://w3id.org/cluster-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?l { ?s a ckg:CLASS ; PROPERTY ?l }"""
_NOTHING = ("今天天气怎么样", "红烧肉的做法", "who won the match", "量子茶叶产业谁牵头", "nihao shijie", "asdf qwer")
# Now and then somebody pastes a whole passage: so many clauses, once in so many questions of each form.
_PASTED, _SELDOM = 6, 20
_STOP = re.compile("[，。；]")


def questions(store: Store, each: int) -> list[str]:
    """The real questions and so many of each made form, in an order that mixes them."""
    real: list[str] = [one["q"] for one in json.loads(_GOLD.read_text(encoding="utf-8"))]
    found = dict.fromkeys([*real, *_NOTHING, *_made(store, each)])
    return Random(_SEED).sample(list(found), len(found))


def typed(store: Store, each: int) -> list[str]:
    """What stands in a search box while somebody types: the beginnings of names in Chinese, pinyin and English."""
    random = Random(_SEED)
    chinese = _sample(random, store, "Measure", each) + _sample(random, store, "Platform", each)
    english = _labels(store, "Cluster", "en")
    heard = ["".join(lazy_pinyin(name)) for name in chinese[::2]]
    initials = ["".join(sound[0] for sound in lazy_pinyin(name)) for name in chinese[1::2]]
    names = [*chinese, *heard, *initials, *english]
    return list(dict.fromkeys(name[: random.randint(1, 6)] for name in names))


def _made(store: Store, each: int) -> Iterator[str]:
    random = Random(_SEED)
    headings = _sample(random, store, "Measure", each)
    clusters, english = _labels(store, "Cluster"), _labels(store, "Cluster", "en")
    clauses = [_STOP.split(text)[0] for text in _sample(random, store, "Measure", each, "ckg:text", "")]
    for name in headings:
        half = len(name) // 2
        yield from (
            f"{name}由谁牵头",
            f"{name[:half]}谁负责",
            f"哪个部门负责{name[half:]}",
            _slip(random, name, headings),
        )
    yield from (f"{name}牵头单位" for name in _sample(random, store, "Platform", each))
    for write in _WRITINGS:
        yield from map(write, [*headings[:: max(1, len(headings) // each)], *clusters])
    yield from (f"who leads {name}" for name in english)
    yield from (f"{cluster}产业中{clause}归哪个局管" for cluster, clause in zip(clusters, clauses, strict=False))
    yield from ("，".join(clauses[n : n + _PASTED]) for n in range(0, len(clauses), _SELDOM))
    for cluster in clusters:
        yield from (f"{cluster}产业2025年增加值目标是多少", f"{cluster}有哪些公共服务平台", f"哪些部门参与{cluster}")
    yield from (f"{name}有哪些产业集群" for name in _sample(random, store, "District", each))
    yield from (f"{name}参与哪些产业集群" for name in _sample(random, store, "Agency", each))


_WRITINGS: tuple[Callable[[str], str], ...] = (
    lambda name: "".join(lazy_pinyin(name)),
    lambda name: " ".join(lazy_pinyin(name)),
    lambda name: OpenCC("s2t").convert(f"{name}由誰牽頭"),
)


def _slip(random: Random, name: str, others: list[str]) -> str:
    """A heading with one character that is wrong."""
    place = random.randrange(len(name)) if name else 0
    return f"{name[:place]}{random.choice(random.choice(others) or '一')}{name[place + 1 :]}谁牵头"


def _sample(
    random: Random, store: Store, kind: str, count: int, name: str = "rdfs:label", language: str = "zh"
) -> list[str]:
    known = [label for label in _labels(store, kind, language, name) if label]
    return random.sample(known, min(count, len(known)))


def _labels(store: Store, kind: str, language: str = "zh", name: str = "rdfs:label") -> list[str]:
    terms = (row["l"] for row in store.rows(_NAMED.replace("CLASS", kind).replace("PROPERTY", name)))
    return sorted({t.value for t in terms if isinstance(t, ox.Literal) and (t.language or "") == language})
