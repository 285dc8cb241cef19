"""The rows of a result are counted in its bytes, however these are cut, in every format."""

from __future__ import annotations

from io import BytesIO
from typing import IO, cast

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.negotiate import ROWS
from server.tallying import Counted, Tally

TRICKY = st.sampled_from(['"', "},{", '},{"', "<result>", "\r\n", "\n", "\\", "[]}}", "],[{", "山", '"bindings":[{'])
TRICKY_END = '"},{\n'
PIECE = st.one_of(TRICKY, st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=3))
# In JSON these can't be told from a row without any value; ``Tally`` says so.
TEXT = st.lists(PIECE).map("".join).filter(lambda text: "},{}," not in text and "},{}]" not in text)
SOLUTIONS = st.lists(st.tuples(st.none() | TEXT, st.none() | TEXT), max_size=12)
FORMATS = [cast(ox.QueryResultsFormat, written.rows) for written in ROWS]


def written(rows: list[tuple[str | None, str | None]], form: ox.QueryResultsFormat) -> bytes:
    values = " ".join(f"({' '.join('UNDEF' if v is None else str(ox.Literal(v)) for v in row)})" for row in rows)
    out = BytesIO()
    found = ox.Store().query(f"SELECT ?x ?y {{ VALUES (?x ?y) {{ {values} }} }}")
    assert isinstance(found, ox.QuerySolutions)
    found.serialize(out, form)
    return out.getvalue()


@given(SOLUTIONS, st.integers(1, 40), st.sampled_from(FORMATS))
def test_rows_are_counted_wherever_the_bytes_are_cut(
    rows: list[tuple[str | None, str | None]], size: int, form: ox.QueryResultsFormat
) -> None:
    data = written(rows, form)
    out = BytesIO()
    tally = Tally(out, form)
    for at in range(0, len(data), size):
        tally.write(data[at : at + size])
    tally.flush()
    assert tally.rows == len(rows) and out.getvalue() == data


@pytest.mark.parametrize("form", FORMATS, ids=str)
def test_what_the_engine_writes_by_itself_is_counted(form: ox.QueryResultsFormat) -> None:
    store = ox.Store()
    store.extend(ox.Quad(ox.BlankNode(), ox.NamedNode("urn:p"), ox.Literal(str(n) + TRICKY_END)) for n in range(5000))
    found = store.query("SELECT * { ?s ?p ?o }")
    assert isinstance(found, ox.QuerySolutions)
    tally = Tally(BytesIO(), form)
    found.serialize(cast(IO[bytes], tally), form)
    assert tally.rows == 5000


def test_triples_are_counted_as_they_are_taken() -> None:
    store = ox.Store()
    store.extend(ox.Quad(ox.BlankNode(), ox.NamedNode("urn:p"), ox.Literal(n)) for n in range(300))
    for query, number in (("CONSTRUCT WHERE { ?s ?p ?o }", 300), ("DESCRIBE <urn:nothing>", 0)):
        found = store.query(query)
        assert isinstance(found, ox.QueryTriples)
        counted = Counted(found)
        assert len(list(counted)) == number == counted.number()
