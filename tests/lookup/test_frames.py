"""Ways of asking."""

from __future__ import annotations

import pytest

from kg.lookup.frames import sound_subject, subject


@pytest.mark.parametrize(
    "question",
    [
        "智能传感器由谁牵头?",
        "智能传感器的牵头部门是谁?",
        "智能传感器牵头部门是哪个",
        "智能传感器归哪个局管",
        "谁牵头智能传感器",
        "负责智能传感器的是哪个部门",
        "搞智能传感器的找哪个部门",
        "请问智能传感器这块由哪个部门负责推进呢",
        "智能传感器哪个局说了算",
        "智能传感器牵头单位",
        "智能传感器",
    ],
)
def test_every_way_of_asking_leaves_the_subject(question: str) -> None:
    assert subject(question) == "智能传感器"


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("谁来完善新材料的自主创新体系", "完善新材料的自主创新体系"),
        ("加强产品质量管理由谁负责", "加强产品质量管理"),
        ("储能由谁负责", "储能"),
        ("开源产业由哪个部门牵头", "开源产业"),
        ("统筹协调谁负责", "统筹协调"),
    ],
)
def test_words_of_the_subject_that_look_like_asking_stay(question: str, about: str) -> None:
    assert subject(question) == about


@pytest.mark.parametrize("question", ["谁", "谁负责?", "由哪个部门牵头", "???"])
def test_a_question_about_nothing_has_no_subject(question: str) -> None:
    assert subject(question) == ""


@pytest.mark.parametrize("asked", ["liang zi xin xi shei fu ze", "shui qian tou liang zi xin xi", "liang zi xin xi"])
def test_ways_of_asking_in_pinyin(asked: str) -> None:
    assert sound_subject(tuple(asked.split())) == ("liang", "zi", "xin", "xi")
