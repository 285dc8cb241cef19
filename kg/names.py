"""From a name as printed to the thing meant: one that the vocabulary knows, or a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg.carriers import carriers
from kg.facts import Assignment, Body, Enterprise, Issuance, Platform, Reading, Subsector
from kg.kinds import official
from kg.places import leading_county, parse, short_name
from kg.slugs import content_slug, pinyin_slug
from kg.vocabulary import Entry, Vocabulary


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that names resolve to: its slug, its one label (and that in English, where known), its other names.

    ``known`` is true where the vocabulary describes it.
    """

    slug: str
    label: str
    alt: tuple[str, ...] = ()
    group: bool = False
    known: bool = False
    label_en: str = ""


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
    _agencies: dict[tuple[str, str], Named] = field(default_factory=dict)
    _enterprises: dict[str, Named] = field(default_factory=dict)
    _platforms: dict[tuple[str, str], Named] = field(default_factory=dict)
    _slugs: dict[tuple[str, str], str] = field(default_factory=dict)

    def agency(self, body: Body, place: str) -> Named:
        """The body meant: one of the vocabulary, else one of a known kind in its place, else one of its own name."""
        key = (place, body.name)
        if key not in self._agencies:
            self._agencies[key] = self.curated(body, place) or _described(body, place, self._slugs.get, ())
        return self._agencies[key]

    def curated(self, body: Body, place: str) -> Named | None:
        """The body of the vocabulary that is meant: by its exact name, else by the one official name of its place."""
        known = self._local(self.vocabulary.find("agency", body.name), body.name, place)
        known = known or self._abbreviated(body.name, place)
        if known is None:
            return None
        group = "AgencyGroup" in known.types
        return Named(known.slug, known.label, known.alt, group, known=True, label_en=known.label_en)

    def _local(self, found: Entry | None, name: str, place: str) -> Entry | None:
        """A body of the vocabulary, unless it is one of the vocabulary's own city and the document is of another place.

        市财政局 in another city's plan is that city's, and so is its 各区政府.
        """
        home = self.vocabulary.home
        if found is None or not home or place.startswith(home):
            return found
        own = [short_name(at) for at in (home, parse(home).province) if at]
        bound = any(at in found.label for at in own) or "AgencyGroup" in found.types or leading_county(found.label)
        return None if bound and not any(at in name for at in own) else found

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

    def platform(self, name: str, place: str) -> Named:
        """The carrier that a document of this place means, with the names that other documents give it."""
        return self._platforms.get((place, name)) or Named(self.slug("platform", name), name)

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

    A company's names are those that one mention gives together (short and full name); the shortest is its label. A
    public body's label is its official name, the forms printed in documents of its place are its other names.
    """
    names = Names(vocabulary)
    bodies: dict[tuple[str, str], set[Body]] = defaultdict(set)
    together: dict[str, set[str]] = defaultdict(set)
    found: dict[str, set[str]] = defaultdict(set)
    platforms: set[tuple[str, str]] = set()
    for reading in readings:
        for fact in reading.facts:
            if isinstance(fact, Enterprise):
                together[fact.name].add(fact.full_name or fact.name)
            elif isinstance(fact, (Assignment, Issuance)):
                bodies[reading.document.place, fact.body.name].add(fact.body)
            elif isinstance(fact, Platform):
                platforms.add((reading.document.place, fact.name))
            elif isinstance(fact, Subsector):
                found["subsector"].add(fact.name)
    groups = {min(group, key=lambda n: (len(n), n)): group for group in _components(together)}
    for kind, said in sorted({**found, "enterprise": set(groups)}.items()):
        names.number(kind, said)
    _settle(names, bodies)
    _place(names, platforms)
    for label, group in groups.items():
        named = Named(names.slug("enterprise", label), label, tuple(sorted(group - {label})))
        names._enterprises.update(dict.fromkeys(group, named))
    return names


def _settle(names: Names, bodies: dict[tuple[str, str], set[Body]]) -> None:
    """Describe the bodies that the vocabulary does not know, each once, whatever the forms that name it."""
    found = {(place, name): min(said, key=lambda b: (b.printed, b.group)) for (place, name), said in bodies.items()}
    unknown = {key: body for key, body in found.items() if names.curated(body, key[0]) is None}
    identities = {key: _identity(body, key[0]) for key, body in unknown.items()}
    names.number("agency", identities.values())
    forms: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, identity in identities.items():
        for form in {key[1], *(body.printed for body in bodies[key] if _says_its_level(body.printed))}:
            forms[key[0], form].add(identity)
    other: dict[str, set[str]] = defaultdict(set)
    for (_, form), meant in forms.items():
        if len(meant) == 1:
            other[min(meant)].add(form)
    for (place, name), body in sorted(unknown.items()):
        alt = tuple(sorted(other[identities[place, name]]))
        names._agencies[place, name] = _described(body, place, names._slugs.get, alt)


def _place(names: Names, platforms: Iterable[tuple[str, str]]) -> None:
    """Tell carriers of one name in several places apart, and join those that one place has under several names."""
    meant = carriers(platforms, names.vocabulary)
    homes: dict[str, list[str]] = defaultdict(list)
    for carrier in sorted(set(meant.values()), key=lambda c: (c.name, names.vocabulary.home != c.home, c.home)):
        homes[carrier.name].append(carrier.home)
    identities = {(c.home, c.name): c.name if homes[c.name][0] == c.home else c.home + c.name for c in meant.values()}
    names.number("platform", identities.values())
    for key, carrier in meant.items():
        identity = identities[carrier.home, carrier.name]
        names._platforms[key] = Named(names.slug("platform", identity), carrier.name, carrier.alt)


def _says_its_level(printed: str) -> bool:
    return printed.startswith(("省", "自治区", "市", "州", "区", "县", "旗")) and not printed.startswith("市场")


def _identity(body: Body, place: str) -> str:
    """What tells a body from others: its official name, and for a group also whose it is."""
    if body.group:
        return place + body.name
    full = official(body.name, place)
    return full.name if full else body.name


def _described(body: Body, place: str, slug_of: Callable[[tuple[str, str]], str | None], alt: tuple[str, ...]) -> Named:
    """A body that the vocabulary does not know, as its kind and its place describe it."""
    full = None if body.group else official(body.name, place)
    label, identity = full.name if full else body.name, _identity(body, place)
    slug = slug_of(("agency", identity)) or pinyin_slug(identity)
    return Named(slug, label, tuple(a for a in alt if a != label), body.group, label_en=full.english if full else "")


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
