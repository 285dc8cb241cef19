"""Static files under names that change with their content, and what templates need to write addresses."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path

from flask import Flask, Response, abort, request

from server.naming import Json, amount
from server.urls import lit_source_path, path_of
from server.words import BASES, KINDS, ROLES, term

_STATIC = Path(__file__).parent / "static"


def install(app: Flask) -> None:
    """Give templates their functions, and serve the few small static files from memory."""
    files = {p.name: p.read_bytes() for p in sorted(_STATIC.iterdir())}
    versions = {name: hashlib.sha256(data).hexdigest()[:10] for name, data in files.items()}

    def address(name: str) -> str:
        return f"/static/{name}?v={versions[name]}"

    @app.route("/static/<name>")
    def static_file(name: str) -> Response:
        if name not in files:
            abort(404)
        response = Response(files[name], mimetype=mimetypes.guess_type(name)[0])
        if request.args.get("v") == versions[name]:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    app.jinja_env.globals.update(asset=address, path_of=path_of, lit=lit, amount=amount, term=term)
    app.jinja_env.globals.update(bases=BASES, kinds=KINDS, roles=ROLES)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def lit(evidence: Json) -> str:
    """The address of an answer's evidence, lit by the server too."""
    slug = str(evidence["url"]).removeprefix("/source/").partition("#")[0]
    return lit_source_path(slug, evidence["start"], evidence["end"])
