"""Reads gold: one JSON file a unit, with the facts that its readers found and the words that state each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.evaluation.claims import Claim, Place, Unit, cluster_name, number, squeeze, unit_name
from kg.text import Text

_Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """All gold of a folder, or that of one unit.

    ``asides`` are places whose statements of leadership count neither way; ``unplaced`` are quotes that the source
    does not hold, and whose facts are left out.
    """

    units: tuple[Unit, ...]
    claims: tuple[Claim, ...]
    asides: tuple[Place, ...]
    unplaced: tuple[str, ...]


def read_gold(folder: Path, sources: Mapping[str, Text]) -> Gold:
    """The gold of a folder, placed in the sources (bare texts by file name).

    Files without a place (lists of questions) are passed over. Raises KgError where there is no gold or it can't be
    read.
    """
    pages = [page for path in _files(folder) if (page := _read(path, sources)) is not None]
    if not pages:
        raise KgError(f"There is no gold in {folder}: it needs JSON files, one a unit.")
    return Gold(
        tuple(unit for page in pages for unit in page.units),
        tuple(claim for page in pages for claim in page.claims),
        tuple(place for page in pages for place in page.asides),
        tuple(words for page in pages for words in page.unplaced),
    )


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise KgError(f"There is no folder {folder}: check its name.")
    return sorted(folder.glob("*.json"))


def _read(path: Path, sources: Mapping[str, Text]) -> Gold | None:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if "place" not in data:
            return None
        page = _Page(data, sources[data["place"]["file"]])
        claims, asides = tuple(page.claims()), tuple(page.asides())
        return Gold((page.unit,), claims, asides, tuple(page.unplaced))
    except (OSError, ValueError) as error:
        raise KgError(f"The gold file {path} can't be read: {error}.") from error
    except KeyError as error:
        raise KgError(f"The gold file {path} needs {error}, which is not there.") from error


class _Page:
    """The gold of one unit beside the text that it was read from."""

    def __init__(self, data: _Record, text: Text) -> None:
        self._data, self._text = data, text
        self._file: str = data["place"]["file"]
        self._first, self._last = int(data["place"]["start"]), int(data["place"]["end"])
        self.unit = Unit(data["unit"], self._raw(self._first, self._last))
        self.unplaced: list[str] = []

    def claims(self) -> Iterator[Claim]:
        """The facts of the unit, kind by kind; those whose words the source does not hold are noted and left out."""
        yield from self._issuers()
        yield from self._responsibilities()
        yield from self._leads()
        for kind, reader in _READERS.items():
            for record in self._data.get(kind, []):
                yield from reader(self, kind, record)

    def asides(self) -> Iterator[Place]:
        """Places of leadership by no named public body."""
        for record in self._data.get("in_text_other", []):
            found = self._find(record["quote"])
            if found is not None:
                yield self._raw(*found)

    def place(self, quote: str) -> Place | None:
        """Where the unit says this; None where it does not."""
        found = self._find(quote)
        return None if found is None else self._raw(*found)

    def place_or_note(self, quote: str) -> Place | None:
        """Where the unit says this; a quote that it does not hold is noted."""
        place = self.place(quote)
        if place is None:
            self.unplaced.append(f"{self.unit.name}: {squeeze(quote)[:40]}")
        return place

    def _issuers(self) -> Iterator[Claim]:
        for position, agency in enumerate(self._data.get("issuers", []), 1):
            yield Claim("issuers", (agency, position), self.unit.place, self.unit.name)

    def _responsibilities(self) -> Iterator[Claim]:
        """Clauses in the order of the text: the same words may stand in it more than once."""
        cursor = self._first
        for record in self._data.get("responsibilities", []):
            found = self._find(record["clause"], cursor)
            if found is None:
                self.unplaced.append(f"{self.unit.name}: {squeeze(record['clause'])[:40]}")
                continue
            cursor = found[1]
            for one in record["agencies"]:
                yield Claim("responsibilities", (one["agency"], one["role"]), self._raw(*found), self.unit.name)

    def _leads(self) -> Iterator[Claim]:
        for record in self._data.get("in_text_lead", []):
            place = self.place(record["quote"])
            for agency in record.get("lead_canonical", []):
                if place is not None:
                    yield Claim("leads", (agency, "lead"), place, self.unit.name)

    def _find(self, quote: str, cursor: int = 0) -> tuple[int, int] | None:
        words = squeeze(quote)
        start = self._text.chars.find(words, max(self._first, cursor))
        if start < 0:
            start = self._text.chars.find(words, self._first)
        return (start, start + len(words)) if 0 <= start < self._last and words else None

    def _raw(self, start: int, end: int) -> Place:
        span = self._text.source_span(start, end)
        return Place(self._file, span.start, span.end)


def _quantity(page: _Page, kind: str, record: _Record) -> Iterator[Claim]:
    place = page.place_or_note(record["quote"])
    if place is None:
        return
    low, high = (record.get("low"), record.get("high")) if kind == "targets" else (record.get("value"), None)
    times = record.get("years") or record.get("times") or [record.get("year") or record.get("time")]
    yield Claim(
        kind,
        (number(low), number(high), unit_name(record.get("unit"))),
        place,
        page.unit.name,
        comparator=record.get("op") or "",
        times=tuple(str(time or "") for time in times),
        about=record.get("subject", "") + record.get("metric", ""),
        optional=bool(record.get("optional")),
    )


def _district_role(page: _Page, kind: str, record: _Record) -> Iterator[Claim]:
    place = page.place(record["quote"])
    if place is not None:
        key = (cluster_name(record["cluster"]), record["district"])
        roles = (record.get("role") or "",)
        yield Claim(kind, key, place, page.unit.name, roles=roles, optional=bool(record.get("optional")))


def _platform(page: _Page, kind: str, record: _Record) -> Iterator[Claim]:
    names = frozenset(squeeze(name) for name in record.get("names", [record["name"]]))
    key, optional = (squeeze(record["name"]),), bool(record.get("optional"))
    yield Claim(kind, key, page.place(record["quote"]), page.unit.name, names, optional=optional)


def _enterprise(page: _Page, kind: str, record: _Record) -> Iterator[Claim]:
    """A company, and, where the text ties it to one, its cluster as a claim of its own."""
    name, optional = squeeze(record["name"]), bool(record.get("optional"))
    names = frozenset({name, squeeze(record.get("full_name")) or name, *record.get("names", [])})
    yield Claim(kind, (name,), page.place(record["quote"]), page.unit.name, names, optional=optional)
    if record.get("cluster"):
        key, optional = (name, cluster_name(record["cluster"])), optional or bool(record.get("cluster_optional"))
        yield Claim("enterprise_clusters", key, None, page.unit.name, names, optional=optional)


def _subsector(page: _Page, kind: str, record: _Record) -> Iterator[Claim]:
    key = (cluster_name(record["cluster"]), squeeze(record["name"]))
    yield Claim(kind, key, None, page.unit.name, optional=bool(record.get("optional")))


_READERS: dict[str, Callable[[_Page, str, _Record], Iterator[Claim]]] = {
    "targets": _quantity,
    "observations": _quantity,
    "district_roles": _district_role,
    "platforms": _platform,
    "enterprises": _enterprise,
    "subsectors": _subsector,
}
