"""Ways of asking, taken off a question: what is left is what it is about."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.lookup.normal import syllables, words
from kg.places import place_names

_CITY = "市"
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Frames:
    """The patterns of asking who leads, and the words that say nothing about what is meant."""

    who_last: re.Pattern[str]
    who: re.Pattern[str]
    nouns: re.Pattern[str]
    opening: re.Pattern[str]
    closing: re.Pattern[str]
    pause: re.Pattern[str]
    filler: re.Pattern[str]
    industry: re.Pattern[str]
    doing: re.Pattern[str]
    places: re.Pattern[str]
    filler_characters: frozenset[str]
    english_stop: frozenset[str]
    english_filler: frozenset[str]
    english_places: frozenset[str]


@cache
def word_lists(name: str) -> dict[str, dict[str, list[str]]]:
    """A data file of this folder, read once."""
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def frames() -> Frames:
    """The patterns, put together from words.toml once a process."""
    lists = word_lists("words")
    who, lead, particles, filler = lists["who"], lists["lead"], lists["particles"], lists["filler"]
    doing = lists["doing"]
    before, after = any_of(particles["before_who"]), any_of(particles["after_who"])
    nouns = f"的?{any_of(lead['nouns'])}"
    asked = f"(?:{any_of(who['determiners'])}{any_of(who['bodies'])}|{any_of(who['pronouns'])})"
    which = f"{nouns}{before}*{any_of(who['selectors'])}"
    does = any_of([*lead["verbs"], *lead["nouns"]])
    english = lists["english"]
    return Frames(
        who_last=re.compile(f"(?:{which}|(?:{nouns})?{before}*{asked})(?:{after}|{does})*[\\s?.!。]*$"),
        who=re.compile(f"(?:{which}|(?:{nouns})?{before}*{asked}){any_of(particles['before_verb'])}*{does}?"),
        nouns=re.compile(f"(?:{nouns}|{any_of(lead['alone'])}){after}*$"),
        opening=re.compile(f"^(?:{any_of(particles['opening'])}|[,.!?、:;\\s])+"),
        closing=re.compile(f"(?:{any_of(particles['closing'])}|[,.!?、:;\\s])+$"),
        pause=re.compile(r"[,.!?、:;\s]+$"),
        filler=re.compile(any_of(filler["words"])),
        industry=re.compile(f"{any_of(filler['industry'])}$"),
        doing=re.compile(f"^是?{any_of(doing['verbs'])}(.+?)(?:的{any_of(doing['people'])}?)?$"),
        places=re.compile(any_of([*lists["elsewhere"]["places"], *(n for n in place_names() if n.endswith(_CITY))])),
        filler_characters=frozenset("".join(filler["characters"])),
        english_stop=frozenset(w for word in english["stop"] for w in (word, *words(word))),
        english_filler=frozenset(w for word in english["filler"] for w in words(word)),
        english_places=frozenset(lists["elsewhere"]["english"]),
    )


def any_of(choices: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(choices), key=lambda w: (-len(w), w))) + ")"


def asks_who(text: str) -> bool:
    """Whether a folded question asks for a body, by a question word or by a noun for one (牵头部门)."""
    known = frames()
    return known.who.search(text) is not None or known.nouns.search(known.closing.sub("", text)) is not None


def subject(text: str) -> str:
    """What a folded question in Chinese asks about, without the words of asking."""
    known = frames()
    bare = known.who_last.sub(" ", text, count=1)
    if bare == text:
        bare = known.who.sub(" ", text, count=1)
    if bare == text:
        bare = known.nouns.sub(" ", known.closing.sub("", text))
    opened = known.opening.sub("", bare.strip())
    done = known.doing.match(known.pause.sub("", opened))
    return known.closing.sub(
        "", done[1] if done and any(f"{done[1]}{end}" in text for end in "的,") else opened
    ).strip()


def sound_subject(sounds: tuple[str, ...]) -> tuple[str, ...]:
    """What a question in pinyin asks about: what stands before the question word, or after it where it comes first."""
    for start in range(len(sounds)):
        asker = _first(_sounds("askers"), sounds[start:])
        if asker and start:
            return _without_end(sounds[:start])
        if asker:
            return _without_start(sounds[len(asker) :])
    return _without_end(sounds)


def asks_by_sound(sounds: tuple[str, ...]) -> bool:
    """Whether a question in pinyin has a question word."""
    return any(_first(_sounds("askers"), sounds[start:]) for start in range(len(sounds)))


def industry_sounds(sounds: tuple[str, ...]) -> int:
    """How many syllables at the end of what a question in pinyin asks about only say that it is an industry."""
    return next((len(s) for s in _sounds("industries") if len(s) < len(sounds) and sounds[-len(s) :] == s), 0)


def asking_sounds() -> frozenset[str]:
    """Every syllable of the words of asking."""
    return frozenset(s for place in ("askers", "ends", "starts", "industries") for word in _sounds(place) for s in word)


def _without_end(sounds: tuple[str, ...]) -> tuple[str, ...]:
    while tail := next((t for t in _sounds("ends") if len(t) < len(sounds) and sounds[-len(t) :] == t), None):
        sounds = sounds[: -len(tail)]
    return sounds


def _without_start(sounds: tuple[str, ...]) -> tuple[str, ...]:
    while head := _first(_sounds("starts"), sounds):
        sounds = sounds[len(head) :]
    return sounds


def _first(choices: Iterable[tuple[str, ...]], sounds: tuple[str, ...]) -> tuple[str, ...] | None:
    return next((choice for choice in choices if sounds[: len(choice)] == choice), None)


@cache
def _sounds(place: str) -> tuple[tuple[str, ...], ...]:
    """The words of asking as syllables, the longest first: question words, what stands before and after them."""
    lists = word_lists("words")
    who, lead, particles = lists["who"], lists["lead"], lists["particles"]
    said = {
        "askers": [d + b for d in who["determiners"] for b in who["bodies"]] + who["pronouns"] + who["sounds"],
        "ends": [*lead["nouns"], *particles["before_who"]],
        "starts": [*lead["verbs"], *particles["before_verb"]],
        "industries": lists["filler"]["industry"],
    }[place]
    found = {tuple(word.split()) if word.isascii() else syllables(word) for word in said}
    # 是 and 在 sound like the end of 实验室 and the start of 再制造: alone they say nothing in pinyin.
    telling = {sound for sound in found if sound not in {("shi",), ("zai",)}}
    return tuple(sorted(telling, key=lambda s: (-len(s), s)))
