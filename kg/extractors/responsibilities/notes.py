"""The grammar of a responsibility note: lists of bodies, each with what it prints before or after them.

note  = part { "，" part }
part  = label "：" list | list verb | list
list  = body { "、" body } [ 会同 list ]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.facts import Role
from kg.grammar.bodies.names import governs, is_group, is_official, level_of
from kg.grammar.bodies.reading import Named, read_bodies
from kg.grammar.roles.reading import LABEL, OTHER, role_of
from kg.grammar.words import any_of, begins_with, load_words
from kg.vocabulary import Vocabulary

_FOLDER = Path(__file__).parent
_VERBS = load_words(_FOLDER, "verbs")
_DUTIES = load_words(_FOLDER, "duties")
_BESIDE = load_words(_FOLDER, "beside")

_DUTY = rf"{any_of(_DUTIES['by'])}{any_of(_DUTIES['duty'])}"
_END = r"(?=[，,；;。、]|会同|$)"
_VERB = (
    rf"(?P<lead>{any_of(_VERBS['lead'])}){_END}"
    rf"|(?P<joint>{_DUTY}{any_of(_DUTIES['do'])}|{any_of(_VERBS['joint'])}){_END}"
    rf"|(?P<participant>(?:{_DUTY})?{any_of(_DUTIES['help'])}|{any_of(_VERBS['participant'])}){_END}"
    rf"|(?P<sole>{any_of(_VERBS['sole'])}){_END}"
)
_CUE = re.compile(rf"{LABEL.pattern}|{begins_with(*_VERBS.values(), _DUTIES['by'], _DUTIES['help'])}(?:{_VERB})")
_VERB_ROLES: tuple[Role, ...] = ("lead", "joint", "participant")
_SEPARATORS = "，,；;。、： "
_TOGETHER = re.compile(
    rf"(?<=[\u4e00-\u9fff）)])(?:{any_of(_BESIDE['together'])}|{any_of(_BESIDE['asking'])}(?=[省市区县各]))"
)
_JOINING = re.compile(any_of(_BESIDE["together"]))
_ASIDE_ROLE = re.compile(rf"(?:(?P<lead>{any_of(_VERBS['lead'])})|{any_of(_VERBS['participant'])})(?:单位|部门)?")

_SAID = r"[^，,；;。、：:（）()]{0,40}"
_AFTER_STOP = r"(?<![^，,；;。、：:（）()])"
_LEADS = rf"(?:为|是|作为){any_of(_BESIDE['leads'])}"
_FIRST_LEADS = re.compile(rf"{_AFTER_STOP}{_SAID}{any_of(_BESIDE['first'])}{_SAID}?{_LEADS}{_SAID}")
# 标☆的为牵头单位 says what a mark means.
_MARKED = re.compile(rf"{_AFTER_STOP}{_SAID}[☆★※▲△＊*]{_SAID}?(?:为|是){any_of(_BESIDE['leads'])}(?:单位|部门)?")
# What a note goes on to say of those that follow (以下政策措施均需各县区落实).
_REMARK = re.compile(rf"(?<=[。；;]){any_of(_BESIDE['remarks'])}[^。；;]*")
_TIME = rf"(?:(?:于|在|到|至|力争)?\d{{4}}(?:[-—－~至到]\d{{4}})?年|\d{{1,2}}月|{any_of(_BESIDE['times'])}){_SAID}"
_BESIDES = re.compile(rf"(?<![^，,；;。、])(?:{_TIME}|{any_of(_BESIDE['others'])}[^；;。]*)(?=[，,；;。、]|$)")


@dataclass(frozen=True, slots=True)
class Part:
    """Bodies that share a role, in the order printed; ``sole`` where the note says nothing but 负责."""

    role: Role
    bodies: tuple[Named, ...]
    sole: bool = False


def has_cue(text: str) -> bool:
    """Whether a bracket holds words that only a responsibility note holds."""
    return bool(_CUE.search(text))


def first_leads(text: str) -> bool:
    """Whether a text says that of the bodies of a note the one named first leads."""
    return bool(_FIRST_LEADS.search(text))


def read_note(text: str, place: str, vocabulary: Vocabulary, bare: Role | None = None) -> tuple[Part, ...] | None:
    """The parts of a note; None where it names something that is no body, or gives no role.

    A note that only says how notes are to be read (the first named leads) has no parts.
    ``bare`` is the role of bodies that nothing but their place in the text makes responsible.
    """
    parts: list[Part] = []
    label, told = bare, False
    position, text = 0, _masked(text)
    if not text.strip(_SEPARATORS):
        return ()
    while position < len(text):
        cue = _CUE.search(text, position)
        stop = cue.start() if cue else len(text)
        start = position + len(text[position:stop]) - len(text[position:stop].lstrip(_SEPARATORS))
        listed = text[start:stop].rstrip(_SEPARATORS)
        if listed:
            found = _read_list(
                listed, start, _verb(cue), label or ("participant" if parts else None), place, vocabulary, told
            )
            if found is None:
                return None
            parts.extend(found)
        if cue is None:
            break
        printed = cue["label"] or cue["boxed"]
        label, told = (role_of(printed), True) if printed else (label, told)
        position = cue.end()
    return tuple(parts) or None


def is_strong(named: Named, vocabulary: Vocabulary) -> bool:
    """Whether a name is that of a public body beyond doubt: of a known kind, with its level, or a group of bodies."""
    printed = named.body.printed
    if is_group(printed) or governs(printed) or vocabulary.find("agency", printed) or is_official(printed):
        return True
    return bool(level_of(printed)) or vocabulary.find("agency", named.body.name) is not None


def _masked(text: str) -> str:
    """A note with all that is neither body nor role replaced by commas, so that places stay."""
    for pattern in (_FIRST_LEADS, _MARKED, _REMARK, OTHER, _BESIDES):
        text = pattern.sub(lambda m: m[0] if _in_brackets(m) else "，" * len(m[0]), text)
    return text


def _in_brackets(match: re.Match[str]) -> bool:
    before = match.string[: match.start()]
    return before.count("（") + before.count("(") > before.count("）") + before.count(")")


def _verb(cue: re.Match[str] | None) -> str:
    """Which group of verbs closes a list: lead, joint, participant, sole; empty where a label or nothing does."""
    names = (*_VERB_ROLES, "sole")
    return next((name for name in names if cue is not None and cue[name]), "")


def _read_list(
    listed: str, start: int, verb: str, label: Role | None, place: str, vocabulary: Vocabulary, told: bool
) -> list[Part] | None:
    """The bodies of a list with their roles; None where it is no list of bodies or gives no role."""
    cut = _TOGETHER.search(listed) if verb != "lead" else None
    lists = [(0, listed)] if cut is None else [(0, listed[: cut.start()]), (cut.end(), listed[cut.end() :])]
    parts: list[Part] = []
    for number, (offset, one) in enumerate(lists):
        bodies = read_bodies(one, place, vocabulary, bool(verb) or told)
        if not bodies:
            return None
        role = _role(verb, len(bodies), label) if cut is None else ("lead", "participant")[number]
        role = "participant" if _JOINING.match(one) and verb in ("", "sole") else role
        if role is None:
            return None
        shifted = [replace(b, start=b.start + start + offset, end=b.end + start + offset) for b in bodies]
        parts.extend(_by_aside(shifted, role, verb == "sole" and cut is None))
    return parts


def _role(verb: str, count: int, label: Role | None) -> Role | None:
    """The role that the words around a list give it: those after it before those that open the note."""
    if verb == "sole":
        return "responsible" if count == 1 else "joint"
    return next((role for role in _VERB_ROLES if role == verb), label)


def _by_aside(bodies: list[Named], role: Role, sole: bool) -> Iterator[Part]:
    """A list in parts: a body whose own brackets give it a role (市财政局（牵头）) stands apart."""
    plain: list[Named] = []
    for named in bodies:
        own = _ASIDE_ROLE.fullmatch(named.aside)
        if own is None:
            plain.append(named)
            continue
        if plain:
            yield Part(role, tuple(plain), sole)
        plain = []
        yield Part("lead" if own["lead"] else "participant", (named,))
    if plain:
        yield Part(role, tuple(plain), sole)
