"""Programs that people use to ask SPARQL services: each selects, asks, constructs, and changes the graph with a token.

Those of npm are installed from their lock files into a folder that is kept. Without node or the registry they are left
out, and said so; Comunica is large, so that it is installed only where REQUIRE_CLIENTS is set (as in CI), which also
makes all that is missing a failure.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

from tests.server.service import BEARER, TOKEN, Service, small_store

CLIENTS = Path(__file__).parent / "clients"
INSTALLED = Path(__file__).parents[2] / "build" / "clients"
INSTALL = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"]
LARGE = {"comunica"}
REQUIRED = bool(os.environ.get("REQUIRE_CLIENTS"))
# What a registry that is near and one that can't be reached take.
_INSTALL_SECONDS = 300


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = small_store(tmp_path_factory.mktemp("clients") / "store")
    with Service(folder, "--update-token", TOKEN) as running:
        yield running


def endpoints(service: Service) -> tuple[str, str]:
    base = f"http://127.0.0.1:{service.port}"
    return f"{base}/sparql", f"{base}/update"


def missing(reason: str) -> None:
    """Say what is not there: a failure where all has to be."""
    if REQUIRED:
        pytest.fail(reason)
    pytest.skip(reason)


def installed(name: str) -> Path:
    """The folder where a client of npm is installed, by what its lock file says."""
    source = CLIENTS / name
    digest = hashlib.sha256((source / "package-lock.json").read_bytes()).hexdigest()[:16]
    target = INSTALLED / f"{name}-{digest}"
    if not (target / "ready").is_file():
        if name in LARGE and not REQUIRED:
            pytest.skip(f"{name} is large: set REQUIRE_CLIENTS=1 to install it")
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for path in ("package.json", "package-lock.json"):
            shutil.copyfile(source / path, target / path)
        try:
            done = subprocess.run(INSTALL, cwd=target, capture_output=True, text=True, timeout=_INSTALL_SECONDS)
        except subprocess.TimeoutExpired:
            missing(f"{name} can't be installed: the registry of npm does not answer")
        else:
            if done.returncode:
                missing(f"{name} can't be installed: {done.stderr[-300:]}")
        (target / "ready").touch()
    shutil.copyfile(source / "ask.mjs", target / "ask.mjs")
    return target


@pytest.mark.parametrize("name", sorted(path.name for path in CLIENTS.iterdir() if path.is_dir()))
def test_clients_of_npm_select_ask_construct_and_insert(service: Service, name: str) -> None:
    if not (shutil.which("node") and shutil.which("npm")):
        missing("node and npm are not there")
    command = ["node", "ask.mjs", *endpoints(service), TOKEN]
    done = subprocess.run(command, cwd=installed(name), capture_output=True, text=True, timeout=60)
    assert not done.returncode, done.stderr[-2000:]
    assert json.loads(done.stdout) == {
        "rows": ["x"],
        "there": True,
        "triples": [[f"urn:client:{name}", "urn:b", "x"]],
    }


def test_sparqlwrapper_selects_asks_constructs_and_inserts(service: Service) -> None:
    client = SPARQLWrapper(*endpoints(service))
    client.addCustomHttpHeader("Authorization", BEARER["Authorization"])
    client.setMethod(POST)
    client.setQuery("INSERT DATA { <urn:wrapper> <urn:b> 'x' }")
    assert client.query().response.status == 204
    client.setReturnFormat(JSON)
    client.setQuery("SELECT ?o { <urn:wrapper> <urn:b> ?o }")
    assert client.queryAndConvert()["results"]["bindings"][0]["o"]["value"] == "x"
    client.setQuery("ASK { <urn:wrapper> <urn:b> 'x' }")
    assert client.queryAndConvert()["boolean"] is True
    client.setReturnFormat(TURTLE)
    client.setQuery("CONSTRUCT WHERE { <urn:wrapper> ?p ?o }")
    assert b"urn:wrapper" in client.queryAndConvert()


def test_rdflib_selects_asks_constructs_and_inserts(service: Service) -> None:
    """By a store that writes, and what it wrote is read by one that only reads."""
    writing = SPARQLUpdateStore(*endpoints(service), headers=BEARER, autocommit=True)
    rdflib.Graph(writing, identifier=DATASET_DEFAULT_GRAPH_ID).update("INSERT DATA { <urn:rdflib> <urn:b> 'y' }")
    for store in (writing, SPARQLStore(endpoints(service)[0])):
        remote = rdflib.Graph(store, identifier=DATASET_DEFAULT_GRAPH_ID)
        assert [str(row[0]) for row in remote.query("SELECT ?o { <urn:rdflib> <urn:b> ?o }")] == ["y"]
        assert bool(remote.query("ASK { <urn:rdflib> ?p ?o }"))
        assert len(remote.query("CONSTRUCT WHERE { <urn:rdflib> ?p ?o }").graph or ()) == 1


def test_triples_added_to_a_graph_of_rdflib_stay(service: Service) -> None:
    """The graph itself as a set of triples, which writes and reads them one by one."""
    store = SPARQLUpdateStore(*endpoints(service), headers=BEARER, autocommit=True)
    remote = rdflib.Graph(store, identifier=rdflib.URIRef("urn:graph:rdflib"))
    triple = (rdflib.URIRef("urn:rdflib:1"), rdflib.RDFS.label, rdflib.Literal("网络", lang="zh"))
    remote.add(triple)
    assert triple in remote and list(remote.objects(triple[0], triple[1])) == [triple[2]]
    remote.remove(triple)
    assert triple not in remote
