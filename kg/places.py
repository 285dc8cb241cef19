"""The places of China: which province holds which city, their short names, and the place whose bodies a text names."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from pypinyin import lazy_pinyin

from kg.vocabulary import ONTOLOGY

# What a county-level place ends in, and words that end so and name none.
_COUNTY = re.compile(
    r"(?!各|全|本|我|相关|有关|关于|加快|推进|促进|支持|培育|印发|建设|推动|加强|深化|发展|打造|实施|进一步)"
    r"(?:[\u4e00-\u9fff]{1,4}?(?:新区|林区|特区|矿区|区|县|旗)(?![域县级属直长内外位划块])|[\u4e00-\u9fff]{2,12}?自治[县旗])"
)
_NO_COUNTY = re.compile(
    r"(?:园|社|示范|试验|实验|合作|开发|高新技术|高新|功能|先行|集聚|集中|保税|自贸|引领|核心|革命老|航空港|度假|创新|经济|战|自治|主城|中心城|专)区$"
    r"|^[城地片市郊景街校湾老山库矿牧林辖]区$"
)
_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|地区|省|市|盟|自治县|自治旗|新区|区|县|旗)$")
_LONGEST_NAME = 13
_LONGEST_SHORT = 4
# What a word goes on with that only begins like a city's name, and what stands before one in running text.
_NO_CITY = "场级民区域容面值"
_BEFORE_CITY = re.compile(r"(?:^|[^\u4e00-\u9fff]|[省市州盟区在从与和及对向到由等为是])$")
# The new areas that are districts.
_NEW_DISTRICTS = ("浦东新区", "滨海新区")
_PREFECTURE = re.compile(r"(?:自治州)$")


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative place and those that hold it; empty where a level is not known or not there.

    ``name`` is the place as a document's own place is written: city and county together (杭州市余杭区).
    """

    name: str
    province: str
    city: str
    county: str

    def at(self, level: str) -> str:
        """The full name of the place that a bare 省, 自治区, 市, 州, 区 or 县 means in this place's documents."""
        if level in ("省", "自治区"):
            return self.province if self.province.endswith(level) else ""
        if level in ("区", "县", "旗"):
            return self.name if self.county.endswith(level) else ""
        if self.county.endswith(level):
            return self.name
        own = self.city or self.province
        return own if own.endswith(level) or (level in "州盟" and own.endswith(("州", "盟"))) else ""


@cache
def _gazetteer() -> dict[str, dict[str, str]]:
    """``province`` of every city, ``holder`` of every city at a county's level, ``short`` names, ``english`` ones."""
    with (ONTOLOGY / "vocabulary" / "places.toml").open("rb") as file:
        data = tomllib.load(file)
    province = {city: holder for holder, cities in data["provinces"].items() for city in (holder, *cities)}
    holder = {city: above for above, cities in data["county_cities"].items() for city in cities}
    return {"province": province, "holder": holder, "short": data["short"], "english": data["english"]}


@cache
def short_name(place: str) -> str:
    """A place's name without the word for what it is: 杭州 of 杭州市, 恩施 of 恩施土家族苗族自治州."""
    known = _gazetteer()["short"].get(place)
    if known:
        return str(known)
    return place[:2] if _PREFECTURE.search(place) else _SUFFIX.sub("", place) if len(place) > 2 else place


@cache
def _names() -> dict[str, str]:
    """Every full name, and every short one that means one place: the province before a city of its name."""
    full = list(_gazetteer()["province"])
    return {**{short_name(name): name for name in reversed(full)}, **{name: name for name in full}}


def place_names() -> frozenset[str]:
    """The full names of all places of the gazetteer, and the short ones that mean one place."""
    return frozenset(_names())


@cache
def _opening() -> dict[str, tuple[str, ...]]:
    """The names that begin with the same two characters, the longest first."""
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted((*_names(), *_gazetteer()["holder"]), key=lambda n: (-len(n), n)):
        found[name[:2]] = (*found.get(name[:2], ()), name)
    return found


@cache
def _leading() -> re.Pattern[str]:
    return _one_of(_names())


@cache
def _anywhere() -> re.Pattern[str]:
    return _one_of(_gazetteer()["province"])


@cache
def _county_city() -> re.Pattern[str]:
    """A city at the level of a county (常熟市), and no other word that begins so (东方市场)."""
    return re.compile(_one_of(_gazetteer()["holder"]).pattern + f"(?![{_NO_CITY}])")


