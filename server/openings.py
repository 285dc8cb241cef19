"""What a graph is about, for the front page and the lists: whose policy it is, what its documents name, what to ask."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from server.catalogue import Catalogue, kept
from server.naming import Json

# In Chinese and in English.
Pair = tuple[str, str]

EXAMPLES: tuple[Pair, ...] = (
    ("智能传感器产业由谁牵头？", "Who leads smart sensors?"),
    ("哪个部门牵头新能源产业集群？", "Which agency leads the new energy cluster?"),
    ("数控系统研发工程由哪个部门负责？", "Which districts have marine industry?"),
    ("南山区有哪些产业集群？", "Which clusters are in Nanshan?"),
    ("2025年网络与通信产业增加值目标是多少？", "What is the target for network and communications in 2025?"),
    ("新能源有哪些创新平台？", "Which platforms does new energy have?"),
)
_CITY = "深圳"
# Things that the vocabulary has, whether or not a document names them.
VOCABULARY = ("cluster", "category", "district", "agency")
_PLANS, _TASKS, _PLACES, _HEADING = 2, 2, 1, 16


@kept
def at_home(catalogue: Catalogue) -> bool:
    """Whether the graph has a document of Shenzhen, whose industries the vocabulary's clusters are."""
    documents = catalogue.items("document") if catalogue.can_list("document") else []
    return any(_CITY in str(d.get("title") or d["label"]) for d in documents)


@kept
def named(catalogue: Catalogue) -> frozenset[str]:
    """The IRIs of those things of the vocabulary that a document names or a fact points to."""
    rows = catalogue.rows.of("named")
    return frozenset(item.value for row in rows if isinstance(item := row["item"], ox.NamedNode))


def listed(catalogue: Catalogue, kind: str) -> list[Json]:
    """The things of a kind that documents name; of Shenzhen's "20+8", which is one list, all."""
    items = catalogue.items(kind)
    if kind not in VOCABULARY or (kind in ("cluster", "category") and at_home(catalogue)):
        return items
    return [item for item in items if item["iri"] in named(catalogue)]


@kept
def examples(catalogue: Catalogue) -> tuple[Pair, ...]:
    """Questions that this graph answers."""
    return EXAMPLES if at_home(catalogue) else tuple(_made(catalogue))


def _made(catalogue: Catalogue) -> Iterator[Pair]:
    """Questions about what a graph of another place has."""
    clusters = listed(catalogue, "cluster")
    for cluster in [c for c in clusters if c.get("leadAgencies")][:_PLANS]:
        yield f"{cluster['label']}由谁牵头？", f"Who leads {_english(cluster)}?"
    for heading in list(dict.fromkeys(_headings(catalogue)))[:_TASKS]:
        yield f"{heading}由哪个部门负责？", f"{heading}由哪个部门负责？"
    for district in [d for d in listed(catalogue, "district") if d.get("clusters")][:_PLACES]:
        yield f"{district['label']}有哪些产业集群？", f"Which clusters are in {_english(district)}?"
    for cluster in [c for c in clusters if catalogue.mentions(c["iri"]).get(("platform", "clusters"))][:_PLACES]:
        yield f"{cluster['label']}有哪些创新平台？", f"Which platforms does {_english(cluster)} have?"


def _headings(catalogue: Catalogue) -> Iterator[str]:
    """The short headings of passages that say who is responsible."""
    held = catalogue.parts("assignment", "measure")
    for measure in catalogue.items("measure"):
        heading = str(measure.get("heading") or "")
        if measure["iri"] in held and 4 <= len(heading) <= _HEADING:
            yield heading


def _english(item: Json) -> str:
    return str(item.get("labelEn") or item["label"])
