"""Who does what at one look: districts or agencies against clusters, a number in every cell, each a link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request

from server import sheets
from server.asked import prefixes
from server.catalogue import Catalogue
from server.errors import BadParameter
from server.naming import Json
from server.negotiate import HTML
from server.site import Site
from server.tongue import called, pick
from server.urls import with_parameters
from server.words import KINDS, ROLES

# Agencies shown at first: those with most tasks; the others are one click away.
_MOST = 24
_OTHERS = ("district", "agency")

Places = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: how many facts it counts, its shade (0 to 4), whether the agency leads, and its list."""

    count: int
    shade: int
    leads: bool
    href: str
    name: str


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
    matrix = matrix_of(site.catalogue, of, role, everyone, turned=rows != "cluster")
    if sheets.wanted():
        header = [pick(KINDS[rows]), *(called(thing) for thing, _ in matrix.across)]
        counts = ([called(row.thing), *(cell.count for cell in row.cells)] for row in matrix.rows)
        return sheets.sheet(f"matrix-{of}", header, counts)
    query = sparql(of, role)
    body = render_template("matrix.html", matrix=matrix, of=of, rows=rows, role=role, everyone=everyone, sparql=query)
    return Response(body, mimetype=HTML)


def _choice(name: str, known: Sequence[str]) -> str:
    value = request.args.get(name, "") or known[0]
    if value not in known:
        raise BadParameter(name, f"参数 {name} 应为 {'、'.join(known)} 之一。{name} is one of {', '.join(known)}.")
    return value


def matrix_of(catalogue: Catalogue, of: str, role: str = "", everyone: bool = True, turned: bool = False) -> Matrix:
    """Clusters (rows) against districts or agencies; ``turned`` makes the clusters columns."""
    counts = _roles(catalogue) if of == "district" else _tasks(catalogue, role)
    clusters = [c for c in catalogue.items("cluster") if any(key[0] == c["iri"] for key in counts)]
    sums = _sums(counts, 1)
    others = [o for o in catalogue.items(of) if sums.get(o["iri"])]
    if of == "agency":
        others.sort(key=lambda o: (-sums[o["iri"]], o["iri"]))
    shown = others if everyone or of == "district" else others[:_MOST]
    down, across = (shown, clusters) if turned else (clusters, shown)
    leads = _leads(catalogue) if of == "agency" else set()
    highest = max(counts.values(), default=1)
    rows = []
    for thing in down:
        pairs = [(across_, thing) if turned else (thing, across_) for across_ in across]
        cells = tuple(_cell(counts, highest, c, o, role, (c["iri"], o["iri"]) in leads) for c, o in pairs)
        rows.append(Row(thing, cells, sum(cell.count for cell in cells)))
    totals = [sum(row.cells[i].count for row in rows) for i in range(len(across))]
    return Matrix(tuple(zip(across, totals, strict=True)), tuple(rows), len(others) - len(shown))


def _cell(counts: Places, highest: int, cluster: Json, other: Json, role: str, leads: bool) -> Cell:
    count, of = counts.get((cluster["iri"], other["iri"]), 0), other["kind"]
    kind = "role" if of == "district" else "assignment"
    chosen = [("kind", kind), ("cluster", cluster["slug"]), (of, other["slug"]), *([("role", role)] if role else [])]
    shade = min(4, 1 + (count - 1) * 4 // highest) if count else 0
    name = f"{called(cluster)} × {called(other)}"
    return Cell(count, shade, leads, with_parameters("/browse", chosen) if count else "", name)


def _roles(catalogue: Catalogue) -> Places:
    """How many parts each district is given in each cluster."""
    found = (r for r in catalogue.items("role") if r.get("cluster") and r.get("district"))
    return Counter((r["cluster"]["iri"], r["district"]["iri"]) for r in found)


def _tasks(catalogue: Catalogue, role: str) -> Places:
    """How many tasks each agency has in the documents of each cluster."""
    found = (a for a in catalogue.items("assignment") if a.get("agency") and (not role or a.get("role") == role))
    return Counter((c["iri"], a["agency"]["iri"]) for a in found for c in a.get("clusters") or [])


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
