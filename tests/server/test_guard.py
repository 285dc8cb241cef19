"""What reaches the engine, and what must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.errors import Problem
from server.guard import MAX_BYTES, MAX_DEPTH, examine


def status(query: str) -> int:
    try:
        examine(query)
    except Problem as problem:
        return problem.status
    return 200


@pytest.mark.parametrize(
    "query",
    [
        "ASK " + "{" * 3000 + "}" * 3000,
        "ASK { FILTER" + "(" * 10000 + "1" + ")" * 10000 + "}",
        "ASK { ?s ?p " + "[" * 201 + "]" * 201 + "}",
        "ASK { ?a ?b ?c FILTER(?a<" + "(" * 300 + "1" + ")" * 300 + ">?b) }",
        "SELECT (" + "!" * 15000 + "true AS ?x) {}",
        "SELECT (" + "1+" * 15000 + "1 AS ?x) {}",
        "ASK {" + "{}UNION" * 5000 + "{} }",
        "ASK { ?s " + "<a:b>/" * 800 + "<a:b> ?o }",
        "ASK { " + "?s ?p ?o." * 200 + " }",
        "ASK { ?s ?p " + "1," * 200 + "1 }",
        "ASK { ?s ?p (" + "1 " * 200 + ") }",
        "ASK {} #" + "x" * MAX_BYTES,
    ],
)
def test_queries_that_would_end_the_process_are_too_large(query: str) -> None:
    assert status(query) == 413


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "select * { service silent ?x { ?s ?p ?o } }",
        "PREFIX x: <a:> SELECT * { ?s ?p x:.SERVICE <http://example.org/> { } }",
        "LOAD <http://example.org/>",
        "PREFIX x: <http://example.org/> INSERT DATA { x:a x:b x:c }",
        "# select\nDELETE WHERE { ?s ?p ?o }",
        "DROP ALL",
    ],
)
def test_what_would_write_or_fetch_is_refused(query: str) -> None:
    assert status(query) == 403


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'SERVICE' # SERVICE <http://example.org/>\n}",
        "PREFIX service: <http://example.org/service#> SELECT * { ?service service:load ?load }",
        'ASK { ?s ?p """' + "{" * 500 + ' "quoted" ' + '""" }',
        "ASK { ?s ?p '" + "(" * 500 + "\\'' }",
        "ASK { ?s ?p ?o } # " + "{" * 500,
        "ASK { VALUES ?x { " + "<http://example.org/a-b> " * 1200 + "} }",
        "SELECT * { VALUES (?x ?y) {" + "(1 2) " * 2000 + "} FILTER(?x IN (" + "1, " * 500 + "2)) }",
        "SELECT * {" + "".join(f"BIND(?a AS ?b{i}) " for i in range(140)) + "}",
        "ASK { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
        "ASK { FILTER" + "(" * (MAX_DEPTH - 1) + "1" + ")" * (MAX_DEPTH - 1) + "}",
    ],
)
def test_brackets_and_words_in_strings_iris_and_comments_do_not_count(query: str) -> None:
    assert status(query) == 200


def test_an_open_string_is_told_with_its_place() -> None:
    with pytest.raises(Problem) as caught:
        examine("ASK {\n ?s ?p 'open }")
    assert caught.value.status == 400
    assert caught.value.extra == {"line": 2, "column": 8}


def test_the_form_and_the_dataset_are_read() -> None:
    shape = examine("PREFIX g: <http://g/> SELECT * FROM g:a FROM <http://b> FROM NAMED g:c { ?s ?p ?o }")
    assert (shape.form, shape.default_graphs, shape.named_graphs) == (
        "SELECT",
        ("http://g/a", "http://b"),
        ("http://g/c",),
    )
    assert not shape.volatile
    assert examine("SELECT (NOW() AS ?now) {}").volatile


@given(st.text(max_size=300))
def test_no_text_breaks_the_scanner(text: str) -> None:
    assert status(text) in {200, 400, 403, 413}


@given(st.integers(MAX_DEPTH + 1, 400), st.sampled_from(["()", "[]", "{}"]))
def test_deep_nesting_never_passes(depth: int, pair: str) -> None:
    assert status("ASK { " + pair[0] * depth + pair[1] * depth + " }") == 413
