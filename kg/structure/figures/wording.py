"""How clauses put what they say: the words before a subject, between it and a figure, and after a measure."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kg.grammar.periods import find_times
from kg.grammar.words import any_of, load_words

# Words like 今年 are left out whatever they mean.
_ANY_DAY = "2000"
_MARKS = re.compile(r"^[”’）)（(\s的、]+|[（(\s的第]+$")
# The number of an item.
_NUMBERED = re.compile(r"^(?:[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|\d{1,2}[.．、](?!\d))")
# In how many years something came about, and what it takes in beside others.
_SPELL = re.compile(
    r"^(?:19|20)\d\d(?=[\u4e00-\u9fff])|曾?在?(?:未来|过去|近)?(?:\d+|[一二三四五六七八九十]+)年(?:间|内|来|里)|包括[^，]{1,20}在内的?"
)
# What follows a figure and is not what it counts: the next item, the end of a quote, a word for the figure itself.
_NO_NOUN = re.compile(r"[、”’）)]|的?(?:目标|规模|水平|基础)")
# Another number; not 5G and its like.
_ANOTHER = re.compile(r"\d+(?:\.\d+)?(?![A-Za-z\d.])")
# A noun longer than this is a sentence, not a name.
LONGEST_NOUN = 40
# What something is compared with (较“十三五”末增加).
_LONGEST_TERM = 12
# What is left of a name without its last character (华为) is none.
_SHORTEST = 2


@cache
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
    lands = any_of((*lists["elsewhere"], *lists["city"]))
    return {
        "leading": re.compile(rf"(?:{lone}{any_of(lists['leading'])})+"),
        "last_verb": re.compile(rf"{verbs}$"),
        "verb": re.compile(rf"^(?:{verbs})+"),
        "having": re.compile(rf"{any_of(lists['having'])}[^的]+的[^的]+$"),
        "told": re.compile(rf"{any_of(lists['telling'])}$"),
        "done": re.compile(rf"(?:{any_of(lists['done'])})+$"),
        "added": re.compile(any_of(lists["added"])),
        "acts": re.compile(any_of(lists["acts"])),
        "growth": re.compile(rf"(?P<base>.*?){how}(?P<word>{rise}|(?P<fall>{fall}))了?$"),
        "grows": re.compile(rf"的?[^，、]{{0,4}}?{rise}"),
        "around": re.compile(rf"^{any_of(lists['around'])}[^，]{{2,20}}?(?={verbs})"),
        "next_verb": re.compile(rf"、(?={verbs})|等{any_of(lists['and_so_on'])}"),
        "change": re.compile(rf"(?:{any_of(lists['how'])}|{rise}|{fall}|升)+$"),
        "changed": re.compile(
            rf"(?P<base>.+?)(?P<change>[较比](?![重例率])[^，、]{{1,{_LONGEST_TERM}}}?(?:{rise}|{fall}))了?$"
        ),
        "share": re.compile(r"(?P<base>.*?)(?P<share>占据?.*?)(?:的?(?P<of>市场份额|比重|比例|份额))?(?:分别)?$"),
        "of_land": re.compile(rf"(?:超过|达到?|[为是占])?(?P<whole>{lands}.*?)的?$"),
        "likened": re.compile(
            rf"(?P<base>.*?)[也却还就都则]?(?:(?P<less>{any_of(lists['less'])})|(?P<more>{any_of(lists['more'])})"
            rf"|{any_of(lists['likening'])})(?P<other>(?!规模以上)[^的]{{1,{LONGEST_NOUN}}})$"
        ),
        "costing": re.compile(rf"[^，,。；;“”]{{4,36}}{any_of(lists['costing'])}"),
        "whole": re.compile(any_of(lists["wholes"])),
        "owner": re.compile(rf"(?P<subject>.*?{any_of(lists['owners'])})(?P<metric>.*)"),
        "metric": re.compile(rf"(?P<subject>.*?)的?(?P<metric>{any_of(lists['metrics'])})$"),
        "subject": re.compile(rf"{any_of(lists['subjects'])}$"),
        "apart": re.compile(rf"{any_of(lists['apart'])}$"),
        "pointing": re.compile(any_of(lists["pointing"])),
    }


def named_apart(phrase: str) -> bool:
    """Whether a subject is one: it ends in a noun that owns things."""
    return bool(patterns()["subject"].search(phrase))


def without_times(text: str) -> str:
    """A phrase without the times in it; words like 目前 stay."""
    for time in reversed(find_times(text, _ANY_DAY)):
        if not time.now:
            text = text[: time.start] + text[time.end :]
    return _SPELL.sub("", text)


def trim(text: str) -> str:
    """A phrase without the words and marks before it that say nothing of whom it speaks."""
    text = _MARKS.sub("", text)
    match = patterns()["leading"].match(text)
    text = _MARKS.sub("", text[match.end() :] if match else text)
    return patterns()["around"].sub("", text).rpartition("之一的")[2]


def head_of(text: str) -> str:
    """What stands before a figure in its clause, without what tells nothing; of a quote that is open, its words."""
    text = trim(without_times(_NUMBERED.sub("", text)))
    opened = text.rfind("“")
    return text[opened + 1 :] if opened > 0 and "”" not in text[opened:] and len(text) - opened > 2 else text


def counted_noun(text: str) -> str:
    """What stands after a figure and is counted; empty where the clause goes on with something else."""
    if _NO_NOUN.match(text):
        return ""
    noun = patterns()["next_verb"].split(_MARKS.sub("", text), maxsplit=1)[0]
    return "" if _ANOTHER.match(noun) else (patterns()["done"].sub("", noun) or noun)[:LONGEST_NOUN]


def unverbed(base: str) -> str:
    """A phrase without the verbs at its end; what is a measure itself stays (全社会研发投入)."""
    while patterns()["metric"].fullmatch(base) is None:
        verb = patterns()["last_verb"].search(base)
        if verb is None or 0 < verb.start() < _SHORTEST:
            return base
        base = base[: verb.start()]
    return base


def noun_of(base: str) -> str:
    """The noun that a verb leaves behind, with a verb that tells what is counted: 力争|新设|企业, 累计|申请专利.

    A verb that tells which (拥有专利的企业) is part of the noun.
    """
    verb = None if patterns()["having"].match(base) else patterns()["verb"].match(base)
    told = patterns()["told"].search(base[: verb.end()]) if verb else None
    start = told.start() if told else verb.end() if verb else 0
    return base[start:].removesuffix("分别")[:LONGEST_NOUN]
