"""Whose document it is: from its title, its issuers, its signature, its text."""

from __future__ import annotations

import pytest

from kg.documents.bundles import split
from kg.documents.catalogue import Entry
from kg.documents.files import read_text
from kg.documents.identity import identify
from kg.facts import Document
from kg.vocabulary import load


def document(text: str, place: str = "") -> Document:
    source = read_text("a.txt", text)
    return identify(source, split(source)[0], Entry(file="a.txt", place=place), load(), bundled=False)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("杭州市智能物联产业行动计划\n\n一、总体要求", "杭州市"),
        ("浙江省人民政府办公厅关于印发行动方案的通知\n\n各市、县（市、区）人民政府：\n\n现印发。", "浙江省"),
        ("关于印发《宁波市集群行动方案》的通知\n\n各有关单位：\n\n现印发。", "宁波市"),
        ("中共杭州市委办公厅关于推进发展的意见\n\n各有关单位：\n\n现提出。", "杭州市"),
        ("余杭区数字经济行动方案\n\n根据杭州市余杭区规划，制定本方案。", "杭州市余杭区"),
        ("深圳市南山区促进产业发展若干措施\n\n为促进发展，制定本措施。", "深圳市南山区"),
        ("广州开发区 广州市黄埔区促进产业发展若干措施\n\n第一条 为促进发展，制定本措施。", "广州市黄埔区"),
        ("关于促进本市产业发展的若干意见\n\n立足上海产业基础，打造产业高地。", "上海市"),
        ("义乌市数字贸易行动方案\n\n为促进发展，制定本方案。", "义乌市"),
        ("关于推进产业发展的实施意见\n\n一、总体要求\n\n苏州市工业和信息化局\n\n2023年1月1日", "苏州市"),
        ("推进产业发展的若干措施\n\n支持合肥市企业发展，合肥市财政给予奖励。", "合肥市"),
        ("省会竞逐新赛道，长沙未来五年再翻番\n\n2021年9月24日\n\n合肥市、南昌市、合肥市也在发力。", "长沙市"),
        ("稳中求进，抢占市场先机\n\n合肥市、南昌市、合肥市都在发力。", "合肥市"),
        ("关于开拓市场的若干措施\n\n支持合肥市企业发展，合肥市财政给予奖励。", "合肥市"),
        ("国务院办公厅关于促进发展的意见\n\n各省、自治区、直辖市人民政府：\n\n支持上海市建设。", ""),
        ("工业和信息化部等五部门关于印发指导意见的通知\n\n各有关单位：\n\n支持上海市建设。", ""),
    ],
)
def test_a_document_says_whose_it_is(text: str, place: str) -> None:
    assert document(text).place == place


def test_the_catalogue_goes_before_the_text() -> None:
    assert document("杭州市行动计划\n\n一、总体要求", place="温州市").place == "温州市"


def test_the_number_of_a_paper_is_no_part_of_its_title() -> None:
    text = "杭政函〔2023〕12号\n\n杭州市人民政府关于推进集群建设的意见\n\n各有关单位：\n\n现提出。"
    assert document(text).title == "杭州市人民政府关于推进集群建设的意见"


def test_a_document_without_addressee_takes_the_line_that_ends_like_a_title() -> None:
    assert document("首页\n\n合肥市集成电路产业行动方案（2023—2025年）\n\n为推进发展。").title.startswith(
        "合肥市集成电路"
    )
