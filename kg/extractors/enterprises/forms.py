"""A company's full name and the short names that it goes by."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path

from kg.grammar.words import any_of, begins_with, load_words
from kg.text import Span

_FOLDER = Path(__file__).parent
_WORDS = load_words(_FOLDER)
_LONGEST_BODY, _SHORTEST = 26, 2
_LEGAL = any_of(_WORDS["legal"])
_FULL = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9（）()·]{{2,{_LONGEST_BODY}}}?{_LEGAL}")
_BEFORE = re.compile(f"(?:.*(?:{any_of(_WORDS['before'])}|与))|{any_of(_WORDS['opening'])}")
_REST = re.compile(rf"(?:[（(][^（）()]{{1,8}}[）)])?[\u4e00-\u9fff]{{0,4}}?{_LEGAL}")
# One company's full name ends before the next one's begins.
_ONE_BEFORE = re.compile(f".*{_LEGAL}(?=.+{_LEGAL}$)")
_PLACE = r"(?:[\u4e00-\u9fff]{2,3}省)?(?:[\u4e00-\u9fff]{2,3}市)?"
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
_ENDING = re.compile(f"(?:{any_of(_WORDS['common'])})+$")
_CALLED = re.compile(r"[（(](?:以下)?(?:简称|下称)[:：]?[“‘]?(?P<short>[^”’“‘（）()]{2,12})[”’]?[）)]")
_LETTERS = re.compile(r"(?P<short>[A-Z][A-Za-z0-9]{1,9})[（(]$")
_KIND = re.compile(any_of(_WORDS["kinds"]))
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·]{2,8}")


@cache
def known() -> dict[str, str]:
    """From the short name of a well-known company to its full one."""
    return {short: full for full, shorts in load_words(_FOLDER, "known").items() for short in shorts}


@cache
def known_in_full() -> dict[str, str]:
    """From the full name of a well-known company to the short one that is listed first."""
    return {full: short for short, full in reversed(known().items())}


@cache
def _in_order() -> tuple[str, ...]:
    return tuple(sorted(known()))


def well_known(name: str) -> str | None:
    """The full name of the one well-known company that goes by this name or by one that begins with it."""
    if name in known():
        return known()[name]
    first = bisect_left(_in_order(), name)
    found = {known()[short] for short in takewhile(lambda short: short.startswith(name), _in_order()[first:])}
    return found.pop() if len(found) == 1 else None


@cache
def known_pattern() -> re.Pattern[str]:
    """Any short or full name of a well-known company, the longest first."""
    names = {*known(), *known().values()}
    return re.compile(rf"{begins_with(names, depth=2)}{any_of(names)}(?!互联网|支付|游戏)")


def goes_on(text: str, end: int) -> bool:
    """Whether a short name that ends here is but the beginning of another full name (东风汽车|股份有限公司)."""
    return bool(_REST.match(text, end))


def says_which(text: str) -> bool:
    """Whether a text holds a word beside those for kinds of companies."""
    return len(_KIND.sub("", text)) >= _SHORTEST


def may_be_name(text: str) -> bool:
    """Whether a text can be a company's short name."""
    return bool(_NAME.fullmatch(text)) and says_which(text)


def full_names(text: str, places: re.Pattern[str]) -> Iterator[Span]:
    """Where full names stand in a text: from the last place before a legal form, or from what ends before a name."""
    for match in _FULL.finditer(text):
        body = _BRACKET.sub(lambda m: "〇" * len(m[0]), match[0])
        start = _begin(body)
        towns = [m.start() for m in places.finditer(body, start)]
        start = towns[-1] if towns else start
        start = max(start, _opened(body) + 1)
        if len(body) - start > _SHORTEST + len("有限公司") - 1:
            yield Span(match.start() + start, match.end())


def _begin(body: str) -> int:
    """Where a full name begins behind the words that end before one; one of its own words can be such (万科|企业)."""
    lead = _ONE_BEFORE.match(body)
    if lead:
        return lead.end()
    end = len(body)
    while lead := _BEFORE.match(body, 0, end):
        rest = body[lead.end() :]
        if says_which(re.sub(f"{_LEGAL}$", "", rest)) or not lead.end():
            return lead.end()
        end = lead.end() - 1
    return 0


def _opened(text: str) -> int:
    """Where a bracket opens that a text does not close, behind which a full name begins; -1 where none does."""
    return max(text.rfind("（"), text.rfind("("))


def core(full: str, places: re.Pattern[str]) -> str:
    """A full name without place, brackets and legal form (深圳市北科生物科技有限公司 → 北科生物科技)."""
    name = re.sub(f"{_LEGAL}$", "", _BRACKET.sub("", full))
    match = places.match(name)
    return name[match.end() :].removeprefix("市").removeprefix("省") if match else name


def called(text: str, end: int) -> str | None:
    """The short name that a text gives right after a full one (以下简称北科生物)."""
    match = _CALLED.match(text, end)
    return match["short"] if match else None


def stood_before(text: str, start: int) -> str | None:
    """The short name in letters whose full one follows it in brackets (ATL（…有限公司）)."""
    match = _LETTERS.search(text, 0, start)
    return match["short"] if match else None


def short_names(middle: str) -> tuple[str, ...]:
    """The short names that a company with this core may go by, the likeliest first."""
    base = _ENDING.sub("", middle)
    base = base if len(base) >= _SHORTEST else middle
    found = [base]
    for trade in _WORDS["trades"]:
        if base.endswith(trade) and len(base) - len(trade) > _SHORTEST:
            found.append(base.removesuffix(trade))
        at = base.find(trade, _SHORTEST)
        if at > _SHORTEST:
            found.append(base[:_SHORTEST] + trade)
    return tuple(dict.fromkeys(found))
