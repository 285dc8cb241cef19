"""What matters of a thing, in one sentence: the first thing that its page says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.lookup.growth import headline, pairs
from server.catalogue import Catalogue
from server.naming import Json
from server.openings import at_home
from server.tongue import called, english, quantity, say, word
from server.words import KINDS

_FACTS = {"target", "observation", "assignment", "role", "issuance"}


def sentence_of(catalogue: Catalogue, item: Json, counts: Mapping[str, int]) -> str:
    """The sentence of a thing; ``counts`` are the facts about it by kind."""
    kind = item["kind"]
    if kind == "cluster":
        return _cluster(catalogue, item)
    if kind == "agency":
        return _agency(item) + _counted(counts)
    if kind == "measure":
        return _task(catalogue, item)
    if kind in _FACTS:
        return str(item["evidence"][0]["quote"]) if item["evidence"] else called(item)
    if kind == "district" and item.get("clusters"):
        many = len(item["clusters"])
        zh = f"{called(item)}在 {many} 个产业集群中有布局：{_names(item['clusters'])}"
        return say(zh, f"{called(item)} has a part in {many} clusters: {_names(item['clusters'])}") + _counted(counts)
    what = word(item["type"]) if item.get("type") else say(*KINDS[kind])
    of = _names(item.get("clusters") or [])
    about = say(f"，与{of}有关", f", of {of}") if of else ""
    return f"{called(item)}{say('：', ': ')}{what}{about}{_counted(counts)}"


def _names(things: Sequence[Json]) -> str:
    return say("、", ", ").join(called(thing) for thing in things)


def _cluster(catalogue: Catalogue, item: Json) -> str:
    name, kind = called(item), word(item.get("type") or "Cluster")
    group, leads = item.get("category"), item.get("leadAgencies") or []
    of = say(f"，属{called(group)}", f", of {called(group)}") if group else ""
    lead = say(f"；行动计划的第一发文单位是{_names(leads)}", f"; the first issuer of its plan is {_names(leads)}")
    return say(
        f"{name}是{'深圳“20+8”中的' if at_home(catalogue) else ''}{kind}{of}{lead if leads else ''}。",
        f"{name} is a {kind}{' among Shenzhen’s “20+8”' if at_home(catalogue) else ''}{of}{lead if leads else ''}. ",
    ) + _goal(catalogue, item)


def _goal(catalogue: Catalogue, item: Json) -> str:
    """Where the cluster stands, where it shall be, and the growth that this needs."""
    mentions = catalogue.mentions(item["iri"])
    goal, figure = headline(mentions.get(("target", "clusters"), []), mentions.get(("observation", "clusters"), []))
    if goal is None:
        return ""
    year = goal.get("year")
    aimed = say(
        f"{year}年{goal['metric']}目标{quantity(goal)}" if year else f"{goal['metric']}目标{quantity(goal)}",
        f"{_raised(word(goal['metric']))}: {quantity(goal)} aimed at{f' by {year}' if year else ''}",
    )
    pair = next(iter(pairs([goal], [figure])), None) if figure else None
    if pair is None or figure is None:
        return say(f"{aimed}。", f"{aimed}.")
    rate = f"{(pair.yearly or 0) * 100:.1f}%"
    return say(
        f"{figure['period']}年{figure['metric']}{quantity(figure)}，{aimed}，需年均增长 {rate}。",
        f"{aimed}, from {quantity(figure)} in {figure['period']}: {rate} a year.",
    )


def _agency(item: Json) -> str:
    led = item.get("leadsClusters") or []
    if not led:
        return say(f"{called(item)}在所收文件中承担任务", f"{called(item)} has tasks in these documents")
    many = len(led)
    return say(
        f"{called(item)}是 {many} 个集群行动计划的第一发文单位（{_names(led)}）",
        f"{called(item)} is the first issuer of the plans of {many} clusters ({_names(led)})",
    )


def _task(catalogue: Catalogue, item: Json) -> str:
    """What a passage is, where it stands, who has to do it."""
    found = catalogue.mentions(item["iri"]).get(("assignment", "measure"), [])
    agencies = _names([a["agency"] for a in found if a.get("agency")])
    document = called(item["document"]) if item.get("document") else ""
    named = item.get("measureKind") not in {None, "Other"}
    kind = word(item["measureKind"]) if named else say("一段", "A passage")
    duty = say(f"；责任单位：{agencies}", f"; responsible: {agencies}") if agencies else ""
    return say(f"《{document}》的{kind}{duty}。", f"{_raised(kind)} of 《{document}》{duty}.")


def _raised(words: str) -> str:
    """English words as a sentence begins."""
    return words[:1].upper() + words[1:]


def _counted(counts: Mapping[str, int]) -> str:
    if english():
        named = ", ".join(f"{count} {KINDS[kind][1].lower()}" for kind, count in counts.items())
        return f"; on record: {named}." if named else "."
    named = "、".join(f"{KINDS[kind][0]} {count} 条" for kind, count in counts.items())
    return f"；收录{named}。" if named else "。"
