"""Labels before lists of bodies: 牵头单位, 责任部门, 配合单位 and their kin, with the role that each of them gives."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kg.facts import Role
from kg.grammar.words import any_of, begins_with, load_words

_FOLDER = Path(__file__).parent
_HEADS = load_words(_FOLDER, "heads")
_NOUNS = load_words(_FOLDER, "nouns")
_OTHERS = load_words(_FOLDER, "others")

_UNITS = any_of(_NOUNS["units"])
_PLAIN = any_of([*_HEADS["lead"], *_HEADS["responsible"], *_HEADS["participant"]])
_CORE = rf"(?:{_PLAIN}{_UNITS}|(?:责任|任务|职责|工作){any_of(_NOUNS['divisions'])})"
_BARE = "(?:牵头|责任|配合|协同|参与|协助)"
_HOST = rf"{any_of(_HEADS['hosts'])}{_UNITS}"
# A label may say more in brackets: 责任单位（列首位的为牵头单位）.
_ASIDE = "(?:[（(][^（）()]{1,30}[）)])?"

_FIRST = begins_with(*_HEADS.values(), chars=r"省市区县责任职工牵配协参\[［【〔（(")
# A label with its colon or 为 (牵头单位为…), or one that brackets set apart (【牵头单位】).
LABEL = re.compile(
    rf"{_FIRST}(?:(?:[省市区县][级直])?(?P<label>{_CORE}|{_HOST}|{_BARE}){_ASIDE}(?:[：:]|(?<=[位门])为(?![第主牵责]))|[\[［【〔（(](?P<boxed>{_CORE})[\]］】〕）)][：:]?)"
)
# One that says by itself that a list of responsible bodies follows, where no brackets say so.
OPENING = re.compile(rf"{_FIRST}(?:(?:[省市区县][级直])?{_CORE}{_ASIDE}[：:]|[\[［【〔（(]{_CORE}[\]］】〕）)][：:]?)")
# A label of what is no body, with what it labels.
_NO_BODY = any_of([*_OTHERS["time"], *_OTHERS["people"]])
OTHER = re.compile(rf"{_NO_BODY}[：:][^；;。]*?(?=[；;。]|[，,、]?(?:{_CORE}|{_HOST}|{_BARE}){_ASIDE}[：:]|$)")
_WHOLE = re.compile(rf"(?:{_CORE}|{_HOST}){_ASIDE}")
_LABELLED = re.compile(rf"[\[［【〔]{_CORE}[\]］】〕]|[\u4e00-\u9fff]{{0,8}}(?:{_UNITS}|{_NO_BODY})[：:]")


@cache
def role_of(label: str) -> Role:
    """The role that a label gives: 牵头单位 lead, 配合单位 participant, any other responsible."""
    roles: tuple[Role, ...] = ("lead", "participant", "responsible")
    bare = re.sub(rf"(?:{_UNITS}|{any_of(_NOUNS['divisions'])})?{_ASIDE}$", "", label)
    for role in roles:
        if bare in _HEADS[role]:
            return role
    return "lead" if bare == "主办" else "participant" if bare in ("协办", "支持", "成员", "指导") else "responsible"


def column_role(head: str) -> Role | None:
    """The role that the head of a table's column gives to the bodies below it; None where it heads no bodies."""
    return role_of(head) if _WHOLE.fullmatch(head) else None


def is_labelled(text: str) -> bool:
    """Whether a line begins with a label and its colon (责任单位：…, 完成时限：…): it is no heading."""
    return ("：" in text or ":" in text or text.startswith(("[", "［", "【", "〔"))) and bool(_LABELLED.match(text))
