"""Who does what at one look: districts or agencies against clusters, a number in every cell, each a link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from server import sheets
from server.asked import prefixes
from server.catalogue import Catalogue, kept
from server.errors import BadParameter
from server.naming import Json
from server.negotiate import HTML
from server.site import Site
from server.tongue import called, pick
from server.urls import with_parameters
from server.words import KINDS, ROLES

# How many clusters, and how many districts or agencies, a page shows at first and at most: those of most facts. The
# file has all.
_FIRST, _MOST = (40, 24), (60, 60)
_EVERYTHING = (1_000_000, 1_000_000)
_OTHERS = ("district", "agency")

Places = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: how many facts it counts, its shade (0 to 4), whether the agency leads, and its list."""

    count: int
    shade: int
    leads: bool
    href: str
    name: str


_NOTHING, _LEADING = (Cell(0, 0, leads, "", "") for leads in (False, True))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the matrix with its sum."""

    thing: Json
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole: the things along the top with their sums, the rows, and how many others were left out."""

    across: tuple[tuple[Json, int], ...]
    rows: tuple[Row, ...]
    left: int


def blueprint(site: Site) -> Blueprint:
    """The route ``/matrix``."""
    routes = Blueprint("matrices", __name__)
    routes.add_url_rule("/matrix", "matrix", lambda: _page(site))
    return routes


def _page(site: Site) -> Response:
    of = _choice("of", _OTHERS)
    rows = _choice("rows", ("cluster", of))
    role = _choice("role", ("", *ROLES)) if of == "agency" else ""
    everyone = request.args.get("all") == "1"
    shown = _EVERYTHING if sheets.wanted() else _MOST if everyone else _FIRST
    matrix = matrix_of(site.catalogue, of, role, shown, turned=rows != "cluster")
    if sheets.wanted():
        header = [pick(KINDS[rows]), *(called(thing) for thing, _ in matrix.across)]
        counts = ([called(row.thing), *(cell.count for cell in row.cells)] for row in matrix.rows)
        return sheets.sheet(f"matrix-{of}", header, counts)
    query = sparql(of, role)
    tasks = len(site.catalogue.items("assignment"))
    view = {"of": of, "rows": rows, "role": role, "everyone": everyone}
    body = render_template("matrix.html", matrix=matrix, sparql=query, tasks=tasks, **view)
    return Response(body, mimetype=HTML)


def _choice(name: str, known: Sequence[str]) -> str:
    value = request.args.get(name, "") or known[0]
    if value not in known:
        raise BadParameter(name, f"参数 {name} 应为 {'、'.join(known)} 之一。{name} is one of {', '.join(known)}.")
    return value


def matrix_of(
    catalogue: Catalogue, of: str, role: str = "", most: tuple[int, int] = _EVERYTHING, turned: bool = False
) -> Matrix:
    """Clusters (rows) against districts or agencies; ``turned`` makes the clusters columns.

    ``most`` is how many clusters and how many of the others it has: those of which most is counted.
    """
    counts = _counts(catalogue).get((of, role), Counter())
    clusters, fewer = _busiest(catalogue.items("cluster"), _sums(counts, 0), most[0])
    others, left = _busiest(catalogue.items(of), _sums(counts, 1), most[1])
    if of == "agency":
        sums = _sums(counts, 1)
        others.sort(key=lambda o: (-sums[o["iri"]], o["iri"]))
    down, across = (others, clusters) if turned else (clusters, others)
    leads = _leads(catalogue) if of == "agency" else set()
    highest = max(counts.values(), default=1)
    rows = []
    for thing in down:
        pairs = [(across_, thing) if turned else (thing, across_) for across_ in across]
        cells = tuple(_cell(counts, highest, c, o, role, (c["iri"], o["iri"]) in leads) for c, o in pairs)
        rows.append(Row(thing, cells, sum(cell.count for cell in cells)))
    totals = [sum(row.cells[i].count for row in rows) for i in range(len(across))]
    return Matrix(tuple(zip(across, totals, strict=True)), tuple(rows), fewer + left)


def _busiest(things: Sequence[Json], sums: Mapping[str, int], most: int) -> tuple[list[Json], int]:
    """So many of the things with the highest sums, in the order of the list, and how many others have a sum."""
    counted = [thing for thing in things if sums.get(thing["iri"])]
    first = {t["iri"] for t in sorted(counted, key=lambda t: (-sums[t["iri"]], t["iri"]))[:most]}
    return [thing for thing in counted if thing["iri"] in first], len(counted) - len(first)


def _cell(counts: Places, highest: int, cluster: Json, other: Json, role: str, leads: bool) -> Cell:
    count, of = counts.get((cluster["iri"], other["iri"]), 0), other["kind"]
    if not count:
        return _LEADING if leads else _NOTHING
    kind = "role" if of == "district" else "assignment"
    chosen = [("kind", kind), ("cluster", cluster["slug"]), (of, other["slug"]), *([("role", role)] if role else [])]
    shade = min(4, 1 + (count - 1) * 4 // highest)
    return Cell(count, shade, leads, with_parameters("/browse", chosen), f"{called(cluster)} × {called(other)}")


@kept
def _counts(catalogue: Catalogue) -> dict[tuple[str, str], Places]:
    """What is counted: the parts of districts, the tasks of agencies, these also by role."""
    places = (r for r in catalogue.items("role") if r.get("cluster") and r.get("district"))
    found: dict[tuple[str, str], Counter[tuple[str, str]]] = {
        ("district", ""): Counter((r["cluster"]["iri"], r["district"]["iri"]) for r in places)
    }
    for task in catalogue.items("assignment"):
        for cluster in (task.get("clusters") or []) if task.get("agency") else []:
            for role in dict.fromkeys(("", task.get("role") or "")):
                found.setdefault(("agency", role), Counter())[cluster["iri"], task["agency"]["iri"]] += 1
    return dict(found)


@kept
def _leads(catalogue: Catalogue) -> set[tuple[str, str]]:
    """The pairs of a cluster and the first issuer of its plan."""
    return {(c["iri"], a["iri"]) for c in catalogue.items("cluster") for a in c.get("leadAgencies") or []}


def _sums(counts: Mapping[tuple[str, str], int], side: int) -> Counter[str]:
    sums: Counter[str] = Counter()
    for key, count in counts.items():
        sums[key[side]] += count
    return sums


def sparql(of: str, role: str = "") -> str:
    """The query that counts the same."""
    if of == "district":
        where: Iterable[str] = ("?role a ckg:DistrictRole ; ckg:cluster ?cluster ; ckg:district ?district .",)
        counted = "?role"
    else:
        only = f" ; ckg:role ckg:{role.capitalize()}" if role else ""
        tasks = f"?task a ckg:Assignment ; ckg:agency ?agency{only} ."
        where = (tasks, "?task ckg:measure/ckg:document/ckg:cluster ?cluster .")
        counted = "?task"
    body = "\n".join(f"  {line}" for line in where)
    head = f"SELECT ?cluster ?{of} (COUNT(DISTINCT {counted}) AS ?count) WHERE {{"
    return f"{prefixes()}{head}\n{body}\n}}\nGROUP BY ?cluster ?{of}\nORDER BY ?cluster ?{of}"
