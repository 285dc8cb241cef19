"""From a name as printed to the thing meant: one that the vocabulary knows, or a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.facts import Assignment, Body, Enterprise, Issuance, Platform, Reading, Subsector
from kg.slugs import content_slug, pinyin_slug
from kg.vocabulary import Entry, Vocabulary


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that names resolve to: its slug, its one label, its other names."""

    slug: str
    label: str
    alt: tuple[str, ...] = ()
    group: bool = False
    known: bool = False


def is_short_for(short: str, full: str) -> bool:
    """Whether a name is an abbreviation of another: its characters in order, and the same last one.

    市监局 is short for 市市场监督管理局; a final 委 stands for 委员会. On the bodies of the sources this rule is right
    wherever it answers; a score of likeness has no threshold that is.
    """
    ends = full.removesuffix("员会") if full.endswith("委员会") else full
    if not short or short[-1] != ends[-1] or len(short) >= len(full):
        return False
    rest = iter(ends)
    return all(char in rest for char in short)


@dataclass(slots=True)
class Names:
    """What the names of a set of readings mean. Built once, before anything is written down."""

    vocabulary: Vocabulary
    _agencies: dict[str, Named] = field(default_factory=dict)
    _enterprises: dict[str, Named] = field(default_factory=dict)
    _slugs: dict[tuple[str, str], str] = field(default_factory=dict)

    def agency(self, body: Body, place: str) -> Named:
        """The body meant: by its exact name, else by the one official name of its place that it abbreviates."""
        key = f"{place}\x1f{body.name}"
        if key not in self._agencies:
            self._agencies[key] = self._resolve(body, place)
        return self._agencies[key]

    def _resolve(self, body: Body, place: str) -> Named:
        known = self.vocabulary.find("agency", body.name) or self._abbreviated(body.name, place)
        if known is not None:
            return Named(known.slug, known.label, known.alt, "AgencyGroup" in known.types, known=True)
        return Named(self.slug("agency", body.name), body.name, group=body.group)

    def _abbreviated(self, name: str, place: str) -> Entry | None:
        own = name.removeprefix(place)
        if not place or own == name:
            return None
        found = {
            entry.slug: entry
            for entry in self.vocabulary.entries("agency")
            if entry.label.startswith(place) and is_short_for(own, entry.label.removeprefix(place))
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def enterprise(self, name: str) -> Named:
        """The company of this name, with all the names that the readings give it."""
        return self._enterprises.get(name) or Named(self.slug("enterprise", name), name)

    def known_enterprise(self, name: str) -> Named | None:
        """The company of this name where some text mentions it as one."""
        return self._enterprises.get(name)

    def slug(self, kind: str, name: str) -> str:
        """The slug of a name found in text: its pinyin, with a hash where another name sounds the same."""
        return self._slugs.get((kind, name)) or pinyin_slug(name)

    def number(self, kind: str, found: Iterable[str]) -> None:
        """Give each of these names a slug of its own; the first in character order keeps the plain one."""
        taken = {entry.slug for entry in self.vocabulary.entries(kind)}
        for name in sorted(set(found)):
            slug = pinyin_slug(name)
            self._slugs[kind, name] = slug if slug not in taken else f"{slug}-{content_slug(name)[:6]}"
            taken.add(slug)


def resolve(readings: Iterable[Reading], vocabulary: Vocabulary) -> Names:
    """The meaning of all names in these readings.

    A company's names are those that one mention gives together (short and full name); the shortest is its label.
    """
    names = Names(vocabulary)
    together: dict[str, set[str]] = defaultdict(set)
    found: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        for fact in reading.facts:
            if isinstance(fact, Enterprise):
                together[fact.name].add(fact.full_name or fact.name)
            elif isinstance(fact, (Assignment, Issuance)):
                found["agency"].add(fact.body.name)
            elif isinstance(fact, Platform):
                found["platform"].add(fact.name)
            elif isinstance(fact, Subsector):
                found["subsector"].add(fact.name)
    groups = {min(group, key=lambda n: (len(n), n)): group for group in _components(together)}
    for kind, said in sorted({**found, "enterprise": set(groups)}.items()):
        names.number(kind, said)
    for label, group in groups.items():
        named = Named(names.slug("enterprise", label), label, tuple(sorted(group - {label})))
        names._enterprises.update(dict.fromkeys(group, named))
    return names


def _components(together: dict[str, set[str]]) -> list[set[str]]:
    """Names that are linked, directly or through others; a name with several full names links none of them."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for name in sorted(together):
        full = sorted(together[name] - {name})
        root(name)
        if len(full) == 1:
            parent[root(full[0])] = root(name)
    groups: dict[str, set[str]] = defaultdict(set)
    for name in sorted(parent):
        groups[root(name)].add(name)
    return list(groups.values())
