"""Pages of a list: by cursor, which keeps its place when the graph changes, or by offset; and links between them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from server import parameters
from server.errors import BadParameter
from server.naming import Json
from server.urls import with_parameters

PAGING = ("limit", "offset", "cursor")
_CURSOR = re.compile(r"(\d{1,8}) (\S+)")


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list: its items, where it starts, how many the whole list has, and links to other pages."""

    items: Sequence[Json]
    offset: int
    limit: int
    total: int
    links: dict[str, str]

    @property
    def link_header(self) -> str:
        """The value of ``Link`` (RFC 8288); empty where there is no other page."""
        return ", ".join(f'<{address}>; rel="{name}"' for name, address in self.links.items())


def page_of(items: Sequence[Json]) -> Page:
    """The page that the request asks for: after its ``cursor``, or from its ``offset``.

    Raises BadParameter for a cursor that this service did not make, or one given beside an offset.
    """
    limit, offset = parameters.page()
    cursor = request.args.get("cursor", "")
    if not cursor:
        return _page(items, limit, offset, by_offset="offset" in request.args)
    if "offset" in request.args:
        raise BadParameter("cursor", "cursor 与 offset 只能用一个。Give a cursor or an offset, not both.")
    return _page(items, limit, _after(items, cursor), by_offset=False)


def _page(items: Sequence[Json], limit: int, offset: int, *, by_offset: bool) -> Page:
    shown = items[offset : offset + limit]
    links = _by_offset(len(items), limit, offset) if by_offset else _by_cursor(items, limit, offset)
    return Page(shown, offset, limit, len(items), links)


def _by_cursor(items: Sequence[Json], limit: int, offset: int) -> dict[str, str]:
    if offset + limit >= len(items):
        return {} if not offset else {"first": _address(limit)}
    last = offset + limit - 1
    cursor = base64.urlsafe_b64encode(f"{last} {items[last]['iri']}".encode()).decode("ascii").rstrip("=")
    return {"next": _address(limit, ("cursor", cursor)), **({"first": _address(limit)} if offset else {})}


def _by_offset(total: int, limit: int, offset: int) -> dict[str, str]:
    starts = {"next": offset + limit, "prev": max(0, offset - limit), "first": 0, "last": (total - 1) // limit * limit}
    wanted = {"next": offset + limit < total, "prev": offset > 0, "first": total > 0, "last": total > 0}
    return {name: _address(limit, ("offset", str(start))) for name, start in starts.items() if wanted[name]}


def _address(limit: int, *place: tuple[str, str]) -> str:
    kept = [(name, value) for name, value in request.args.items() if name not in PAGING]
    return with_parameters(request.path, [*kept, ("limit", str(limit)), *place])


def _after(items: Sequence[Json], cursor: str) -> int:
    """Where the page after a cursor starts: behind the item that it names, or where that was if it has gone."""
    try:
        said = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (ValueError, binascii.Error):
        said = ""
    found = _CURSOR.fullmatch(said)
    if found is None:
        raise BadParameter("cursor", "cursor 无效。Take a cursor from the link to the next page as it stands.")
    place, iri = int(found[1]), found[2]
    if place < len(items) and items[place]["iri"] == iri:
        return place + 1
    return next((number + 1 for number, item in enumerate(items) if item["iri"] == iri), place)
