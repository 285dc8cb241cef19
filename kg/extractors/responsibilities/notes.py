"""The grammar of a responsibility note: lists of bodies, each with what it prints before or after them.

note  = part { "，" part }
part  = label "：" list | list verb | list
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.facts import Role
from kg.grammar.bodies.reading import Named, read_bodies
from kg.grammar.words import any_of, load_words
from kg.vocabulary import Vocabulary

_LABELS = load_words(Path(__file__).parent, "labels")
_VERBS = load_words(Path(__file__).parent, "verbs")
_ROLE: dict[str, Role | None] = {word: _role for _role in ("lead", "joint", "participant") for word in _VERBS[_role]}
_LABEL_ROLE: dict[str, Role] = {
    word: _role for _role in ("lead", "responsible", "participant") for word in _LABELS[_role]
}
_VERB = any_of([*_ROLE, *_VERBS["sole"]])
_LABEL = any_of(_LABEL_ROLE)
_CUE = re.compile(rf"(?P<label>{_LABEL})[：:]|(?P<verb>{_VERB})(?=[，,；;。、]|$)")
_SEPARATORS = "，,；;。、 "


@dataclass(frozen=True, slots=True)
class Part:
    """Bodies that share a role, in the order printed; ``sole`` where the note says nothing but 负责."""

    role: Role
    bodies: tuple[Named, ...]
    sole: bool = False


def has_cue(text: str) -> bool:
    """Whether a bracket holds words that only a responsibility note holds."""
    return bool(_CUE.search(text))


def read_note(text: str, place: str, vocabulary: Vocabulary) -> tuple[Part, ...] | None:
    """The parts of a note; None where it names something that is no body, or gives no role."""
    parts: list[Part] = []
    label: Role | None = None
    position = 0
    while position < len(text):
        cue = _CUE.search(text, position)
        stop = cue.start() if cue else len(text)
        start = position + len(text[position:stop]) - len(text[position:stop].lstrip(_SEPARATORS))
        listed = text[start:stop].rstrip(_SEPARATORS)
        if listed:
            bodies = read_bodies(listed, place, vocabulary)
            role = _role(cue, bodies or (), label)
            if not bodies or role is None:
                return None
            shifted = tuple(Named(b.body, b.start + start, b.end + start) for b in bodies)
            parts.append(Part(role, shifted, sole=bool(cue and cue["verb"] in _VERBS["sole"])))
        if cue is None:
            break
        label = _LABEL_ROLE[cue["label"]] if cue["label"] else label
        position = cue.end()
    return tuple(parts) or None


def _role(cue: re.Match[str] | None, bodies: tuple[Named, ...], label: Role | None) -> Role | None:
    """The role that the words around a list give it: those after it before those that open the note."""
    if cue is None or cue["verb"] is None:
        return label
    if cue["verb"] in _VERBS["sole"]:
        return "responsible" if len(bodies) == 1 else "joint"
    return _ROLE[cue["verb"]]
