"""The curated names: ontology/vocabulary read into entries, and from a name as printed to its entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import SourceError

ONTOLOGY = Path(__file__).resolve().parents[1] / "ontology"

_CKG = "https://w3id.org/cluster-kg/ontology#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

# What running text hangs on the name of an industry, longest first.
_INDUSTRY_SUFFIXES = ("战略性新兴产业集群", "战略性支柱产业集群", "战略性新兴产业", "产业集群", "产业", "集群")

_Values = dict[tuple[str, str], list[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing of the vocabulary.

    ``label`` is its one name in Chinese, ``alt`` the other names that mean it in running text, ``hidden`` words that a
    reader may search for and that state nothing (both tongues); ``types`` are its classes in the ontology without
    prefix; ``code`` is its code of GB/T 2260; ``category`` is the slug of a cluster's category; ``order`` sorts it.
    """

    kind: str
    slug: str
    label: str
    label_en: str
    alt: tuple[str, ...]
    hidden: tuple[str, ...]
    alt_en: tuple[str, ...]
    types: tuple[str, ...]
    code: str | None
    category: str | None
    order: int

    @property
    def own_names(self) -> tuple[str, ...]:
        """The Chinese names as curated, the label first."""
        return (self.label, *self.alt)


class Vocabulary:
    """All entries, by kind (cluster, category, district, agency)."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._kinds: dict[str, list[Entry]] = defaultdict(list)
        for entry in sorted(entries, key=lambda e: (e.kind, e.order, e.slug)):
            self._kinds[entry.kind].append(entry)
        city = self.home
        self._names = {kind: _name_table(kind, found, city) for kind, found in self._kinds.items()}
        self._longest_first = {
            kind: tuple(sorted(table.items(), key=lambda item: (-len(item[0]), item[0])))
            for kind, table in self._names.items()
        }
        self._slugs = {(e.kind, e.slug): e for found in self._kinds.values() for e in found}

    @classmethod
    def load(cls, folder: Path = ONTOLOGY / "vocabulary") -> Vocabulary:
        """Read all Turtle files of a folder; raises SourceError where one is not Turtle or names no thing's label."""
        values: _Values = defaultdict(list)
        for path in sorted(folder.glob("*.ttl")):
            try:
                for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                    _note(values, quad)
            except (OSError, SyntaxError) as error:
                raise SourceError(f"The vocabulary {path.name} can't be read: {error}.") from error
        subjects = dict.fromkeys(s for s, key in values if key == f"{_SKOS}inScheme")
        return cls(_entry(iri, values, position) for position, iri in enumerate(subjects))

    @property
    def home(self) -> str:
        """The city that the vocabulary describes, empty where it describes none."""
        return next((entry.label for entry in self.entries("district") if "City" in entry.types), "")

    def entries(self, kind: str) -> tuple[Entry, ...]:
        """All entries of a kind, in their order; empty for a kind that the vocabulary does not hold."""
        return tuple(self._kinds.get(kind, ()))

    def entry(self, kind: str, slug: str) -> Entry:
        """The entry of this slug; raises KeyError where there is none."""
        return self._slugs[kind, slug]

    def find(self, kind: str, name: str) -> Entry | None:
        """The entry whose label, other name or regular variant this is, exactly; hidden labels are not asked."""
        return self._names.get(kind, {}).get(name)

    def names(self, kind: str) -> tuple[tuple[str, Entry], ...]:
        """Every name of a kind with its regular variants, longest first, then in the order of the characters."""
        return self._longest_first.get(kind, ())

    def words(self) -> tuple[str, ...]:
        """Every name of every kind, sorted, for a word cutter to keep whole."""
        return tuple(sorted({name for table in self._names.values() for name in table}))


@cache
def load() -> Vocabulary:
    """The vocabulary of the project's ontology folder, read once a process."""
    return Vocabulary.load()


def _note(values: _Values, quad: ox.Quad) -> None:
    """Keep the object of a statement under its subject and predicate, a text's language beside the latter."""
    term = quad.object
    if not isinstance(quad.subject, ox.NamedNode) or isinstance(term, ox.BlankNode | ox.Triple):
        return
    language = f"@{term.language}" if isinstance(term, ox.Literal) and term.language else ""
    values[quad.subject.value, quad.predicate.value + language].append(term.value)


def _entry(iri: str, values: _Values, position: int) -> Entry:
    kind, slug = iri.rsplit("/", 2)[1:]

    def all_of(predicate: str) -> tuple[str, ...]:
        return tuple(values.get((iri, predicate), ()))

    def first(predicate: str) -> str | None:
        return next(iter(all_of(predicate)), None)

    label, category = first(f"{_LABEL}@zh"), first(f"{_CKG}category")
    if label is None:
        raise SourceError(f"The vocabulary gives {iri} no Chinese label.")
    return Entry(
        kind=kind,
        slug=slug,
        label=label,
        label_en=first(f"{_LABEL}@en") or "",
        alt=all_of(f"{_SKOS}altLabel@zh"),
        hidden=all_of(f"{_SKOS}hiddenLabel@zh") + all_of(f"{_SKOS}hiddenLabel@en"),
        alt_en=all_of(f"{_SKOS}altLabel@en"),
        types=tuple(sorted(t.removeprefix(_CKG) for t in all_of(_TYPE) if t.startswith(_CKG))),
        code=first(f"{_CKG}code"),
        category=category.rsplit("/", 1)[1] if category else None,
        order=int(first(f"{_CKG}order") or position),
    )


def _name_table(kind: str, entries: list[Entry], city: str) -> dict[str, Entry]:
    """From name to entry: what is curated goes before what is made, and an earlier entry before a later one."""
    table: dict[str, Entry] = {}
    for entry in entries:
        for name in entry.own_names:
            table.setdefault(name, entry)
    for entry in entries:
        for name in entry.own_names:
            for variant in _variants(kind, name, entry, city):
                table.setdefault(variant, entry)
    return table


def _variants(kind: str, name: str, entry: Entry, city: str) -> Iterator[str]:
    """The regular ways of printing a name that the vocabulary need not list."""
    if kind in ("cluster", "category"):
        yield from _industry_variants(name)
    elif kind == "district" and city and name != city and "City" not in entry.types:
        yield from (prefix + name for prefix in _place_prefixes(city))
    elif kind == "agency" and city and city in entry.label:
        yield from _agency_variants(name, city)


def _industry_variants(name: str) -> Iterator[str]:
    """网络与通信 is also 网络与通信产业集群; 时尚产业 is never made shorter: 时尚 alone says less."""
    if name.endswith("产业"):
        yield name + "集群"
    elif not name.endswith("集群"):
        yield from (name + suffix for suffix in _INDUSTRY_SUFFIXES)


def _agency_variants(name: str, city: str) -> Iterator[str]:
    """市教育局 is also 深圳市教育局 and 深圳教育局; a party committee's body (市委…) never loses its 市."""
    bare = city.removesuffix("市")
    own = name.removeprefix(city) if name.startswith(city) else name.removeprefix("市") if name[0] == "市" else None
    if not own:
        return
    yield from ("市" + own, city + own)
    if not own.startswith("委"):
        yield bare + own


def _place_prefixes(city: str) -> tuple[str, ...]:
    return (city, city.removesuffix("市"))
