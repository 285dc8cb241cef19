"""The graph's own cities, and other places."""

from __future__ import annotations

from kg.lookup.home import home_of, seat_of
from kg.lookup.index import Index
from kg.lookup.reading import Reader
from kg.lookup.things import Record

HANGZHOU = home_of([Record("x:1", "district", "杭州市", "Hangzhou"), Record("x:2", "district", "西湖区", "Xihu")])


def test_another_place_is_elsewhere_and_the_own_city_is_not() -> None:
    assert HANGZHOU.others("杭州数字经济由谁牵头") == ()
    assert HANGZHOU.others("深圳数字经济由谁牵头") == ("深圳",)
    assert HANGZHOU.others("漯河市数字经济由谁牵头") == ("漯河市",) and HANGZHOU.others("杭州市数字经济") == ()
    assert HANGZHOU.others_in_english(["hangzhou", "shenzhen"]) == ("shenzhen",)


def test_home_is_where_those_who_issue_the_documents_are() -> None:
    assert seat_of(["宁波市余姚市人民政府"], "深圳市的计划") == "宁波市"
    assert seat_of(["苏州太湖书院", "新浪财经", "浙江省经济和信息化厅"], "苏州的计划") == "浙江省"
    assert seat_of(["苏州太湖书院"], "《杭州市行动计划》") == "杭州市" and seat_of([], "行动计划") == ""
    assert seat_of([], "关于加快南昌市航空产业发展的意见") == "南昌市"
    home = home_of([Record("x:1", "district", "杭州市", "Hangzhou")], ["宁波市", "浙江省"])
    assert home.names == {"宁波市", "宁波", "浙江省", "浙江"} and "zhejiang" in home.english
    assert home.others("杭州数字经济由谁牵头") == ("杭州",)


def test_the_own_city_tells_nothing_in_a_question() -> None:
    reader = Reader(Index(), (), (), HANGZHOU)
    assert reader.read("杭州市").empty
    own, other = reader.read("杭州芯片谁牵头"), reader.read("深圳芯片谁牵头")
    assert sum(own.weights) < sum(other.weights)
    assert not own.elsewhere and other.elsewhere == ("深圳",)


def test_words_that_only_say_industry_ask_for_nothing() -> None:
    reader = Reader(Index(), (), (), HANGZHOU)
    assert reader.read("产业由谁牵头").empty
    assert not reader.read("茶叶产业由谁牵头").empty
