"""The query page: a fault is shown at its place, in words."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from server.console import fault_of

BROWSER = {"Accept": "text/html"}


@pytest.mark.parametrize("query", ["SELECT ?s WHERE {\n  ?s ?p", "SELECT ?s WHERE {\n  ?s ?p 海洋 }", "{", "SELEC"])
def test_a_fault_is_shown_with_its_line(client: FlaskClient, query: str) -> None:
    answer = client.get("/query", query_string={"query": query}, headers=BROWSER)
    assert answer.status_code == 400
    assert "个字符处读不通" in answer.text and f'data-line="{len(query.splitlines())}"' in answer.text
    assert "<summary>解析器的说明</summary>" in answer.text


def test_what_may_stand_there_is_told_in_signs_and_keywords() -> None:
    told = """error at 1:3: expected one of "(", "true", GRAPH, ['0' ..= '9' | '\\u{00B7}'], ['A' ..= 'Z']"""
    fault = fault_of("{ ?s ?p", told)
    assert fault and (fault.line, fault.column, fault.expected) == (1, 3, ("GRAPH", "(", "true"))


@given(st.text(max_size=200), st.integers(0, 5), st.integers(0, 300))
def test_a_place_outside_the_query_is_no_fault_of_ours(query: str, line: int, column: int) -> None:
    fault = fault_of(query, f"error at {line}:{column}: expected x")
    assert (fault is None) == (not 0 < line <= len(query.splitlines()))
    if fault:
        assert fault.words in query and 0 <= fault.before <= 2 * len(fault.words)
