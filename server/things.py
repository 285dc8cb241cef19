"""What the page of a thing says: what matters in one sentence, what is known of it, and what points to it."""

from __future__ import annotations

from dataclasses import dataclass

from server.catalogue import Catalogue
from server.naming import Json, name_of
from server.tables import Cell, Table, cells, table
from server.words import KINDS, PROPERTIES, term

SHOWN = 20
# Keys of an item that are no rows of its factsheet.
_APART = {
    "iri",
    "kind",
    "slug",
    "label",
    "evidence",
    "order",
    "text",
    "heading",
    "number",
    "title",
    "start",
    "end",
    "issued",
}
# Columns that a page of a kind says for all its rows.
_SAID_BY = {"measure": ("document",), "document": ("documents",)}
STATED = ("target", "observation", "role", "platform", "enterprise", "subsector")
# Which kinds of facts a page shows, and by which keys they point to the thing.
_RELATIONS = (
    ("issuance", "agency"),
    ("issuance", "document"),
    ("role", "cluster"),
    ("role", "district"),
    ("role", "documents"),
    ("target", "clusters"),
    ("target", "about"),
    ("target", "documents"),
    ("observation", "clusters"),
    ("observation", "about"),
    ("observation", "documents"),
    ("platform", "clusters"),
    ("platform", "districts"),
    ("platform", "leadAgencies"),
    ("enterprise", "clusters"),
    ("enterprise", "districts"),
    ("subsector", "clusters"),
    ("cluster", "category"),
    ("cluster", "districts"),
    ("document", "clusters"),
    ("assignment", "measure"),
    ("assignment", "agency"),
    ("measure", "partOf"),
    ("measure", "document"),
    *((kind, "stated") for kind in STATED),
    *((kind, "evidence") for kind in (*STATED, "assignment", "issuance", "measure")),
)


Mentions = dict[tuple[str, str], list[Json]]


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of a thing's page in the order that they are read."""

    item: Json
    name: str
    kind: tuple[str, str]
    sentence: str
    facts: tuple[tuple[tuple[str, str], tuple[Cell, ...]], ...]
    tables: tuple[Table, ...]


def page_of(catalogue: Catalogue, item: Json, *, full: bool = False) -> Page:
    """The page of a thing; tables hold 20 rows unless ``full``."""
    most = 0 if full else SHOWN
    mentions = catalogue.mentions(item["iri"])
    tables: dict[str, Table] = {}
    for kind, key in _RELATIONS:
        found = mentions.get((kind, key), [])
        if found and kind not in tables:
            tables[kind] = table(kind, found, key, (key, *_SAID_BY.get(item["kind"], ())), most)
    counts = {kind: t.total for kind, t in tables.items()}
    sentence = _task(item, mentions) if item["kind"] == "measure" else _sentence(item, counts)
    return Page(item, name_of(item), KINDS[item["kind"]], sentence, tuple(_facts(item)), tuple(tables.values()))


def _facts(item: Json) -> list[tuple[tuple[str, str], tuple[Cell, ...]]]:
    quantity = {"amount"} if "valueText" in item else set()
    keys = [k for k in PROPERTIES if k in quantity or (k in item and k not in _APART)]
    return [(PROPERTIES[k], found) for k in keys if (found := cells(item, k))]


def _sentence(item: Json, counts: dict[str, int]) -> str:
    """What matters of a thing, in one sentence."""
    kind, name = item["kind"], name_of(item)
    if kind == "cluster":
        leads = "、".join(a["label"] for a in item.get("leadAgencies") or [])
        group = (item.get("category") or {}).get("label")
        part = f"，属{group}" if group else ""
        lead = f"；行动计划的第一发文单位是{leads}" if leads else ""
        return f"{name}是深圳“20+8”中的{term(item.get('type') or '产业集群')}{part}{lead}{_counted(counts)}。"
    if kind == "agency":
        led = "、".join(c["label"] for c in item.get("leadsClusters") or [])
        lead = f"是{led}的行动计划第一发文单位" if led else "在所收文件中出现"
        return f"{name}{lead}{_counted(counts)}。"
    if kind in {"target", "observation", "assignment", "role", "issuance"}:
        return item["evidence"][0]["quote"] if item["evidence"] else name
    of = "、".join(c["label"] for c in item.get("clusters") or [])
    if kind == "district" and of:
        return f"{name}在{len(item['clusters'])}个产业集群中有布局：{of}{_counted(counts)}。"
    about = f"，与{of}有关" if of else ""
    what = term(item["type"]) if item.get("type") else KINDS[kind][0]
    return f"{name}：{what}{about}{_counted(counts)}。"


def _task(item: Json, mentions: Mentions) -> str:
    """What matters of a passage: what it is, where it stands, who has to do it."""
    document = (item.get("document") or {}).get("label", "")
    agencies = [(a.get("agency") or {}).get("label", "") for a in mentions.get(("assignment", "measure"), [])]
    duty = "；责任单位：" + "、".join(agencies) if agencies else ""
    return f"《{document}》的{term(item.get('measureKind') or 'Other')}{duty}。"


def _counted(counts: dict[str, int]) -> str:
    named = [f"{KINDS[kind][0]} {count} 条" for kind, count in counts.items()]
    return "；收录" + "、".join(named) if named else ""
