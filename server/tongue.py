"""The language of a request: Chinese, or English where the address says ``lang=en``; no cookie remembers it."""

from __future__ import annotations

import re
from contextvars import ContextVar

from flask import Response, after_this_request, current_app, request

from server.measuring import figure_in_english, in_english, unit_in_english
from server.naming import Json, amount, name_of
from server.site import SITE, Site
from server.urls import with_parameters
from server.words import COMPARATORS_EN, DISTRICT_ROLES, FUNCTIONS, TERMS

ENGLISH = "en"
_chosen: ContextVar[bool] = ContextVar("english", default=False)
# Addresses of data know no language.
_ELSEWHERE = rb"static/|sparql|api/|openapi|docs|source/[^\"]*/raw"
_LINK = re.compile(rb'(<a (?!class="tongue")[^>]*?href=")(/(?!' + _ELSEWHERE + rb')[^"#]*)')
_DATA = re.compile(rb"\.(?:ttl|nt|jsonld|rdf|csv)$|[?;]format=")


def english() -> bool:
    """Whether this request is answered in English."""
    return _chosen.get()


def say(zh: str, en: str) -> str:
    """The one of two texts that this request is answered in."""
    return en if english() else zh


def pick(pair: tuple[str, str]) -> str:
    """The same for a pair of words."""
    return say(*pair)


def word(name: str) -> str:
    """What a class, kind, role, function, metric or unit is called; an unknown one by its own name."""
    if not english():
        return TERMS[name][0] if name in TERMS else name
    known = TERMS.get(name) or FUNCTIONS.get(name) or DISTRICT_ROLES.get(name)
    return known[1] if known else unit_in_english(name) or in_english(name)


def called(item: Json) -> str:
    """The name of a thing: in English where it has one and English is asked for, else as it is printed."""
    if not english():
        return name_of(item)
    if item.get("kind") in {"target", "observation"} and "unit" in item:
        return " ".join(filter(None, (_subject(item), word(item.get("metric") or ""), quantity(item))))
    site: Site = current_app.extensions[SITE]
    return str(site.catalogue.names().get(item["iri"], {}).get("labelEn") or name_of(item))


def _subject(item: Json) -> str:
    """Of what a quantity is: what it is about where that has an English name, else the words as printed."""
    about = item.get("about")
    named = called(about) if about else ""
    return named if named and named.isascii() else str(item.get("subjectText") or "")


def quantity(item: Json) -> str:
    """A quantity in words: 超过 2,700 亿元; in English over CNY 270 bn."""
    if not english():
        return amount(item)
    figure = figure_in_english(item)
    return f"{COMPARATORS_EN.get(item.get('comparator') or '', '')} {figure}".strip()


def other_tongue() -> str:
    """The address of this page in the other language."""
    kept = [(k, v) for k, v in request.args.items(multi=True) if k != "lang"]
    return with_parameters(request.path, kept if english() else [*kept, ("lang", ENGLISH)])


def begin() -> None:
    """Read the language once; let links keep it before anything else is done to the answer, which may be compressed."""
    _chosen.set(request.args.get("lang") == ENGLISH)
    if english():
        after_this_request(keep)


def end(_: BaseException | None) -> None:
    """Forget the language: the next request of this thread has its own."""
    _chosen.set(False)


def keep(response: Response) -> Response:
    """Let every link of an English page lead to English pages."""
    if response.mimetype == "text/html" and not response.direct_passthrough:
        response.set_data(_LINK.sub(_with_tongue, response.get_data()))
    return response


def _with_tongue(link: re.Match[bytes]) -> bytes:
    path = link[2]
    if _DATA.search(path) or b"lang=" in path:
        return link[0]
    return link[1] + path + (b"&amp;" if b"?" in path else b"?") + b"lang=en"
