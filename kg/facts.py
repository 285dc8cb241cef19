"""The waist: all that reading and the graph know of each other.

Left of it, text becomes the facts below; right of it, facts become a graph. Every fact is frozen, carries the
exact place that states it, the value as read and the words as printed. Closed classes (clusters, districts,
categories) are named by their slug in ``ontology/vocabulary``; open classes (bodies, companies, platforms) by the
name the text gives, which ``kg.names`` resolves when the facts of all documents are merged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Role = Literal["lead", "joint", "responsible", "participant"]
Comparator = Literal[">", ">=", "=", "~", "<=", "<", "range"]
MeasureKind = Literal["Overview", "Goal", "KeyTask", "KeyProject", "SpatialLayout", "Safeguard", "Other"]
DocumentType = Literal["ActionPlan", "Opinion", "Article", "Briefing", "PolicyDocument"]
ThingKind = Literal["cluster", "category", "district", "agency", "enterprise", "industry"]


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The exact place in a source file that states a fact.

    ``start`` and ``end`` are character offsets into the file as shipped (end exclusive); ``quote`` is what stands
    there, without line breaks, page numbers, layout spaces and tags; ``path`` is the headings above it, outermost
    first; ``measure`` is the key of the innermost headed passage that holds it (the document's slug: none does);
    ``rule`` is the named rule that found it (``room/rule``).
    """

    document: str
    start: int
    end: int
    quote: str
    path: tuple[str, ...]
    measure: str
    rule: str


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a quantity is about: a vocabulary slug (cluster, category, district) or a printed name."""

    kind: ThingKind
    name: str


@dataclass(frozen=True, slots=True)
class Body:
    """A public body as named: ``printed`` verbatim, ``name`` completed from its context.

    科技创新委 in 市工业和信息化局、科技创新委 has the name 深圳市科技创新委; whether that is a body that the
    vocabulary knows is decided in the merge. ``group`` is true for 各区政府, 各相关单位 and the like.
    """

    printed: str
    name: str
    group: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A source document, or one of the documents bundled in a source file.

    ``start``/``end`` delimit it in ``source_file`` (character offsets); ``clusters`` are the slugs of the clusters
    that its title names (eight of them where it says 未来产业); ``place`` is the administrative place whose document it
    is (深圳市).
    """

    slug: str
    title: str
    source_file: str
    type: DocumentType
    start: int
    end: int
    place: str
    clusters: tuple[str, ...] = ()
    publisher: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Issuance:
    """A body that issued a document; ``position`` counts from 1 in the order printed."""

    document: str
    body: Body
    position: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Measure:
    """A headed passage: chapter, section or item.

    ``key`` identifies it within the corpus and ``parent`` is the key of the passage that holds it (None: the
    document); ``order`` counts from 1 within the document; ``text`` is its own text without its children's.
    """

    key: str
    document: str
    parent: str | None
    number: str
    heading: str
    kind: MeasureKind
    order: int
    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Assignment:
    """One body's part in one measure; ``position`` counts from 1 in the order printed."""

    measure: str
    body: Body
    role: Role
    position: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as printed: ``low`` alone, or ``low`` to ``high``; ``text`` is how it was printed."""

    low: Decimal
    high: Decimal | None
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Target:
    """A quantified goal. ``year`` is the year by which (None where neither sentence nor chapter states one)."""

    about: Thing | None
    subject: str
    metric: str
    comparator: Comparator
    quantity: Quantity
    year: int | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Observation:
    """A quantified statement about the past or present.

    ``period`` is a year ("2021") or a part of one ("2023-Q1/Q3"), empty where the text gives none;
    ``start`` and ``end`` are its first and last day (ISO dates).
    """

    about: Thing | None
    subject: str
    metric: str
    quantity: Quantity
    period: str
    start: str
    end: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DistrictRole:
    """The part of a district in a cluster, in the words of the text (总部引领区), with its functions."""

    cluster: str
    district: str
    role: str
    functions: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Platform:
    """A mention of a named carrier, facility, park, exchange or project; ``type`` is its class in the ontology.

    ``printed`` is the form that stands here where the document also gives a fuller one, which is its ``name``.
    """

    name: str
    type: str
    cluster: str | None
    district: str | None
    evidence: Evidence
    printed: str | None = None


@dataclass(frozen=True, slots=True)
class Enterprise:
    """A mention of a named company; ``code`` is its stock code (sz002594) where the source carries one."""

    name: str
    full_name: str | None
    cluster: str | None
    district: str | None
    evidence: Evidence
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Subsector:
    """A field of one industry: ``parent`` is the cluster or category that it belongs to."""

    parent: Thing
    name: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CategoryMember:
    """A statement that a category (新一代电子信息产业) holds a cluster; both by slug."""

    category: str
    cluster: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that looked like a fact and was not read, with the reason in one plain sentence."""

    room: str
    reason: str
    evidence: Evidence


Fact = (
    Issuance
    | Measure
    | Assignment
    | Target
    | Observation
    | DistrictRole
    | Platform
    | Enterprise
    | Subsector
    | CategoryMember
    | Doubt
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many numbers, responsibility notes or headings of a document a named rule read, ignored or doubted."""

    what: Literal["number", "note", "heading"]
    outcome: Literal["read", "ignored", "doubted"]
    rule: str
    count: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one document, and the account of what was not."""

    document: Document
    facts: tuple[Fact, ...] = field(default=())
    account: tuple[Tally, ...] = field(default=())
