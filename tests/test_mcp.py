"""``kg mcp`` as a language model uses it: with the SDK's own client, over standard in and out and over HTTP."""

from __future__ import annotations

import argparse
import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult

from kg.client import Graph
from kg.commands.mcp import register
from kg.errors import KgError
from kg.mcp.schema import EXAMPLES, PREFIXES
from kg.mcp.service import MOST_ROWS, make_server

RUN = (
    "import argparse, sys; from kg.commands.mcp import register; from kg.errors import KgError\n"
    "p = argparse.ArgumentParser(); register(p.add_subparsers()); a = p.parse_args(sys.argv[1:])\n"
    "try: sys.exit(a.run(a))\nexcept KgError as e: sys.exit(str(e))"
)
TOOLS = {"who_leads", "ask", "search", "describe", "sparql", "schema"}


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(asyncio.wait_for(work, 60))


@pytest.fixture(scope="module")
def graph(store_folder: Path) -> Graph:
    return Graph(store_folder)


def call(graph: Graph, tool: str, **arguments: object) -> CallToolResult:
    async def work() -> CallToolResult:
        async with Client(make_server(graph)) as client:
            return await client.call_tool(tool, arguments)

    result: CallToolResult = run(work())
    return result


def said(graph: Graph, tool: str, **arguments: object) -> dict[str, Any]:
    result = call(graph, tool, **arguments)
    assert not result.is_error, result.content
    return result.structured_content or {}


def refused(graph: Graph, tool: str, **arguments: object) -> str:
    result = call(graph, tool, **arguments)
    assert result.is_error
    return str(result.content[0].text)


def test_over_standard_in_and_out_a_process_answers(store_folder: Path) -> None:
    command = StdioServerParameters(command=sys.executable, args=["-c", RUN, "mcp", "--store", str(store_folder)])

    async def work() -> None:
        async with Client(command) as client:
            tools = (await client.list_tools()).tools
            assert {tool.name for tool in tools} == TOOLS
            for tool in tools:
                assert tool.description and tool.output_schema and tool.annotations and tool.annotations.read_only_hint
            result = await client.call_tool("who_leads", {"q": "智能传感器"})
            answer = (result.structured_content or {})["answers"][0]
            assert (answer["agency"]["label"], answer["basis"]) == ("深圳市工业和信息化局", "first-issuer")
            assert answer["evidence"][0]["quote"]

    run(work())


def test_over_http_a_process_answers(store_folder: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-c", RUN, "mcp", "--store", str(store_folder), "--http", "--port", port]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:

        async def work() -> None:
            async with Client(f"http://127.0.0.1:{port}/mcp") as client:
                result = await client.call_tool("search", {"q": "传感器", "kind": "cluster"})
                assert (result.structured_content or {})["items"][0]["label"] == "智能传感器"

        try:
            wait_for(int(port))
            run(work())
        finally:
            process.terminate()
            process.communicate(timeout=20)


def wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server does not listen")


def test_every_tool_answers_what_the_client_answers(graph: Graph) -> None:
    assert said(graph, "ask", q="南山区有哪些产业集群？")["intent"] == "clusters-of"
    assert said(graph, "describe", thing="cluster/smart-sensors")["label"] == "智能传感器"
    assert len(said(graph, "search", q="传感器", limit=3)["items"]) == 3
    assert said(graph, "sparql", query="ASK { ?s ?p ?o }")["boolean"] is True
    assert "@prefix" in said(graph, "sparql", query="CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1")["turtle"]


def test_the_schema_is_enough_to_write_queries(graph: Graph) -> None:
    schema = said(graph, "schema")
    classes = {one["name"]: one for one in schema["classes"]}
    assert classes["ckg:Cluster"]["count"] == 28 and classes["ckg:Target"]["label"]
    assert {"ckg:leadAgency", "ckg:metric", "ckg:evidence"} <= {one["name"] for one in schema["properties"]}
    for query in EXAMPLES.values():
        assert query.startswith(PREFIXES) and said(graph, "sparql", query=query)["rows"]


def test_many_rows_are_cut_and_that_is_said(graph: Graph) -> None:
    found = said(graph, "sparql", query=f"SELECT ?s WHERE {{ ?s ?p ?o }} LIMIT {MOST_ROWS + 5}")
    assert (len(found["rows"]), found["total"]) == (MOST_ROWS, MOST_ROWS + 5) and "LIMIT" in found["note"]


def test_errors_let_the_caller_correct_itself(graph: Graph) -> None:
    assert "Call schema" in refused(graph, "sparql", query="SELECT ?x WHERE { ?x a ckg:Cluster }")
    assert "read-only" in refused(graph, "sparql", query="DROP ALL")
    assert "cluster/intelligent-robots" in refused(graph, "describe", thing="机器")
    assert "use cluster," in refused(graph, "search", q="x", kind="dragon")
    assert "less than or equal to 50" in refused(graph, "search", q="x", limit=1000)
    assert "at most 500" in refused(graph, "who_leads", q="长" * 501)


@pytest.mark.parametrize("place", [("--port", "0"), ("--port", "{taken}"), ("--host", "256.1.1.1")])
def test_where_nobody_can_listen_that_is_one_sentence(store_folder: Path, place: tuple[str, str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        words = [word.format(taken=other.getsockname()[1]) for word in place]
        arguments = argparse.ArgumentParser()
        register(arguments.add_subparsers())
        asked = arguments.parse_args(["mcp", "--store", str(store_folder), "--http", *words])
        with pytest.raises(KgError, match=r"There is no port|Can't listen at"):
            asked.run(asked)


def test_without_the_sdk_that_is_one_sentence(store_folder: Path) -> None:
    blocked = "import sys; sys.modules['mcp'] = None\n" + RUN
    command = [sys.executable, "-c", blocked, "mcp", "--store", str(store_folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1 and done.stderr.strip().splitlines() == [
        "The protocol needs its SDK: run 'pip install cluster-kg[mcp]'."
    ]