def _one_of(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of these names, the longest first, tried only where two characters stand that open one."""
    known = sorted(names, key=lambda n: (-len(n), n))
    first, second = ("".join(sorted({name[at] for name in known})) for at in (0, 1))
    return re.compile(f"(?=[{first}][{second}])(?:{'|'.join(known)})")


@cache
def parse(name: str) -> Place:
    """The place of this name (杭州市余杭区, 浙江省, 上海市); a name that the gazetteer lacks is a city or a county."""
    province, city, rest = "", "", name
    found = _anywhere().match(rest)
    if found and found[0] in _top():
        province, rest = found[0], rest[found.end() :]
        found = _anywhere().match(rest)
    if found and found[0] not in _top():
        city, rest = found[0], rest[found.end() :]
        province = _gazetteer()["province"][city]
    if rest in _gazetteer()["holder"]:
        above = _gazetteer()["holder"][rest]
        return Place(rest, _gazetteer()["province"][above], "" if above in _top() else above, rest)
    if not city and province in _municipalities():
        city = province
    if rest and not city and rest.endswith(("市", "州", "盟", "地区")):
        city, rest = rest, ""
    own = city + rest if city or rest else province
    return Place(own, province, city, rest)


@cache
def _top() -> frozenset[str]:
    return frozenset(_gazetteer()["province"].values())


@cache
def _municipalities() -> frozenset[str]:
    return frozenset(name for name in _top() if name.endswith("市"))


def leading_place(text: str) -> tuple[str, int]:
    """The place of the gazetteer that a text begins with, full or short, in full; and where it ends (0: none)."""
    name = next(filter(text.startswith, _opening().get(text[:2], ())), "")
    if name in _gazetteer()["holder"]:
        return (name, len(name)) if text[len(name) : len(name) + 1] not in tuple(_NO_CITY) else ("", 0)
    return (_names()[name], len(name)) if name else ("", 0)


def leading_county(text: str, position: int = 0) -> str:
    """The county or district whose name stands at this position; empty where none does."""
    match = _COUNTY.match(text, position)
    return match[0] if match and not _NO_COUNTY.search(match[0]) else ""


def is_new_area(name: str) -> bool:
    """Whether a place is a new area of its own (贵安新区), and no district of a city that is called one."""
    return name.endswith("新区") and name not in _NEW_DISTRICTS


def place_at(text: str) -> str:
    """The place whose name a text begins with: province, city, or city with county; empty where it begins with none."""
    end, found = 0, ""
    while match := _anywhere().match(text, end):
        found, end = match[0], match.end()
    small = _county_city().match(text, end)
    if small:
        return small[0]
    if not found or found.endswith("市"):
        found += leading_county(text, end)
    name, end = (found, end) if found else leading_place(text)
    return _small_city(text, end, name) or (name if end or found else "")


def _small_city(text: str, start: int, holder: str) -> str:
    """A city at a county's level that is named short: after its province (河南长垣), or before a colon (常熟：)."""
    for end in range(start + 2, start + _LONGEST_SHORT + 1):
        above = _gazetteer()["holder"].get(text[start:end] + "市")
        held = above is not None and holder in (above, _gazetteer()["province"][above])
        if above is not None and (held if start else text[end : end + 1] in tuple("：:")):
            return text[start:end] + "市"
    return ""


def city_of(county: str, text: str) -> str:
    """The city, or else the province, that a text writes right before the name of this county; empty where none."""
    for match in re.finditer(re.escape(county), text):
        before = text[max(0, match.start() - _LONGEST_NAME) : match.start()]
        found = next((name for name in _gazetteer()["province"] if before.endswith(name)), "")
        if found:
            return found
    return ""


@cache
def names_within(place: str) -> frozenset[str]:
    """The names, full and short, of a place, of the city and the county that it is in, and of a province's cities."""
    whole = parse(place)
    holders = {whole.name, whole.city, whole.county} - {""}
    if whole.name == whole.province:
        holders |= {city for city, holder in _gazetteer()["province"].items() if holder == whole.province}
    return frozenset(name for holder in holders for name in (holder, short_name(holder)) if len(name) > 1)


def most_named(text: str) -> str:
    """The place that a text names most often in full, else by its short name; of two the one named first."""
    for pattern in (_anywhere(), _leading()):
        counts = Counter(chain((match[0] for match in pattern.finditer(text)), _county_cities_in(text)))
        if counts:
            most = max(counts, key=lambda name: counts[name])
            return _names().get(most, most)
    return ""


def _county_cities_in(text: str) -> Iterator[str]:
    """The cities at the level of a county that a text names; what only ends like one (上海城市) is none."""
    for match in _county_city().finditer(text):
        if _BEFORE_CITY.search(text[max(0, match.start() - 1) : match.start()]):
            yield match[0]


@cache
def english_name(place: str) -> str:
    """A place's name in English: Hangzhou, Zhejiang, Yuhang District of Hangzhou."""
    whole = parse(place)
    if whole.county and whole.city:
        return f"{_romanised(whole.county)} {_english_kind(whole.county)}, {english_name(whole.city)}"
    return str(_gazetteer()["english"].get(place) or _romanised(place))


def _romanised(place: str) -> str:
    return "".join(lazy_pinyin(short_name(place))).capitalize()


def _english_kind(county: str) -> str:
    return "County" if county.endswith(("县", "旗")) else "City" if county.endswith("市") else "District"
