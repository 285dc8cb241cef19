"""The lists of the REST interface: what each holds and by what it can be filtered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of one kind of thing.

    ``things`` are the parameters that name a thing and ``words`` those that are a word or a number, each with the key
    of an item where it stands; ``choices`` are the only words that a parameter takes. ``parts`` is another kind whose
    items belong to this list's items by their ``part_key`` (the assignments of a measure), shown under ``shown_as`` if
    that is given: filters in ``part_filters`` must hold for one and the same part. ``leads`` is the key of the clusters
    that an item leads without any part.
    """

    name: str
    kind: str
    things: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: str = ""
    part_key: str = ""
    part_filters: tuple[str, ...] = ()
    shown_as: str = ""
    leads: str = ""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The filters of this list."""
        return (*self.things, *self.words, *self.part_filters)


# The documents that state an item, by its evidence.
STATED = "evidence"
_CLUSTERS = {"cluster": "clusters"}
_PLACED = {"cluster": "clusters", "district": "districts", "document": STATED}
_QUANTITY = {"cluster": "clusters", "district": "about", "about": "about", "document": "documents"}
_CLUSTER_TYPES = ("StrategicCluster", "FutureIndustry")
_PLATFORM_TYPES = (
    "InnovationCenter",
    "Laboratory",
    "ScienceFacility",
    "PublicServicePlatform",
    "TradingPlatform",
    "IndustrialPark",
    "IndustrialBase",
    "MajorProject",
    "ResearchInstitute",
    "Exhibition",
)
_DOCUMENT_TYPES = ("ActionPlan", "Opinion", "Article", "Briefing")
_MEASURE_KINDS = ("Overview", "Goal", "KeyTask", "KeyProject", "SpatialLayout", "Safeguard", "Other")

LISTINGS = (
    Listing(
        "clusters",
        "cluster",
        {
            "cluster": "iri",
            "category": "category",
            "agency": "leadAgencies",
            "district": "districts",
            "document": "plans",
        },
        {"kind": "type"},
        {"kind": _CLUSTER_TYPES},
    ),
    Listing("categories", "category", _CLUSTERS),
    Listing("subsectors", "subsector", {**_CLUSTERS, "document": STATED}),
    Listing(
        "agencies",
        "agency",
        {"document": "issued"},
        {"group": "group"},
        {"group": ("true", "false")},
        parts="assignment",
        part_key="agency",
        part_filters=("cluster", "role"),
        leads="leadsClusters",
    ),
    Listing("districts", "district", _CLUSTERS, parts="role", part_key="district", shown_as="roles"),
    Listing(
        "platforms",
        "platform",
        {**_PLACED, "agency": "leadAgencies"},
        {"kind": "type"},
        {"kind": _PLATFORM_TYPES},
    ),
    Listing("enterprises", "enterprise", _PLACED),
    Listing("targets", "target", _QUANTITY, {"year": "year", "metric": "metric", "unit": "unit"}),
    Listing("observations", "observation", _QUANTITY, {"year": "period", "metric": "metric", "unit": "unit"}),
    Listing(
        "measures",
        "measure",
        {"cluster": "clusters", "document": "document"},
        {"kind": "measureKind"},
        {"kind": _MEASURE_KINDS},
        parts="assignment",
        part_key="measure",
        part_filters=("agency", "role"),
        shown_as="assignments",
    ),
    Listing(
        "assignments",
        "assignment",
        {"cluster": "clusters", "agency": "agency", "document": "document", "measure": "measure"},
        {"role": "role"},
    ),
    Listing("roles", "role", {"cluster": "cluster", "district": "district", "document": "documents"}),
    Listing(
        "documents",
        "document",
        {**_CLUSTERS, "agency": "issuedBy"},
        {"kind": "type", "year": "date"},
        {"kind": _DOCUMENT_TYPES},
    ),
)
