"""The tools: who_leads, ask, search, describe, sparql and schema, with errors that let the caller correct itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field, RootModel

from kg.client import Asked, Description, Found, Graph, Leads, Solutions
from kg.errors import KgError, QueryError
from kg.mcp.schema import Schema, read_schema

T = TypeVar("T")

MOST_ROWS = 200
_MOST_FOUND = 50
_INSTRUCTIONS = """What Chinese industrial policy documents say: clusters, the agencies in charge, districts, platforms,
companies, targets and figures, each with the sentence that states it and its place in the source.
Ask who_leads for "which agency is in charge of X", ask for other questions in words, search to find things by name,
describe for one thing, schema and then sparql for anything else. Labels are Chinese. Quote the evidence; say the basis
of a lead: explicit and sole are stated, first-named and first-issuer are read from the order printed."""
_QUERY_HINT = " Call schema for the prefixes, classes and properties, and for queries that work."
_READING = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

Question = Annotated[str, Field(description="a question or a name, in Chinese, English or pinyin", max_length=500)]


@dataclass(frozen=True, slots=True)
class FoundThings:
    """What a search found, best first."""

    items: tuple[Found, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a query: rows (at most 200; ``total`` counts all), the truth of ASK, or a graph in Turtle."""

    columns: tuple[str, ...] = ()
    rows: tuple[dict[str, Any], ...] = ()
    total: int = 0
    boolean: bool | None = None
    turtle: str | None = None
    note: str = ""


def make_server(graph: Graph) -> MCPServer[Any]:
    """A server whose tools ask this graph."""
    server: MCPServer[Any] = MCPServer("cluster-kg", instructions=_INSTRUCTIONS, log_level="WARNING")
    for tool in (*_questions(graph), *_things(graph), *_queries(graph)):
        server.add_tool(tool, annotations=_READING)
    return server


def _questions(graph: Graph) -> tuple[Callable[..., Any], ...]:
    def who_leads(q: Question) -> RootModel[Leads]:
        """Which agency leads a cluster, a task, a platform or a field, on which basis, by which sentence."""
        return RootModel(_told(lambda: graph.leads(q)))

    def ask(q: Question) -> RootModel[Asked]:
        """Answer a question in words: who leads or takes part, districts, targets, figures, platforms, companies.

        Gives the answers with their sentences and the SPARQL that gives the same.
        """
        return RootModel(_told(lambda: graph.ask(q)))

    return who_leads, ask


def _things(graph: Graph) -> tuple[Callable[..., Any], ...]:
    def search(
        q: Question,
        kind: Annotated[str | None, Field(description="only this kind: cluster, agency, district, measure …")] = None,
        limit: Annotated[int, Field(ge=1, le=_MOST_FOUND)] = 10,
    ) -> RootModel[FoundThings]:
        """Find things by name or by what is said of them, best first; score is from 0 to 1."""
        found = _told(lambda: graph.search(q, kind=kind, limit=limit))
        return RootModel(FoundThings(found.items, found.total))

    def describe(
        thing: Annotated[str, Field(description="an IRI, kind/slug as in cluster/smart-sensors, or a name")],
    ) -> RootModel[Description]:
        """All that the graph says of one thing, what points to it, and the sentences that state it."""
        return RootModel(_told(lambda: graph.describe(thing)))

    return search, describe


def _queries(graph: Graph) -> tuple[Callable[..., Any], ...]:
    held = cache(lambda: read_schema(graph))

    def sparql(
        query: Annotated[str, Field(description="SPARQL 1.1 with its prefixes; read-only")],
    ) -> RootModel[Result]:
        """Run a SPARQL 1.1 query. Call schema first: it gives the prefixes, classes, properties and examples."""
        return RootModel(_result(_told(lambda: graph.sparql(query))))

    def schema() -> RootModel[Schema]:
        """The prefixes, classes with their numbers, properties, notes and example queries of the graph."""
        return RootModel(_told(held))

    return sparql, schema


def _result(found: Solutions | bool | str) -> Result:
    if isinstance(found, bool):
        return Result(boolean=found)
    if isinstance(found, str):
        return Result(turtle=found)
    rows = tuple(dict(row) for row in found.items[:MOST_ROWS])
    more = (
        f"Only the first {MOST_ROWS} of {found.total} rows: add LIMIT and OFFSET, or count."
        if len(found) > MOST_ROWS
        else ""
    )
    return Result(found.columns, rows, found.total, note=more)


def _told(question: Callable[[], T]) -> T:
    """The answer; an error of the graph's becomes one of the tool's, with what to do about it."""
    try:
        return question()
    except QueryError as error:
        raise ToolError(f"{error}{_QUERY_HINT}") from error
    except KgError as error:
        raise ToolError(str(error)) from error
