"""A build publishes a whole graph or none, and the same graph from the same sources."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.build import build
from kg.errors import KgError, SourceError, StoreError
from kg.export import export
from kg.generations import writing
from kg.rdf import terms as t
from kg.store import Store

SEEDS = Path(__file__).parents[1] / "seeds"
SMALL = ("001_fdcd07c0151c0e94.txt", "003_a62c123a4dbf7896.txt")
PLAN = """广州市商务局关于印发《广州市发展氢能产业行动计划（2023-2025年）》的通知

各区人民政府，市各有关单位：

现将《广州市发展氢能产业行动计划（2023-2025年）》印发给你们，请认真贯彻执行。

一、工作目标

到2025年，氢能产业增加值超过500亿元，培育龙头企业10家，建成一批创新平台，形成具有全球影响力的产业集群。

二、重点任务

（一）加强创新能力建设。围绕产业链开展关键核心技术攻关，支持企业联合高校建设创新平台。（市科技局牵头，市商务局配合）
"""

Start = Callable[..., subprocess.Popen[str]]

# A build that says each of its steps, and at a step that is named stops until it is killed.
CHILD = """
import sys, time
from pathlib import Path
from kg.build import build
from kg.errors import KgError
def progress(step):
    print(step, flush=True)
    if stop and step.startswith(stop):
        time.sleep(60)
sources, store, stop, limit = sys.argv[1:]
if int(limit):
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
try:
    print("built", build([Path(sources)], Path(store), progress).generation, flush=True)
except KgError as error:
    sys.exit(f"kg: {error}")
"""


def lay_down(folder: Path) -> Path:
    """A folder of small sources: two articles and a plan of another city."""
    folder.mkdir()
    for name in SMALL:
        shutil.copy(SEEDS / name, folder / name)
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    return folder


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """The small sources, for one test to change."""
    return lay_down(tmp_path / "sources")


@dataclass(frozen=True, slots=True)
class Built:
    """A store as one build left it, and the generation that the build named; no test changes the folder itself."""

    folder: Path
    generation: str

    def copied_to(self, store: Path) -> str:
        """Put the store, its readings and all, where a test may change it; returns its generation."""
        shutil.copytree(self.folder, store)
        return self.generation


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The graph of the first article alone: the old graph of the tests in which a build ends early."""
    store = tmp_path_factory.mktemp("first") / "store"
    return Built(store, build([SEEDS / SMALL[0]], store).generation)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The graph of all small sources."""
    folder = tmp_path_factory.mktemp("whole")
    return Built(folder / "store", build([lay_down(folder / "sources")], folder / "store").generation)


@pytest.fixture
def start(sources: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts builds of the small sources as processes, each with a session of its own; ends what is left of them."""
    children: list[subprocess.Popen[str]] = []

    def run(stop: str = "", seed: str = "0", limit: int = 0, store: str = "store") -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(sources), str(tmp_path / store), stop, str(limit)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=SEEDS.parent,
            start_new_session=True,
        )
        children.append(child)
        return child

    yield run
    for child in children:
        _end(child)


