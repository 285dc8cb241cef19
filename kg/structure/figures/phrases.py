"""What a clause words itself: the subject before its figure, and what the figure measures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.grammar.periods import find_times
from kg.grammar.words import any_of, load_words
from kg.structure.figures.clauses import Clause

# Words like 今年 are left out whatever they mean.
_ANY_DAY = "2000"
_COUNTED = ("count", "people", "freight")
_RATIO = ("share", "times")
# What a figure without any words measures, by the kind of its unit.
_BARE = {"count": "数量", "people": "人数", "money": "金额", "share": "比重", "area": "面积"}
# Measures that need the noun of the figure before.
_TOTALS = ("总数", "总量", "规模", "占比", "比重")
_MARKS = re.compile(r"^[”’）)（(\s的、]+|[（(\s的第]+$")
# A clause that only compares what the one before it measured.
_COMPARED = re.compile(r"比(?![重例率])|较|高于|低于|超过")
# A noun longer than this is a sentence, not a name.
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Phrase:
    """Subject and metric as a clause words them; an empty subject is the context's.

    ``leans`` is true where the clause takes its subject from the figure before; ``falls`` where the figure is a
    negative growth.
    """

    subject: str
    metric: str
    leans: bool = False
    falls: bool = False


def words() -> dict[str, tuple[str, ...]]:
    """The word lists about clauses."""
    return load_words(Path(__file__).parent, "clauses")


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns about clauses, by name."""
    lists = words()
    lone = rf"(?!{any_of(lists['no_verbs'])})"
    verbs = rf"{lone}{any_of(lists['verbs'])}"
    rise, fall = any_of(lists["growth"]), any_of(lists["fall"])
    how = rf"(?:{any_of(lists['how'])}|[比较].{{1,8}}|连续\d+年)*"
    return {
        "leading": re.compile(rf"(?:{lone}{any_of(lists['leading'])})+"),
        "trailing": re.compile(rf"(?:{verbs})+$"),
        "verb": re.compile(rf"^(?:{verbs})+"),
        "growth": re.compile(rf"(?P<base>.*?){how}(?P<word>{rise}|(?P<fall>{fall}))了?$"),
        "grows": re.compile(rf"的?[^，、]{{0,4}}?{rise}"),
        "change": re.compile(rf"(?:{any_of(lists['how'])}|{rise}|{fall}|升)+$"),
        "share": re.compile(r"(?P<base>.*?)(?P<share>占据?.*?)(?:的?(?:比重|比例|份额))?(?:分别)?$"),
        "owner": re.compile(rf"(?P<subject>.*?{any_of(lists['owners'])})(?P<metric>.*)"),
        "metric": re.compile(rf"(?P<subject>.*?)的?(?P<metric>{any_of(lists['metrics'])})$"),
        "subject": re.compile(rf"{any_of(lists['subjects'])}$"),
        "apart": re.compile(rf"{any_of(lists['apart'])}$"),
    }


def read_phrase(text: str, clause: Clause, before: str) -> Phrase:
    """How a clause words what it states; ``before`` is the metric of the figure before it, if there is one."""
    found = clause.found
    head = _trim(_without_times(text[clause.start : found.start]))
    tail = _MARKS.sub("", text[found.end : clause.end])
    if before and _COMPARED.match(head):
        return Phrase("", before.removesuffix("数量") + head, leans=True)
    reached = found.start < found.number and text[found.number - 1] in "至到"
    base = _bare(head, reached)
    if found.kind in _RATIO and found.quantity.unit != "成" and not reached:
        growth = patterns()["growth"].fullmatch(head)
        if growth is not None:
            return _growth(growth, before)
        if patterns()["grows"].match(tail):
            return _grown(_measured(base, "share", before), "增速")
    if found.kind == "share" and "占" in head and not _is_share(base):
        return _share(head if not reached else base, before)
    if found.kind in _COUNTED and tail and not tail[:1].isdigit():
        return Phrase(_noun(base), tail[:_LONGEST] + "数量")
    if found.kind == "area" and tail[:1].isalnum():
        return Phrase(_noun(base), tail[:_LONGEST] + "面积")
    if found.kind == "share" and tail and not base:
        return Phrase("", tail[:_LONGEST] + "占比")
    return _measured(base, found.kind, before)


