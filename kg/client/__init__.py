"""Ask the graph from Python: a service by its address, or a store folder on this machine.

from kg.client import Graph
Graph("http://127.0.0.1:8000").leads("智能传感器")
Graph("path/to/store").targets(cluster="网络与通信").frame()
"""

from kg.client.answers import Answer, Asked, Description, Facts, Figure, Leads, Said, Solutions
from kg.client.findings import Central, Conflict, Statement
from kg.client.graph import Graph
from kg.client.rows import Rows
from kg.client.things import (
    Agency,
    Assignment,
    Category,
    Cluster,
    District,
    DistrictRole,
    Document,
    Enterprise,
    Evidence,
    Found,
    Lead,
    Measure,
    Observation,
    Platform,
    Reference,
    Subsector,
    Target,
)

__all__ = [
    "Agency",
    "Answer",
    "Asked",
    "Assignment",
    "Category",
    "Central",
    "Cluster",
    "Conflict",
    "Description",
    "District",
    "DistrictRole",
    "Document",
    "Enterprise",
    "Evidence",
    "Facts",
    "Figure",
    "Found",
    "Graph",
    "Lead",
    "Leads",
    "Measure",
    "Observation",
    "Platform",
    "Reference",
    "Rows",
    "Said",
    "Solutions",
    "Statement",
    "Subsector",
    "Target",
]
