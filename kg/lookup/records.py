"""All that the lookup knows of the graph and how it hangs together, read from its shelf when it is asked for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar, overload

from kg.lookup import bits
from kg.lookup.home import Home, home_of
from kg.lookup.shelf import Shelf, Table
from kg.lookup.things import DistrictPart, Part, Quantity, Record

_KEPT = 5_000

T = TypeVar("T")


class Rows(Sequence[T], Generic[T]):
    """Records of one class by number, read when they are asked for; those asked for last are kept."""

    def __init__(self, table: Table, made: Callable[..., T]) -> None:
        self._table = table
        self._made = made
        self._row = lru_cache(_KEPT)(self._read)

    def __len__(self) -> int:
        return len(self._table)

    @overload
    def __getitem__(self, number: int) -> T: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[T]: ...

    def __getitem__(self, number: int | slice) -> T | Sequence[T]:
        if isinstance(number, slice):
            return [self._row(n) for n in range(*number.indices(len(self)))]
        return self._row(range(len(self))[number])

    def _read(self, number: int) -> T:
        return self._made(*_fields(self._table.value(number)))


class Parts:
    """The parts of bodies by the passage or document that gives them."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._read = lru_cache(_KEPT)(self._parts)

    def get(self, subject: str, default: tuple[Part, ...] = ()) -> tuple[Part, ...]:
        """The parts that a passage or document gives, in the order printed."""
        return self._read(subject) or default

    def items(self) -> Iterator[tuple[str, tuple[Part, ...]]]:
        """All passages or documents that give parts, by address, with the parts."""
        yield from ((subject := key.decode("utf-8"), self._read(subject)) for key in self._table)

    def _parts(self, subject: str) -> tuple[Part, ...]:
        found = self._table.get(subject)
        return tuple(Part(*fields) for fields in _fields(found)) if found else ()


class Records:
    """All that the lookup knows.

    ``all`` is in the order of kinds and IRIs; ``assignments`` has the parts of bodies by passage, ``issuances`` by
    document; ``metrics`` are what quantities count, each once.
    """

    def __init__(self, shelf: Shelf) -> None:
        self.all = Rows(shelf.table("records"), Record)
        self.quantities = Rows(shelf.table("quantities"), Quantity)
        self.roles = Rows(shelf.table("roles"), DistrictPart)
        self.assignments = Parts(shelf.table("assignments"))
        self.issuances = Parts(shelf.table("issuances"))
        self._numbers = shelf.table("numbers")
        self._given, self._given_in = shelf.table("given"), Parts(shelf.table("given-in"))
        self._quantities_about = shelf.table("quantities-about")
        self._seats, self._at = shelf.table("seats"), shelf.table("at")
        about = shelf.table("about")
        self._kinds: dict[str, tuple[int, int]] = json.loads(bytes(about.get("kinds") or b"{}"))
        self.metrics: tuple[str, ...] = tuple(json.loads(bytes(about.get("metrics") or b"[]")))
        self._kind = lru_cache(_KEPT)(self._of_kind)
        self._number = lru_cache(_KEPT)(self._find)

    def kind(self, *kinds: str) -> tuple[Record, ...]:
        """The records of these kinds; ask for passages by document or by number, there are many."""
        return tuple(record for kind in kinds for record in self._kind(kind))

    def numbers_of(self, kind: str) -> int:
        """The numbers of all things of a kind, as a set of bits."""
        return bits.between(*self._kinds.get(kind, (0, 0)))

    def number(self, iri: str) -> int | None:
        """The place of a thing in ``all``; None where the graph has no name for it."""
        return self._number(iri)

    def get(self, iri: str) -> Record | None:
        """The record of an address; None where the graph has no name for it."""
        number = self._number(iri)
        return None if number is None else self.all[number]

    @cached_property
    def home(self) -> Home:
        """The places that the graph is about."""
        found = {bytes(self._seats.value(number)).decode("utf-8") for number in range(len(self._seats))}
        return home_of(self.kind("district"), sorted(found - {""}))

    def seat(self, document: str) -> str:
        """The place that a document is of; empty where nothing tells."""
        return bytes(self._seats.get(document) or b"").decode("utf-8")

    def is_of(self, document: str, places: Collection[str]) -> bool:
        """Whether a document is of one of these places; of any where none are given."""
        return not places or self.seat(document) in places

    def numbers_at(self, places: Iterable[str]) -> int:
        """The numbers of the documents of these places, of their passages, and of what they name, as a set of bits."""
        found = 0
        for place in places:
            found |= bits.whole(bytes(self._at.get(place) or b""))
        return found

    def parts_in(self, document: str) -> tuple[Part, ...]:
        """The parts of bodies in a document: its issuers, then the first of each body in its passages."""
        return (*self.issuances.get(document), *self._given_in.get(document))

    def parts_of(self, agencies: Collection[str], *kinds: str) -> Iterator[tuple[Record, Part]]:
        """The parts of bodies in documents or passages (``kinds``), by their addresses, documents first."""
        within = [range(*self._kinds.get(kind, (0, 0))) for kind in kinds]
        for number in sorted({n for agency in agencies for n in _numbers(self._given.get(agency))}):
            if any(number in numbers for numbers in within):
                holder = self.all[number]
                given = self.issuances if holder.kind == "document" else self.assignments
                yield from ((holder, part) for part in given.get(holder.iri) if part.agency in agencies)

    def quantities_about(self, iri: str) -> tuple[Quantity, ...]:
        """The goals and the statements about the past that are about a thing, by address."""
        return tuple(self.quantities[number] for number in _numbers(self._quantities_about.get(iri)))

    def clusters_of(self, record: Record) -> tuple[Record, ...]:
        """The clusters that a thing belongs to: its own, or those of its document's title or plan."""
        document = self.get(record.document) if record.document and not record.clusters else None
        own = record.clusters or (document.clusters if document else ())
        planned = self.planned_by(record.document) if not own and record.document else ()
        return tuple(found for iri in own if (found := self.get(iri))) or planned

    def planned_by(self, document: str) -> tuple[Record, ...]:
        """The clusters whose plan a document is."""
        return tuple(self._plans.get(document, ()))

    def ancestors(self, measure: Record) -> Iterator[Record]:
        """The passages that hold a passage, innermost first."""
        parent = self.get(measure.parent)
        while parent is not None and parent.kind == "measure":
            yield parent
            parent = self.get(parent.parent)

    def path(self, measure: Record) -> list[str]:
        """The headings from the outermost to the passage itself, as printed."""
        return [record.label for record in (*reversed(list(self.ancestors(measure))), measure)]

    @cached_property
    def _plans(self) -> dict[str, list[Record]]:
        found = defaultdict[str, list[Record]](list)
        for cluster in self.kind("cluster"):
            for plan in cluster.plans:
                found[plan].append(cluster)
        return dict(found)

    def _of_kind(self, kind: str) -> tuple[Record, ...]:
        return tuple(self.all[slice(*self._kinds.get(kind, (0, 0)))])

    def _find(self, iri: str) -> int | None:
        found = self._numbers.get(iri)
        return None if found is None else found.cast("I")[0]


def _numbers(data: memoryview | None) -> list[int]:
    return data.cast("I").tolist() if data is not None else []


def _fields(data: memoryview) -> list[Any]:
    """The values of a row, its lists as tuples."""
    return [_frozen(value) for value in json.loads(bytes(data))]


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