def _end(child: subprocess.Popen[str]) -> None:
    """Kill a child and whatever it left running in its session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.communicate()


def wait_for(child: subprocess.Popen[str], step: str) -> None:
    assert child.stdout is not None
    for line in child.stdout:
        if line.startswith(step):
            return
    pytest.fail(f"the build ended before {step}: {child.communicate()[1]}")


def wait_until_free(store: Path) -> None:
    """What a killed build has started may take a moment to end; it must not hold the store for longer."""
    for _ in range(100):
        with contextlib.suppress(StoreError), writing(store):
            return
        time.sleep(0.05)
    pytest.fail("the store is still held by a build that is gone")


def test_what_a_plan_of_another_city_says_is_in_the_graph(sources: Path, tmp_path: Path) -> None:
    report = build([sources / "plan.txt"], tmp_path / "store")
    store = Store.open(tmp_path / "store")
    assert (report.documents, report.generation) == (1, store.generation)
    rows = store.rows(f"SELECT ?label {{ ?d a <{t.CKG}ActionPlan> ; <{t.LABEL.value}> ?label }}")
    assert [row["label"].value for row in rows] == ["广州市发展氢能产业行动计划（2023-2025年）"]
    assert report.quads == sum(not isinstance(quad.graph_name, ox.DefaultGraph) for quad in store.quads())


def test_the_same_sources_give_the_same_bytes_in_any_process(sources: Path, tmp_path: Path, start: Start) -> None:
    exports = []
    children = [start(seed=seed, store=f"store-{number}") for number, seed in enumerate(("1", "2"))]
    for number, child in enumerate(children):
        out, error = child.communicate(timeout=60)
        assert "built" in out, error
        path = tmp_path / f"graph-{number}.nq"
        export(Store.open(tmp_path / f"store-{number}"), path)
        exports.append((out.split()[-1], path.read_bytes()))
    assert exports[0] == exports[1]


def test_the_order_in_which_sources_are_named_changes_nothing(sources: Path, tmp_path: Path, whole: Built) -> None:
    files = sorted(sources.iterdir())
    assert build(files, tmp_path / "one").generation == whole.generation
    assert build(files[::-1], tmp_path / "two").generation == whole.generation


def test_a_folder_of_another_name_gives_the_same_graph(tmp_path: Path, whole: Built) -> None:
    assert build([lay_down(tmp_path / "moved")], tmp_path / "one").generation == whole.generation


@pytest.mark.parametrize("step", ["read", "writing the graph"])
def test_a_build_that_is_killed_leaves_the_old_graph_and_blocks_no_other(
    sources: Path, tmp_path: Path, start: Start, first: Built, step: str
) -> None:
    store = tmp_path / "store"
    old = first.copied_to(store)
    child = start(stop=step)
    wait_for(child, step)
    child.kill()
    child.wait()
    assert Store.open(store).generation == old
    wait_until_free(store)
    assert build([sources], store).generation == Store.open(store).generation != old


def test_a_build_that_is_killed_while_it_loads_leaves_one_whole_graph(
    sources: Path, tmp_path: Path, start: Start, first: Built, whole: Built
) -> None:
    store = tmp_path / "store"
    old, new = first.copied_to(store), whole.generation
    child = start()
    while child.poll() is None and not (store / "generations" / ".next").exists():
        time.sleep(0.001)
    child.kill()
    child.wait()
    served = Store.open(store)
    assert served.generation in {old, new}
    assert served.generation == old or set(Store.open(whole.folder).quads()) == set(served.quads())
    wait_until_free(store)
    assert build([sources], store).generation == new


def test_of_two_builds_at_once_one_is_told_that_the_store_is_in_use(
    sources: Path, tmp_path: Path, start: Start
) -> None:
    first = start(stop="writing the graph")
    wait_for(first, "writing the graph")
    second = start()
    _, error = second.communicate(timeout=60)
    assert second.returncode == 1
    assert error.strip() == f"kg: The store {tmp_path / 'store'} is in use by another build: wait until it is done."


def test_a_full_disk_is_one_plain_sentence_and_leaves_the_old_graph(
    sources: Path, tmp_path: Path, start: Start, first: Built
) -> None:
    store = tmp_path / "store"
    old = first.copied_to(store)
    child = start(limit=100_000)
    _, error = child.communicate(timeout=60)
    assert child.returncode == 1, error
    assert error.startswith(f"kg: The store {store} can't be written") and error.count("\n") == 1
    assert Store.open(store).generation == old
    assert build([sources], store).generation != old


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("binary.txt", b"\x00\x01", "is not text"),
        ("broken.txt", "深圳".encode() + b"\xff", "is not text"),
        ("blank.html", b"<p> </p>", "holds no text"),
        ("numbers.txt", b"12\n\n13\n", "holds no text"),
    ],
)
def test_a_source_that_can_not_be_read_is_named_and_the_old_graph_stays(
    sources: Path, tmp_path: Path, whole: Built, name: str, data: bytes, reason: str
) -> None:
    old = whole.copied_to(tmp_path / "store")
    (sources / name).write_bytes(data)
    with pytest.raises(SourceError, match=reason) as caught:
        build([sources], tmp_path / "store")
    assert name in str(caught.value)
    assert Store.open(tmp_path / "store").generation == old


def test_sources_that_are_not_there_are_refused_before_a_store_is_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for paths in ([], [tmp_path / "empty"], [tmp_path / "none.txt"]):
        with pytest.raises(SourceError):
            build(paths, tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_two_sources_of_one_name_or_one_title_are_refused(sources: Path, tmp_path: Path) -> None:
    shutil.copy(sources / "plan.txt", sources / "again.txt")
    with pytest.raises(SourceError, match="same title"):
        build([sources], tmp_path / "store")
    (sources / "again.txt").unlink()
    (sources / "inner").mkdir()
    shutil.copy(sources / "plan.txt", sources / "inner" / "plan.txt")
    with pytest.raises(SourceError, match=r"named plan\.txt"):
        build([sources, sources / "inner"], tmp_path / "store")


def test_facts_outside_the_bounds_of_the_catalogue_stop_the_build(sources: Path, tmp_path: Path) -> None:
    catalogue = sources / "seeds.toml"
    catalogue.write_text('[[source]]\nfile = "plan.txt"\nexpect = { Issuance = [2, 3] }\n', encoding="utf-8")
    with pytest.raises(SourceError, match="gave 1 facts of kind Issuance, where 2 to 3 are expected"):
        build([sources / "plan.txt"], tmp_path / "store")
    catalogue.write_text('[[source]]\nfile = "plan.txt"\nexpect = { Issuance = [1, 1] }\n', encoding="utf-8")
    assert build([sources / "plan.txt"], tmp_path / "store").facts["Issuance"] == 1


def test_a_catalogue_that_is_no_toml_is_refused(sources: Path, tmp_path: Path) -> None:
    (sources / "seeds.toml").write_text("[[source", encoding="utf-8")
    with pytest.raises(SourceError, match="catalogue"):
        build([sources], tmp_path / "store")


def test_a_store_that_can_not_be_written_is_refused(sources: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be written"):
        build([sources], sources / "plan.txt" / "store")
    with writing(tmp_path / "store"), pytest.raises(KgError, match="in use"):
        build([sources], tmp_path / "store")
