"""What the graph holds, as frozen values: things, facts, and the evidence of each."""

from __future__ import annotations

from dataclasses import dataclass

Number = int | float


@dataclass(frozen=True, slots=True)
class Reference:
    """Another thing by its address and name."""

    iri: str
    kind: str = ""
    slug: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """A document by its address and title."""

    iri: str
    title: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the text states it: offsets count the characters of the source file, the end is exclusive."""

    quote: str
    document: DocumentReference
    heading: tuple[str, ...]
    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that was found; ``score`` is from 0 to 1."""

    iri: str
    kind: str
    label: str
    score: float = 0.0
    label_en: str | None = None
    alt_labels: tuple[str, ...] = ()
    cluster: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that an answer speaks of; ``cluster`` is the label of the one that it belongs to."""

    iri: str
    label: str
    kind: str = ""
    cluster: str | None = None
    alt_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """Another agency with a part in the same work."""

    label: str
    role: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads, and on which basis: explicit, sole, first-named or first-issuer (the last two are read, not said)."""

    agency: Named
    role: str
    basis: str
    about: Named
    others: tuple[Beside, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Thing:
    """What every thing and fact has."""

    iri: str
    slug: str
    label: str
    label_en: str | None
    alt_labels: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Cluster(_Thing):
    """One of the 20+8; ``lead_agencies`` are the first issuers of its plans."""

    type: str | None
    category: Reference | None
    lead_agencies: tuple[Reference, ...]
    districts: tuple[Reference, ...]
    plans: tuple[Reference, ...]
    subsectors: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Category(_Thing):
    """A group of clusters."""

    clusters: tuple[Reference, ...]
    subsectors: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Subsector(_Thing):
    """A field of a cluster."""

    clusters: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Agency(_Thing):
    """A public body; ``group`` says that it stands for several (各区政府)."""

    leads_clusters: tuple[Reference, ...]
    issued: tuple[Reference, ...]
    group: bool


@dataclass(frozen=True, slots=True)
class DistrictRole(_Thing):
    """The part of a district in a cluster, as printed."""

    role_text: str | None
    cluster: Reference | None = None
    district: Reference | None = None
    functions: tuple[str, ...] = ()
    documents: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class District(_Thing):
    """A district, new area or cooperation zone."""

    code: str | None
    clusters: tuple[Reference, ...]
    roles: tuple[DistrictRole, ...]


@dataclass(frozen=True, slots=True)
class Platform(_Thing):
    """A named carrier, facility, park or project."""

    type: str | None
    clusters: tuple[Reference, ...]
    districts: tuple[Reference, ...]
    lead_agencies: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Enterprise(_Thing):
    """A named company."""

    full_name: str | None
    stock_code: str | None
    clusters: tuple[Reference, ...]
    districts: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class _Quantity(_Thing):
    """A figure: ``value`` (or its range) in the printed ``unit``, and normalised."""

    about: Reference | None
    subject_text: str | None
    metric: str | None
    value: Number | None
    min_value: Number | None
    max_value: Number | None
    value_text: str | None
    unit: str | None
    normalized_value: Number | None
    normalized_unit: str | None
    clusters: tuple[Reference, ...]
    documents: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Target(_Quantity):
    """A quantified goal, bounded by ``comparator``, to be reached by ``year``."""

    comparator: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Observation(_Quantity):
    """A quantified statement about past or present; ``period`` is 2021 or 2023-Q1/Q3."""

    period: str | None
    period_start: str | None
    period_end: str | None


@dataclass(frozen=True, slots=True)
class Assignment(_Thing):
    """One agency's part in one measure."""

    agency: Reference | None
    role: str | None
    position: int | None
    measure: Reference | None = None
    document: Reference | None = None
    clusters: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure(_Thing):
    """A headed passage of a document, with who is responsible for it."""

    number: str | None
    heading: str | None
    measure_kind: str | None
    document: Reference | None
    part_of: Reference | None
    clusters: tuple[Reference, ...]
    text: str | None
    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Document(_Thing):
    """A source document, or one of those bundled in a source file."""

    title: str | None
    type: str | None
    issued_by: tuple[Reference, ...]
    clusters: tuple[Reference, ...]
    date: str | None
    publisher: str | None
    source_file: str | None
