"""Static files under names that change with their content, and what templates need to write addresses and words."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from flask import Flask, Response, abort, request

from server import tongue
from server.encoding import squeeze
from server.naming import Json
from server.urls import lit_source_path, path_of, with_parameters
from server.words import BASES, INTENTS, KINDS, PROPERTIES, ROLES

_STATIC = Path(__file__).parent / "static"


def install(app: Flask) -> None:
    """Give templates their functions, and serve the few small static files from memory."""
    files = {p.name: p.read_bytes() for p in sorted(_STATIC.iterdir()) if p.is_file()}
    versions = {name: hashlib.sha256(data).hexdigest()[:10] for name, data in files.items()}

    def address(name: str) -> str:
        return f"/static/{name}?v={versions[name]}"

    @app.route("/static/<name>")
    def static_file(name: str) -> Response:
        if name not in files:
            abort(404)
        response = Response(files[name], mimetype=mimetypes.guess_type(name)[0])
        squeeze(request, response)
        if request.args.get("v") == versions[name]:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    app.jinja_env.globals.update(asset=address, path_of=path_of, lit=lit, here=here, at=place_of)
    app.jinja_env.globals.update(shown=shown, clip=clip)
    app.jinja_env.globals.update(bases=BASES, intents=INTENTS, kinds=KINDS, roles=ROLES, properties=PROPERTIES)
    app.jinja_env.globals.update(say=tongue.say, pick=tongue.pick, called=tongue.called, amount=tongue.quantity)
    app.jinja_env.globals.update(english=tongue.english, other_tongue=tongue.other_tongue, term=tongue.word)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.before_request(tongue.begin)
    app.teardown_request(tongue.end)


def lit(evidence: Json) -> str:
    """The address of an answer's evidence, lit by the server too."""
    slug = str(evidence["url"]).removeprefix("/source/").partition("#")[0]
    return lit_source_path(slug, evidence["start"], evidence["end"])


def place_of(evidence: Json) -> str:
    """The address of a fact's evidence in its document."""
    return lit_source_path(evidence["document"]["slug"], evidence["start"], evidence["end"])


def shown(value: Any) -> str:
    """What a value of an item is called: a thing by its name, a word as it is."""
    return tongue.called(value) if isinstance(value, dict) else tongue.word(str(value))


def clip(text: str, width: int) -> str:
    """A text cut to a width, in which a Chinese character takes two and a Latin letter one."""
    taken = 0
    for place, character in enumerate(text):
        taken += 2 if east_asian_width(character) in "WF" else 1
        if taken > width and place < len(text) - 1:
            return text[:place] + "…"
    return text


def here(**changes: object) -> str:
    """The address of this page with these parameters changed; one that is None or empty is left out."""
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in changes]
    changed = [(k, str(v)) for k, v in changes.items() if v not in (None, "")]
    return with_parameters(request.path, [*kept, *changed])