def _is_share(base: str) -> bool:
    """Whether a phrase ends in a measure that is a share itself (市场占有率, 占比)."""
    match = patterns()["metric"].fullmatch(base)
    return match is not None and "占" in match["metric"]


def shared_heads(head: str, count: int) -> list[str] | None:
    """The measures of a list that shares its figures: 制造业贷款、绿色信贷余额分别增长 names two; None where fewer."""
    head = patterns()["change"].sub("", _trim(_without_times(head)).removesuffix("增长")).removesuffix("为")
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


def named_apart(phrase: str) -> bool:
    """Whether a subject is one: it ends in a noun that owns things."""
    return bool(patterns()["subject"].search(phrase))


def _without_times(text: str) -> str:
    for time in reversed(find_times(text, _ANY_DAY)):
        if not time.now:
            text = text[: time.start] + text[time.end :]
    return text


def _trim(text: str) -> str:
    """A phrase without the words and marks before it that say nothing of whom it speaks."""
    text = _MARKS.sub("", text)
    match = patterns()["leading"].match(text)
    return _MARKS.sub("", text[match.end() :] if match else text)


def _bare(head: str, reached: bool) -> str:
    """A phrase without its verb: 市级以上创新载体增|至41个."""
    if patterns()["metric"].fullmatch(head):
        return head
    base = patterns()["trailing"].sub("", head)
    return patterns()["trailing"].sub("", patterns()["change"].sub("", base)) if reached else base


def _noun(base: str) -> str:
    """The noun that a verb leaves behind: 推动龙头企业分别建设 has 龙头企业."""
    verb = patterns()["verb"].match(base)
    return (base[verb.end() :] if verb else base).removesuffix("分别")[:_LONGEST]


def _growth(match: re.Match[str], before: str) -> Phrase:
    falls = bool(match["fall"]) and match["word"] in words()["negative"]
    suffix = "降幅" if match["fall"] and not falls else "增速"
    base = patterns()["trailing"].sub("", match["base"])
    if base:
        return _grown(_measured(base, "share", before), suffix, falls)
    return Phrase("", before.removesuffix("增速") + suffix, bool(before), falls)


def _grown(said: Phrase, suffix: str, falls: bool = False) -> Phrase:
    return Phrase(said.subject, said.metric + suffix, said.leans, falls)


def _share(head: str, before: str) -> Phrase:
    match = patterns()["share"].fullmatch(head)
    if match is None:
        return _measured(head, "share", before)
    share = patterns()["trailing"].sub("", match["share"]).removesuffix("的") + "比重"
    base = _trim(match["base"].removesuffix("约"))
    if not base:
        return Phrase("", share, bool(before))
    subject, metric = _split(base)
    return Phrase(subject, metric + share)


def _split(base: str) -> tuple[str, str]:
    """A noun phrase as subject and measure: 钟表产业|产量; all of it is the subject where no measure is known."""
    for name in ("metric", "owner"):
        match = patterns()[name].fullmatch(base)
        if match is not None:
            return _noun(match["subject"]), match["metric"]
    return base, ""


def _measured(base: str, kind: str, before: str) -> Phrase:
    """Split 网络与通信产业增加值 into subject and metric; a bare noun that is counted is its own metric."""
    base = base[-_LONGEST:]
    match = patterns()["metric"].fullmatch(base)
    if match is not None:
        subject = patterns()["trailing"].sub("", _noun(match["subject"]))
        if not subject and match["metric"] in _TOTALS and before:
            return Phrase("", before.removesuffix("数量") + match["metric"], leans=True)
        return Phrase(subject, match["metric"])
    noun = _noun(base)
    if not noun:
        return _lean(before, kind)
    if kind in _COUNTED or kind == "":
        return Phrase("", noun + ("" if noun.endswith(("量", "数")) else "数量"))
    return Phrase("", noun)


def _lean(before: str, kind: str) -> Phrase:
    """What a bare figure measures: what the one before it did, or its growth."""
    metric = before if kind in _RATIO else before.removesuffix("增速").removesuffix("降幅")
    return Phrase("", metric or _BARE.get(kind, "数值"), bool(before))
