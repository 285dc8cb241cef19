"""Facts become triples: one function a kind of fact. Identity is what is said, so the same facts give the same IRIs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from kg.facts import (
    Assignment,
    Body,
    CategoryMember,
    DistrictRole,
    Doubt,
    Enterprise,
    Evidence,
    Fact,
    Issuance,
    Measure,
    Observation,
    Platform,
    Reading,
    Subsector,
    Target,
    Thing,
)
from kg.names import Named, Names
from kg.rdf import terms as t
from kg.rdf.agreement.statements import Agreement
from kg.rdf.documents import document_triples, evidence_triples, naming_triples
from kg.rdf.quantities import quantity_triples
from kg.slugs import content_slug

_ROLES = {"lead": "Lead", "joint": "Joint", "responsible": "Responsible", "participant": "Participant"}


@dataclass(slots=True)
class Graph:
    """The named graph of one document while it is filled."""

    reading: Reading
    names: Names
    agreement: Agreement
    triples: list[ox.Triple] = field(default_factory=list)
    _twins: dict[tuple[str, tuple[str, ...]], list[tuple[int, int]]] = field(default_factory=dict)
    _stated: set[ox.NamedNode] = field(default_factory=set)

    @property
    def document(self) -> ox.NamedNode:
        """The document that this graph reads."""
        return t.thing("document", self.reading.document.slug)

    def add(self, subject: ox.NamedNode, **properties: Any) -> None:
        """Say properties of a thing (underscores end no name: ``type_`` is rdf:type's); None is left out."""
        for name, value in properties.items():
            for one in value if isinstance(value, (list, tuple)) else (value,):
                if one is not None:
                    self.triples.append(ox.Triple(subject, t.ckg(name), one))

    def typed(self, subject: ox.NamedNode, *classes: str) -> None:
        """Say the classes of a thing, superclasses included by the caller."""
        self.triples.extend(ox.Triple(subject, t.TYPE, t.ckg(name)) for name in classes)

    def labelled(self, subject: ox.NamedNode, label: str, alt: Iterable[str] = ()) -> None:
        """Say the one label of a thing and its other names."""
        self.triples.append(ox.Triple(subject, t.LABEL, t.zh(label)))
        self.triples.extend(ox.Triple(subject, t.ALT_LABEL, t.zh(name)) for name in alt)

    def evidence(self, subject: ox.NamedNode, evidence: Evidence) -> None:
        """Tie a fact to its place. The first place in a document is its evidence, later ones restate it."""
        name = "evidence" if self.first(subject) else "restatement"
        self.triples.append(ox.Triple(subject, t.ckg(name), self.evidence_node(evidence)))

    def first(self, subject: ox.NamedNode) -> bool:
        """Whether this thing is stated for the first time in this document; from now on it is not."""
        fresh = subject not in self._stated
        self._stated.add(subject)
        return fresh

    def mention(self, subject: ox.NamedNode, evidence: Evidence) -> None:
        """Tie a thing to a place that mentions it; every mention is evidence."""
        self.triples.append(ox.Triple(subject, t.ckg("evidence"), self.evidence_node(evidence)))

    def evidence_node(self, evidence: Evidence) -> ox.NamedNode:
        """The node of a place: named by its words, the headings above them, and which of its twins it is."""
        twins = self._twins[evidence.quote, evidence.path]
        number = twins.index((evidence.start, evidence.end))
        slug = content_slug(evidence.document, evidence.quote, *evidence.path, number)
        node = t.thing("evidence", slug)
        if self.first(node):
            self.triples.extend(evidence_triples(node, evidence, self.document, self.place(evidence.measure)))
        self.triples.append(ox.Triple(node, t.ckg("extractor"), t.string(evidence.rule)))
        return node

    def place(self, key: str) -> ox.NamedNode:
        """The measure of this key, or the document where the key is its slug."""
        return self.document if key == self.reading.document.slug else t.thing("measure", key)

    def agency(self, body: Body) -> ox.NamedNode:
        """The node of a body; a body that the vocabulary does not know is described here."""
        named = self.names.agency(body, self.reading.document.place)
        node = t.thing("agency", named.slug)
        self.triples.extend(naming_triples(node, body.name, self.reading.document))
        if not named.known:
            self.labelled(node, named.label, named.alt)
            if named.label_en:
                self.triples.append(ox.Triple(node, t.LABEL, ox.Literal(named.label_en, language="en")))
            self.typed(node, "Agency", *(["AgencyGroup"] if named.group else []))
            self.triples.append(ox.Triple(node, t.TYPE, ox.NamedNode(f"{t.ORG}FormalOrganization")))
        return node

    def thing(self, about: Thing | None) -> ox.NamedNode | None:
        """The node of a thing that a quantity is about."""
        if about is None:
            return None
        if about.kind == "agency":
            return self.agency(Body(about.name, about.name))
        if about.kind == "enterprise":
            known = self.names.known_enterprise(about.name)
            return t.thing("enterprise", known.slug) if known else None
        return t.thing(about.kind, about.name)

    def enterprise(self, named: Named) -> ox.NamedNode:
        """The node of a company, described."""
        node = t.thing("enterprise", named.slug)
        self.typed(node, "Enterprise")
        self.labelled(node, named.label, named.alt)
        return node

    def register(self) -> None:
        """Number the places that share their words and headings, in the order of the text."""
        found: dict[tuple[str, tuple[str, ...]], set[tuple[int, int]]] = defaultdict(set)
        for fact in self.reading.facts:
            found[fact.evidence.quote, fact.evidence.path].add((fact.evidence.start, fact.evidence.end))
        self._twins = {key: sorted(places) for key, places in found.items()}


def document_graph(reading: Reading, names: Names, agreement: Agreement) -> list[ox.Triple]:
    """The triples of one document, each once, in no order.

    ``agreement`` says which figures of all documents state the same.
    """
    graph = Graph(reading, names, agreement)
    graph.register()
    graph.triples.extend(document_triples(graph.document, reading.document))
    for fact in sorted(reading.facts, key=_in_text_order):
        _MAPPINGS[type(fact)](graph, fact)
    return list(dict.fromkeys(graph.triples))


def _in_text_order(fact: Fact) -> tuple[int, int, str]:
    return fact.evidence.start, fact.evidence.end, type(fact).__name__


def _issuance(graph: Graph, fact: Issuance) -> None:
    agency = graph.agency(fact.body)
    node = t.thing("issuance", content_slug(fact.document, agency.value, fact.position))
    graph.typed(node, "Issuance")
    graph.add(node, agency=agency, position=t.integer(fact.position))
    graph.add(graph.document, issuance=node, issuedBy=agency)
    graph.evidence(node, fact.evidence)


def _measure(graph: Graph, fact: Measure) -> None:
    node = t.thing("measure", fact.key)
    graph.typed(node, "Measure")
    graph.labelled(node, fact.number + fact.heading)
    graph.add(
        node,
        partOf=graph.place(fact.parent or graph.reading.document.slug),
        document=graph.document,
        number=t.string(fact.number) if fact.number else None,
        heading=t.string(fact.heading),
        kind=t.ckg(fact.kind),
        order=t.integer(fact.order),
        text=t.string(fact.text),
    )
    graph.mention(node, fact.evidence)


def _assignment(graph: Graph, fact: Assignment) -> None:
    agency, role = graph.agency(fact.body), t.ckg(_ROLES[fact.role])
    node = t.thing("assignment", content_slug(fact.measure, agency.value, fact.role))
    graph.typed(node, "Assignment")
    if graph.first(node):
        graph.add(node, measure=graph.place(fact.measure), agency=agency, role=role, position=t.integer(fact.position))
    graph.mention(node, fact.evidence)


def _target(graph: Graph, fact: Target) -> None:
    node = _quantity(graph, fact)
    graph.add(node, comparator=t.string(fact.comparator), year=t.year(fact.year) if fact.year else None)
    graph.evidence(node, fact.evidence)


def _observation(graph: Graph, fact: Observation) -> None:
    node = _quantity(graph, fact)
    said = graph.agreement.of(fact).first.figure
    if isinstance(said, Observation):
        period = {"period": t.string(said.period), "periodStart": t.date(said.start), "periodEnd": t.date(said.end)}
        graph.add(node, **{name: value for name, value in period.items() if value.value})
    graph.evidence(node, fact.evidence)


def _quantity(graph: Graph, fact: Target | Observation) -> ox.NamedNode:
    """The node of a goal or a figure, in the words of the first document that states it."""
    statement = graph.agreement.of(fact)
    said, node = statement.first.figure, t.thing(statement.kind, statement.slug)
    graph.typed(node, type(fact).__name__)
    graph.triples.extend(quantity_triples(node, graph.thing(fact.about), said.subject, said.metric, said.quantity))
    return node


def _district_role(graph: Graph, fact: DistrictRole) -> None:
    node = t.thing("role", content_slug(fact.cluster, fact.district, fact.role))
    graph.typed(node, "DistrictRole")
    graph.add(
        node,
        cluster=t.thing("cluster", fact.cluster),
        district=t.thing("district", fact.district),
        roleText=t.string(fact.role),
        function=[t.string(function) for function in fact.functions],
    )
    graph.evidence(node, fact.evidence)


def _platform(graph: Graph, fact: Platform) -> None:
    named = graph.names.platform(fact.name, graph.reading.document.place)
    node = t.thing("platform", named.slug)
    graph.typed(node, "Platform", *([fact.type] if fact.type != "Platform" else []))
    graph.labelled(node, named.label, [*named.alt, *([fact.printed] if fact.printed else [])])
    _place(graph, node, fact.cluster, fact.district)
    graph.mention(node, fact.evidence)


def _enterprise(graph: Graph, fact: Enterprise) -> None:
    node = graph.enterprise(graph.names.enterprise(fact.name))
    _place(graph, node, fact.cluster, fact.district)
    graph.add(
        node,
        fullName=t.string(fact.full_name) if fact.full_name else None,
        stockCode=t.string(fact.code) if fact.code else None,
    )
    graph.mention(node, fact.evidence)


def _place(graph: Graph, node: ox.NamedNode, cluster: str | None, district: str | None) -> None:
    graph.add(
        node,
        cluster=t.thing("cluster", cluster) if cluster else None,
        district=t.thing("district", district) if district else None,
    )


def _subsector(graph: Graph, fact: Subsector) -> None:
    node = t.thing("subsector", f"{fact.parent.name}-{graph.names.slug('subsector', fact.name)}")
    graph.typed(node, "Subsector")
    graph.labelled(node, fact.name)
    graph.add(t.thing(fact.parent.kind, fact.parent.name), subsector=node)
    graph.mention(node, fact.evidence)


def _category_member(graph: Graph, fact: CategoryMember) -> None:
    category = t.thing("category", fact.category)
    graph.add(t.thing("cluster", fact.cluster), category=category)
    graph.mention(category, fact.evidence)


def _doubt(graph: Graph, fact: Doubt) -> None:
    node = t.thing("doubt", content_slug(fact.room, fact.reason, graph.evidence_node(fact.evidence).value))
    graph.typed(node, "Doubt")
    graph.add(node, reason=t.string(fact.reason))
    graph.mention(node, fact.evidence)


_MAPPINGS: dict[type, Callable[[Graph, Any], None]] = {
    Issuance: _issuance,
    Measure: _measure,
    Assignment: _assignment,
    Target: _target,
    Observation: _observation,
    DistrictRole: _district_role,
    Platform: _platform,
    Enterprise: _enterprise,
    Subsector: _subsector,
    CategoryMember: _category_member,
    Doubt: _doubt,
}
