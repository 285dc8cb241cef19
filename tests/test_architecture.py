"""The stair, the waist, and the size of things: read from the imports of every module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from kg.reading import rule_files

ROOT = Path(__file__).parents[1]

# A module imports only from steps below its own. Names side by side in a step do not know each other.
STAIR: tuple[tuple[str, ...], ...] = (
    ("kg.errors", "kg.facts", "kg.slugs", "kg.text"),
    ("kg.generations", "kg.records", "kg.vocabulary"),
    ("kg.cutting", "kg.places"),
    ("kg.kinds",),
    ("kg.grammar",),
    ("kg.documents",),
    ("kg.structure",),
    ("kg.extractors",),
    ("kg.accounting",),
    ("kg.reading",),
    ("kg.planning",),
    ("kg.carriers",),
    ("kg.names",),
    ("kg.rdf",),
    ("kg.store",),
    ("kg.analysis", "kg.lookup"),
    ("kg.export", "kg.provisions"),
    ("kg.build",),
    ("kg.changes",),
    ("kg.evaluation",),
    ("kg.client",),
    ("kg.mcp",),
    ("kg.commands",),
    ("kg.cli",),
    ("server",),
)
LEFT = ("kg.grammar", "kg.documents", "kg.structure", "kg.extractors", "kg.accounting", "kg.reading", "kg.planning")
RIGHT = ("kg.carriers", "kg.names", "kg.rdf", "kg.store", "kg.export", "kg.analysis", "kg.evaluation", "kg.lookup")
# Making a generation: from reading to the graph on disk. Nothing else sees both halves.
BUILDING = ("kg.build", "kg.changes", "kg.provisions")
# The server shows a source in the paragraphs that reading it made; of the rest of reading it knows nothing.
SHOWN = ("kg.documents",)
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "misc", "common"}
LONGEST_MODULE = 300
LONGEST_FUNCTION = 45


def modules() -> list[Path]:
    return sorted(path for package in ("kg", "server") for path in (ROOT / package).rglob("*.py"))


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def step(module: str) -> int | None:
    """The step of the stair that a module stands on; None for a package's root, which holds nothing."""
    for number, names in enumerate(STAIR):
        if any(module == name or module.startswith(f"{name}.") for name in names):
            return number
    return None


def imports(path: Path) -> Iterator[str]:
    """The modules of ours that a module imports: ``from kg.rdf import terms`` is kg.rdf.terms."""
    for node in ast.walk(tree(path)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [_imported(node.module, alias.name) for alias in node.names]
        yield from (name for name in names if name.split(".")[0] in ("kg", "server"))


def _imported(module: str, name: str) -> str:
    inner = ROOT.joinpath(*module.split("."), name)
    return f"{module}.{name}" if inner.with_suffix(".py").is_file() or (inner / "__init__.py").is_file() else module


def under(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


MODULES = [pytest.param(path, id=dotted(path)) for path in modules()]


@pytest.mark.parametrize("path", MODULES)
def test_a_module_stands_on_the_stair(path: Path) -> None:
    assert dotted(path) in ("kg", "server") or step(dotted(path)) is not None


@pytest.mark.parametrize("path", MODULES)
def test_a_module_imports_from_lower_steps_only(path: Path) -> None:
    own = dotted(path)
    home = step(own)
    for name in imports(path):
        there = step(name)
        assert there is not None, f"{own} imports {name}, which is on no step"
        same = there == home and _neighbours(own, name)
        assert same or (home is not None and there < home), f"{own} imports {name}, which is not below it"


def _neighbours(own: str, other: str) -> bool:
    """Whether two modules of one step may know each other: those of one package, or of the floor."""
    package = next((name for names in STAIR for name in names if under(own, (name,))), "")
    return under(other, (package,)) or step(own) == 0


def test_only_building_sees_both_halves() -> None:
    for path in modules():
        own, found = dotted(path), set(imports(path))
        if under(own, LEFT):
            assert not [name for name in found if under(name, RIGHT)], own
        if under(own, RIGHT):
            assert not [name for name in found if under(name, LEFT)], own
        if under(own, ("server",)):
            assert not [name for name in found if under(name, LEFT) and not under(name, SHOWN)], own
            continue
        sees_both = any(under(n, LEFT) for n in found) and any(under(n, RIGHT) for n in found)
        assert not sees_both or under(own, BUILDING), own


def test_rooms_do_not_know_each_other() -> None:
    for path in modules():
        own = dotted(path).split(".")
        if own[:2] != ["kg", "extractors"] or len(own) < 3:
            continue
        others = [n for n in imports(path) if under(n, ("kg.extractors",)) and n.split(".")[2:3] != own[2:3]]
        assert not others, f"{'.'.join(own)} imports {others}"


def test_what_a_reading_rests_on_is_in_its_key() -> None:
    """A kept reading must not outlive a change of any module that reading imports, however far away."""
    by_name = {dotted(path): path for path in modules()}
    reached, waiting = set[str](), ["kg.reading"]
    while waiting:
        name = waiting.pop()
        if name in by_name and name not in reached:
            reached.add(name)
            waiting += imports(by_name[name])
    assert {by_name[name] for name in reached} <= set(rule_files())


def test_no_import_goes_round_in_a_circle() -> None:
    graph = {dotted(path): set(imports(path)) - {dotted(path)} for path in modules()}
    done: set[str] = set()

    def walk(module: str, above: tuple[str, ...]) -> None:
        assert module not in above, " -> ".join((*above, module))
        if module not in done:
            for name in sorted(graph.get(module, ())):
                walk(name, (*above, module))
            done.add(module)

    for module in sorted(graph):
        walk(module, ())


@pytest.mark.parametrize("path", MODULES)
def test_imports_are_absolute_and_at_the_top(path: Path) -> None:
    body = tree(path).body
    statements = [node for node in ast.walk(tree(path)) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert not [node for node in statements if isinstance(node, ast.ImportFrom) and node.level]
    inner = [node.lineno for node in statements if node not in body]
    assert not inner, f"imports inside a block at lines {inner}"
    kinds = [isinstance(node, (ast.Import, ast.ImportFrom)) for node in body[_docstring(body) :]]
    assert not [True for before, after in pairwise(kinds) if after and not before], "an import after other code"


def _docstring(body: list[ast.stmt]) -> int:
    return int(bool(body) and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant))


@pytest.mark.parametrize("path", MODULES)
def test_a_module_is_named_for_what_it_holds(path: Path) -> None:
    assert not FORBIDDEN_NAMES & set(dotted(path).split("."))


@pytest.mark.parametrize("path", MODULES)
def test_a_module_and_its_functions_are_of_a_size_to_be_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= LONGEST_FUNCTION, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("path", MODULES)
def test_a_module_and_its_public_things_say_what_they_are(path: Path) -> None:
    missing = [] if ast.get_docstring(tree(path)) else ["the module"]
    for node in tree(path).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            missing += [] if ast.get_docstring(node) else [node.name]
    assert not missing
