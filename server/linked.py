"""What pages say to search engines: schema.org in JSON-LD."""

from __future__ import annotations

from server.naming import Json, name_of
from server.words import KINDS

_CONTEXT = "https://schema.org"
_TYPES = {
    "cluster": "DefinedTerm",
    "category": "DefinedTerm",
    "subsector": "DefinedTerm",
    "district": "AdministrativeArea",
    "agency": "GovernmentOrganization",
    "enterprise": "Organization",
    "platform": "Organization",
    "document": "DigitalDocument",
    "target": "QuantitativeValue",
    "observation": "QuantitativeValue",
}
_NAMED = {"alternateName": "altLabels", "legalName": "fullName", "datePublished": "date"}


def about_site(root: str, home: bool) -> Json:
    """The site: a search box, and the data set behind it; ``home``: whether it is Shenzhen's policy."""
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{root}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    names = {"name": f"{'深圳' if home else ''}产业集群知识图谱", "alternateName": "Cluster KG"}
    media = "application/sparql-results+json"
    formats = [{"@type": "DataDownload", "encodingFormat": media, "contentUrl": f"{root}sparql"}]
    data = {
        "@type": "Dataset",
        **names,
        "description": f"{'深圳“20+8”' if home else ''}产业集群政策文件中的事实，每条附原文。",
    }
    site = {"@type": "WebSite", "url": root, **names, "inLanguage": ["zh-CN", "en"], "potentialAction": search}
    return {"@context": _CONTEXT, "@graph": [site, {**data, "url": root, "distribution": formats}]}


def about_thing(item: Json, sentence: str) -> Json:
    """A thing with its names and what matters of it."""
    data: Json = {"@context": _CONTEXT, "@type": _TYPES.get(item["kind"], "Thing"), "@id": item["iri"]}
    data |= {"name": name_of(item), "description": sentence, "additionalType": KINDS[item["kind"]][1]}
    data |= {name: item[key] for name, key in _NAMED.items() if item.get(key)}
    if item.get("value") is not None and item["kind"] in {"target", "observation"}:
        data |= {"value": item["value"], "unitText": item.get("unit")}
    places = [d["label"] for d in item.get("districts") or []]
    return {**data, "areaServed": places} if places and item["kind"] == "enterprise" else data
