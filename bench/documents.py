"""A graph of many documents, of many cities, in our own terms: made by counting, so that it is the same each time."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.rdf.terms import ID, PREFIXES
from kg.store import Store

CITIES, CLUSTERS, AGENCIES, DISTRICTS, CATEGORIES = 10, 20, 40, 12, 7
# What stands in one document.
MEASURES, ASSIGNMENTS, TARGETS, OBSERVATIONS, ROLES, PLATFORMS, ISSUERS = 20, 30, 4, 4, 5, 3, 3
_WORDS = "智能传感器件网络通信数字创意新能源材料海洋工业母机生物医药健康低空氢储激光"
_METRICS = ("增加值", "营业收入", "企业数量", "研发投入强度")
_SENTENCE = "第{n}项，推动产业高质量发展，完善配套政策，到2025年形成若干创新平台和产业园区。"


def store_of(documents: int) -> Store:
    """A store in memory with so many documents, their texts, and the things that they are about."""
    cities = max(1, min(CITIES, documents // CLUSTERS))
    lines = [f"@prefix {name}: <{base}> ." for name, base in PREFIXES.items()]
    for city in range(cities):
        lines += _city(city)
    texts = {}
    for number in range(documents):
        text = "".join(_SENTENCE.format(n=n) + "\n\n" for n in range(MEASURES * 4))
        texts[f"{number}.txt"] = text
        lines += _document(number, cities, len(text))
    parsed = ox.parse("\n".join(lines), format=ox.RdfFormat.TURTLE)
    return Store.in_memory(parsed, f"{documents} documents", texts)


def _name(number: int, length: int = 4) -> str:
    return "".join(_WORDS[(number * 7 + i * (3 + number % 5)) % len(_WORDS)] for i in range(length)) + str(number)


def _at(kind: str, *parts: int) -> str:
    return f"<{ID}{kind}/{'-'.join(map(str, parts))}>"


def _city(city: int) -> Iterator[str]:
    """The clusters, categories, bodies and districts of a city."""
    for n in range(CATEGORIES):
        yield f'{_at("category", city, n)} a ckg:IndustryCategory ; rdfs:label "{_name(n, 3)}类"@zh .'
    for n in range(CLUSTERS):
        kinds = "ckg:Cluster, ckg:StrategicCluster, ckg:Industry"
        name = f'rdfs:label "{_name(n + city * CLUSTERS)}"@zh, "Cluster {n} of city {city}"@en'
        category = f"ckg:category {_at('category', city, n % CATEGORIES)}"
        yield f"{_at('cluster', city, n)} a {kinds} ; ckg:order {city * CLUSTERS + n} ; {name} ; {category} ."
    for n in range(AGENCIES):
        yield f'{_at("agency", city, n)} a ckg:Agency ; rdfs:label "第{city}市{_name(n)}局"@zh .'
    for n in range(DISTRICTS):
        yield f'{_at("district", city, n)} a ckg:District ; rdfs:label "第{city}市{_name(n, 2)}区"@zh .'


def _document(number: int, cities: int, length: int) -> Iterator[str]:
    """A plan for a cluster, its measures and every kind of fact that plans state."""
    city = number % cities
    own, cluster = _at("document", number), _at("cluster", city, number // cities % CLUSTERS)
    issuances = ", ".join(_at("issuance", number, n) for n in range(ISSUERS))
    title = f"第{city}市培育发展{_name(number)}产业集群行动计划"
    yield f'{own} a ckg:PolicyDocument, ckg:ActionPlan ; rdfs:label "计划{number}"@zh ; dcterms:title "{title}" ;'
    yield f'ckg:sourceFile "{number}.txt" ; ckg:start 0 ; ckg:end {length} ;'
    yield f"ckg:cluster {cluster} ; ckg:issuance {issuances} ."
    for n in range(MEASURES):
        parent = _at("measure", number, n - n % 5) if n % 5 else own
        said = f'ckg:number "{n}" ; ckg:heading "{_name(n)}工程" ; rdfs:label "{n} {_name(n)}工程"@zh ; ckg:order {n}'
        yield f"{_at('measure', number, n)} a ckg:Measure ; {said} ; ckg:kind ckg:KeyTask ; ckg:partOf {parent} ;"
        yield f'ckg:document {own} ; ckg:text "{_SENTENCE.format(n=n)}" ; {_stated(number, "m", n)}'
    for n in range(ISSUERS):
        agency = _at("agency", city, (number + n) % AGENCIES)
        yield f"{_at('issuance', number, n)} ckg:agency {agency} ; ckg:position {n + 1} ; {_stated(number, 'i', n)}"
    yield from _duties(number, city)
    yield from _figures(number, cluster)
    yield from _places(number, city, cluster)


def _duties(number: int, city: int) -> Iterator[str]:
    for n in range(ASSIGNMENTS):
        measure, agency = _at("measure", number, n % MEASURES), _at("agency", city, (number * 3 + n) % AGENCIES)
        role = ("Lead", "Joint", "Responsible")[(n + number) % 3]
        yield f"{_at('assignment', number, n)} a ckg:Assignment ; ckg:measure {measure} ; ckg:agency {agency} ;"
        yield f"ckg:role ckg:{role} ; ckg:position {n // MEASURES + 1} ; {_stated(number, 'a', n)}"


def _figures(number: int, cluster: str) -> Iterator[str]:
    for kind, count, dated in (
        ("Target", TARGETS, 'ckg:year "2025"^^xsd:gYear ; ckg:comparator ">"'),
        ("Observation", OBSERVATIONS, 'ckg:period "2021"'),
    ):
        for n in range(count):
            value = 100 + (number * 13 + n * 7) % 900 + (1000 if kind == "Target" else 0)
            said = f'ckg:metric "{_METRICS[n % len(_METRICS)]}" ; ckg:value {value}.0 ; ckg:valueText "{value}"'
            norm = f'ckg:unit "亿元" ; ckg:normalizedValue {value}00000000 ; ckg:normalizedUnit "CNY" ; {dated}'
            yield f'{_at(kind.lower(), number, n)} a ckg:{kind} ; ckg:about {cluster} ; ckg:subjectText "产业" ;'
            yield f"{said} ; {norm} ; {_stated(number, kind[0], n)}"


def _places(number: int, city: int, cluster: str) -> Iterator[str]:
    for n in range(ROLES):
        district = _at("district", city, (number + n * 2) % DISTRICTS)
        yield f"{_at('role', number, n)} a ckg:DistrictRole ; ckg:cluster {cluster} ; ckg:district {district} ;"
        yield f'ckg:roleText "{_name(n)}集聚区" ; ckg:function "研发设计" ; {_stated(number, "r", n)}'
    for n in range(PLATFORMS):
        name = f'rdfs:label "{_name(number * PLATFORMS + n)}创新中心"@zh'
        yield f"{_at('platform', number, n)} a ckg:Platform, ckg:InnovationCenter ; {name} ;"
        yield f"ckg:cluster {cluster} ; {_stated(number, 'p', n)}"


def _stated(number: int, kind: str, n: int) -> str:
    """The evidence of a fact, and the end of what is said of it."""
    evidence = f"<{ID}evidence/{kind}-{number}-{n}>"
    # A sentence is as long as the next: the n-th begins where n of them end.
    start = (len(_SENTENCE) + 2) * (n % MEASURES)
    place = (
        f'ckg:quote "推动产业高质量发展" ; ckg:start {start + 5} ; ckg:end {start + 14} ; ckg:extractor "bench/{kind}"'
    )
    path = f'ckg:headingPath "{_name(n)}工程" ; ckg:measure {_at("measure", number, n % MEASURES)}'
    document = f"a ckg:Evidence ; ckg:document {_at('document', number)}"
    return f"ckg:evidence {evidence} . {evidence} {document} ; {place} ; {path} ."
