"""What the graph says, as plain records: things with their names, parts in passages, roles, quantities."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """A thing with its names; what only some kinds have is empty in the others.

    ``clusters``, ``districts``, ``umbrellas`` and ``plans`` (of a cluster: what is above it, its documents), ``parent``
    and ``document`` (of a passage), ``measures``, ``mentions`` and ``documents`` (that name it) are IRIs.
    """

    iri: str
    kind: str
    label: str
    label_en: str = ""
    names: tuple[str, ...] = ()
    names_en: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    umbrellas: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    parent: str = ""
    document: str = ""
    heading: str = ""
    text: str = ""

    @property
    def slug(self) -> str:
        """The last part of the address."""
        return self.iri.rsplit("/", 1)[1]


@dataclass(frozen=True, slots=True)
class Part:
    """One body's part in a passage or an issuance: ``role`` is lead, joint, responsible, participant or issuer."""

    agency: str
    role: str
    position: int
    evidence: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DistrictPart:
    """The part of a district in a cluster, as a ``document`` prints it; ``policy`` tells a plan or an opinion from a
    report of one."""

    cluster: str
    district: str
    text: str
    evidence: str
    policy: bool
    document: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A goal or a statement about the past; numbers are as printed, ``when`` is a year or a period (2023-Q1/Q3).

    ``normal`` (of a range ``least``) is the number in the unit that can be compared, ``measure`` (CNY, ratio, count …).
    """

    iri: str
    kind: str
    about: str
    subject: str
    metric: str
    value: str
    low: str
    high: str
    text: str
    unit: str
    comparator: str
    normal: str
    least: str
    measure: str
    when: str
    documents: tuple[str, ...]
    quotes: tuple[str, ...]
    evidence: tuple[str, ...]


def names_of(record: Record) -> tuple[str, ...]:
    """The names of a thing in both languages, its label first."""
    return tuple(name for name in (record.label, *record.names, record.label_en, *record.names_en) if name)
