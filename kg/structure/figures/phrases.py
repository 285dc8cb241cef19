"""What a clause words itself: the subject before its figure, and what the figure measures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.facts import Comparator
from kg.grammar.quantities import Found
from kg.structure.figures.clauses import FUND, INVESTED, Clause
from kg.structure.figures.wording import (
    LONGEST_NOUN,
    counted_noun,
    head_of,
    noun_of,
    patterns,
    trim,
    unverbed,
    words,
)

_COUNTED = ("count", "people", "freight")
_RATIO = ("share", "times")
# What a figure without any words measures, by the kind of its unit.
_BARE = {"count": "数量", "people": "人数", "money": "金额", "share": "比重", "area": "面积"}
# Measures that need the noun of the figure before.
_TOTALS = ("总数", "总量", "增量", "规模", "占比", "比重")
BARE = frozenset((*_BARE.values(), "数值"))
"""What a figure without any words measures, whatever its unit."""
# A clause that only compares what the one before it measured.
_COMPARED = re.compile(r"比(?![重例率])|较|高于|低于|超过")
# Where a change ends (增长到了, 增加至 2020 年的).
_REACHED = re.compile(r"[升增降高长加减少跃大][到至]了?$")
# … with the year before, which is how it grew.
_YEARLY = re.compile(r"[比较](?:上年|去年|上一年|前一年)(?:同期|末|底)?")
# After a measure, what was said of it.
_OF_IT = re.compile("占|增速|降幅|较|比(?![重例])")
# In how many years something grew so much on average.
_YEARS = re.compile(r"近?(?:[两二三四五六七八九十]|\d{1,2})年")
# What a measure is likened to is no part of it for the next.
_LIKENED = re.compile("与[^与]*之比$")
# Longer than this, what is done by those that are counted is told no more.
_LONGEST_ACT = 8
ADDED = "新增"


# Not frozen: thousands of them are made, and that takes a frozen one three times as long.
@dataclass(slots=True)
class Phrase:
    """Subject and metric as a clause words them; an empty subject is the context's.

    ``leans`` is true where the clause takes its subject from the figure before; ``falls`` where the figure is a
    negative growth.
    """

    subject: str
    metric: str
    leans: bool = False
    falls: bool = False


def read_phrase(text: str, clause: Clause, before: str) -> Phrase:
    """How a clause words what it states; ``before`` is the metric of the figure before it, if there is one."""
    found = clause.found
    before = _LIKENED.sub("", before)
    raw = text[clause.start : found.start]
    head, tail = head_of(raw), counted_noun(text[found.end : clause.end])
    land = patterns()["of_land"].fullmatch(head) if before and found.kind == "share" and raw.endswith("的") else None
    if land is not None:
        counted = _of_counted(before)
        return Phrase("", f"{counted}占{land['whole']}比重", leans=True)
    yearly = _YEARLY.match(head) if before and found.kind in _RATIO and "点" not in found.quantity.unit else None
    grown = patterns()["growth"].fullmatch(head, yearly.end()) if yearly else None
    if grown is not None:
        return _growth(grown, before)
    likened = _likening(raw, head, found)
    if likened is not None:
        return _likened(likened, before, found.kind)
    if before and _COMPARED.match(head):
        return Phrase("", before.removesuffix("数量") + head, leans=True)
    changed = patterns()["changed"].fullmatch(head) if found.kind not in _RATIO else None
    if changed is not None:
        said = _measured(unverbed(changed["base"]), found.kind, before)
        return replace(said, metric=said.metric.removesuffix("数量") + changed["change"])
    reached = (found.start < found.number and text[found.number - 1] in "至到") or _REACHED.search(head) is not None
    base = _bare(head, reached)
    if found.kind in _RATIO and found.quantity.unit != "成" and not reached:
        growth = patterns()["growth"].fullmatch(head)
        if growth is not None:
            return _growth(growth, before)
        if patterns()["grows"].match(text[found.end : clause.end]):
            return _grown(_measured(base, "share", before), "增速")
    if found.kind == "share" and "占" in head and not _is_share(base):
        return _share(base if reached else head, before, text[found.end : clause.end])
    if found.kind in (*_COUNTED, "area"):
        return _added(_counted(found.kind, head, base, tail, before), head)
    sized = _sized(raw, head, base, tail) if found.kind == "money" else None
    if sized is not None:
        return sized
    if found.kind == "share" and base and patterns()["metric"].fullmatch(tail):
        return Phrase(noun_of(base), tail)
    if found.kind == "share" and tail and not base:
        return Phrase("", tail + "占比")
    return _added(_measured(base, found.kind, before), head)


def read_measure(said: str, kind: str) -> Phrase:
    """The subject and the measure that words without a figure name."""
    return _measured(said, kind, "")


def shared_heads(head: str, count: int) -> list[str] | None:
    """The measures of a list that shares its figures: 制造业贷款、绿色信贷余额分别增长 names two; None where fewer."""
    head = patterns()["change"].sub("", head_of(head).removesuffix("增长")).removesuffix("为")
    items = head.removesuffix("分别").split("、")
    if len(items) < count:
        return None
    items = items[-count:]
    name, of, rest = items[-1].partition("的")
    if not of:
        match = patterns()["metric"].fullmatch(name)
        rest = match["metric"] if match is not None and match["subject"] else ""
        name = name.removesuffix(rest)
    return [(item if item.endswith(rest) else item + rest) for item in [*items[:-1], name]]


def comparator_of(text: str, clause: Clause) -> Comparator:
    """How what is measured compares with a figure, which what it is likened to may part from the word that says so."""
    raw, found = text[clause.start : clause.found.start], clause.found
    match = _likening(raw, head_of(raw), found) if found.comparator == "=" else None
    return found.comparator if match is None else "<" if match["less"] else ">" if match["more"] else "="


def _likening(raw: str, head: str, found: Found) -> re.Match[str] | None:
    """How a clause likens what it measures to something else; None where it does not."""
    if found.kind not in _RATIO or not raw.endswith("的") or "占" in head:
        return None
    return patterns()["likened"].fullmatch(head)


def _likened(match: re.Match[str], before: str, kind: str) -> Phrase:
    """A measure by that of something else: 密度是全国平均水平|的1.6倍, or its part of a whole: 产量为全国|的1/4."""
    other = match["other"]
    part = kind == "share" and patterns()["whole"].fullmatch(other)
    to = f"占{other}比重" if part else f"与{other}之比"
    base = unverbed(match["base"])
    if not base:
        return Phrase("", (_of_counted if part else _plain)(before) + to, bool(before))
    said = _measured(base, "share", before)
    return Phrase(said.subject, said.metric + to, said.leans)


def _sized(raw: str, head: str, base: str, tail: str) -> Phrase | None:
    """What one thing is founded with or costs: 设立总规模20亿元的|人才基金, 总投资30亿元的|某某电池项目开工."""
    if FUND.fullmatch(tail) and (head.endswith("规模") or not base):
        return Phrase("", tail + "规模")
    invested, project = INVESTED.search(raw), patterns()["costing"].match(tail)
    return Phrase("", project[0] + invested["measure"]) if invested and project else None


def _is_share(base: str) -> bool:
    """Whether a phrase ends in a measure that is a share itself (市场占有率, 占比)."""
    match = patterns()["metric"].fullmatch(base)
    return match is not None and "占" in match["metric"]


def _bare(head: str, reached: bool) -> str:
    """A phrase without its verb: 市级以上创新载体增|至41个."""
    base = unverbed(head)
    return unverbed(patterns()["change"].sub("", base)) if reached else base


def _counted(kind: str, head: str, base: str, tail: str, before: str) -> Phrase:
    """What is counted: what follows the figure, else what stands before it, with what those that are counted do."""
    if not tail or (kind == "area" and not tail[:1].isalnum()):
        return _measured(base, kind, before)
    noun = noun_of(base)
    measure = "面积" if kind == "area" else "数量"
    told = patterns()["told"].search(head)
    if told is not None and not noun:
        return Phrase("", told[0] + tail + measure)
    if noun and base == head and not noun.endswith("等") and patterns()["acts"].match(tail):
        return Phrase("", noun + (tail if len(tail) <= _LONGEST_ACT else "") + measure)
    return Phrase(noun, tail + measure)


def _added(said: Phrase, head: str) -> Phrase:
    """What was added is no count of all that there are: 新增企业5家 is of 新增企业."""
    added = patterns()["added"].search(head) is not None and not said.leans
    return replace(said, metric=ADDED + said.metric) if added and ADDED not in said.metric else said


def _growth(match: re.Match[str], before: str) -> Phrase:
    falls = bool(match["fall"]) and match["word"] in words()["negative"]
    suffix = "降幅" if match["fall"] and not falls else "增速"
    base = unverbed(match["base"])
    spell = _YEARS.fullmatch(base) if before else None
    if spell is not None:
        return Phrase("", f"{_OF_IT.split(before, maxsplit=1)[0]}{base}平均{suffix}", leans=True, falls=falls)
    if base:
        return _grown(_measured(base, "share", before), suffix, falls)
    return Phrase("", before.removesuffix("增速") + suffix, bool(before), falls)


def _grown(said: Phrase, suffix: str, falls: bool = False) -> Phrase:
    return Phrase(said.subject, said.metric + suffix, said.leans, falls)


def _share(head: str, before: str, tail: str) -> Phrase:
    if not head.endswith(("占", "占据")):
        head = unverbed(head)
    match = patterns()["share"].fullmatch(head)
    if match is None:
        return _measured(head, "share", before)
    of_market = match["of"] == "市场份额" or tail.startswith("市场份额")
    of = unverbed(match["share"]).removesuffix("的").replace("占据", "占", 1)
    share = of + ("市场份额" if of_market else "比重") if of else "占比"
    base = trim(match["base"].removesuffix("约"))
    if not base:
        return Phrase("", _of_counted(before) + share, bool(before))
    subject, metric = _split(base)
    return Phrase(subject, metric + share)


def _of_counted(before: str) -> str:
    """What a share is of the measure before it: 国高企业数量, 产量|增速, whatever it is a share of; not of a rate."""
    plain = _OF_IT.split(_plain(before.removesuffix("数量")), maxsplit=1)[0]
    return "" if plain.endswith(words()["rates"]) else plain


def _split(base: str) -> tuple[str, str]:
    """A noun phrase as subject and measure: 钟表产业|产量; all of it is the subject where no measure is known."""
    for name in ("metric", "owner"):
        match = patterns()[name].fullmatch(base)
        if match is not None:
            return noun_of(match["subject"]), match["metric"]
    return base, ""


def _measured(base: str, kind: str, before: str) -> Phrase:
    """Split 网络与通信产业增加值 into subject and metric; a bare noun that is counted is its own metric."""
    base = base[-LONGEST_NOUN:]
    match = patterns()["metric"].fullmatch(base)
    if match is not None:
        subject = unverbed(noun_of(match["subject"]))
        if not subject and match["metric"] in (*_TOTALS, "增速") and before:
            return Phrase("", _plain(before).removesuffix("数量") + match["metric"], leans=True)
        return Phrase(subject, match["metric"])
    noun = noun_of(base)
    if not noun:
        return _lean(before, kind)
    if kind in _COUNTED or kind == "":
        return Phrase("", noun + ("" if noun.endswith(("量", "数")) else "数量"))
    return Phrase("", noun)


def _plain(metric: str) -> str:
    """A measure as it is of all, without its growth and what was added to it."""
    return metric.removesuffix("增速").removesuffix("降幅").removeprefix(ADDED)


def _lean(before: str, kind: str) -> Phrase:
    """What a bare figure measures: what the one before it did, or its growth."""
    metric = before if kind in _RATIO else before.removesuffix("增速").removesuffix("降幅")
    if kind in _COUNTED and metric and not metric.endswith(("量", "数", "规模")):
        metric += "数量"
    return Phrase("", metric or _BARE.get(kind, "数值"), bool(before))
